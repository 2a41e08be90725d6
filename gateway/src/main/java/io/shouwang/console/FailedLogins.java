package io.shouwang.console;

import io.shouwang.accounts.Network;

/**
 * How often each address lately failed to say who it is. Bounded: beyond {@link #ADDRESSES_MAX} the
 * one that was first seen is forgotten. Any thread.
 */
final class FailedLogins {
  static final int ADDRESSES_MAX = 10_000;

  private final Tally tally;

  FailedLogins(int perMinute) {
    tally = new Tally(perMinute, ADDRESSES_MAX);
  }

  /** Counts a failure; false when the address has had too many. */
  boolean count(String address, long nowNanos) {
    return tally.count(Network.of(address), nowNanos);
  }

  int size() {
    return tally.size();
  }
}
