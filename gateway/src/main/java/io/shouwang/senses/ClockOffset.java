package io.shouwang.senses;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a device's clock runs behind ours, estimated from what it sent: the smallest difference
 * between receive time and device time lately is the nearest to the clocks' own, since waiting only
 * adds. Lately is this window and the one before, so that what was buffered for hours and comes at
 * once doesn't pass for a clock set back, while one that was is learnt in two windows. Immutable.
 *
 * @param leastMillis ours less the device's, the least of this window
 * @param earlierMillis the least of the window before; of the first, its first
 * @param windowAt when this window began, in engine time; milliseconds of the epoch
 * @param samples how many went into it, at most {@link #SAMPLES_MAX}; 0: nothing is known
 */
public record ClockOffset(long leastMillis, long earlierMillis, long windowAt, int samples) {
  public static final ClockOffset UNKNOWN = new ClockOffset(0, 0, 0, 0);
  static final int SAMPLES_MAX = 100;
  static final long WINDOW_MILLIS = 3_600_000L;

  /** A claim further off than this says nothing about a clock: a year of 1970, an old buffer. */
  static final long BELIEVED_MILLIS_MAX = 12 * 3_600_000L;

  /** Ours less the device's; meaningless while {@code samples} is 0. */
  public long millis() {
    return Math.min(leastMillis, earlierMillis);
  }

  ClockOffset observe(@Nullable Instant at, long nowMillis) {
    if (at == null || !isNear(at, nowMillis)) {
      return this;
    }
    long difference = nowMillis - at.toEpochMilli();
    int more = Math.min(samples + 1, SAMPLES_MAX);
    if (samples == 0) {
      return new ClockOffset(difference, difference, nowMillis, more);
    }
    if (nowMillis - windowAt >= WINDOW_MILLIS) {
      return new ClockOffset(difference, leastMillis, nowMillis, more);
    }
    boolean isNews = more != samples || difference < leastMillis;
    return isNews
        ? new ClockOffset(Math.min(leastMillis, difference), earlierMillis, windowAt, more)
        : this;
  }

  /** When something happened, in engine time; never after now. */
  long engineTime(@Nullable Instant at, long nowMillis) {
    if (at == null || samples == 0 || !isNear(at, nowMillis - millis())) {
      return nowMillis;
    }
    return Math.min(at.toEpochMilli() + millis(), nowMillis);
  }

  /** Compares seconds first: no claim is too far off to be counted in milliseconds. */
  private static boolean isNear(Instant at, long nowMillis) {
    return Math.abs(at.getEpochSecond() - nowMillis / 1_000) <= BELIEVED_MILLIS_MAX / 1_000 + 1
        && Math.abs(nowMillis - at.toEpochMilli()) <= BELIEVED_MILLIS_MAX;
  }
}
