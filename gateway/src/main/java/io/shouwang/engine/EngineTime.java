package io.shouwang.engine;

import io.shouwang.host.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The time of the state: never goes back. Starts at the later of the last journalled time and the
 * wall clock, then follows the monotonic clock, so that a jump of the wall clock moves no deadline.
 * Any thread.
 */
final class EngineTime implements Clock {
  private final Clock clock;
  private final Instant start;
  private final long startNanos;

  EngineTime(Clock clock, Instant lastJournalled) {
    this.clock = clock;
    this.startNanos = clock.nanos();
    Instant wall = clock.wall().truncatedTo(ChronoUnit.MILLIS);
    this.start = wall.isBefore(lastJournalled) ? lastJournalled : wall;
  }

  @Override
  public Instant wall() {
    return start.plusNanos(clock.nanos() - startNanos).truncatedTo(ChronoUnit.MILLIS);
  }

  @Override
  public long nanos() {
    return clock.nanos();
  }
}
