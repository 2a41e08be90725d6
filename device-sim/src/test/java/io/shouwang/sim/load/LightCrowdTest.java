package io.shouwang.sim.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.shouwang.sim.wire.Endpoint;
import io.shouwang.sim.wire.Login;
import io.shouwang.sim.wire.WireException;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The light client's bytes against a gateway's, each written out as MQTT 3.1.1 has them. */
final class LightCrowdTest {
  private static final int SECONDS = 30;

  private final ServerSocket server;

  LightCrowdTest() throws IOException {
    server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  @Test
  void aMessageIsPublishedAtQos1AndDoneWithItsPuback() throws Exception {
    CompletableFuture<byte[]> seen =
        serve(peer -> {
          assertEquals(0x10, packet(peer)[0]);
          peer.getOutputStream().write(new byte[] {0x20, 2, 0, 0});
          byte[] publish = packet(peer);
          // The answer in two pieces: what is cut apart on the way is put together again.
          peer.getOutputStream().write(new byte[] {0x40, 2});
          peer.getOutputStream().flush();
          peer.getOutputStream().write(new byte[] {0, 1});
          return publish;
        });
    try (LightCrowd crowd = crowd()) {
      crowd.connect(List.of(Login.of("d", "secret")));
      crowd
          .publish(new Message("d", "t", "p".repeat(300).getBytes(UTF_8)))
          .toCompletableFuture()
          .get(SECONDS, TimeUnit.SECONDS);
      byte[] publish = seen.get(SECONDS, TimeUnit.SECONDS);
      assertEquals(0x32, publish[0]);
      assertArrayEquals(new byte[] {0, 1, 't', 0, 1}, Arrays.copyOfRange(publish, 1, 6));
      assertEquals(1 + 5 + 300, publish.length);
    }
  }

  @Test
  void anAlertIsHeardAndThenAcknowledged() throws Exception {
    BlockingQueue<String> heard = new ArrayBlockingQueue<>(1);
    CompletableFuture<byte[]> seen =
        serve(peer -> {
          packet(peer);
          peer.getOutputStream().write(new byte[] {0x20, 2, 0, 0});
          assertEquals((byte) 0x82, packet(peer)[0]);
          peer.getOutputStream().write(new byte[] {(byte) 0x90, 3, 0, 1, 1});
          peer.getOutputStream().write(new byte[] {0x32, 7, 0, 1, 't', 0, 9, 'h', 'i'});
          return packet(peer);
        });
    try (LightCrowd crowd = crowd()) {
      crowd.listen(Login.of("r", "secret"), payload -> heard.add(new String(payload, UTF_8)));
      assertEquals("hi", heard.poll(SECONDS, TimeUnit.SECONDS));
      assertArrayEquals(new byte[] {0x40, 0, 9}, seen.get(SECONDS, TimeUnit.SECONDS));
    }
  }

  @Test
  void aRefusedConnectSaysSo() throws Exception {
    serve(peer -> {
      packet(peer);
      peer.getOutputStream().write(new byte[] {0x20, 2, 0, 5});
      return new byte[0];
    });
    try (LightCrowd crowd = crowd()) {
      WireException refused =
          assertThrows(WireException.class, () -> crowd.connect(List.of(Login.of("d", "wrong"))));
      assertEquals(WireException.Trouble.REFUSED, refused.trouble());
    }
  }

  @Test
  void aBrokenConnectionFailsWhatWaitsForAnAnswer() throws Exception {
    serve(peer -> {
      packet(peer);
      peer.getOutputStream().write(new byte[] {0x20, 2, 0, 0});
      packet(peer);
      peer.close();
      return new byte[0];
    });
    try (LightCrowd crowd = crowd()) {
      crowd.connect(List.of(Login.of("d", "secret")));
      CompletableFuture<?> answer =
          crowd.publish(new Message("d", "t", new byte[0])).toCompletableFuture();
      assertThrows(ExecutionException.class, () -> answer.get(SECONDS, TimeUnit.SECONDS));
    }
  }

  private LightCrowd crowd() throws IOException {
    return new LightCrowd(
        new Endpoint(
            "127.0.0.1",
            server.getLocalPort(),
            null,
            Endpoint.Version.V3_1_1,
            Duration.ofSeconds(SECONDS)));
  }

  private interface Peer {
    byte[] talk(Socket socket) throws IOException;
  }

  /** Talks to one client; the socket stays open until the test's end unless the talk closes it. */
  private CompletableFuture<byte[]> serve(Peer peer) {
    CompletableFuture<byte[]> said = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            said.complete(peer.talk(server.accept()));
          } catch (IOException | RuntimeException | Error e) {
            said.completeExceptionally(e);
          }
        });
    return said;
  }

  /** The first byte and the body of a packet. */
  private static byte[] packet(Socket socket) throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    int header = in.readUnsignedByte();
    int length = 0;
    int shift = 0;
    int octet;
    do {
      octet = in.readUnsignedByte();
      length |= (octet & 0x7f) << shift;
      shift += 7;
    } while ((octet & 0x80) != 0);
    byte[] packet = new byte[1 + length];
    packet[0] = (byte) header;
    in.readFully(packet, 1, length);
    return packet;
  }
}
