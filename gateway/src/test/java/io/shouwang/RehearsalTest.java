package io.shouwang;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.shouwang.config.ConfigReader;
import io.shouwang.config.ConfigReading;
import io.shouwang.host.Clock;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A rehearsal is worth something only if it goes the whole way a real press goes. */
final class RehearsalTest {
  @Test
  void eachRehearsedPressRingsAndIsClosed() throws Exception {
    var reading = (ConfigReading.Accepted) ConfigReader.read(Path.of("../config"), Map.of());
    // More than there are homes: each alert must have been closed before its home's next press.
    assertEquals(200, Rehearsal.run(reading.settings(), Clock.SYSTEM, 200));
  }
}
