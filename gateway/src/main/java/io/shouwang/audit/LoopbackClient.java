package io.shouwang.audit;

import io.shouwang.host.Clock;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * As much of an MQTT 3.1.1 client as a press and an answer need (OASIS MQTT 3.1.1): connects on a
 * clean session, subscribes at QoS 1, publishes at QoS 1, confirms what it hears. Every wait ends
 * at one deadline. One thread; blocks.
 */
final class LoopbackClient implements AutoCloseable {
  private static final int CONNACK = 2;
  private static final int PUBLISH = 3;
  private static final int PUBACK = 4;
  private static final int SUBACK = 9;
  private static final int PACKET_BYTES_MAX = 256 * 1024;
  private static final int KEEP_ALIVE_SECONDS = 60;

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;
  private final Clock clock;
  private final long endNanos;
  private final Deque<String> heard = new ArrayDeque<>();
  private final Set<Integer> confirmed = new HashSet<>();
  private boolean connected;
  private boolean subscribed;
  private int packetId;

  /**
   * Connects and subscribes.
   *
   * @param socket connected; closed with this
   * @param endNanos when every wait ends, by the clock
   */
  LoopbackClient(
      Socket socket, Clock clock, long endNanos, String id, String secret, String subscription)
      throws IOException {
    this.socket = socket;
    this.clock = clock;
    this.endNanos = endNanos;
    this.in = new DataInputStream(socket.getInputStream());
    this.out = new DataOutputStream(socket.getOutputStream());
    Body connect = new Body();
    connect.text("MQTT").octet(4).octet(0xc2).number(KEEP_ALIVE_SECONDS);
    send(0x10, connect.text(id).text(id).text(secret));
    while (!connected) {
      read();
    }
    send(0x82, new Body().number(nextId()).text(subscription).octet(1));
    while (!subscribed) {
      read();
    }
  }

  private int nextId() {
    packetId++;
    return packetId;
  }

  /** Publishes, and returns once it is acknowledged: it is on disk. */
  void publish(String topic, String json) throws IOException {
    int id = nextId();
    send(0x32, new Body().text(topic).number(id).bytes(json.getBytes(StandardCharsets.UTF_8)));
    while (!confirmed.remove(id)) {
      read();
    }
  }

  /** The first message that is meant, heard before or from now on. */
  String hear(Predicate<String> meant) throws IOException {
    while (true) {
      String next = heard.poll();
      if (next == null) {
        read();
      } else if (meant.test(next)) {
        return next;
      }
    }
  }

  private void read() throws IOException {
    long leftMillis = TimeUnit.NANOSECONDS.toMillis(endNanos - clock.nanos());
    if (leftMillis <= 0) {
      throw new SocketTimeoutException("time is up");
    }
    socket.setSoTimeout((int) Math.min(Integer.MAX_VALUE, leftMillis));
    int header = in.readUnsignedByte();
    byte[] body = new byte[remainingLength()];
    in.readFully(body);
    switch (header >> 4) {
      case CONNACK -> {
        if (body.length < 2 || body[1] != 0) {
          throw new IOException("the connection was refused");
        }
        connected = true;
      }
      case SUBACK -> {
        if (body.length < 3 || (body[2] & 0xff) > 1) {
          throw new IOException("the subscription was refused");
        }
        subscribed = true;
      }
      case PUBACK -> confirmed.add(number(body, 0));
      case PUBLISH -> take(body, (header >> 1 & 3) > 0);
      default -> {
        // a PINGRESP, or what a later server may say: nothing here waits for it
      }
    }
  }

  private void take(byte[] body, boolean asksConfirmation) throws IOException {
    int at = 2 + number(body, 0);
    if (asksConfirmation) {
      send(0x40, new Body().number(number(body, at)));
      at += 2;
    }
    heard.add(new String(body, at, body.length - at, StandardCharsets.UTF_8));
  }

  private static int number(byte[] body, int at) throws IOException {
    if (body.length < at + 2) {
      throw new IOException("a packet that is too short");
    }
    return (body[at] & 0xff) << 8 | (body[at + 1] & 0xff);
  }

  private int remainingLength() throws IOException {
    int length = 0;
    for (int shift = 0; shift < 28; shift += 7) {
      int octet = in.readUnsignedByte();
      length |= (octet & 0x7f) << shift;
      if ((octet & 0x80) == 0) {
        if (length > PACKET_BYTES_MAX) {
          break;
        }
        return length;
      }
    }
    throw new IOException("a packet that is too long");
  }

  private void send(int header, Body body) throws IOException {
    byte[] bytes = body.bytes.toByteArray();
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    packet.write(header);
    int rest = bytes.length;
    while (rest > 0x7f) {
      packet.write((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    packet.write(rest);
    packet.writeBytes(bytes);
    out.write(packet.toByteArray());
    out.flush();
  }

  /** A packet's body in the making. */
  private static final class Body {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Body octet(int octet) {
      bytes.write(octet);
      return this;
    }

    Body number(int number) {
      return octet(number >> 8).octet(number & 0xff);
    }

    Body bytes(byte[] more) {
      bytes.writeBytes(more);
      return this;
    }

    Body text(String text) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      return number(utf8.length).bytes(utf8);
    }
  }

  /** Says goodbye, so that no will and no lost connection is made of it. */
  @Override
  public void close() {
    try {
      send(0xe0, new Body());
      socket.close();
    } catch (IOException e) {
      abandon(); // it is gone already
    }
  }

  private void abandon() {
    try {
      socket.close();
    } catch (IOException e) {
      heard.clear(); // nothing more can be done about it
    }
  }
}
