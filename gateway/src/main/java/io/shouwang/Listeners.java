package io.shouwang;

import io.shouwang.config.GatewayConfig;
import io.shouwang.console.ConsoleServer;
import io.shouwang.console.ConsoleSettings;
import io.shouwang.ingest.mqtt.MqttEndpoint;
import io.shouwang.ingest.mqtt.MqttSettings;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the gateway listens: the configuration's addresses in the endpoints' own words. */
final class Listeners {
  private Listeners() {}

  static MqttSettings mqtt(GatewayConfig config) {
    List<MqttSettings.Listener> listeners = new ArrayList<>();
    GatewayConfig.Address plain = config.mqtt().plain();
    if (plain != null) {
      // An address off loopback was allowed by name, or the configuration had been refused.
      listeners.add(new MqttSettings.Listener(plain.host(), plain.port(), null, true));
    }
    GatewayConfig.TlsListener tls = config.mqtt().tls();
    if (tls != null) {
      listeners.add(
          new MqttSettings.Listener(
              tls.address().host(),
              tls.address().port(),
              new MqttSettings.Tls(tls.pem().certificate(), tls.pem().key()),
              false));
    }
    MqttSettings.Limits standard = MqttSettings.Limits.DEFAULT;
    GatewayConfig.Limits limits = config.limits();
    return new MqttSettings(
        listeners,
        config.threads().network(),
        new MqttSettings.Limits(
            limits.connectWithin(),
            standard.connectBytesMax(),
            standard.connectUserPropertiesMax(),
            limits.unauthenticatedConnections(),
            limits.connectionsPerAddress(),
            limits.connections(),
            standard.packetBytesMax(),
            standard.payloadBytesMax(),
            standard.userPropertiesMax(),
            standard.receiveMaximum(),
            standard.heldMessagesMax(),
            standard.heldBytesMax(),
            limits.heldBytes(),
            standard.keepAliveMax(),
            standard.sessionExpiryMax(),
            standard.sessionsMax(),
            standard.clientsPerResponderMax(),
            standard.takeoversMax(),
            standard.takeoverWindow(),
            standard.sendWindow(),
            standard.sendQueueMax(),
            standard.willDelayMax()));
  }

  static ConsoleSettings console(GatewayConfig config) {
    GatewayConfig.Address address = config.http().address();
    GatewayConfig.TlsListener tls = config.http().tls();
    return new ConsoleSettings(
        address.host(),
        address.port(),
        tls == null
            ? null
            : new ConsoleSettings.Tls(
                tls.address().host(),
                tls.address().port(),
                tls.pem().certificate(),
                tls.pem().key()),
        ConsoleSettings.Limits.DEFAULTS,
        outside(config.outside()),
        config.map());
  }

  private static ConsoleSettings.@Nullable Outside outside(GatewayConfig.@Nullable Outside config) {
    if (config == null) {
      return null;
    }
    GatewayConfig.Address address = config.address();
    GatewayConfig.Pem pem = config.pem();
    GatewayConfig.OutsideLimits limits = config.limits();
    return new ConsoleSettings.Outside(
        address.host(),
        address.port(),
        pem == null
            ? null
            : new ConsoleSettings.Tls(address.host(), address.port(), pem.certificate(), pem.key()),
        config.callbacks(),
        config.alsoInside(),
        config.trustedProxies(),
        limits.connections(),
        limits.connectionsPerAddress(),
        limits.connectionsPerSecond(),
        limits.missesPerMinute());
  }

  /** The bound addresses as URLs. */
  static String describe(GatewayConfig config, MqttEndpoint mqtt, ConsoleServer console) {
    List<String> urls = new ArrayList<>();
    List<InetSocketAddress> bound = mqtt.addresses();
    GatewayConfig.Address plain = config.mqtt().plain();
    if (plain != null) {
      urls.add(url("mqtt", plain, bound.getFirst().getPort()));
    }
    GatewayConfig.TlsListener mqtts = config.mqtt().tls();
    if (mqtts != null) {
      urls.add(url("mqtts", mqtts.address(), bound.getLast().getPort()));
    }
    urls.add(url("http", config.http().address(), console.port()));
    GatewayConfig.TlsListener https = config.http().tls();
    if (https != null) {
      urls.add(url("https", https.address(), console.tlsPort()));
    }
    GatewayConfig.Outside outside = config.outside();
    if (outside != null) {
      String scheme = outside.pem() == null ? "http" : "https";
      urls.add(url(scheme, outside.address(), console.outsidePort()) + "/r/");
    }
    return String.join(" ", urls);
  }

  /** With the host as configured: a socket bound to 0.0.0.0 calls itself by another name. */
  private static String url(String scheme, GatewayConfig.Address address, int port) {
    String host = address.host();
    return scheme + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
