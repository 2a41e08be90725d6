package io.shouwang.engine;

import io.shouwang.host.Clock;
import java.time.Duration;
import java.time.Instant;

/** A clock that stands still until it is moved. */
public final class ManualClock implements Clock {
  private Instant wall;
  private long nanos;

  public ManualClock(Instant wall) {
    this.wall = wall;
  }

  public void advance(Duration by) {
    wall = wall.plus(by);
    nanos += by.toNanos();
  }

  /** Moves the wall clock alone, as somebody who sets it does. */
  public void jump(Duration by) {
    wall = wall.plus(by);
  }

  @Override
  public Instant wall() {
    return wall;
  }

  @Override
  public long nanos() {
    return nanos;
  }
}
