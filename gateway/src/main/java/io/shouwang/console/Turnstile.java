package io.shouwang.console;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.shouwang.accounts.Network;
import io.shouwang.host.Clock;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Lets connections from the internet in: so many at a time and so many new ones from one address,
 * and so many new ones from all. Who is one too many is cut before a byte of theirs is read, a TLS
 * handshake above all, and takes nothing of what the others share. Whoever is in has a few
 * requests, and minutes at most, however slowly they read or write.
 *
 * <p>A trusted proxy stands for many and keeps its connections: only the number of all bounds it.
 * Any thread.
 */
final class Turnstile implements HttpConfiguration.Customizer {
  /** A page, its looks, an answer, another look: a person's connection needs no more. */
  static final int REQUESTS_PER_CONNECTION = 20;

  /** Longer than an answer may wait for the disk. */
  static final Duration LASTS = Duration.ofMinutes(2);

  /** An address may come anew with as many as it may have, once in so many seconds. */
  private static final int RENEWED_SECONDS = 10;

  private static final int ADDRESSES_MAX = 10_000;
  private static final long LOOK_EVERY_MILLIS = 500;

  private final Set<InetAddress> trusted;
  private final int perAddress;
  private final long lastsNanos;
  private final Clock clock;
  private final Counter refused;
  private final Bucket all;
  private final Map<String, Integer> inside = new HashMap<>();
  private final Map<String, Bucket> coming =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > ADDRESSES_MAX;
        }
      };
  private final Map<Connection, Long> sinceNanos = new ConcurrentHashMap<>();

  Turnstile(ConsoleSettings.Outside settings, Duration lasts, Clock clock, MeterRegistry meters) {
    this.trusted = settings.trustedProxies();
    this.perAddress = settings.connectionsPerAddress();
    this.lastsNanos = lasts.toNanos();
    this.clock = clock;
    this.all = new Bucket(settings.connectionsPerSecond(), settings.connectionsPerSecond(), clock);
    this.refused =
        Counter.builder("shouwang.http.outside.refused")
            .description("connections from outside that were one too many")
            .register(meters);
  }

  /** So many at once, and then so many a second. Not for more than one thread. */
  private static final class Bucket {
    private final double most;
    private final double perSecond;
    private double left;
    private long atNanos;

    Bucket(double most, double perSecond, Clock clock) {
      this.most = most;
      this.perSecond = perSecond;
      this.left = most;
      this.atNanos = clock.nanos();
    }

    boolean take(long nowNanos) {
      left = Math.min(most, left + (nowNanos - atNanos) * perSecond / 1e9);
      atNanos = nowNanos;
      if (left < 1) {
        return false;
      }
      left--;
      return true;
    }
  }

  private synchronized boolean enters(String network) {
    long now = clock.nanos();
    if (inside.getOrDefault(network, 0) >= perAddress) {
      return false;
    }
    Bucket own =
        coming.computeIfAbsent(
            network, _ -> new Bucket(perAddress, (double) perAddress / RENEWED_SECONDS, clock));
    // Theirs first: who floods from one address must not use up what all share.
    if (!own.take(now) || !all.take(now)) {
      return false;
    }
    inside.merge(network, 1, Integer::sum);
    return true;
  }

  private synchronized void leaves(String network) {
    inside.computeIfPresent(network, (_, count) -> count == 1 ? null : count - 1);
  }

  /** The last request of a connection says so. */
  @Override
  public Request customize(Request request, HttpFields.Mutable responseHeaders) {
    Connection connection = request.getConnectionMetaData().getConnection();
    if (connection.getMessagesIn() >= REQUESTS_PER_CONNECTION && network(connection) != null) {
      responseHeaders.put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString());
    }
    return request;
  }

  /** Whose connection it is; null if a trusted proxy's, or if none can be told. */
  private @Nullable String network(Connection connection) {
    InetAddress address = ForwardedFor.address(connection.getEndPoint().getRemoteSocketAddress());
    return address == null || trusted.contains(address)
        ? null
        : Network.of(address.getHostAddress());
  }

  /** Watches one listener. */
  Watch at(Scheduler scheduler) {
    return new Watch(scheduler);
  }

  /** The connections of a listener, from the socket on. */
  final class Watch extends AbstractLifeCycle implements Connection.Listener {
    private final Scheduler scheduler;
    private final Map<Connection, String> entered = new ConcurrentHashMap<>();

    private Watch(Scheduler scheduler) {
      this.scheduler = scheduler;
    }

    @Override
    protected void doStart() {
      scheduler.schedule(this::look, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void onOpened(Connection connection) {
      // What TLS carries is opened beside it; a connection is counted once.
      if (!(connection.getEndPoint() instanceof SocketChannelEndPoint)) {
        return;
      }
      String network = network(connection);
      if (network == null) {
        return;
      }
      if (!enters(network)) {
        refused.increment();
        connection.getEndPoint().close();
        return;
      }
      entered.put(connection, network);
      sinceNanos.put(connection, clock.nanos());
    }

    @Override
    public void onClosed(Connection connection) {
      sinceNanos.remove(connection);
      String network = entered.remove(connection);
      if (network != null) {
        leaves(network);
      }
    }

    private void look() {
      if (!isRunning()) {
        return;
      }
      long now = clock.nanos();
      sinceNanos.forEach((connection, since) -> {
        if (now - since >= lastsNanos) {
          // The word for a client that went: nobody's mistake, nothing for the log.
          connection.getEndPoint().close(new EofException("lasted too long"));
        }
      });
      scheduler.schedule(this::look, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }
  }
}
