package io.shouwang.sim.load;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import io.shouwang.sim.wire.Endpoint;
import io.shouwang.sim.wire.Login;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** MQTT 3.1.1. */
final class HiveV3Client extends HiveClient {
  private final Mqtt3AsyncClient client;

  HiveV3Client(Endpoint endpoint, Login login, int threads, Runnable disconnects) {
    super(disconnects);
    // Set here and not at the connect, so that a reconnect carries it too.
    this.client =
        builder(endpoint, login, threads)
            .useMqttVersion3()
            .simpleAuth()
            .username(login.identity())
            .password(login.secret().getBytes(StandardCharsets.UTF_8))
            .applySimpleAuth()
            .buildAsync();
  }

  @Override
  CompletableFuture<?> opened() {
    return client.connectWith().cleanSession(false).send();
  }

  @Override
  CompletableFuture<?> publish(String topic, byte[] payload) {
    return client.publishWith().topic(topic).qos(MqttQos.AT_LEAST_ONCE).payload(payload).send();
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
    return client.disconnect();
  }
}
