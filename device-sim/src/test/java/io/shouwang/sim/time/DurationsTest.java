package io.shouwang.sim.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DurationsTest {
  @Test
  void eachUnitIsRead() {
    assertEquals(Duration.ofMillis(500), Durations.parse("500ms"));
    assertEquals(Duration.ofSeconds(5), Durations.parse("5s"));
    assertEquals(Duration.ofMinutes(2), Durations.parse(" 2m "));
    assertEquals(Duration.ofHours(1), Durations.parse("1h"));
    assertEquals(Duration.ofSeconds(30), Durations.parse("30"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "s", "-5s", "1.5s", "5 s", "5d", "99999999999s"})
  void anythingElseIsRefusedWithTheForms(String text) {
    var e = assertThrows(IllegalArgumentException.class, () -> Durations.parse(text));
    assertEquals(true, String.valueOf(e.getMessage()).contains("write 500ms, 5s, 2m or 1h"));
  }
}
