package io.shouwang.hostile;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A socket that speaks MQTT as it is told to, right or wrong, written from the specification and
 * without the code under test. One thread.
 */
final class Peer implements Closeable {
  static final int CONNACK = 2;
  static final int PUBLISH = 3;
  static final int PUBACK = 4;
  static final int SUBACK = 9;
  static final int DISCONNECT = 14;

  private static final int GENEROUS_MILLIS = 20_000;

  final MqttVersion version;
  private final Socket socket;
  private final OutputStream out;
  private final DataInputStream in;

  /** What the gateway said. */
  @SuppressWarnings("ArrayRecordComponent")
  record Packet(int header, byte[] body) {
    int type() {
      return header >> 4;
    }

    int id() {
      return (body[0] & 0xff) << 8 | (body[1] & 0xff);
    }

    /** A PUBACK's, where it says one. */
    int reason() {
      return body.length > 2 ? body[2] & 0xff : 0;
    }

    String text() {
      int topic = (body[0] & 0xff) << 8 | (body[1] & 0xff);
      return new String(body, 2 + topic, body.length - 2 - topic, StandardCharsets.UTF_8);
    }
  }

  private Peer(Socket socket, MqttVersion version) throws IOException {
    this.socket = socket;
    this.version = version;
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(GENEROUS_MILLIS);
    out = socket.getOutputStream();
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
  }

  static Peer open(int port, MqttVersion version) throws IOException {
    return new Peer(new Socket(InetAddress.getLoopbackAddress(), port), version);
  }

  static Peer over(Socket socket, MqttVersion version) throws IOException {
    return new Peer(socket, version);
  }

  // ---- bytes

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  static byte[] octets(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  static byte[] binary(byte[] bytes) {
    return join(octets(bytes.length >> 8, bytes.length), bytes);
  }

  static byte[] text(String text) {
    return binary(text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] packet(int header, byte[]... parts) {
    byte[] body = join(parts);
    ByteArrayOutputStream length = new ByteArrayOutputStream();
    int rest = body.length;
    do {
      length.write(rest > 0x7f ? (rest & 0x7f) | 0x80 : rest);
      rest >>>= 7;
    } while (rest > 0);
    return join(octets(header), length.toByteArray(), body);
  }

  private byte[] noProperties() {
    return version == MqttVersion.V5 ? octets(0) : new byte[0];
  }

  /** A will for {@link #hello}. */
  record Will(String topic, String payload) {}

  byte[] hello(String client, String user, @Nullable String password, @Nullable Will will) {
    int flags = 0x82 | (password == null ? 0 : 0x40) | (will == null ? 0 : 0x0c);
    return packet(
        0x10,
        text("MQTT"),
        octets(version.level, flags, 0, 60),
        noProperties(),
        text(client),
        will == null ? new byte[0] : join(noProperties(), text(will.topic()), text(will.payload())),
        text(user),
        password == null ? new byte[0] : text(password));
  }

  byte[] publishing(int flags, String topic, int id, byte[] payload) {
    return packet(
        0x30 | flags,
        text(topic),
        (flags & 6) == 0 ? new byte[0] : octets(id >> 8, id),
        noProperties(),
        payload);
  }

  byte[] subscribing(int id, String filter) {
    return packet(0x82, octets(id >> 8, id), noProperties(), text(filter), octets(1));
  }

  // ---- speaking

  /** Sends; what the gateway has already closed its ears to is no error. */
  Peer send(byte[] bytes) throws IOException {
    try {
      out.write(bytes);
      out.flush();
    } catch (SocketException e) {
      // It hung up; that is for the reader to find.
    }
    return this;
  }

  void connect(String id, String secret) throws IOException {
    send(hello(id, id, secret, null));
    Packet answer = read();
    if (answer == null || answer.type() != CONNACK || answer.body()[1] != 0) {
      throw new AssertionError(id + " was not let in");
    }
  }

  void publish(int qos, String topic, int id, String payload) throws IOException {
    send(publishing(qos << 1, topic, id, payload.getBytes(StandardCharsets.UTF_8)));
  }

  void subscribe(String filter) throws IOException {
    send(subscribing(1, filter));
  }

  void ping() throws IOException {
    send(octets(0xc0, 0));
  }

  void acknowledge(int id) throws IOException {
    send(packet(0x40, octets(id >> 8, id)));
  }

  // ---- hearing

  /** The next packet; null once the gateway has closed the connection. */
  @Nullable Packet read() throws IOException {
    try {
      int header = in.readUnsignedByte();
      int length = 0;
      int shift = 0;
      int octet;
      do {
        octet = in.readUnsignedByte();
        length |= (octet & 0x7f) << shift;
        shift += 7;
      } while ((octet & 0x80) != 0);
      byte[] body = new byte[length];
      in.readFully(body);
      return new Packet(header, body);
    } catch (EOFException | SocketException e) {
      return null;
    } catch (SocketTimeoutException e) {
      throw new AssertionError("neither an answer nor a close", e);
    }
  }

  /** The next packet of a type, others passed over; null if the connection ends before. */
  @Nullable Packet read(int type) throws IOException {
    Packet packet;
    do {
      packet = read();
    } while (packet != null && packet.type() != type);
    return packet;
  }

  /** Whether a ping is still answered, whatever comes before it. */
  boolean isServed() throws IOException {
    ping();
    return read(13) != null;
  }

  /** Publishes at QoS 1 and waits for the success. */
  void mustPublish(String topic, int id, String payload) throws IOException {
    publish(1, topic, id, payload);
    Packet ack = read(PUBACK);
    if (ack == null || ack.id() != id || ack.reason() != 0) {
      throw new AssertionError(topic + " was not acknowledged");
    }
  }

  /** How the connection ends: false if bytes are still to come. */
  boolean isClosedWithin(int millis) throws IOException {
    socket.setSoTimeout(millis);
    try {
      while (in.read() >= 0) {
        // a goodbye may come first
      }
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (SocketException e) {
      return true;
    } finally {
      socket.setSoTimeout(GENEROUS_MILLIS);
    }
  }

  /** Vanishes without a goodbye. */
  void vanish() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
