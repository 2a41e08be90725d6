package io.shouwang.sim.load;

import io.shouwang.sim.message.Reply;
import io.shouwang.sim.wire.Endpoint;
import io.shouwang.sim.wire.Login;
import io.shouwang.sim.wire.WireException;
import io.shouwang.sim.wire.WireException.Trouble;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A crowd that costs so little that the gateway is measured and not its clients: one thread reads
 * all connections, a message is encoded and written where it is sent. MQTT 3.1.1 without TLS; a
 * broken connection stays broken.
 */
public final class LightCrowd implements Crowd {
  private static final Logger log = LoggerFactory.getLogger(LightCrowd.class);
  private static final int CONNECTING_MAX = 64;

  private final Endpoint endpoint;
  private final Selector selector;
  private final Thread thread;
  private final AtomicLong disconnects = new AtomicLong();
  private final Map<String, LightLine> lines = new ConcurrentHashMap<>();
  private volatile boolean closing;

  public LightCrowd(Endpoint endpoint) throws IOException {
    this.endpoint = endpoint;
    this.selector = Selector.open();
    this.thread = Thread.ofPlatform().name("light-crowd").start(this::run);
  }

  private void run() {
    try {
      while (!closing) {
        selector.select(this::serve);
      }
    } catch (IOException | ClosedSelectorException e) {
      log.error("the crowd can no longer hear", e);
    }
  }

  private void serve(SelectionKey key) {
    LightLine line = (LightLine) key.attachment();
    if (key.isValid() && key.isWritable()) {
      line.write();
    }
    if (key.isValid() && key.isReadable() && !line.read()) {
      key.cancel();
      disconnects.incrementAndGet();
    }
  }

  @Override
  public void connect(List<Login> devices) throws WireException, InterruptedException {
    for (int from = 0; from < devices.size(); from += CONNECTING_MAX) {
      List<Login> some = devices.subList(from, Math.min(devices.size(), from + CONNECTING_MAX));
      CompletableFuture<?>[] welcomes = new CompletableFuture<?>[some.size()];
      for (int i = 0; i < welcomes.length; i++) {
        welcomes[i] = line(some.get(i)).connect(some.get(i));
      }
      await(CompletableFuture.allOf(welcomes), "connect");
    }
  }

  @Override
  public void listen(Login responder, Consumer<byte[]> ear)
      throws WireException, InterruptedException {
    LightLine line = line(responder);
    await(line.connect(responder), "connect as " + responder.identity());
    String topic = Reply.alertsTopic(responder.identity());
    await(line.subscribe(topic, ear), "subscribe to " + topic);
  }

  private LightLine line(Login login) throws WireException {
    try {
      SocketChannel channel =
          SocketChannel.open(new InetSocketAddress(endpoint.host(), endpoint.port()));
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.configureBlocking(false);
      SelectionKey key = channel.register(selector, 0);
      LightLine line = new LightLine(channel, key);
      key.attach(line);
      key.interestOps(SelectionKey.OP_READ);
      selector.wakeup();
      lines.put(login.clientId(), line);
      return line;
    } catch (IOException e) {
      throw new WireException(
          Trouble.UNREACHABLE, "no connection to " + endpoint + ": " + e.getMessage(), e);
    }
  }

  private void await(CompletableFuture<?> act, String what)
      throws WireException, InterruptedException {
    try {
      act.get(endpoint.patience().toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw new WireException(
          Trouble.REFUSED, what + " to " + endpoint + " failed: " + e.getMessage(), e);
    } catch (TimeoutException e) {
      throw new WireException(Trouble.LOST, what + ": no answer from " + endpoint, e);
    }
  }

  @Override
  public CompletionStage<?> publish(Message message) {
    LightLine line = lines.get(message.device());
    if (line == null) {
      throw new IllegalArgumentException(message.device() + " isn't connected");
    }
    return line.publish(message.topic(), message.payload());
  }

  @Override
  public long disconnects() {
    return disconnects.get();
  }

  @Override
  public void close() {
    closing = true;
    selector.wakeup();
    try {
      thread.join();
      lines.values().forEach(LightLine::goodbye);
      selector.close();
    } catch (IOException e) {
      log.debug("the selector didn't close", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
