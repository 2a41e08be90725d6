package io.shouwang.simulation;

import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import io.shouwang.host.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Both clocks of a simulated machine; event loops are given the same ticker. */
final class SimulatedClock implements Clock {
  private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");

  private final MockTicker ticker = Ticker.newMockTicker();
  private Duration wrongBy = Duration.ZERO;

  Ticker ticker() {
    return ticker;
  }

  void advanceTo(long nanos) {
    ticker.advance(nanos - ticker.nanoTime(), TimeUnit.NANOSECONDS);
  }

  /** Somebody sets the wall clock. */
  void setWrongBy(Duration wrong) {
    wrongBy = wrong;
  }

  /** The time it is, whatever the wall clock says. */
  Instant trueTime() {
    return START.plusNanos(ticker.nanoTime());
  }

  @Override
  public Instant wall() {
    return trueTime().plus(wrongBy);
  }

  @Override
  public long nanos() {
    return ticker.nanoTime();
  }
}
