package io.shouwang.sim.load;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientBuilder;
import com.hivemq.client.mqtt.lifecycle.MqttClientDisconnectedContext;
import com.hivemq.client.mqtt.lifecycle.MqttDisconnectSource;
import io.shouwang.sim.wire.Endpoint;
import io.shouwang.sim.wire.Login;
import io.shouwang.sim.wire.Tls;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** One client among many, on threads they share: the HiveMQ client in either version. */
abstract sealed class HiveClient permits HiveV3Client, HiveV5Client {
  private final Runnable disconnects;
  private final AtomicBoolean standing = new AtomicBoolean();
  private volatile boolean established;
  private volatile boolean closing;

  /** Told each time a standing connection breaks, by the clients' threads. */
  HiveClient(Runnable disconnects) {
    this.disconnects = disconnects;
  }

  static HiveClient of(Endpoint endpoint, Login login, int threads, Runnable disconnects) {
    return switch (endpoint.version()) {
      case V3_1_1 -> new HiveV3Client(endpoint, login, threads, disconnects);
      case V5 -> new HiveV5Client(endpoint, login, threads, disconnects);
    };
  }

  /** What both versions set alike. */
  final MqttClientBuilder builder(Endpoint endpoint, Login login, int threads) {
    MqttClientBuilder builder =
        MqttClient.builder()
            .identifier(login.clientId())
            .serverHost(endpoint.host())
            .serverPort(endpoint.port())
            .executorConfig()
            .nettyThreads(threads)
            .applyExecutorConfig()
            .addConnectedListener(context -> standing.set(true))
            .addDisconnectedListener(this::disconnected);
    Tls tls = endpoint.tls();
    return tls == null
        ? builder
        : builder.sslConfig().trustManagerFactory(tls.trust()).applySslConfig();
  }

  /** A device comes back and resends; one that never came in does not try again. */
  private void disconnected(MqttClientDisconnectedContext context) {
    if (established && !closing && context.getSource() != MqttDisconnectSource.USER) {
      if (standing.compareAndSet(true, false)) {
        disconnects.run();
      }
      context
          .getReconnector()
          .reconnect(true)
          .republishIfSessionExpired(true)
          .delay(500, TimeUnit.MILLISECONDS);
    }
  }

  final CompletableFuture<?> connect() {
    return opened().thenRun(() -> established = true);
  }

  /** Always to be called, also after a failed connect: else its threads keep the process alive. */
  final CompletableFuture<?> disconnect() {
    closing = true;
    return closed();
  }

  abstract CompletableFuture<?> opened();

  abstract CompletableFuture<?> publish(String topic, byte[] payload);

  abstract CompletableFuture<?> subscribe(String topic, Consumer<byte[]> ear);

  abstract CompletableFuture<?> closed();
}
