package io.shouwang.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Everybody tries everything: exactly what is theirs succeeds, and nothing else ever gets a success
 * code, in either version and over HTTP.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class IdentityMatrixTest {
  private static final String NOBODY = "nobody";
  private static final List<String> CLIENTS =
      List.of(Town.BUTTON, Town.DAUGHTER, Town.HUB, Town.CHILD);

  /** Who may publish what, and nothing else. */
  private static final Map<String, Set<String>> PUBLISHES =
      Map.of(
          "v1/devices/button-1/status", Set.of(Town.BUTTON),
          "v1/devices/button-1/never-heard-of", Set.of(Town.BUTTON),
          "v1/devices/hub-1/status", Set.of(Town.HUB),
          "v1/devices/child-1/status", Set.of(Town.HUB, Town.CHILD),
          "v1/devices/unregistered-1/status", Set.of(Town.HUB),
          "v1/devices/BUTTON-1/sos", Set.of(Town.HUB), // nobody's name: case counts
          "v1/responders/daughter/replies", Set.of(Town.DAUGHTER));

  private static final List<String> NOBODYS =
      List.of(
          "v1/devices/button-2/status",
          "v1/devices/child-2/status",
          "v1/devices/hub-2/status",
          "v1/devices/button-1/down",
          "v1/devices/child-1/down",
          "v1/devices/daughter/status",
          "v1/responders/grid/replies",
          "v1/responders/daughter/alerts",
          "v1/responders/button-1/replies",
          "v1/devices/button-1",
          "v1/devices/button-1/",
          "v1/devices/button-1/status/more",
          "v1/devices//status",
          "v1/devices/button-1 /status",
          "v1/devices/buttоn-1/status", // a Cyrillic o
          "V1/devices/button-1/status",
          "/v1/devices/button-1/status",
          "v1/devices/../devices/button-1/status",
          "$SYS/broker/uptime",
          "$share/g/v1/devices/button-1/status",
          "#",
          "v1/devices/+/status",
          "v1/devices/button-1/#");

  private static final Map<String, Set<String>> SUBSCRIBES =
      Map.of(
          "v1/devices/button-1/down", Set.of(Town.BUTTON),
          "v1/devices/hub-1/down", Set.of(Town.HUB),
          "v1/devices/child-1/down", Set.of(Town.CHILD),
          "v1/responders/daughter/alerts", Set.of(Town.DAUGHTER));

  private static final List<String> HEARD_BY_NOBODY =
      List.of(
          "v1/devices/button-2/down",
          "v1/devices/button-1/status",
          "v1/devices/button-1/sos",
          "v1/responders/grid/alerts",
          "v1/responders/daughter/replies",
          "v1/devices/+/down",
          "v1/devices/button-1/+",
          "v1/responders/+/alerts",
          "v1/responders/#",
          "#",
          "+/+/+/+",
          "$SYS/#",
          "$share/g/v1/devices/button-1/down",
          "$share/g/v1/responders/daughter/alerts",
          "v1/devices/button-1/down/",
          "V1/devices/button-1/down");

  private Town town = unopened();

  @SuppressWarnings("NullAway") // opened before the first test
  private static Town unopened() {
    return null;
  }

  @BeforeAll
  void open(@TempDir Path folder) throws IOException {
    town = Town.open(folder);
  }

  @AfterAll
  void close() {
    town.close();
  }

  private Peer opens(MqttVersion version) throws IOException {
    return Peer.open(town.mqttPort(), version);
  }

  private boolean letsIn(MqttVersion version, String client, String user, String password)
      throws IOException {
    try (Peer peer = opens(version)) {
      peer.send(peer.hello(client, user, password, null));
      Peer.Packet answer = peer.read(Peer.CONNACK);
      boolean in = answer != null && answer.body()[1] == 0;
      if (!in) {
        assertNull(peer.read(), "a refused connection is closed");
      }
      return leaves(peer, in);
    }
  }

  /** Waits until the gateway has let go, so that the next isn't a take-over. */
  private static boolean leaves(Peer peer, boolean result) throws IOException {
    peer.send(Peer.octets(0xe0, 0));
    assertTrue(peer.isClosedWithin(20_000));
    return result;
  }

  @ParameterizedTest
  @EnumSource(MqttVersion.class)
  void onlyWhoHasTheSecretIsLetInAndOnlyUnderTheirOwnName(MqttVersion version) throws IOException {
    for (String id : CLIENTS) {
      String secret = town.secret(id);
      assertTrue(letsIn(version, id, id, secret), id);
      List<String> wrong =
          new ArrayList<>(List.of("", "x", secret + "x", secret.toUpperCase(Locale.ROOT)));
      wrong.add(secret.substring(1));
      wrong.add(town.secret(Town.OTHER_BUTTON));
      wrong.add(town.secret(Town.OPERATOR));
      for (String other : wrong) {
        assertEquals(other.equals(secret), letsIn(version, id, id, other), id + " with " + other);
      }
      for (String client : List.of("", "button-2", "grid", id + "x", id + "/x", id + "+", "#")) {
        assertEquals(false, letsIn(version, client, id, secret), id + " as " + client);
      }
      boolean isResponder = id.equals(Town.DAUGHTER);
      assertEquals(isResponder, letsIn(version, id + ".phone", id, secret), id);
    }
    for (String id : List.of(NOBODY, "", "BUTTON-1", "button-1\u0001", "x".repeat(65), "a/b")) {
      assertEquals(false, letsIn(version, id, id, town.secret(Town.BUTTON)), id);
    }
    String token = town.secret(Town.OPERATOR);
    assertEquals(false, letsIn(version, Town.OPERATOR, Town.OPERATOR, token), "an operator");
  }

  private void each(
      Map<String, Set<String>> allowed, List<String> never, BiPredicate<String, String> tries) {
    for (String id : CLIENTS) {
      allowed.forEach(
          (topic, by) -> assertEquals(by.contains(id), tries.test(id, topic), id + " on " + topic));
      for (String topic : never) {
        assertEquals(false, tries.test(id, topic), id + " on " + topic);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(MqttVersion.class)
  void publishing(MqttVersion version) {
    each(PUBLISHES, NOBODYS, (id, topic) -> publishes(version, id, topic));
  }

  private boolean publishes(MqttVersion version, String id, String topic) {
    try (Peer peer = town.connects(version, id)) {
      boolean isReply = topic.endsWith("/replies");
      String payload = isReply ? "{\"alert\":\"unknown\",\"reply\":\"accept\"}" : "{}";
      byte[] bytes = payload.getBytes(java.nio.charset.StandardCharsets.UTF_8);
      peer.send(peer.publishing(3, topic, 7, bytes)); // retained, at QoS 1
      Peer.Packet ack = peer.read();
      int reason = ack == null || ack.type() != Peer.PUBACK ? -1 : ack.reason();
      // An unknown alert is told apart from a topic that isn't one's own.
      boolean taken = reason == 0 || (isReply && reason == 0x83);
      if (reason >= 0 && !taken) {
        assertEquals(0x87, reason, topic);
        assertEquals(MqttVersion.V5, version, topic);
      }
      if (version == MqttVersion.V3_1_1 && !taken) {
        assertNull(ack, "3.1.1 closes: " + id + " on " + topic);
      }
      return leaves(peer, taken);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @EnumSource(MqttVersion.class)
  void subscribing(MqttVersion version) {
    each(SUBSCRIBES, HEARD_BY_NOBODY, (id, filter) -> subscribes(version, id, filter));
  }

  private boolean subscribes(MqttVersion version, String id, String filter) {
    try (Peer peer = town.connects(version, id)) {
      peer.subscribe(filter);
      Peer.Packet ack = peer.read(Peer.SUBACK);
      boolean granted = ack != null && (ack.body()[ack.body().length - 1] & 0xff) < 0x80;
      if (version == MqttVersion.V3_1_1 && !granted) {
        assertNull(peer.read(), "3.1.1 closes: " + id + " on " + filter);
      }
      return leaves(peer, granted);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @EnumSource(MqttVersion.class)
  void wills(MqttVersion version) {
    each(PUBLISHES, NOBODYS, (id, topic) -> wills(version, id, topic));
  }

  private boolean wills(MqttVersion version, String id, String topic) {
    try (Peer peer = opens(version)) {
      peer.send(peer.hello(id, id, town.secret(id), new Peer.Will(topic, "{}")));
      Peer.Packet answer = peer.read(Peer.CONNACK);
      boolean in = answer != null && answer.body()[1] == 0;
      if (!in) {
        assertNull(peer.read());
      }
      return leaves(peer, in);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private int posts(String credentials, String path, String body) throws IOException {
    return Http.open(town.httpPort()).post(path, body, credentials).status();
  }

  private static String events(String device, String kind) {
    return "/api/v1/devices/" + device + "/events/" + kind;
  }

  @Test
  void http() throws IOException {
    String own = town.secret(Town.BUTTON);
    String bearer = "Authorization: Bearer " + town.secret(Town.OPERATOR);
    Map<String, String> strangers =
        Map.of(
            "none",
            "X-None: 1",
            "unknown",
            Http.basic(NOBODY, own),
            "wrong",
            Http.basic(Town.BUTTON, own + "x"),
            "other's",
            Http.basic(Town.BUTTON, town.secret(Town.OTHER_BUTTON)),
            "device as operator",
            "Authorization: Bearer " + Town.BUTTON + "." + own,
            "operator as device",
            Http.basic(Town.OPERATOR, town.secret(Town.OPERATOR)),
            "digest",
            "Authorization: Digest username=\"button-1\"",
            "not base64",
            "Authorization: Basic ????");
    for (var stranger : strangers.entrySet()) {
      int status = posts(stranger.getValue(), events(Town.BUTTON, "status"), "{}");
      assertTrue(status == 401 || status == 429, stranger.getKey() + " got " + status);
    }
    for (String id : CLIENTS) {
      String basic = Http.basic(id, town.secret(id));
      boolean isDevice = !id.equals(Town.DAUGHTER);
      assertEquals(isDevice ? 202 : 403, posts(basic, events(id, "status"), "{}"), id);
      boolean ofHub = id.equals(Town.HUB) || id.equals(Town.CHILD);
      int child = ofHub ? 202 : isDevice ? 404 : 403;
      assertEquals(child, posts(basic, events(Town.CHILD, "status"), "{}"), id);
      for (String foreign : List.of("button-2", "child-2", "hub-3", "daughter", "grid")) {
        int status = posts(basic, events(foreign, "sos"), "{}");
        assertEquals(isDevice ? 404 : 403, status, id + " for " + foreign);
      }
      for (String kind : List.of("down", "a%2fb", "+", "%23", "a.b", "x".repeat(65))) {
        int status = posts(basic, events(id, kind), "{}");
        assertNotEquals(2, status / 100, id + " of kind " + kind);
      }
    }
    assertEquals(403, posts(bearer, events(Town.BUTTON, "sos"), "{}"), "an operator is no device");
    for (String path : List.of("/metrics", "/api/v1/alerts", "/api/v1/stream")) {
      Http.Answer answer =
          Http.open(town.httpPort())
              .request("GET " + path + " HTTP/1.1", Http.basic(Town.BUTTON, own));
      assertEquals(403, answer.status(), path);
    }
    assertNotNull(town);
  }
}
