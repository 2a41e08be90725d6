package io.shouwang.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who takes up room and says nothing, or next to nothing, is gone soon, and shuts out nobody. */
final class StallTest {
  private static final boolean FULL = Boolean.getBoolean("full");

  /** Both ends are of this process, which may open 20,000 files. */
  private static final int SILENT = FULL ? 6_500 : 1_500;

  private static final int HALF_TLS = FULL ? 800 : 150;
  private static final int DRIPPING = FULL ? 800 : 150;

  private static final String LIMITS =
      """
      limits:
        connect_within: WITHIN
        unauthenticated_connections: 10000
        connections_per_address: 9000
      """;

  @TempDir Path folder;

  private static SocketChannel opened(int port) throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.connect(new InetSocketAddress("127.0.0.1", port));
    channel.configureBlocking(false);
    return channel;
  }

  private static void send(SocketChannel channel, int... octets) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Peer.octets(octets));
      channel.write(bytes);
    } catch (IOException e) {
      // It hung up, as it should.
    }
  }

  private static void close(List<SocketChannel> channels) {
    for (SocketChannel channel : channels) {
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static Peer goodFromElsewhere(Town town) throws IOException {
    Socket socket = new Socket();
    socket.bind(new InetSocketAddress("127.0.0.2", 0));
    socket.connect(new InetSocketAddress("127.0.0.1", town.mqttPort()));
    return Peer.over(socket, MqttVersion.V3_1_1);
  }

  @Test
  void silentHalfTlsAndDrippingSocketsAreGoneWhileAGoodDeviceIsServed() throws Exception {
    String within = FULL ? "10s" : "2s";
    List<SocketChannel> bad = new ArrayList<>();
    try (Town town = Town.open(folder, Pems.tls(folder), LIMITS.replace("WITHIN", within))) {
      for (int i = 0; i < SILENT; i++) {
        bad.add(opened(town.mqttPort()));
      }
      for (int i = 0; i < HALF_TLS; i++) {
        SocketChannel half = opened(town.mqttTlsPort());
        send(half, 0x16, 3, 1, 2, 0, 1, 0, 1);
        bad.add(half);
      }
      List<SocketChannel> dripping = new ArrayList<>();
      for (int i = 0; i < DRIPPING; i++) {
        SocketChannel one = opened(town.mqttPort());
        send(one, 0x10);
        dripping.add(one);
      }
      bad.addAll(dripping);
      assertTrue(town.metric("shouwang_mqtt_strangers") > 0);
      AtomicBoolean goOn = new AtomicBoolean(true);
      Thread dripper =
          Thread.ofVirtual()
              .start(() -> {
                while (goOn.get()) {
                  dripping.forEach(one -> send(one, 0xff, 0x7f));
                  LockSupport.parkNanos(400_000_000);
                }
              });
      int served = 0;
      do {
        try (Peer good = goodFromElsewhere(town)) {
          good.connect(Town.BUTTON, town.secret(Town.BUTTON));
          good.mustPublish("v1/devices/button-1/status", 1, "{}");
          good.send(Peer.octets(0xe0, 0));
          assertTrue(good.isClosedWithin(20_000));
          served++;
        }
      } while (town.metric("shouwang_mqtt_strangers") > 0 && served < 1_000_000);
      goOn.set(false);
      dripper.join();
      assertTrue(served > 0);
      Town.await("all are gone", () -> town.metric("shouwang_mqtt_connections") == 0);
      assertTrue(
          town.metric("shouwang_mqtt_connect_timeouts_total") >= SILENT, "each by the time limit");
    } finally {
      close(bad);
    }
  }

  @Test
  void oneAddressCantTakeAllTheRoomThereIsForStrangers() throws Exception {
    List<SocketChannel> bad = new ArrayList<>();
    try (Town town = Town.open(folder)) {
      for (int i = 0; i < 2_300; i++) {
        bad.add(opened(town.mqttPort()));
      }
      Town.await(
          "more than an address may", () -> town.metric("shouwang_mqtt_turned_away_total") > 0);
      try (Peer good = goodFromElsewhere(town)) {
        good.connect(Town.BUTTON, town.secret(Town.BUTTON));
        good.mustPublish("v1/devices/button-1/sos", 1, "{}");
      }
    } finally {
      close(bad);
    }
  }

  @Test
  void aPeerThatVanishedIsNoticedByItsKeepAliveAndNotBefore() throws Exception {
    try (Town town = Town.open(folder)) {
      List<Peer> gone = new ArrayList<>();
      long begun = System.nanoTime();
      for (int i = 0; i < 16; i++) {
        Peer peer = Peer.open(town.mqttPort(), MqttVersion.V3_1_1);
        byte[] hello = peer.hello("daughter." + i, "daughter", town.secret("daughter"), null);
        hello[11] = 2; // the keep-alive's low byte
        peer.send(hello);
        assertNotNull(peer.read(Peer.CONNACK));
        gone.add(peer);
      }
      assertFalse(gone.getFirst().isClosedWithin(1_000));
      for (Peer peer : gone) {
        assertTrue(peer.isClosedWithin(20_000));
      }
      assertTrue(System.nanoTime() - begun >= 3_000_000_000L, "1.5 times the keep-alive");
      Town.await("all are gone", () -> town.metric("shouwang_mqtt_connections") == 0);
    }
  }

  @Test
  void idleHttpConnectionsGiveWayOnceAllAreTaken() throws Exception {
    List<Http> idle = new ArrayList<>();
    try (Town town = Town.open(folder)) {
      for (int i = 0; i < 2_000; i++) {
        Http http = Http.open(town.httpPort());
        http.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
        idle.add(http);
      }
      long begun = System.nanoTime();
      Http.Answer answer =
          Http.open(town.httpPort())
              .post(
                  "/api/v1/devices/button-1/events/sos",
                  "{}",
                  Http.basic(Town.BUTTON, town.secret(Town.BUTTON)));
      assertEquals(202, answer.status());
      assertTrue(System.nanoTime() - begun < 15_000_000_000L, "long before they time out idle");
    } finally {
      for (Http http : idle) {
        http.close();
      }
    }
  }
}
