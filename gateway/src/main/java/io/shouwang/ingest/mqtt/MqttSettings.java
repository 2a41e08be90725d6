package io.shouwang.ingest.mqtt;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How devices and responders are let in by MQTT.
 *
 * @param listeners may be empty: then channels come by {@link MqttEndpoint#initialize} alone
 * @param eventLoopThreads 0 for one per processor
 */
public record MqttSettings(List<Listener> listeners, int eventLoopThreads, Limits limits) {

  /**
   * Where to listen.
   *
   * @param port 0 for any free one
   * @param tls null for plain TCP
   * @param plainAllowedByName whether plain TCP is allowed on an address that isn't loopback
   */
  public record Listener(String host, int port, @Nullable Tls tls, boolean plainAllowedByName) {
    public static Listener plain(String host, int port) {
      return new Listener(host, port, null, false);
    }
  }

  /**
   * The server's certificate.
   *
   * @param certificateChain PEM, the server's own first
   * @param privateKey PEM, PKCS #8, without a password
   */
  public record Tls(Path certificateChain, Path privateKey) {}

  /**
   * What a client may take up.
   *
   * @param connectTimeout from accepted to CONNECT, TLS handshake included
   * @param connectBytesMax the longest CONNECT
   * @param connectUserPropertiesMax in CONNECT and in its will, each
   * @param strangersMax connections that haven't been let in yet, in all
   * @param strangersPerSourceMax of these, from one address
   * @param connectionsMax connections in all
   * @param packetBytesMax the longest packet after CONNECT; must have room for 64 KiB of payload
   * @param payloadBytesMax the longest payload that doesn't end the connection
   * @param userPropertiesMax in each packet after CONNECT
   * @param receiveMaximum messages of QoS 1 from one client that aren't acknowledged yet
   * @param heldMessagesMax messages of one client that wait for a full lane, before it isn't read
   *     any more
   * @param heldBytesMax the same in bytes of payload
   * @param heldBytesInAllMax the same over all clients
   * @param keepAliveMax a longer or no keep-alive is cut to this
   * @param sessionExpiryMax a longer one is cut to this
   * @param sessionsMax kept sessions in all
   * @param clientsPerResponderMax connections of one responder
   * @param takeoversMax of one client id within {@code takeoverWindow}
   * @param sendWindow messages on their way to one client
   * @param sendQueueMax messages that wait for one client's window
   * @param willDelayMax a longer will delay is cut to this
   */
  public record Limits(
      Duration connectTimeout,
      int connectBytesMax,
      int connectUserPropertiesMax,
      int strangersMax,
      int strangersPerSourceMax,
      int connectionsMax,
      int packetBytesMax,
      int payloadBytesMax,
      int userPropertiesMax,
      int receiveMaximum,
      int heldMessagesMax,
      int heldBytesMax,
      long heldBytesInAllMax,
      Duration keepAliveMax,
      Duration sessionExpiryMax,
      int sessionsMax,
      int clientsPerResponderMax,
      int takeoversMax,
      Duration takeoverWindow,
      int sendWindow,
      int sendQueueMax,
      Duration willDelayMax) {

    public static final Limits DEFAULT =
        new Limits(
            Duration.ofSeconds(10),
            8 * 1024,
            16,
            20_000,
            2_000,
            500_000,
            72 * 1024,
            64 * 1024,
            32,
            1_024,
            1_024,
            256 * 1024,
            64L * 1024 * 1024,
            Duration.ofMinutes(30),
            Duration.ofDays(7),
            1_000_000,
            16,
            10,
            Duration.ofSeconds(10),
            32,
            1_024,
            Duration.ofMinutes(1));
  }
}
