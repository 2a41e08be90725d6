package io.shouwang.senses;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a device's clock runs behind ours, estimated from what it sent at once: the smallest
 * difference between receive time and device time lately is the nearest to the clocks' own, since
 * waiting only adds. Immutable.
 *
 * @param millis ours less the device's; meaningless while {@code samples} is 0
 * @param samples how many went into it, at most {@link #SAMPLES_MAX}
 */
public record ClockOffset(long millis, int samples) {
  public static final ClockOffset UNKNOWN = new ClockOffset(0, 0);
  static final int SAMPLES_MAX = 100;

  /** A claim further off than this says nothing about a clock: a year of 1970, an old buffer. */
  static final long BELIEVED_MILLIS_MAX = 12 * 3_600_000L;

  /**
   * The estimate rises by this share of a larger difference, so that a clock set back is learnt.
   */
  private static final int RISE_SHARE = 16;

  ClockOffset observe(@Nullable Instant at, long nowMillis) {
    if (at == null) {
      return this;
    }
    if (!isNear(at, nowMillis)) {
      return this;
    }
    long difference = nowMillis - at.toEpochMilli();
    if (samples == 0 || difference <= millis) {
      return new ClockOffset(difference, Math.min(samples + 1, SAMPLES_MAX));
    }
    return new ClockOffset(
        millis + (difference - millis) / RISE_SHARE, Math.min(samples + 1, SAMPLES_MAX));
  }

  /** By seconds, since a claim may lie beyond what milliseconds can count. */
  private static boolean isNear(Instant at, long nowMillis) {
    long seconds = Math.abs(nowMillis / 1000 - at.getEpochSecond());
    return seconds <= BELIEVED_MILLIS_MAX / 1000;
  }

  /** When something happened, in engine time; never after now. */
  long engineTime(@Nullable Instant at, long nowMillis) {
    if (at == null || samples == 0 || !isNear(at, nowMillis)) {
      return nowMillis;
    }
    long corrected = at.toEpochMilli() + millis;
    boolean believed = Math.abs(nowMillis - corrected) <= BELIEVED_MILLIS_MAX;
    return believed ? Math.min(corrected, nowMillis) : nowMillis;
  }
}
