package io.shouwang.sim.load;

import io.shouwang.sim.wire.Login;
import java.io.EOFException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection in MQTT 3.1.1, written out by hand. Its crowd's thread reads; any thread
 * writes. What is answered while packets are read leaves in one write.
 */
final class LightLine {
  private static final int PACKET_ID_MAX = 65_535;
  private static final int BUFFER_BYTES = 2_048;

  private final SocketChannel channel;
  private final SelectionKey key;
  private final CompletableFuture<Void> welcomed = new CompletableFuture<>();
  private final Map<Integer, CompletableFuture<Void>> awaited = new HashMap<>();
  private ByteBuffer in = ByteBuffer.allocate(BUFFER_BYTES);
  private ByteBuffer out = ByteBuffer.allocate(BUFFER_BYTES);
  private boolean reading;
  private boolean over;
  private int lastId;
  private volatile @Nullable Consumer<byte[]> ear;

  LightLine(SocketChannel channel, SelectionKey key) {
    this.channel = channel;
    this.key = key;
  }

  // ---- what a client says; any thread

  /** CONNECT, clean session, no keep-alive; completes with CONNACK. */
  CompletableFuture<Void> connect(Login login) {
    byte[] client = utf8(login.clientId());
    byte[] user = utf8(login.identity());
    byte[] password = utf8(login.secret());
    synchronized (this) {
      begin(0x10, 10 + 2 + client.length + 2 + user.length + 2 + password.length);
      text(utf8("MQTT"));
      out.put((byte) 4).put((byte) 0xc2).putShort((short) 0);
      text(client);
      text(user);
      text(password);
      leave();
    }
    return welcomed;
  }

  /** SUBSCRIBE at QoS 1; {@code listener} hears each message, on the crowd's thread. */
  CompletableFuture<Void> subscribe(String topic, Consumer<byte[]> listener) {
    ear = listener;
    byte[] filter = utf8(topic);
    CompletableFuture<Void> answer = new CompletableFuture<>();
    synchronized (this) {
      int id = await(answer);
      begin(0x82, 2 + 2 + filter.length + 1);
      out.putShort((short) id);
      text(filter);
      out.put((byte) 1);
      leave();
    }
    return answer;
  }

  /** PUBLISH at QoS 1; completes with its PUBACK, or fails when the line breaks. */
  CompletableFuture<Void> publish(String topic, byte[] payload) {
    byte[] name = utf8(topic);
    CompletableFuture<Void> answer = new CompletableFuture<>();
    synchronized (this) {
      if (over) {
        return CompletableFuture.failedFuture(new EOFException("the connection is broken"));
      }
      int id = await(answer);
      begin(0x32, 2 + name.length + 2 + payload.length);
      text(name);
      out.putShort((short) id).put(payload);
      leave();
    }
    return answer;
  }

  void goodbye() {
    synchronized (this) {
      begin(0xe0, 0);
      leave();
      over = true;
    }
    broken(new EOFException("closed"));
  }

  private int await(CompletableFuture<Void> answer) {
    do {
      lastId = lastId == PACKET_ID_MAX ? 1 : lastId + 1;
    } while (awaited.putIfAbsent(lastId, answer) != null);
    return lastId;
  }

