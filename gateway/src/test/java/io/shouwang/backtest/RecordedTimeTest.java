package io.shouwang.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody's own recording must just work: all the ways in which a time is written. */
final class RecordedTimeTest {
  private static long read(String text, String zone) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new RecordedTime(ZoneId.of(zone)).read(bytes, 0, bytes.length);
  }

  @ParameterizedTest
  @CsvSource({
    "2010-11-04 00:03:50.209589, 2010-11-03T16:03:50.209Z",
    "2010-11-04T00:03:50, 2010-11-03T16:03:50Z",
    "2010-11-04T00:03:50Z, 2010-11-04T00:03:50Z",
    "2010-11-04T00:03:50.5+01:00, 2010-11-03T23:03:50.500Z",
    "2010-11-04 00:03:50 -0530, 2010-11-04T05:33:50Z",
    "2010-11-04 00:03, 2010-11-03T16:03:00Z",
    "2010-11-04, 2010-11-03T16:00:00Z",
    "2012-02-29 12:00:00, 2012-02-29T04:00:00Z",
    "1288800230, 2010-11-03T16:03:50Z",
    "1288800230.25, 2010-11-03T16:03:50.250Z",
    "1288800230209, 2010-11-03T16:03:50.209Z",
  })
  void each_way_to_write_a_time_is_read(String text, String instant) {
    assertEquals(Instant.parse(instant).toEpochMilli(), read(text, "Asia/Shanghai"));
  }

  @ParameterizedTest
  @CsvSource({
    "2025-03-30 01:59:59, 2025-03-30T00:59:59Z",
    "2025-03-30 03:00:00, 2025-03-30T01:00:00Z",
    "2025-10-26 04:00:00, 2025-10-26T03:00:00Z",
  })
  void daylight_saving_is_the_zones(String text, String instant) {
    assertEquals(Instant.parse(instant).toEpochMilli(), read(text, "Europe/Berlin"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yesterday",
        "2010-02-30",
        "2010-11-04 25:00:00",
        "2010-11-04 10:00:00+99:00",
        "2010-11-04x10:00",
        "-5",
        "1e9",
        "12345678901234567890"
      })
  void what_is_no_time_is_none(String text) {
    assertEquals(RecordedTime.UNREADABLE, read(text, "Asia/Shanghai"));
  }
}
