package io.shouwang.endtoend;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** The HiveMQ client, speaking MQTT 3.1.1. */
final class HiveThree extends Client {
  private final Mqtt3AsyncClient client;

  private HiveThree(Mqtt3AsyncClient client) {
    this.client = client;
  }

  static HiveThree connect(Line line, Login login) throws Exception {
    var builder =
        MqttClient.builder()
            .useMqttVersion3()
            .identifier(login.client())
            .serverHost("127.0.0.1")
            .serverPort(line.port());
    Certificate certificate = line.certificate();
    if (certificate != null) {
      builder = builder.sslConfig().trustManagerFactory(certificate.trust()).applySslConfig();
    }
    HiveThree made = new HiveThree(builder.buildAsync());
    // Before it connects: a kept session brings messages before any SUBSCRIBE.
    made.client.publishes(
        MqttGlobalPublishFilter.ALL, message -> made.hear(message.getPayloadAsBytes()));
    await(
        made.client
            .connectWith()
            .cleanSession(login.clean())
            .simpleAuth()
            .username(login.user())
            .password(login.secret().getBytes(StandardCharsets.UTF_8))
            .applySimpleAuth()
            .send());
    return made;
  }

  static void await(CompletableFuture<?> answer) throws Exception {
    try {
      answer.get(GENEROUS_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new Refused(e);
    }
  }

  @Override
  void subscribe(String topic) throws Exception {
    await(client.subscribeWith().topicFilter(topic).qos(MqttQos.AT_LEAST_ONCE).send());
  }

  @Override
  void publish(String topic, byte[] payload) throws Exception {
    await(
        client.publish(
            Mqtt3Publish.builder()
                .topic(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(payload)
                .build()));
  }

  @Override
  void leave() throws Exception {
    // Whoever was refused by a closed connection can't say goodbye.
    client.disconnect().handle((_, _) -> "gone").get(GENEROUS_SECONDS, TimeUnit.SECONDS);
  }
}
