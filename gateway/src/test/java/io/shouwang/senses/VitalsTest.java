package io.shouwang.senses;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.shouwang.model.DeviceEvent;
import io.shouwang.model.DeviceHealth;
import io.shouwang.model.DeviceId;
import io.shouwang.model.EventKey;
import io.shouwang.model.Kind;
import io.shouwang.model.Payload;
import io.shouwang.model.Signal;
import java.time.Instant;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is remembered of readings, and what is none. */
class VitalsTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

  private static DeviceEvent reading(Double bpm, @Nullable Instant at, @Nullable Boolean worn) {
    return new DeviceEvent(
        new DeviceId("band"),
        null,
        Kind.VITALS,
        new Signal.Vitals(bpm, 97.0, 36.5, 120.0, 80.0, 10),
        worn == null ? null : new DeviceHealth(50, worn, null, null),
        null,
        at,
        null,
        new EventKey(1, 2),
        null,
        Payload.of(new byte[0]));
  }

  private static Series pulse(Senses senses) {
    DeviceSense sense = senses.device(new DeviceId("band"));
    assertNotNull(sense);
    assertNotNull(sense.vitals());
    Series series = sense.vitals().heartRate();
    assertNotNull(series);
    return series;
  }

  @Test
  void only_the_latest_are_kept_in_the_order_they_were_taken() {
    Senses senses = Senses.NONE;
    int[] minutes = {0, 30, 10, 20, 50, 40, 70, 60, 80, 90, 5};
    for (int minute : minutes) {
      DeviceEvent event = reading(60.0 + minute / 10.0, NOON.plusSeconds(60L * minute), null);
      senses = senses.hear(event, new Heard(NOON.plusSeconds(60L * minute), 0));
    }
    Series series = pulse(senses);
    double[] values = new double[series.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = series.value(i);
    }
    assertArrayEquals(new double[] {62, 63, 64, 65, 66, 67, 68, 69}, values);
  }

  @Test
  void one_outlier_moves_no_baseline_and_the_usual_is_found() {
    Senses senses = Senses.NONE;
    Random random = new Random(3);
    for (int hour = 0; hour < 400; hour++) {
      double bpm = hour % 50 == 49 ? 200 : 66 + random.nextInt(9);
      Instant at = NOON.plusSeconds(3_600L * hour);
      senses = senses.hear(reading(bpm, at, null), new Heard(at, 0));
    }
    assertEquals(70, pulse(senses).usual(), 1.5);
    assertEquals(2.5, pulse(senses).spread(), 1);
  }

  @Test
  void what_is_remembered_reads_back_from_its_bytes() {
    Senses senses = Senses.NONE;
    Random random = new Random(5);
    for (int i = 0; i < 300; i++) {
      Instant at = NOON.plusSeconds(random.nextInt(90_000));
      Double bpm = random.nextInt(5) == 0 ? 0.0 : 40.0 + random.nextInt(100);
      senses = senses.hear(reading(bpm, at, random.nextBoolean()), new Heard(at, 0));
      byte[] bytes = SensesCodec.write(senses);
      assertEquals(senses, SensesCodec.read(bytes));
    }
  }
}
