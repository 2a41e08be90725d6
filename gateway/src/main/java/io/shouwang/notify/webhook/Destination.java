package io.shouwang.notify.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/**
 * Where a webhook may not go: into our own network (OWASP, server-side request forgery). An address
 * in a responder's row comes from a form somebody filled in; without this it could be made to talk
 * to whatever only this machine reaches. Immutable.
 *
 * @param allowed networks that are meant all the same
 */
record Destination(List<Network> allowed) {
  Destination {
    allowed = List.copyOf(allowed);
  }

  /**
   * A network in CIDR notation.
   *
   * @param bits of the prefix
   */
  record Network(InetAddress address, int bits) {
    /** Reads {@code 10.1.0.0/16}; empty if it is none. Never asks a name server. */
    static Optional<Network> parse(String text) {
      int slash = text.indexOf('/');
      String host = slash < 0 ? text : text.substring(0, slash);
      if (!host.matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
        return Optional.empty();
      }
      try {
        InetAddress address = InetAddress.getByName(host);
        int most = address.getAddress().length * 8;
        int bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
        return bits >= 0 && bits <= most
            ? Optional.of(new Network(address, bits))
            : Optional.empty();
      } catch (UnknownHostException | NumberFormatException e) {
        return Optional.empty();
      }
    }

    boolean contains(InetAddress other) {
      byte[] mine = address.getAddress();
      byte[] its = other.getAddress();
      if (mine.length != its.length) {
        return false;
      }
      for (int i = 0; i < bits; i++) {
        int mask = 0x80 >> (i % 8);
        if ((mine[i / 8] & mask) != (its[i / 8] & mask)) {
          return false;
        }
      }
      return true;
    }
  }

  private static final List<Network> INTERNAL =
      List.of(
              "0.0.0.0/8",
              "10.0.0.0/8",
              "100.64.0.0/10",
              "127.0.0.0/8",
              "169.254.0.0/16",
              "172.16.0.0/12",
              "192.0.0.0/24",
              "192.0.2.0/24",
              "192.168.0.0/16",
              "198.18.0.0/15",
              "198.51.100.0/24",
              "203.0.113.0/24",
              "224.0.0.0/4",
              "240.0.0.0/4",
              "192.88.99.0/24",
              "::/96",
              "64:ff9b::/96",
              "64:ff9b:1::/48",
              "100::/64",
              "2001::/23",
              "2001:db8::/32",
              "2002::/16",
              "3fff::/20",
              "5f00::/16",
              "fc00::/7",
              "fe80::/10",
              "fec0::/10",
              "ff00::/8")
          .stream()
          .map(Network::parse)
          .flatMap(Optional::stream)
          .toList();

  boolean isAllowed(InetAddress address) {
    return allowed.stream().anyMatch(network -> network.contains(address))
        || INTERNAL.stream().noneMatch(network -> network.contains(address));
  }

  /**
   * The address to connect to: resolved once, so that a name that says something else the next
   * moment helps nobody. Java gives an IPv4 address mapped into IPv6 as the IPv4 address it is.
   *
   * @throws UnknownHostException if there is none, or one of them is not allowed
   */
  InetAddress resolve(String host) throws UnknownHostException {
    InetAddress[] all = InetAddress.getAllByName(host);
    for (InetAddress address : all) {
      if (!isAllowed(address)) {
        throw new UnknownHostException("leads into an internal network; see allow_internal");
      }
    }
    return all[0];
  }
}
