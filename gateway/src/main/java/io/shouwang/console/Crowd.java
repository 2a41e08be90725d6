package io.shouwang.console;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.shouwang.accounts.Network;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that one network (IPv6: one /64) never has all the connections there are, so that a
 * press from anywhere else finds room. Beyond its part, whoever comes takes the place of the oldest
 * of the same network that waits for no answer: a press from within a crowd gets in, too. Any
 * thread.
 */
final class Crowd extends AbstractLifeCycle implements Connection.Listener {
  private final int perNetwork;
  private final Counter cut;
  private final Map<String, Set<Connection>> inside = new HashMap<>();
  private final Map<Connection, String> entered = new ConcurrentHashMap<>();

  Crowd(int perNetwork, MeterRegistry meters) {
    this.perNetwork = perNetwork;
    this.cut =
        Counter.builder("shouwang.http.connections.cut")
            .description("connections to the console that gave way in a network with too many")
            .register(meters);
  }

  @Override
  public void onOpened(Connection connection) {
    // What TLS carries is opened beside it; a connection is counted once.
    EndPoint end = connection.getEndPoint();
    InetAddress address = ForwardedFor.address(end.getRemoteSocketAddress());
    if (address == null || !(end instanceof SocketChannelEndPoint)) {
      return;
    }
    String network = Network.of(address.getHostAddress());
    entered.put(connection, network);
    Connection leaves = enter(network, connection);
    if (leaves != null) {
      cut.increment();
      // The word for a client that went: nobody's mistake, nothing for the log.
      leaves.getEndPoint().close(new EofException("others of the same network need its place"));
    }
  }

  @Override
  public void onClosed(Connection connection) {
    String network = entered.remove(connection);
    if (network != null) {
      leave(network, connection);
    }
  }

  /** Who has to go for it, perhaps the newcomer itself; null while there is room. */
  private synchronized @Nullable Connection enter(String network, Connection connection) {
    Set<Connection> all = inside.computeIfAbsent(network, _ -> new LinkedHashSet<>());
    all.add(connection);
    if (all.size() <= perNetwork) {
      return null;
    }
    Connection leaves = connection;
    for (Connection one : all) {
      if (one.getMessagesIn() <= one.getMessagesOut()) {
        leaves = one;
        break;
      }
    }
    all.remove(leaves);
    return leaves;
  }

  private synchronized void leave(String network, Connection connection) {
    Set<Connection> all = inside.get(network);
    if (all != null) {
      all.remove(connection);
      if (all.isEmpty()) {
        inside.remove(network);
      }
    }
  }
}
