package io.shouwang.notify.segment;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Pauses before the next attempt to connect: each about twice the last, up to a bound, and never
 * the same for two gateways that lost their peer at the same moment. One thread.
 */
public final class Backoff {
  private static final Duration FIRST = Duration.ofMillis(500);

  private final Duration most;
  private final RandomGenerator random;
  private Duration next;

  public Backoff(Duration most, RandomGenerator random) {
    this.most = most;
    this.random = random;
    this.next = FIRST.compareTo(most) < 0 ? FIRST : most;
  }

  /** From the half of the pause that is due to the whole of it. */
  public Duration pause() {
    long whole = next.toNanos();
    Duration doubled = next.multipliedBy(2);
    next = doubled.compareTo(most) < 0 ? doubled : most;
    return Duration.ofNanos((long) (whole * (0.5 + random.nextDouble() / 2)));
  }

  /** It worked: begin again with a short one. */
  public void reset() {
    next = FIRST.compareTo(most) < 0 ? FIRST : most;
  }
}
