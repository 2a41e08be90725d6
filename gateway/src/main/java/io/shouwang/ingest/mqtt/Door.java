package io.shouwang.ingest.mqtt;

import io.shouwang.ingest.mqtt.MqttSettings.Limits;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Counts connections, and those that haven't shown who they are. Any thread. */
final class Door {
  private final Limits limits;
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger strangers = new AtomicInteger();
  private final Map<Object, Integer> strangersBySource = new ConcurrentHashMap<>();

  Door(Limits limits) {
    this.limits = limits;
  }

  /** Where a connection comes from: an IP address, or whatever a channel without one has. */
  static Object source(@Nullable SocketAddress address) {
    if (address instanceof InetSocketAddress inet && inet.getAddress() != null) {
      return inet.getAddress();
    }
    return address == null ? "nowhere" : address;
  }

  /** A new connection; false if it can't come in. */
  boolean enter(Object source) {
    if (connections.incrementAndGet() > limits.connectionsMax()) {
      connections.decrementAndGet();
      return false;
    }
    int strangersNow = strangers.incrementAndGet();
    int ofSource = strangersBySource.merge(source, 1, Integer::sum);
    if (strangersNow > limits.strangersMax() || ofSource > limits.strangersPerSourceMax()) {
      introduced(source);
      connections.decrementAndGet();
      return false;
    }
    return true;
  }

  private void forget(Object source) {
    strangersBySource.computeIfPresent(source, (key, count) -> count > 1 ? count - 1 : null);
  }

  /** A stranger is none any more: it was let in, or it went. */
  void introduced(Object source) {
    strangers.decrementAndGet();
    forget(source);
  }

  void leave() {
    connections.decrementAndGet();
  }

  int connections() {
    return connections.get();
  }

  int strangers() {
    return strangers.get();
  }
}
