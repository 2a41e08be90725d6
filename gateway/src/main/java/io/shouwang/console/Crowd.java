package io.shouwang.console;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.component.AbstractLifeCycle;

/**
 * Sees to it that one network (IPv6: one /64) never has all the connections there are: what is
 * beyond its part is cut before a byte of it is read, so that a press from anywhere else finds
 * room. Any thread.
 */
final class Crowd extends AbstractLifeCycle implements Connection.Listener {
  private final int perNetwork;
  private final Counter refused;
  private final Map<String, Integer> inside = new HashMap<>();
  private final Map<Connection, String> entered = new ConcurrentHashMap<>();

  Crowd(int perNetwork, MeterRegistry meters) {
    this.perNetwork = perNetwork;
    this.refused =
        Counter.builder("shouwang.http.connections.refused")
            .description("connections to the console of a network that has too many")
            .register(meters);
  }

  @Override
  public void onOpened(Connection connection) {
    // What TLS carries is opened beside it; a connection is counted once.
    InetAddress address = ForwardedFor.address(connection.getEndPoint().getRemoteSocketAddress());
    if (address == null || !(connection.getEndPoint() instanceof SocketChannelEndPoint)) {
      return;
    }
    String network = FailedLogins.network(address.getHostAddress());
    if (enters(network)) {
      entered.put(connection, network);
    } else {
      refused.increment();
      connection.getEndPoint().close();
    }
  }

  @Override
  public void onClosed(Connection connection) {
    String network = entered.remove(connection);
    if (network != null) {
      leaves(network);
    }
  }

  private synchronized boolean enters(String network) {
    int count = inside.getOrDefault(network, 0);
    if (count >= perNetwork) {
      return false;
    }
    inside.put(network, count + 1);
    return true;
  }

  private synchronized void leaves(String network) {
    inside.computeIfPresent(network, (_, count) -> count == 1 ? null : count - 1);
  }
}
