package io.shouwang.notify.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.notify.webhook.Destination.Network;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A webhook's address must not lead into our own network. */
final class DestinationTest {
  private static final Destination STRICT = new Destination(List.of());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.9.9.9",
        "0.0.0.0",
        "10.0.0.1",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "fd12::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "2002:a00:1::1",
        "::127.0.0.1",
        "::a00:1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "192.88.99.1"
      })
  void internal_addresses_are_refused(String address) throws Exception {
    assertFalse(STRICT.isAllowed(InetAddress.getByName(address)), address);
    assertThrows(UnknownHostException.class, () -> STRICT.resolve(address));
  }

  @ParameterizedTest
  @ValueSource(strings = {"8.8.8.8", "172.32.0.1", "100.128.0.1", "2400:3200::1", "1.1.1.1"})
  void public_addresses_are_not(String address) throws Exception {
    assertEquals(InetAddress.getByName(address), STRICT.resolve(address));
  }

  @Test
  void a_network_that_is_meant_is_allowed_and_no_other() throws Exception {
    Destination meant = new Destination(List.of(Network.parse("10.1.2.0/24").orElseThrow()));
    assertTrue(meant.isAllowed(InetAddress.getByName("10.1.2.255")));
    assertFalse(meant.isAllowed(InetAddress.getByName("10.1.3.0")));
    for (String none : List.of("10.1.2.0/33", "example.org", "10.1.2/24/1", "", "::/129")) {
      assertTrue(Network.parse(none).isEmpty(), none);
    }
  }
}
