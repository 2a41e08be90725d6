package io.shouwang.notify.cloud;

import io.shouwang.host.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** A provider's own counters, each for one thing within one window. */
public final class Limits {
  private final Clock clock;
  private final Map<String, Deque<Instant>> taken = new HashMap<>();

  public Limits(Clock clock) {
    this.clock = clock;
  }

  /** Takes one; false if there were so many within the time already. */
  public synchronized boolean take(String what, int most, Duration within) {
    Deque<Instant> times = taken.computeIfAbsent(what + within, _ -> new ArrayDeque<>());
    Instant from = clock.wall().minus(within);
    while (!times.isEmpty() && !times.getFirst().isAfter(from)) {
      times.removeFirst();
    }
    if (times.size() >= most) {
      return false;
    }
    times.addLast(clock.wall());
    return true;
  }
}
