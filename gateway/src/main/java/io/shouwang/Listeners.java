package io.shouwang;

import io.shouwang.config.GatewayConfig;
import io.shouwang.console.ConsoleServer;
import io.shouwang.console.ConsoleSettings;
import io.shouwang.ingest.mqtt.MqttEndpoint;
import io.shouwang.ingest.mqtt.MqttSettings;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

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
        ConsoleSettings.Limits.DEFAULTS);
  }

  /** The bound addresses as URLs. */
  static String describe(GatewayConfig config, MqttEndpoint mqtt, ConsoleServer console) {
    List<String> urls = new ArrayList<>();
    List<InetSocketAddress> bound = mqtt.addresses();
    if (config.mqtt().plain() != null) {
      urls.add("mqtt://" + hostAndPort(bound.getFirst()));
    }
    if (config.mqtt().tls() != null) {
      urls.add("mqtts://" + hostAndPort(bound.getLast()));
    }
    urls.add("http://" + config.http().address().host() + ":" + console.port());
    GatewayConfig.TlsListener https = config.http().tls();
    if (https != null) {
      urls.add("https://" + https.address().host() + ":" + console.tlsPort());
    }
    return String.join(" ", urls);
  }

  private static String hostAndPort(InetSocketAddress address) {
    return address.getHostString() + ":" + address.getPort();
  }
}