  private void begin(int header, int length) {
    int needed = out.position() + 5 + length;
    if (needed > out.capacity()) {
      out = ByteBuffer.allocate(2 * needed).put(out.flip());
    }
    out.put((byte) header);
    int rest = length;
    while (rest > 0x7f) {
      out.put((byte) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.put((byte) rest);
  }

  private void text(byte[] utf8) {
    out.putShort((short) utf8.length).put(utf8);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Writes now, or after what is being read. */
  private void leave() {
    if (!reading) {
      flush();
    }
  }

  private synchronized void flush() {
    if (over) {
      return; // the channel may be closed already
    }
    try {
      channel.write(out.flip());
    } catch (IOException e) {
      over = true; // the reading side learns of it too, and says so
    }
    out.compact();
    boolean more = out.position() > 0 && !over;
    if (more != ((key.interestOps() & SelectionKey.OP_WRITE) != 0)) {
      key.interestOps(SelectionKey.OP_READ | (more ? SelectionKey.OP_WRITE : 0));
      key.selector().wakeup();
    }
  }

  // ---- what the gateway says; the crowd's thread

  /** Reads what is there; false when the line is over. */
  boolean read() {
    synchronized (this) {
      reading = true;
    }
    IOException trouble = null;
    try {
      if (channel.read(in) < 0) {
        trouble = new EOFException("the gateway closed the connection");
      }
      in.flip();
      while (take()) {
        // Each round takes one packet.
      }
      in.compact();
    } catch (IOException e) {
      trouble = e;
    } catch (BufferUnderflowException e) {
      trouble = new IOException("the gateway sent a packet shorter than its fields", e);
    }
    synchronized (this) {
      reading = false;
      over |= trouble != null;
    }
    if (trouble != null) {
      broken(trouble);
      return false;
    }
    flush();
    return true;
  }

  /** What could not be written at once goes on. */
  void write() {
    flush();
  }

  private boolean take() throws IOException {
    int start = in.position();
    int length = 0;
    for (int octets = 0; ; octets++) {
      if (in.remaining() < 2 + octets) {
        return false;
      }
      int octet = in.get(start + 1 + octets);
      length |= (octet & 0x7f) << (7 * octets);
      if ((octet & 0x80) == 0) {
        return take(start, 2 + octets, length);
      }
      if (octets == 3) {
        throw new IOException("the gateway sent a length of five bytes");
      }
    }
  }

  private boolean take(int start, int bodyAt, int length) throws IOException {
    if (in.limit() < start + bodyAt + length) {
      if (bodyAt + length > in.capacity()) {
        in = ByteBuffer.allocate(2 * (bodyAt + length)).put(in).flip();
      }
      return false;
    }
    ByteBuffer body = in.slice(start + bodyAt, length);
    int header = in.get(start) & 0xff;
    in.position(start + bodyAt + length);
    switch (header >> 4) {
      case 2 -> welcomed(body.get(1));
      case 3 -> heard(header, body);
      case 4 -> answered(body.getShort() & 0xffff, true);
      case 9 -> answered(body.getShort() & 0xffff, (body.get() & 0x80) == 0);
      default -> throw new IOException("the gateway sent a packet of type " + (header >> 4));
    }
    return true;
  }

  private void welcomed(int code) {
    if (code == 0) {
      welcomed.complete(null);
    } else {
      welcomed.completeExceptionally(new IOException("refused with return code " + code));
    }
  }

  private void answered(int id, boolean well) {
    CompletableFuture<Void> answer;
    synchronized (this) {
      answer = awaited.remove(id);
    }
    if (answer != null && well) {
      answer.complete(null);
    } else if (answer != null) {
      answer.completeExceptionally(new IOException("the gateway refused it"));
    }
  }

  private void heard(int header, ByteBuffer body) {
    int topicBytes = body.getShort() & 0xffff;
    body.position(body.position() + topicBytes);
    int id = (header & 0x06) == 0 ? 0 : body.getShort() & 0xffff;
    byte[] payload = new byte[body.remaining()];
    body.get(payload);
    Consumer<byte[]> listener = ear;
    if (listener != null) {
      listener.accept(payload);
    }
    if (id != 0) {
      synchronized (this) {
        begin(0x40, 2);
        out.putShort((short) id);
        leave();
      }
    }
  }

  private void broken(IOException why) {
    List<CompletableFuture<Void>> lost;
    synchronized (this) {
      lost = new ArrayList<>(awaited.values());
      awaited.clear();
    }
    lost.add(welcomed);
    try {
      channel.close();
    } catch (IOException e) {
      why.addSuppressed(e);
    }
    lost.forEach(each -> each.completeExceptionally(why));
  }
}
