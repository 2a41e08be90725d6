package io.shouwang.hostile;

import static io.shouwang.hostile.Peer.join;
import static io.shouwang.hostile.Peer.octets;
import static io.shouwang.hostile.Peer.packet;
import static io.shouwang.hostile.Peer.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The ways to connect, claim, stall or publish as somebody else: each ends with the connection
 * closed, and nothing that came before the end was given a success that it shouldn't have.
 */
final class ImpostorTest {
  private static final String OWN = "v1/devices/button-1/status";

  @TempDir Path folder;

  private interface Bytes {
    byte[] of(Peer peer);
  }

  /**
   * A way.
   *
   * @param letIn whether it comes from a client that was let in
   */
  private record Way(String name, boolean letIn, Bytes bytes) {}

  private static byte[] v5(byte[] plain, byte[] five, Peer peer) {
    return peer.version == MqttVersion.V5 ? five : plain;
  }

  private static byte[] none(Peer peer) {
    return v5(new byte[0], octets(0), peer);
  }

  private static byte[] connect(Peer peer, String name, int level, int flags, byte[]... rest) {
    return packet(0x10, text(name), octets(level, flags, 0, 60), none(peer), join(rest));
  }

  private static byte[] manyUserProperties(String secret) {
    byte[] one = join(octets(0x26), text("k"), text("v"));
    byte[] all = join(IntStream.range(0, 17).mapToObj(i -> one).toArray(byte[][]::new));
    return packet(
        0x10,
        text("MQTT"),
        octets(5, 0xc2, 0, 60, all.length),
        all,
        text("button-1"),
        text("button-1"),
        text(secret));
  }

