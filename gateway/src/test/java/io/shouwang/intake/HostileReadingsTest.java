package io.shouwang.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.model.DeviceEvent;
import io.shouwang.model.DeviceId;
import io.shouwang.model.Kind;
import io.shouwang.senses.DeviceSense;
import io.shouwang.senses.Heard;
import io.shouwang.senses.Measure;
import io.shouwang.senses.Senses;
import io.shouwang.senses.SensesCodec;
import io.shouwang.senses.Series;
import io.shouwang.senses.Track;
import io.shouwang.senses.Vitals;
import io.shouwang.simulation.Seed;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * P3 where it begins: whatever a device sends is an event, and what is remembered of it stays
 * within what can be: no reading outside the possible, no position off the earth, no time to come.
 */
class HostileReadingsTest {
  private static final Instant BEGIN = Instant.parse("2026-03-02T00:00:00Z");
  private static final List<String> KINDS =
      List.of(
          "sos",
          "fall",
          "smoke",
          "gas",
          "location",
          "motion",
          "door",
          "bed",
          "water",
          "vitals",
          "checkin",
          "status",
          "power",
          "never-heard-of");
  private static final List<String> FIELDS =
      List.of(
          "id",
          "at",
          "state",
          "room",
          "action",
          "lat",
          "lon",
          "accuracy_m",
          "fix_at",
          "source",
          "datum",
          "location",
          "heart_rate_bpm",
          "spo2_pct",
          "body_temp_c",
          "systolic_mmhg",
          "diastolic_mmhg",
          "steps",
          "used_l",
          "battery_pct",
          "worn",
          "charging",
          "online",
          "confidence");
  private static final List<String> VALUES =
      List.of(
          "0",
          "-0",
          "-1",
          "1",
          "75",
          "32.06",
          "120.86",
          "1e308",
          "-1e308",
          "1e309",
          "1e-320",
          "9223372036854775807",
          "-9223372036854775808",
          "2147483648",
          "NaN",
          "Infinity",
          "99999999999999999999999999999999999999999999999999999999999999999999",
          "null",
          "true",
          "false",
          "\"\"",
          "\"active\"",
          "\"alarm\"",
          "\"bd-09\"",
          "\"\\u0000\\u001b[2J\"",
          "[]",
          "[1,[2,[3]]]",
          "{}",
          "{\"lat\":91,\"lon\":1e308}",
          "{\"lat\":32.06,\"lon\":120.86,\"fix_at\":253402300799999}",
          "253402300799999",
          "\"0001-01-01T00:00:00Z\"",
          "\"9998-12-31T23:59:59Z\"",
          "\"1970-01-01T00:00:00Z\"",
          "\"2026-03-02T00:00:00Z\"",
          "\"2026-13-45T99:99:99Z\"",
          "[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]");

  private final Random random = Seed.of("HostileReadingsTest").random();

  private String json() {
    StringBuilder json = new StringBuilder("{");
    int fields = random.nextInt(12);
    for (int i = 0; i < fields; i++) {
      json.append(i == 0 ? "" : ",").append('"').append(one(FIELDS)).append("\":").append(value());
    }
    return json.append(random.nextInt(20) == 0 ? "" : "}").toString();
  }

  private String value() {
    return switch (random.nextInt(12)) {
      case 0 -> "\"" + "x".repeat(random.nextInt(9_000)) + "\"";
      case 1 -> Double.toString(Double.longBitsToDouble(random.nextLong()));
      case 2 -> Long.toString(random.nextLong());
      case 3 -> Integer.toString(random.nextInt(300));
      default -> one(VALUES);
    };
  }

  private <T> T one(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  @Test
  void nothing_a_device_sends_throws_or_stays_as_nonsense() {
    int events = Seed.full() ? 3_000_000 : 60_000;
    Senses senses = Senses.NONE;
    Instant now = BEGIN;
    for (int i = 0; i < events; i++) {
      now = now.plus(Duration.ofSeconds(random.nextInt(600)));
      String json = json();
      DeviceEvent event =
          EventReader.readOne(
              new DeviceId("d-" + random.nextInt(3)),
              null,
              new Kind(one(KINDS)),
              null,
              json.getBytes(StandardCharsets.UTF_8));
      assertTrue(event.isAlarm() || !event.kind().equals(Kind.FALL), json);
      senses = senses.hear(event, new Heard(now, 28_800));
      assertSane(senses, now, json);
      if (i % 16 == 0) {
        assertEquals(senses, SensesCodec.read(SensesCodec.write(senses)), json);
      }
    }
  }

  private static void assertSane(Senses senses, Instant now, String json) {
    long millis = now.toEpochMilli();
    assertTrue(senses.life().insideAt() <= millis && senses.life().doorAt() <= millis, json);
    for (DeviceSense sense : senses.devices()) {
      assertTrue(sense.heardAt() <= millis && sense.wornAt() <= millis, json);
      assertTrue(sense.batteryPct() >= -1 && sense.batteryPct() <= 100, json);
      assertTrue(Math.abs(sense.clock().millis()) <= Duration.ofHours(12).toMillis(), json);
      Vitals vitals = sense.vitals();
      if (vitals != null) {
        assertTrue(vitals.stepsAt() <= millis && vitals.badSince() <= millis, json);
        for (Measure measure : Measure.values()) {
          assertSane(vitals.of(measure), measure, millis, json);
        }
      }
      Track track = sense.track();
      for (int i = 0; track != null && i < track.size(); i++) {
        assertTrue(track.atMillis(i) <= millis && track.atMillis(i) > 0, json);
        assertTrue(Math.abs(track.lat(i)) <= 90 && Math.abs(track.lon(i)) <= 180, json);
        assertTrue(track.accuracyM(i) >= 1, json);
      }
    }
  }

  private static void assertSane(
      @org.jspecify.annotations.Nullable Series series, Measure measure, long now, String json) {
    if (series == null) {
      return;
    }
    for (int i = 0; i < series.size(); i++) {
      double value = series.value(i);
      assertTrue(measure.isPossible(value) || value == 0, json);
      assertTrue(series.at(i) <= now, json);
    }
    assertFalse(Double.isNaN(series.usual()) || Double.isNaN(series.spread()), json);
    assertFalse(Double.isInfinite(series.usual()) || Double.isInfinite(series.spread()), json);
    assertFalse(Double.isNaN(series.recent()) || Double.isInfinite(series.recent()), json);
  }
}
