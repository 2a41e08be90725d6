package io.shouwang.senses;

import io.shouwang.model.DeviceEvent;
import io.shouwang.model.DeviceHealth;
import io.shouwang.model.Signal;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The latest measurements of one bracelet. Immutable.
 *
 * <p>What it measures off the wrist, on its charger, or outside what a living person can have is
 * bad contact: it is no reading, and a zero pulse is no death. A zero pulse of a bracelet that says
 * that it is worn is kept as a reading.
 *
 * @param stepsToday the step counter as last said, or -1
 * @param stepsAt when that was, milliseconds of the epoch
 * @param badSince since when it measures nothing but bad contact; 0 while it measures
 * @param lastKey of the latest event that has a name and no time, to know its resend by
 */
public record Vitals(
    int stepsToday,
    long stepsAt,
    long badSince,
    long lastKey,
    @Nullable Series heartRate,
    @Nullable Series spo2,
    @Nullable Series bodyTemp,
    @Nullable Series systolic,
    @Nullable Series diastolic) {
  public static final Vitals NONE = new Vitals(-1, 0, 0, 0, null, null, null, null, null);

  /** The readings of a measure; null if it was never measured. */
  public @Nullable Series of(Measure measure) {
    return switch (measure) {
      case HEART_RATE -> heartRate;
      case SPO2 -> spo2;
      case BODY_TEMP -> bodyTemp;
      case SYSTOLIC -> systolic;
      case DIASTOLIC -> diastolic;
    };
  }

  /**
   * @param device as it was before this event
   */
  Vitals hear(Signal.Vitals said, DeviceEvent event, DeviceSense device, long nowMillis) {
    boolean namedOnly = event.id() != null && event.at() == null;
    if (namedOnly && event.key().high() == lastKey) {
      return this;
    }
    long at = device.happenedAt(event, nowMillis);
    Contact contact = contact(event.health(), device, at);
    Double upper = said.systolicMmhg();
    Double lower = said.diastolicMmhg();
    if (upper != null && lower != null && !(upper > lower)) {
      upper = 0.0; // a cuff that slipped: neither is one
      lower = 0.0;
    }
    Taking taking = new Taking(contact, at);
    Series newHeartRate = taking.take(heartRate, Measure.HEART_RATE, said.heartRateBpm());
    Series newSpo2 = taking.take(spo2, Measure.SPO2, said.spo2Pct());
    Series newBodyTemp = taking.take(bodyTemp, Measure.BODY_TEMP, said.bodyTempC());
    Series newSystolic = taking.take(systolic, Measure.SYSTOLIC, upper);
    Series newDiastolic = taking.take(diastolic, Measure.DIASTOLIC, lower);
    Integer steps = said.steps();
    boolean stepped = steps != null && at >= stepsAt;
    return new Vitals(
        steps != null && stepped ? steps : stepsToday,
        stepped ? at : stepsAt,
        badSince(taking, at),
        namedOnly ? event.key().high() : lastKey,
        newHeartRate,
        newSpo2,
        newBodyTemp,
        newSystolic,
        newDiastolic);
  }

  private long badSince(Taking taking, long at) {
    if (taking.good) {
      return at >= badSince ? 0 : badSince;
    }
    return taking.bad && badSince == 0 && at >= latest() ? at : badSince;
  }

  private long latest() {
    return Math.max(latest(heartRate), Math.max(latest(spo2), latest(systolic)));
  }

  private static long latest(@Nullable Series series) {
    return series == null ? 0 : series.at(series.size() - 1);
  }

  /** Whether the bracelet was on the wrist. */
  private enum Contact {
    WORN,
    OFF,
    NOT_SAID
  }

  /** What it said of itself with the readings counts, then what it had said before them. */
  private static Contact contact(@Nullable DeviceHealth health, DeviceSense device, long at) {
    boolean earlier = at >= device.healthAt();
    Boolean worn = health == null ? null : health.worn();
    Boolean charging = health == null ? null : health.charging();
    if (worn == null && earlier && device.worn() != DeviceSense.UNKNOWN) {
      worn = device.worn() == 1;
    }
    if (charging == null && earlier) {
      charging = device.charging() == 1;
    }
    if (Boolean.FALSE.equals(worn) || Boolean.TRUE.equals(charging)) {
      return Contact.OFF;
    }
    return worn == null ? Contact.NOT_SAID : Contact.WORN;
  }

  /** Readings being taken from one event. */
  private static final class Taking {
    private final Contact contact;
    private final long at;
    private boolean good;
    private boolean bad;

    Taking(Contact contact, long at) {
      this.contact = contact;
      this.at = at;
    }

    @Nullable Series take(@Nullable Series before, Measure measure, @Nullable Double value) {
      if (value == null) {
        return before;
      }
      if (contact == Contact.OFF) {
        bad = true;
        return before;
      }
      if (measure.isPossible(value)) {
        good = true;
        return Series.with(before, measure, at, value);
      }
      bad = true;
      boolean noPulse = measure == Measure.HEART_RATE && value == 0 && contact == Contact.WORN;
      return noPulse ? Series.with(before, measure, at, 0) : before;
    }
  }

  int bytes() {
    int size = 4 + 8 + 8 + 8 + 1;
    for (Measure measure : MEASURES) {
      Series series = of(measure);
      size += series == null ? 0 : series.bytes();
    }
    return size;
  }

  private static final Measure[] MEASURES = Measure.values();

  void write(ByteBuffer out) {
    out.putInt(stepsToday).putLong(stepsAt).putLong(badSince).putLong(lastKey);
    int measured = 0;
    for (Measure measure : MEASURES) {
      measured |= of(measure) == null ? 0 : measure.bit;
    }
    out.put((byte) measured);
    for (Measure measure : MEASURES) {
      Series series = of(measure);
      if (series != null) {
        series.write(out);
      }
    }
  }

  static Vitals read(ByteBuffer in) {
    int steps = in.getInt();
    long stepsAt = in.getLong();
    long badSince = in.getLong();
    long lastKey = in.getLong();
    int measured = in.get();
    return new Vitals(
        steps,
        stepsAt,
        badSince,
        lastKey,
        read(in, measured, Measure.HEART_RATE),
        read(in, measured, Measure.SPO2),
        read(in, measured, Measure.BODY_TEMP),
        read(in, measured, Measure.SYSTOLIC),
        read(in, measured, Measure.DIASTOLIC));
  }

  private static @Nullable Series read(ByteBuffer in, int measured, Measure measure) {
    return (measured & measure.bit) == 0 ? null : Series.read(in);
  }
}
