package io.shouwang.notify;

import io.shouwang.host.Clock;
import io.shouwang.notify.provider.Quota;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What went out lately, counted here: a provider's own counters are known only when they refuse.
 * Any thread. Bounded: of the addresses counted, the one longest quiet gives way.
 */
final class Allowance {
  static final int ADDRESSES_MAX = 100_000;

  private final Clock clock;
  private final LinkedHashMap<String, ArrayDeque<Long>> sent =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ArrayDeque<Long>> eldest) {
          return size() > ADDRESSES_MAX;
        }
      };

  Allowance(Clock clock) {
    this.clock = clock;
  }

  /**
   * Takes one message off every quota, if each has one left.
   *
   * @param who names the provider, or the cap
   * @param share the part of each quota that may be used
   * @return false, and nothing taken, if one is used up
   */
  synchronized boolean take(String who, String address, List<Quota> quotas, double share) {
    long now = clock.nanos();
    for (Quota quota : quotas) {
      if (used(key(who, address, quota), quota, now) >= most(quota, share)) {
        return false;
      }
    }
    for (Quota quota : quotas) {
      sent.computeIfAbsent(key(who, address, quota), _ -> new ArrayDeque<>()).addLast(now);
    }
    return true;
  }

  /** Whether {@link #take} would. */
  synchronized boolean has(String who, String address, List<Quota> quotas, double share) {
    long now = clock.nanos();
    return quotas.stream()
        .noneMatch(quota -> used(key(who, address, quota), quota, now) >= most(quota, share));
  }

  /** What was taken did not go out after all. */
  synchronized void giveBack(String who, String address, List<Quota> quotas) {
    for (Quota quota : quotas) {
      ArrayDeque<Long> times = sent.get(key(who, address, quota));
      if (times != null) {
        times.pollLast();
      }
    }
  }

  /** What went out before this run, so long ago; oldest first. */
  synchronized void recall(String who, String address, List<Quota> quotas, Duration ago) {
    long then = clock.nanos() - ago.toNanos();
    for (Quota quota : quotas) {
      if (ago.compareTo(quota.within()) < 0) {
        sent.computeIfAbsent(key(who, address, quota), _ -> new ArrayDeque<>()).addLast(then);
      }
    }
  }

  private static double most(Quota quota, double share) {
    return Math.max(1, quota.most() * share);
  }

  private int used(String key, Quota quota, long now) {
    ArrayDeque<Long> times = sent.get(key);
    if (times == null) {
      return 0;
    }
    long since = now - quota.within().toNanos();
    while (!times.isEmpty() && times.getFirst() - since < 0) {
      times.removeFirst();
    }
    return times.size();
  }

  private static String key(String who, String address, Quota quota) {
    return who + ' ' + quota.within() + ' ' + (quota.perRecipient() ? address : "");
  }
}
