package io.shouwang.console;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often each of many did something within a minute. Bounded: beyond its most keys, the one that
 * was first seen is forgotten. Any thread.
 */
final class Tally {
  private static final long MINUTE_NANOS = 60_000_000_000L;

  private final int perMinute;
  private final Map<String, Count> counts;

  private record Count(long sinceNanos, int times) {}

  Tally(int perMinute, int keysMax) {
    this.perMinute = perMinute;
    this.counts =
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
            return size() > keysMax;
          }
        };
  }

  /** Counts one more; false when that is too many. */
  synchronized boolean count(String key, long nowNanos) {
    Count before = counts.get(key);
    Count after;
    if (before == null || nowNanos - before.sinceNanos() >= MINUTE_NANOS) {
      counts.remove(key);
      after = new Count(nowNanos, 1);
    } else {
      // No further than it takes to say no: an int could overflow within a minute of a flood.
      after = new Count(before.sinceNanos(), Math.min(before.times() + 1, perMinute + 1));
    }
    counts.put(key, after);
    return after.times() <= perMinute;
  }

  synchronized int size() {
    return counts.size();
  }
}
