package io.shouwang.accounts;

import io.shouwang.host.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** Time that passes when it is told to. */
final class TestClock implements Clock {
  private static final Instant START = Instant.parse("2026-11-22T06:00:00Z");
  private final AtomicLong nanos = new AtomicLong();

  void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Override
  public Instant wall() {
    return START.plusNanos(nanos.get());
  }

  @Override
  public long nanos() {
    return nanos.get();
  }
}
