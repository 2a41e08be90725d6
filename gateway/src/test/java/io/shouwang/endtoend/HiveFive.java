package io.shouwang.endtoend;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The HiveMQ client, speaking MQTT 5.0. */
final class HiveFive extends Client {
  private final Mqtt5AsyncClient client;

  private HiveFive(Mqtt5AsyncClient client) {
    this.client = client;
  }

  static HiveFive connect(Line line, Login login) throws Exception {
    var builder =
        MqttClient.builder()
            .useMqttVersion5()
            .identifier(login.client())
            .serverHost("127.0.0.1")
            .serverPort(line.port());
    Certificate certificate = line.certificate();
    if (certificate != null) {
      builder = builder.sslConfig().trustManagerFactory(certificate.trust()).applySslConfig();
    }
    HiveFive made = new HiveFive(builder.buildAsync());
    // Before it connects: a kept session brings messages before any SUBSCRIBE.
    made.client.publishes(
        MqttGlobalPublishFilter.ALL, message -> made.hear(message.getPayloadAsBytes()));
    HiveThree.await(
        made.client
            .connectWith()
            .cleanStart(login.clean())
            .sessionExpiryInterval(login.clean() ? 0 : 3600)
            .simpleAuth()
            .username(login.user())
            .password(login.secret().getBytes(StandardCharsets.UTF_8))
            .applySimpleAuth()
            .send());
    return made;
  }

  @Override
  void subscribe(String topic) throws Exception {
    HiveThree.await(client.subscribeWith().topicFilter(topic).qos(MqttQos.AT_LEAST_ONCE).send());
  }

  @Override
  void publish(String topic, byte[] payload) throws Exception {
    CompletableFuture<?> answer =
        client
            .publish(
                Mqtt5Publish.builder()
                    .topic(topic)
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .payload(payload)
                    .build())
            .thenCompose(result ->
                result.getError().isPresent()
                    ? CompletableFuture.failedFuture(result.getError().get())
                    : CompletableFuture.completedFuture(result));
    HiveThree.await(answer);
  }

  @Override
  void leave() throws Exception {
    // Whoever was refused by a closed connection can't say goodbye.
    client.disconnect().handle((_, _) -> "gone").get(GENEROUS_SECONDS, TimeUnit.SECONDS);
  }
}
