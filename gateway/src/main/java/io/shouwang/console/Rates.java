package io.shouwang.console;

import io.javalin.http.Context;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.shouwang.accounts.Network;
import io.shouwang.host.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How much anybody may ask of the API: so much at once, and then so many a second. Who has said who
 * they are is counted by name, who hasn't by network, so that a stranger uses up nothing of those
 * behind the same address. What devices say isn't counted (P3): their lanes bound them. Any thread.
 */
final class Rates {
  /** Ten times what a page asks for when it opens on a crowded evening. */
  static final int CALLER_BURST = 600;

  static final int CALLER_PER_SECOND = 30;

  /** A program asks for many; some are the screens of a whole room. */
  static final int PROGRAM_BURST = 3_000;

  static final int PROGRAM_PER_SECOND = 200;

  /** A whole office that comes on duty logs in within this. */
  static final int STRANGER_BURST = 300;

  static final int STRANGER_PER_SECOND = 5;
  private static final int KEYS_MAX = 20_000;
  private static final String API = "/api/v1/";
  private static final double NANOS = 1e9;

  private final Buckets callers = new Buckets(CALLER_BURST, CALLER_PER_SECOND);
  private final Buckets programs = new Buckets(PROGRAM_BURST, PROGRAM_PER_SECOND);
  private final Buckets strangers = new Buckets(STRANGER_BURST, STRANGER_PER_SECOND);
  private final Clock clock;
  private final Counter refused;

  Rates(Clock clock, MeterRegistry meters) {
    this.clock = clock;
    this.refused =
        Counter.builder("shouwang.http.rates.refused")
            .description("requests of somebody who asked too much")
            .register(meters);
  }

  /**
   * Counts a request of somebody who hasn't said who they are, or needn't.
   *
   * @throws Problem 429
   */
  void countStranger(Route route, Context context) {
    if (isCounted(route)) {
      count(strangers, Network.of(context.ip()));
    }
  }

  /**
   * Counts a request of somebody known.
   *
   * @throws Problem 429
   */
  void count(Route route, Caller caller) {
    if (isCounted(route) && !(caller instanceof Caller.Nobody)) {
      boolean isProgram = caller instanceof Caller.OfOperator operator && operator.seat() == null;
      count(isProgram ? programs : callers, caller.name());
    }
  }

  private static boolean isCounted(Route route) {
    return route.path().startsWith(API) && !route.path().equals(DeviceRoutes.EVENTS);
  }

  private void count(Buckets buckets, String key) {
    long seconds = buckets.take(key, clock.nanos());
    if (seconds > 0) {
      refused.increment();
      throw new Problem(429, "too-many-requests", "Too many requests", "wait, then ask again")
          .header("Retry-After", Long.toString(seconds));
    }
  }

  /**
   * Of each key so many at once. Bounded: beyond its most keys, the longest unused is forgotten.
   */
  static final class Buckets {
    private final double burst;
    private final double perSecond;
    private final Map<String, Level> levels =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Level> eldest) {
            return size() > KEYS_MAX;
          }
        };

    private record Level(double left, long atNanos) {}

    Buckets(int burst, int perSecond) {
      this.burst = burst;
      this.perSecond = perSecond;
    }

    /** Takes one; 0, or how many seconds to wait for the next. */
    synchronized long take(String key, long nowNanos) {
      Level before = levels.get(key);
      double left =
          before == null
              ? burst
              : Math.min(burst, before.left() + (nowNanos - before.atNanos()) * perSecond / NANOS);
      boolean isThere = left >= 1;
      levels.put(key, new Level(isThere ? left - 1 : left, nowNanos));
      return isThere ? 0 : (long) Math.ceil((1 - left) / perSecond);
    }

    synchronized int size() {
      return levels.size();
    }
  }
}
