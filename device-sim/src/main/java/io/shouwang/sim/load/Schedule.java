package io.shouwang.sim.load;

import java.time.Duration;

/** Intended send times on a fixed beat, in nanoseconds from the start; nothing ever moves them. */
public record Schedule(double perSecond, Duration duration) {
  public Schedule {
    if (perSecond < 0 || perSecond > 1_000_000) {
      throw new IllegalArgumentException("a rate is 0 to 1000000 a second, not " + perSecond);
    }
  }

  /** How many messages the schedule holds. */
  public long count() {
    return Math.round(Math.floor(perSecond * (duration.toNanos() / 1e9) + 1e-9));
  }

  /** When message {@code index} is meant to leave. */
  public long atNanos(long index) {
    return (long) (index * (1e9 / perSecond));
  }
}
