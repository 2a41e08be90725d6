package io.shouwang.senses;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a device's clock runs behind ours, estimated from what it sent at once: the smallest
 * difference between receive time and device time lately is the nearest to the clocks' own, since
 * waiting only adds. "Lately" is this hour of ours and the one before it that had anything to say:
 * what a device kept for hours and sends in one go moves nothing, and a clock set back is learnt
 * within two hours. Immutable.
 *
 * @param millis ours less the device's; meaningless while {@code samples} is 0
 * @param samples how many went into it, at most {@link #SAMPLES_MAX}
 * @param windowMillis the smallest difference of the hour that runs
 * @param windowAt when that hour began, milliseconds of the epoch
 */
public record ClockOffset(long millis, int samples, long windowMillis, long windowAt) {
  public static final ClockOffset UNKNOWN = new ClockOffset(0, 0, 0, 0);
  static final int SAMPLES_MAX = 100;

  /** A claim further off than this says nothing about a clock: a year of 1970, an old buffer. */
  static final long BELIEVED_MILLIS_MAX = 12 * 3_600_000L;

  private static final long WINDOW_MILLIS = 3_600_000;

  /** Seconds of the epoch beyond which milliseconds don't fit a number. */
  private static final long SANE_SECONDS = 1L << 40;

  ClockOffset observe(@Nullable Instant at, long nowMillis) {
    if (at == null || !isSane(at)) {
      return this;
    }
    long difference = nowMillis - at.toEpochMilli();
    if (Math.abs(difference) > BELIEVED_MILLIS_MAX) {
      return this;
    }
    int more = Math.min(samples + 1, SAMPLES_MAX);
    if (samples == 0) {
      return new ClockOffset(difference, more, difference, nowMillis);
    }
    if (nowMillis - windowAt < WINDOW_MILLIS) {
      return new ClockOffset(
          Math.min(millis, difference), more, Math.min(windowMillis, difference), windowAt);
    }
    return new ClockOffset(Math.min(windowMillis, difference), more, difference, nowMillis);
  }

  /** When something happened, in engine time; never after now. */
  long engineTime(@Nullable Instant at, long nowMillis) {
    if (at == null || samples == 0 || !isSane(at)) {
      return nowMillis;
    }
    long corrected = at.toEpochMilli() + millis;
    boolean believed = Math.abs(nowMillis - corrected) <= BELIEVED_MILLIS_MAX;
    return believed ? Math.min(corrected, nowMillis) : nowMillis;
  }

  private static boolean isSane(Instant at) {
    return Math.abs(at.getEpochSecond()) < SANE_SECONDS;
  }
}
