package io.shouwang.console;

import io.javalin.config.JettyConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.shouwang.host.Clock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** The ports of one server, with the limits that hold before anybody says who they are. */
final class Listeners {
  private static final String HTTP_1_1 = "http/1.1";

  /** Beyond it a connection is tried again after a second: long for a press in a crowd. */
  private static final int BACKLOG = 1_024;

  private static final long IDLE_MILLIS_WHEN_FULL = 1_000;
  private static final int PLAIN = 0;
  private static final int TLS = 1;

  private final List<ServerConnector> connectors = new ArrayList<>();

  /** Puts the console's listeners into the server that is being set up. */
  void addTo(JettyConfig jetty, ConsoleSettings settings, Clock clock, MeterRegistry meters)
      throws IOException {
    ConsoleSettings.Tls tls = settings.tls();
    SSLContext ssl = tls == null ? null : sslContext(tls);
    jetty.modifyServer(server -> {
      add(plain(server, settings.host(), settings.port(), http(settings.limits())));
      if (tls != null && ssl != null) {
        add(secure(server, tls, ssl, http(settings.limits())));
      }
      // Half of them: an office behind one address is fewer, and somebody else always has room.
      Crowd crowd = new Crowd(Math.max(1, settings.limits().connections() / 2), meters);
      connectors.forEach(connector -> connector.addBean(crowd));
      addTo(server, settings.limits(), clock);
    });
  }

  /** Puts the one listener for the internet into a server of its own that is being set up. */
  void addTo(
      JettyConfig jetty,
      ConsoleSettings.Outside settings,
      ConsoleSettings.Limits limits,
      Turnstile turnstile,
      Clock clock)
      throws IOException {
    ConsoleSettings.Tls tls = settings.tls();
    SSLContext ssl = tls == null ? null : sslContext(tls);
    jetty.modifyServer(server -> {
      HttpConfiguration http = http(limits);
      http.addCustomizer(new ForwardedFor(settings.trustedProxies()));
      http.addCustomizer(turnstile);
      add(
          tls == null || ssl == null
              ? plain(server, settings.host(), settings.port(), http)
              : secure(server, tls, ssl, http));
      connectors.forEach(connector -> connector.addBean(turnstile.at(connector.getScheduler())));
      addTo(server, limits.withConnections(settings.connections()), clock);
    });
  }

  private void add(ServerConnector connector) {
    connectors.add(connector);
  }

  private void addTo(Server server, ConsoleSettings.Limits limits, Clock clock) {
    server.setErrorHandler(new ServerProblems());
    server.setStopTimeout(0);
    NetworkConnectionLimit most =
        new NetworkConnectionLimit(
            limits.connections(), connectors.toArray(ServerConnector[]::new));
    // With all taken, who only keeps theirs open makes room soon.
    most.setEndPointIdleTimeout(IDLE_MILLIS_WHEN_FULL);
    server.addBean(most);
    for (ServerConnector connector : connectors) {
      connector.setAcceptQueueSize(BACKLOG);
      connector.setIdleTimeout(limits.idleTimeout().toMillis());
      connector.addBean(new SlowHeads(connector.getScheduler(), clock, limits.headTimeout()));
      server.addConnector(connector);
    }
  }

  int port() {
    return connectors.get(PLAIN).getLocalPort();
  }

  /** The TLS port; 0 when there is none. */
  int tlsPort() {
    return connectors.size() > TLS ? connectors.get(TLS).getLocalPort() : 0;
  }

  private static HttpConfiguration http(ConsoleSettings.Limits limits) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendDateHeader(true);
    http.setRequestHeaderSize(limits.headBytes());
    http.setIdleTimeout(limits.idleTimeout().toMillis());
    http.addCustomizer(new MethodAsSent());
    return http;
  }

  private static ServerConnector plain(
      Server server, String host, int port, HttpConfiguration http) {
    ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(host);
    connector.setPort(port);
    return connector;
  }

  private static ServerConnector secure(
      Server server, ConsoleSettings.Tls tls, SSLContext ssl, HttpConfiguration https) {
    // A device on the intranet connects by address, without SNI; the certificate is one anyway.
    https.addCustomizer(new SecureRequestCustomizer(false));
    SslContextFactory.Server factory = new SslContextFactory.Server();
    factory.setSslContext(ssl);
    factory.setRenegotiationAllowed(false);
    factory.setIncludeProtocols("TLSv1.3", "TLSv1.2");
    factory.setExcludeCipherSuites(".*CBC.*", ".*_RSA_WITH_AES_.*", ".*NULL.*", ".*anon.*");
    factory.setIncludeCipherSuites("TLS_(AES|CHACHA20).*", "TLS_ECDHE_.*(GCM|CHACHA20).*");
    ServerConnector connector =
        new ServerConnector(
            server,
            1,
            1,
            new SslConnectionFactory(factory, HTTP_1_1),
            new HttpConnectionFactory(https));
    connector.setHost(tls.host());
    connector.setPort(tls.port());
    return connector;
  }

  /** Fails at once on a file that can't be read: there is no falling back to plain. */
  private static SSLContext sslContext(ConsoleSettings.Tls tls) throws IOException {
    try {
      JdkSslContext context =
          (JdkSslContext)
              SslContextBuilder.forServer(tls.certificate().toFile(), tls.key().toFile())
                  .sslProvider(SslProvider.JDK)
                  .build();
      return context.context();
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "no certificate chain and PKCS #8 key in " + tls.certificate() + " and " + tls.key(), e);
    }
  }
}
