package io.shouwang.accounts;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How often something lately failed under one key, and how long it must rest for that: a few times
 * for nothing, then twice as long each time. An attempt counts when it begins, so that a thousand
 * at once are a thousand; whoever succeeds takes theirs back. Bounded: beyond {@link #KEYS_MAX} the
 * key that was used longest ago is forgotten. Any thread.
 */
final class Failures {
  static final int KEYS_MAX = 100_000;

  private final int free;
  private final long restNanosMax;
  private final long forgottenAfterNanos;
  private final Map<String, Count> counts =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
          return size() > KEYS_MAX;
        }
      };

  private record Count(int failures, long lastNanos) {}

  /**
   * Nothing failed yet.
   *
   * @param free so many cost nothing
   * @param restMax it never has to rest longer
   * @param forgottenAfter after so long without an attempt
   */
  Failures(int free, Duration restMax, Duration forgottenAfter) {
    this.free = free;
    this.restNanosMax = restMax.toNanos();
    this.forgottenAfterNanos = forgottenAfter.toNanos();
  }

  /** How long the key must rest still; zero or less when it may try. */
  synchronized Duration rest(String key, long nowNanos) {
    Count count = current(key, nowNanos);
    return count == null
        ? Duration.ZERO
        : Duration.ofNanos(count.lastNanos() + restNanos(count.failures()) - nowNanos);
  }

  /** Counts an attempt as failed before its result is known. */
  synchronized void begin(String key, long nowNanos) {
    Count count = current(key, nowNanos);
    counts.put(key, new Count(count == null ? 1 : count.failures() + 1, nowNanos));
  }

  /** Takes one attempt back: it succeeded, or was never made. */
  synchronized void takeBack(String key) {
    Count count = counts.get(key);
    if (count != null) {
      counts.put(key, new Count(Math.max(0, count.failures() - 1), count.lastNanos()));
    }
  }

  synchronized void forget(String key) {
    counts.remove(key);
  }

  synchronized int size() {
    return counts.size();
  }

  private @Nullable Count current(String key, long nowNanos) {
    Count count = counts.get(key);
    return count == null || nowNanos - count.lastNanos() > forgottenAfterNanos ? null : count;
  }

  private long restNanos(int failures) {
    if (failures < free) {
      return 0;
    }
    int doublings = Math.min(failures - free, 30);
    return Math.min(restNanosMax, 1_000_000_000L << doublings);
  }
}
