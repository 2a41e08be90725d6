package io.shouwang.config;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.shouwang.journal.JournalOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A size that passes {@code check-config} is one the journal starts with. */
class SegmentSizeTest {
  @TempDir Path directory = Path.of("");

  @ParameterizedTest
  @ValueSource(ints = {1, 16, 31, 32, 64, 1024})
  void whatIsAcceptedStarts(int mebibytes) throws IOException {
    Files.writeString(
        directory.resolve("gateway.yaml"), "journal:\n  segment: " + mebibytes + "MiB\n");
    for (String file : new String[] {"ladders.yaml", "rules.yaml"}) {
      Files.copy(Path.of("..", "config", file), directory.resolve(file));
    }
    switch (ConfigReader.read(directory, Map.of())) {
      case ConfigReading.Accepted(Settings settings) -> {
        int segment = Math.toIntExact(settings.gateway().journal().segmentBytes());
        JournalOptions standard = JournalOptions.standard();
        assertDoesNotThrow(() ->
            new JournalOptions(
                segment,
                settings.gateway().journal().reserveBytes(),
                standard.maxBodyBytes(),
                standard.newJournalId()));
      }
      case ConfigReading.Refused refused -> assertEquals(1, refused.problems().size());
    }
  }
}
