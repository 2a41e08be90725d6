package io.shouwang.console;

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
    return tally.count(network(address), nowNanos);
  }

  int size() {
    return tally.size();
  }

  /** An IPv6 host has a whole /64 to come from. */
  static String network(String address) {
    int colons = 0;
    for (int i = 0; i < address.length(); i++) {
      if (address.charAt(i) == ':' && ++colons == 4) {
        return address.substring(0, i);
      }
    }
    return address;
  }
}
