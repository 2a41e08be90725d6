package io.shouwang.sim.load;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import io.shouwang.sim.wire.Endpoint;
import io.shouwang.sim.wire.Login;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** MQTT 5.0. The session outlives a broken connection, so that the client itself resends. */
final class HiveV5Client extends HiveClient {
  private static final long SESSION_EXPIRY_SECONDS = 60;

  private final Mqtt5AsyncClient client;

  HiveV5Client(Endpoint endpoint, Login login, int threads, Runnable disconnects) {
    super(disconnects);
    // Set here and not at the connect, so that a reconnect carries it too.
    this.client =
        builder(endpoint, login, threads)
            .useMqttVersion5()
            .simpleAuth()
            .username(login.identity())
            .password(login.secret().getBytes(StandardCharsets.UTF_8))
            .applySimpleAuth()
            .buildAsync();
  }

  @Override
  CompletableFuture<?> opened() {
    return client
        .connectWith()
        .cleanStart(true)
        .sessionExpiryInterval(SESSION_EXPIRY_SECONDS)
        .send();
  }

  @Override
  CompletableFuture<?> publish(String topic, byte[] payload) {
    return client
        .publishWith()
        .topic(topic)
        .qos(MqttQos.AT_LEAST_ONCE)
        .payload(payload)
        .send()
        .thenAccept(result -> {
          if (result.getError().isPresent()) {
            throw new IllegalStateException(result.getError().get());
          }
        });
  }

  @Override
  CompletableFuture<?> subscribe(String topic, Consumer<byte[]> ear) {
    return client
        .subscribeWith()
        .topicFilter(topic)
        .qos(MqttQos.AT_LEAST_ONCE)
        .callback(publish -> ear.accept(publish.getPayloadAsBytes()))
        .send();
  }

  @Override
  CompletableFuture<?> closed() {
    return client.disconnectWith().sessionExpiryInterval(0).send();
  }
}