  private static List<Way> ways(String secret) {
    byte[] id = text("button-1");
    byte[] pass = text(secret);
    List<Way> ways = new ArrayList<>();
    // to connect
    ways.add(new Way("PUBLISH first", false, p -> p.publishing(2, OWN, 1, octets('{', '}'))));
    ways.add(new Way("SUBSCRIBE first", false, p -> p.subscribing(1, "#")));
    ways.add(new Way("PINGREQ first", false, p -> octets(0xc0, 0)));
    ways.add(new Way("CONNACK first", false, p -> octets(0x20, 2, 0, 0)));
    ways.add(new Way("DISCONNECT first", false, p -> octets(0xe0, 0)));
    ways.add(new Way("no name", false, p -> connect(p, "MQTT", p.version.level, 0x02, id)));
    ways.add(new Way("no password", false, p -> connect(p, "MQTT", p.version.level, 0x82, id, id)));
    ways.add(
        new Way("password alone", false, p -> connect(p, "MQTT", p.version.level, 0x42, id, pass)));
    ways.add(
        new Way(
            "empty name",
            false,
            p -> connect(p, "MQTT", p.version.level, 0xc2, text(""), text(""), pass)));
    ways.add(new Way("MQIsdp", false, p -> connect(p, "MQIsdp", 3, 0xc2, id, id, pass)));
    ways.add(new Way("version 6", false, p -> connect(p, "MQTT", 6, 0xc2, id, id, pass)));
    ways.add(new Way("version 0", false, p -> connect(p, "MQTT", 0, 0xc2, id, id, pass)));
    ways.add(
        new Way(
            "reserved flag", false, p -> connect(p, "MQTT", p.version.level, 0xc3, id, id, pass)));
    ways.add(
        new Way(
            "trailing bytes",
            false,
            p -> connect(p, "MQTT", p.version.level, 0xc2, id, id, pass, octets(0))));
    ways.add(
        new Way(
            "a CONNECT of 9 KiB",
            false,
            p -> connect(p, "MQTT", p.version.level, 0xc2, id, id, text("x".repeat(9_000)))));
    ways.add(
        new Way("17 user properties", false, p -> v5(octets(0), manyUserProperties(secret), p)));
    ways.add(
        new Way(
            "an authentication method",
            false,
            p ->
                v5(
                    octets(0),
                    packet(
                        0x10,
                        text("MQTT"),
                        octets(5, 0xc2, 0, 60, 8, 0x15),
                        text("PLAIN"),
                        id,
                        id,
                        pass),
                    p)));
    ways.add(
        new Way("a length of five bytes", false, p -> octets(0x10, 0xff, 0xff, 0xff, 0xff, 1)));
    ways.add(
        new Way("HTTP", false, p -> "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
    ways.add(new Way("TLS on the plain port", false, p -> octets(0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc)));
    // to claim
    ways.add(
        new Way("another's client id", false, p -> p.hello("button-2", "button-1", secret, null)));
    ways.add(new Way("a wildcard name", false, p -> p.hello("+", "+", secret, null)));
    ways.add(new Way("NUL in a name", false, p -> p.hello("b\0", "b\0", secret, null)));
    ways.add(
        new Way(
            "another's will",
            false,
            p ->
                p.hello(
                    "button-1",
                    "button-1",
                    secret,
                    new Peer.Will("v1/devices/button-2/sos", "{}"))));
    ways.add(
        new Way(
            "a will to $SYS",
            false,
            p -> p.hello("button-1", "button-1", secret, new Peer.Will("$SYS/x", "{}"))));
    ways.add(
        new Way(
            "a will of QoS 2",
            false,
            p ->
                connect(
                    p,
                    "MQTT",
                    p.version.level,
                    0xd6,
                    id,
                    none(p),
                    text(OWN),
                    text("{}"),
                    id,
                    pass)));
    // to publish and hear
    ways.add(new Way("a second CONNECT", true, p -> p.hello("button-1", "button-1", secret, null)));
    ways.add(new Way("QoS 2", true, p -> p.publishing(4, OWN, 1, octets('{', '}'))));
    ways.add(new Way("QoS 3", true, p -> p.publishing(6, OWN, 1, octets('{', '}'))));
    ways.add(new Way("packet id 0", true, p -> p.publishing(2, OWN, 0, octets('{', '}'))));
    ways.add(new Way("an empty topic", true, p -> p.publishing(0, "", 0, octets('{', '}'))));
    ways.add(
        new Way(
            "a wildcard topic", true, p -> p.publishing(2, "v1/devices/+/sos", 1, octets('x'))));
    ways.add(
        new Way(
            "another's topic at QoS 0",
            true,
            p -> p.publishing(0, "v1/devices/button-2/sos", 0, octets('{', '}'))));
    ways.add(
        new Way(
            "a topic alias",
            true,
            p ->
                v5(
                    octets(0),
                    packet(0x32, text(OWN), octets(0, 1, 3, 0x23, 0, 1), octets('{', '}')),
                    p)));
    ways.add(new Way("SUBSCRIBE without a filter", true, p -> packet(0x82, octets(0, 1), none(p))));
    ways.add(new Way("PUBACK for nothing", true, p -> octets(0x40, 2, 0, 9)));
    ways.add(new Way("PUBREL", true, p -> octets(0x62, 2, 0, 1)));
    ways.add(new Way("SUBACK from a client", true, p -> octets(0x90, 3, 0, 1, 0)));
    ways.add(new Way("AUTH", true, p -> octets(0xf0, 0)));
    ways.add(new Way("packet type 0", true, p -> octets(0x00, 0)));
    ways.add(
        new Way(
            "a packet past the bound", true, p -> p.publishing(2, OWN, 1, new byte[80 * 1024])));
    return ways;
  }

  @Test
  void eachWayEndsWithTheConnectionClosedAndNoSuccess() throws IOException {
    List<String> failed = new ArrayList<>();
    try (Town town = Town.open(folder);
        Peer good = town.connects(MqttVersion.V3_1_1, Town.OTHER_BUTTON)) {
      String secret = town.secret(Town.BUTTON);
      List<Way> ways = ways(secret);
      assertTrue(ways.size() >= 36, "ways: " + ways.size());
      for (MqttVersion version : MqttVersion.values()) {
        for (Way way : ways) {
          try (Peer peer = Peer.open(town.mqttPort(), version)) {
            if (way.letIn()) {
              peer.connect(Town.BUTTON, secret);
            }
            peer.send(way.bytes().of(peer));
            for (Peer.Packet said = peer.read(); said != null; said = peer.read()) {
              boolean success =
                  (said.type() == Peer.CONNACK && said.body()[1] == 0)
                      || (said.type() == Peer.PUBACK && said.reason() == 0)
                      || said.type() == Peer.SUBACK;
              if (success) {
                failed.add(version + " " + way.name() + ": success");
              }
            }
          } catch (AssertionError e) {
            failed.add(version + " " + way.name() + ": " + e.getMessage());
          }
        }
        assertTrue(good.isServed(), "nobody else is touched");
      }
      assertEquals(List.of(), failed);
      assertEquals(0, town.metric("shouwang_alerts_open"), "nobody's alarm rang");
      assertEquals(0, town.metric("shouwang_mqtt_faults_total"));
      Town.await("all are gone", () -> town.metric("shouwang_mqtt_connections") == 1);
      assertEquals(0, town.metric("shouwang_mqtt_strangers"));
    }
  }

  @Test
  void oneWhoIsForeverTakingOverIsStoppedAndTheSessionSurvives() throws IOException {
    try (Town town = Town.open(folder)) {
      int refused = 0;
      List<Peer> fighters = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        Peer peer = Peer.open(town.mqttPort(), MqttVersion.V5);
        fighters.add(peer);
        peer.send(peer.hello("button-1", "button-1", town.secret("button-1"), null));
        Peer.Packet answer = peer.read();
        assertNotNull(answer);
        refused += answer.body()[1] == 0 ? 0 : 1;
      }
      assertTrue(refused >= 29, "refused " + refused);
      int served = 0;
      for (Peer peer : fighters) {
        peer.ping();
        served += peer.read(13) == null ? 0 : 1;
        peer.close();
      }
      assertEquals(1, served);
    }
  }
}
