package io.shouwang.blackbox;

import io.shouwang.model.Payload;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * One MQTT 3.1.1 connection, as small as it can be, so that many are cheap: nothing is sent again,
 * nothing kept. Reading and writing may be two threads'.
 */
final class Line implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 60_000;

  /** What the gateway said. */
  sealed interface Packet {
    record Published(int packetId, Payload payload) implements Packet {}

    record Acknowledged(int packetId) implements Packet {}

    record Other(int type) implements Packet {}
  }

  private final String id;
  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;

  private Line(Socket socket, String id) throws IOException {
    this.id = id;
    this.socket = socket;
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 16 * 1024));
    this.out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), 64 * 1024));
  }

  /** Connects and is let in. */
  static Line connect(int port, String id, String secret) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    Line line = new Line(socket, id);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    DataOutputStream data = new DataOutputStream(body);
    data.writeUTF("MQTT");
    data.writeByte(4);
    data.writeByte(0xC2); // user name, password, clean session
    data.writeShort(600);
    data.writeUTF(id);
    data.writeUTF(id);
    data.writeUTF(secret);
    line.write(0x10, body.toByteArray());
    line.flush();
    int type = line.in.readUnsignedByte();
    byte[] answer = line.body();
    if (type != 0x20 || answer[1] != 0) {
      socket.close();
      throw new IOException(id + " was not let in");
    }
    return line;
  }

  /** Who is connected. */
  String id() {
    return id;
  }

  /** Subscribes at QoS 1; the answer comes as {@link Packet.Other}. */
  void subscribe(String topic) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    DataOutputStream data = new DataOutputStream(body);
    data.writeShort(1);
    data.writeUTF(topic);
    data.writeByte(1);
    write(0x82, body.toByteArray());
    flush();
  }

  /** Publishes at QoS 1; {@link #flush} sends it. */
  synchronized void publish(int packetId, String topic, Payload payload) throws IOException {
    byte[] name = topic.getBytes(StandardCharsets.UTF_8);
    out.writeByte(0x32);
    length(2 + name.length + 2 + payload.length());
    out.writeShort(name.length);
    out.write(name);
    out.writeShort(packetId);
    out.write(payload.bytes());
  }

  /** Acknowledges; {@link #flush} sends it. */
  synchronized void acknowledge(int packetId) throws IOException {
    out.writeByte(0x40);
    length(2);
    out.writeShort(packetId);
  }

  synchronized void flush() throws IOException {
    out.flush();
  }

  /** The next packet; waits for it. */
  Packet read() throws IOException {
    int header = in.readUnsignedByte();
    byte[] body = body();
    return switch (header >> 4) {
      case 3 -> {
        int topic = unsignedShort(body, 0);
        boolean confirmed = (header & 0x06) != 0;
        int at = 2 + topic + (confirmed ? 2 : 0);
        byte[] payload = new byte[body.length - at];
        System.arraycopy(body, at, payload, 0, payload.length);
        yield new Packet.Published(
            confirmed ? unsignedShort(body, 2 + topic) : 0, Payload.of(payload));
      }
      case 4 -> new Packet.Acknowledged(unsignedShort(body, 0));
      default -> new Packet.Other(header >> 4);
    };
  }

  /** Whether {@link #read} has something without waiting. */
  boolean hasMore() throws IOException {
    return in.available() > 0;
  }

  private static int unsignedShort(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
  }

  private synchronized void write(int header, byte[] body) throws IOException {
    out.writeByte(header);
    length(body.length);
    out.write(body);
  }

  private void length(int bytes) throws IOException {
    int rest = bytes;
    do {
      int digit = rest % 128;
      rest /= 128;
      out.writeByte(rest > 0 ? digit | 0x80 : digit);
    } while (rest > 0);
  }

  private byte[] body() throws IOException {
    int length = 0;
    int shift = 0;
    int digit;
    do {
      digit = in.readUnsignedByte();
      length |= (digit & 0x7F) << shift;
      shift += 7;
    } while ((digit & 0x80) != 0);
    byte[] body = new byte[length];
    if (in.readNBytes(body, 0, length) < length) {
      throw new EOFException();
    }
    return body;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new AssertionError("closing a socket", e);
    }
  }
}
