package io.shouwang.accounts;

/** The network that an address belongs to, for all that is counted by address. */
public final class Network {
  private Network() {}

  /** An IPv6 host has a whole /64 to come from. */
  public static String of(String address) {
    int colons = 0;
    for (int i = 0; i < address.length(); i++) {
      if (address.charAt(i) == ':' && ++colons == 4) {
        return address.substring(0, i);
      }
    }
    return address;
  }
}
