package io.shouwang.simulation;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttMessage;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * One connection, from a client's codec to the endpoint's channel: bytes one way in pieces, packets
 * the other way, each late; cut at any byte, or dead without anybody being told.
 */
final class Wire {
  private static final int PACKET_BYTES_MAX = 100_000;

  private final Agenda agenda;
  private final Random random;
  private final Client client;
  private final EmbeddedChannel server;
  private final EmbeddedChannel codec;
  private final ArrayDeque<byte[]> arrived = new ArrayDeque<>();
  private final Map<Integer, Act> acts = new HashMap<>();
  private long toServerAt;
  private long toClientAt;
  private long timerAt = Long.MAX_VALUE;
  private int bytesLeft = Integer.MAX_VALUE;
  private boolean silent;
  private boolean closed;

  Wire(Agenda agenda, Random random, SimulatedClock clock, Client client) {
    this.agenda = agenda;
    this.random = random;
    this.client = client;
    this.server = EmbeddedChannel.builder().ticker(clock.ticker()).build();
    server.config().setAllocator(new UnpooledByteBufAllocator(false));
    this.codec = new EmbeddedChannel(new MqttDecoder(PACKET_BYTES_MAX), MqttEncoder.INSTANCE);
    codec.config().setAllocator(new UnpooledByteBufAllocator(false));
  }

  EmbeddedChannel server() {
    return server;
  }

  Client client() {
    return client;
  }

  boolean isHealthy() {
    return !closed && !silent && bytesLeft == Integer.MAX_VALUE && server.isOpen();
  }

  /** The act that a packet of this connection carried. */
  @Nullable Act act(int packetId) {
    return acts.get(packetId);
  }

  /** Only so many more bytes get through; then the line breaks for both. */
  void cutAfter(int bytes) {
    bytesLeft = bytes;
  }

  /** Nothing gets through any more, and nobody is told. */
  void goSilent() {
    silent = true;
  }

  /** The client closes its end; the gateway hears of it, unless the line is dead. */
  void closeByClient() {
    if (!closed) {
      closed = true;
      if (!silent) {
        agenda.between(0, 50, this::closeServer);
      }
    }
  }

  private void closeServer() {
    if (server.isOpen() && client.gateway().isUp(this)) {
      server.close();
      client.gateway().pump();
    }
  }

  // ---- to the gateway

  void send(MqttMessage message, int packetId, @Nullable Act act) {
    if (closed) {
      return;
    }
    if (act != null) {
      acts.put(packetId, act);
    }
    codec.writeOutbound(message);
    ByteBuf out;
    while ((out = codec.readOutbound()) != null) {
      byte[] bytes = new byte[out.readableBytes()];
      out.readBytes(bytes);
      out.release();
      int at = 0;
      while (at < bytes.length) {
        boolean whole = random.nextInt(4) != 0;
        int end = whole ? bytes.length : at + 1 + random.nextInt(bytes.length - at);
        post(Arrays.copyOfRange(bytes, at, end));
        at = end;
      }
    }
  }

  private void post(byte[] piece) {
    toServerAt = Math.max(toServerAt, client.clock().nanos() + delayNanos());
    agenda.afterNanos(toServerAt - client.clock().nanos(), () -> arrive(piece));
  }

  private long delayNanos() {
    int slow = random.nextInt(50) == 0 ? 400_000_000 : 20_000_000;
    return 200_000L + random.nextInt(slow);
  }

  private void arrive(byte[] piece) {
    if (silent || !server.isOpen() || !client.gateway().isUp(this)) {
      return;
    }
    byte[] got = spend(piece.length) == piece.length ? piece : Arrays.copyOf(piece, bytesLeft);
    if (got.length < piece.length) {
      bytesLeft = 0;
    } else if (bytesLeft != Integer.MAX_VALUE) {
      bytesLeft -= piece.length;
    }
    if (got.length > 0) {
      arrived.add(got);
      feed();
    }
    if (bytesLeft == 0) {
      breakLine();
    } else {
      client.gateway().pump();
    }
  }

  private int spend(int bytes) {
    return Math.min(bytes, bytesLeft);
  }

  private void feed() {
    while (!arrived.isEmpty() && server.isOpen() && server.config().isAutoRead()) {
      server.writeInbound(Unpooled.wrappedBuffer(arrived.remove()));
    }
  }

  private void breakLine() {
    server.close();
    client.gateway().pump();
    lose();
  }

  // ---- from the gateway

  /** Lets the endpoint's event loop run, and what it wrote go on its way. */
  void pump() {
    server.runPendingTasks();
    feed();
    server.runPendingTasks();
    ByteBuf out;
    while ((out = server.readOutbound()) != null) {
      if (closed || silent || spend(out.readableBytes()) < out.readableBytes()) {
        if (!closed && !silent) {
          bytesLeft = 0;
          agenda.afterNanos(0, this::breakLine);
        }
        out.release();
        continue;
      }
      codec.writeInbound(out);
    }
    MqttMessage message;
    while ((message = codec.readInbound()) != null) {
      MqttMessage packet = message;
      client.gateway().leaves(this, packet);
      toClientAt = Math.max(toClientAt, client.clock().nanos() + delayNanos());
      agenda.afterNanos(
          toClientAt - client.clock().nanos(),
          () -> {
            if (!closed && !silent) {
              client.hear(this, packet);
            }
          });
    }
    if (!server.isOpen() && !closed && !silent) {
      agenda.between(1, 200, this::lose);
    }
    armTimer();
  }

  private void armTimer() {
    long next = server.isOpen() ? server.runScheduledPendingTasks() : -1;
    if (next > 0 && client.clock().nanos() + next < timerAt) {
      timerAt = client.clock().nanos() + next;
      agenda.afterNanos(
          next,
          () -> {
            timerAt = Long.MAX_VALUE;
            if (client.gateway().isUp(this)) {
              client.gateway().pump();
            }
          });
    }
  }

  /** The client notices that the line is gone. */
  void lose() {
    if (!closed) {
      closed = true;
      client.lost(this);
    }
  }

  /** The gateway's process is no more. */
  void abandon() {
    server.releaseOutbound();
    if (!closed && !silent) {
      agenda.between(1, 3_000, this::lose);
    }
  }
}
