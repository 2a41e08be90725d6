package io.shouwang.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is let in and behaves badly towards what it is sent. */
final class MailboxTest {
  private static final String ALERTS = "v1/responders/daughter/alerts";

  @TempDir Path folder;

  private static Peer daughter(Town town, String suffix, boolean keepsItsSession)
      throws IOException {
    Peer peer = Peer.open(town.mqttPort(), MqttVersion.V3_1_1);
    byte[] hello =
        peer.hello(Town.DAUGHTER + suffix, Town.DAUGHTER, town.secret(Town.DAUGHTER), null);
    if (keepsItsSession) {
      hello[9] &= ~0x02;
    }
    peer.send(hello);
    return peer;
  }

  private static boolean isIn(Peer peer) throws IOException {
    Peer.Packet answer = peer.read(Peer.CONNACK);
    return answer != null && answer.body()[1] == 0;
  }

  @Test
  void oneResponderKeepsNoMoreSessionsThanItMayHaveClients() throws IOException {
    try (Town town = Town.open(folder)) {
      for (int i = 0; i < 60; i++) {
        try (Peer peer = daughter(town, ".phone-" + i, true)) {
          assertTrue(isIn(peer), "let in all the same");
          peer.send(Peer.octets(0xe0, 0));
          assertTrue(peer.isClosedWithin(20_000));
        }
      }
      assertEquals(16, town.metric("shouwang_mqtt_sessions"));
      assertTrue(town.metric("shouwang_mqtt_sessions_not_kept_total") >= 44);
      try (Peer other = Peer.open(town.mqttPort(), MqttVersion.V3_1_1)) {
        byte[] hello = other.hello("grid", "grid", town.secret("grid"), null);
        hello[9] &= ~0x02;
        other.send(hello);
        assertTrue(isIn(other));
        assertEquals(17, town.metric("shouwang_mqtt_sessions"), "another's is kept");
      }
    }
  }

  @Test
  void sixteenClientsThatNeverAcknowledgeHoldUpNobody() throws IOException {
    List<Peer> clients = new ArrayList<>();
    try (Town town = Town.open(folder);
        Peer button = town.connects(MqttVersion.V5, Town.BUTTON)) {
      for (int i = 0; i < 17; i++) {
        Peer client = daughter(town, "." + i, false);
        clients.add(client);
        assertEquals(i < 16, isIn(client), "client " + i);
        client.subscribe(ALERTS);
      }
      for (int i = 1; i <= 50; i++) {
        button.mustPublish("v1/devices/button-1/sos", i, "{\"id\":\"" + i + "\"}");
      }
      for (Peer client : clients.subList(0, 16)) {
        assertNotNull(client.read(Peer.PUBLISH), "each was rung");
        assertTrue(client.isServed());
      }
      assertEquals(1, town.metric("shouwang_alerts_open"));
    } finally {
      for (Peer client : clients) {
        client.close();
      }
    }
  }

  @Test
  void toSubscribeAgainAndAgainSendsNothingTwice() throws IOException {
    try (Town town = Town.open(folder);
        Peer button = town.connects(MqttVersion.V5, Town.BUTTON);
        Peer daughter = daughter(town, "", false)) {
      assertTrue(isIn(daughter));
      button.mustPublish("v1/devices/button-1/sos", 1, "{}");
      for (int i = 1; i <= 200; i++) {
        daughter.send(daughter.subscribing(i, ALERTS));
      }
      int rings = 0;
      while (rings == 0) {
        Peer.Packet said = daughter.read();
        assertNotNull(said, "the ring never came");
        rings += said.type() == Peer.PUBLISH ? 1 : 0;
      }
      daughter.ping();
      for (Peer.Packet said = daughter.read();
          said != null && said.type() != 13;
          said = daughter.read()) {
        rings += said.type() == Peer.PUBLISH ? 1 : 0;
      }
      assertEquals(1, rings);
    }
  }

  /** A line with hardly any room for what comes back. */
  private static Socket narrow(int port) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4_096);
    socket.connect(new InetSocketAddress("127.0.0.1", port));
    return socket;
  }

  @Test
  @Tag("long")
  void whoAsksAndNeverReadsIsNotReadEither() throws IOException {
    try (Town town = Town.open(folder);
        Peer deaf = Peer.over(narrow(town.mqttPort()), MqttVersion.V5);
        Peer good = town.connects(MqttVersion.V3_1_1, Town.OTHER_BUTTON)) {
      deaf.connect(Town.BUTTON, town.secret(Town.BUTTON));
      byte[] filter = Peer.join(Peer.text("x"), Peer.octets(1));
      byte[][] filters = new byte[16_000][];
      Arrays.fill(filters, filter);
      byte[] asks = Peer.packet(0x82, Peer.octets(0, 1, 0), Peer.join(filters));
      Thread asking =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  for (int i = 0; i < 10_000; i++) {
                    deaf.send(asks);
                  }
                } catch (IOException e) {
                  // closed in the end
                }
              });
      Town.await("it is paused", () -> town.metric("shouwang_mqtt_paused_total") > 0);
      good.mustPublish("v1/devices/button-2/sos", 1, "{}");
      deaf.vanish();
      asking.interrupt();
    }
  }
}
