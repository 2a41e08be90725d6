package io.shouwang.senses;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The latest readings of one measure, and what this person's usually are. Immutable.
 *
 * <p>Readings are kept in the order in which they were taken, whenever they arrive; one that came
 * twice is kept once. The baseline takes at most one reading an hour, so that it means the same for
 * a bracelet that measures every minute and one that measures every hour: a running mean and mean
 * deviation in which no single reading counts for more than {@link #OUTLIER} deviations.
 */
public final class Series {
  public static final int READINGS_MAX = 8;

  /** Two weeks of hours: what happened before weighs little. */
  public static final int BASELINE_HOURS = 336;

  /** The recent level follows over about a day of hours. */
  private static final float RECENT_SHARE = 1f / 24;

  static final int OUTLIER = 3;
  private static final long HOUR_MILLIS = 3_600_000;

  /** The same value within this is the same reading. */
  private static final long SAME_MILLIS = 1_000;

  private static final int VALUE_BITS = 16;
  private static final int VALUE_MASK = (1 << VALUE_BITS) - 1;

  /** Milliseconds of the epoch above, tenths of the unit below; ascending. */
  private final long[] readings;

  private final int hours;
  private final int lastHour;
  private final float usual;
  private final float spread;
  private final float recent;

  private Series(
      long[] readings, int hours, int lastHour, float usual, float spread, float recent) {
    this.readings = readings;
    this.hours = hours;
    this.lastHour = lastHour;
    this.usual = usual;
    this.spread = spread;
    this.recent = recent;
  }

  /** With one more reading; itself when that is known, or older than all that are kept. */
  static Series with(@Nullable Series before, Measure measure, long atMillis, double value) {
    int tenths = (int) Math.round(value * 10);
    long reading = (atMillis << VALUE_BITS) | (tenths & VALUE_MASK);
    if (before == null) {
      return new Series(new long[] {reading}, 0, 0, 0, 0, 0).learning(measure, atMillis, value);
    }
    long[] known = before.readings;
    for (long one : known) {
      boolean same = (one & VALUE_MASK) == tenths;
      if (same && Math.abs((one >> VALUE_BITS) - atMillis) < SAME_MILLIS) {
        return before;
      }
    }
    boolean full = known.length == READINGS_MAX;
    if (full && reading < known[0]) {
      return before;
    }
    long[] next = new long[full ? READINGS_MAX : known.length + 1];
    System.arraycopy(known, full ? 1 : 0, next, 0, next.length - 1);
    int at = next.length - 1;
    while (at > 0 && next[at - 1] > reading) {
      next[at] = next[at - 1];
      at--;
    }
    next[at] = reading;
    return new Series(
            next, before.hours, before.lastHour, before.usual, before.spread, before.recent)
        .learning(measure, atMillis, value);
  }

  private Series learning(Measure measure, long atMillis, double value) {
    int hour = (int) (atMillis / HOUR_MILLIS);
    if (value == 0 || (hours > 0 && hour <= lastHour)) {
      return this; // no pulse is nobody's usual one
    }
    float x = (float) value;
    if (hours == 0) {
      return new Series(readings, 1, hour, x, (float) measure.usualSpread(), x);
    }
    float share = 1f / (hours + 1);
    float away = Math.clamp(x - usual, -OUTLIER * spread, OUTLIER * spread);
    float least = (float) measure.usualSpread() / 2;
    return new Series(
        readings,
        Math.min(hours + 1, BASELINE_HOURS),
        hour,
        usual + away * share,
        Math.max(least, spread + (Math.abs(away) - spread) * share),
        recent + (x - recent) * Math.max(share, RECENT_SHARE));
  }

  /** How many readings are kept, at most {@link #READINGS_MAX}. */
  public int size() {
    return readings.length;
  }

  /** When a reading was taken, milliseconds of the epoch in engine time; the oldest is 0. */
  public long at(int index) {
    return readings[index] >> VALUE_BITS;
  }

  /** A reading, to a tenth of its unit. */
  public double value(int index) {
    return (readings[index] & VALUE_MASK) / 10.0;
  }

  /** How many hours the baseline has learnt from, at most {@link #BASELINE_HOURS}. */
  public int hours() {
    return hours;
  }

  /** What is usual for this person. */
  public double usual() {
    return usual;
  }

  /** How far readings usually lie from it, on average. */
  public double spread() {
    return spread;
  }

  /** The level of the last day or so. */
  public double recent() {
    return recent;
  }

  int bytes() {
    return 1 + 8 * readings.length + 2 + 4 + 12;
  }

  void write(ByteBuffer out) {
    out.put((byte) readings.length);
    for (long reading : readings) {
      out.putLong(reading);
    }
    out.putShort((short) hours).putInt(lastHour);
    out.putFloat(usual).putFloat(spread).putFloat(recent);
  }

  static Series read(ByteBuffer in) {
    long[] readings = new long[in.get()];
    for (int i = 0; i < readings.length; i++) {
      readings[i] = in.getLong();
    }
    return new Series(
        readings, in.getShort(), in.getInt(), in.getFloat(), in.getFloat(), in.getFloat());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Series that
        && Arrays.equals(readings, that.readings)
        && hours == that.hours
        && lastHour == that.lastHour
        && Float.compare(usual, that.usual) == 0
        && Float.compare(spread, that.spread) == 0
        && Float.compare(recent, that.recent) == 0;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(readings);
  }

  @Override
  public String toString() {
    return readings.length + " readings, usually " + usual + " ± " + spread + ", lately " + recent;
  }
}
