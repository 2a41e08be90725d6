package io.shouwang.console;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often each address lately failed to say who it is. Bounded: beyond {@link #ADDRESSES_MAX} the
 * one that was first seen is forgotten. Any thread.
 */
final class FailedLogins {
  static final int ADDRESSES_MAX = 10_000;
  private static final long MINUTE_NANOS = 60_000_000_000L;

  private final int perMinute;
  private final Map<String, Count> counts =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
          return size() > ADDRESSES_MAX;
        }
      };

  private record Count(long sinceNanos, int failures) {}

  FailedLogins(int perMinute) {
    this.perMinute = perMinute;
  }

  /** Counts a failure; false when the address has had too many. */
  synchronized boolean count(String address, long nowNanos) {
    String network = network(address);
    Count before = counts.get(network);
    Count after;
    if (before == null || nowNanos - before.sinceNanos() >= MINUTE_NANOS) {
      counts.remove(network);
      after = new Count(nowNanos, 1);
    } else {
      after = new Count(before.sinceNanos(), before.failures() + 1);
    }
    counts.put(network, after);
    return after.failures() <= perMinute;
  }

  synchronized int size() {
    return counts.size();
  }

  /** An IPv6 host has a whole /64 to come from. */
  private static String network(String address) {
    int colons = 0;
    for (int i = 0; i < address.length(); i++) {
      if (address.charAt(i) == ':' && ++colons == 4) {
        return address.substring(0, i);
      }
    }
    return address;
  }
}
