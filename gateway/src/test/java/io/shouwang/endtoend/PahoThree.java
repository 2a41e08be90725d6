package io.shouwang.endtoend;

import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** Eclipse Paho for MQTT 3.1.1. */
final class PahoThree extends Client {
  private final MqttClient client;

  private PahoThree(MqttClient client) {
    this.client = client;
  }

  static PahoThree connect(Line line, Login login) throws Exception {
    Certificate certificate = line.certificate();
    String scheme = certificate == null ? "tcp" : "ssl";
    MqttClient client =
        new MqttClient(
            scheme + "://127.0.0.1:" + line.port(), login.client(), new MemoryPersistence());
    client.setTimeToWait(GENEROUS_SECONDS * 1000L);
    MqttConnectOptions options = new MqttConnectOptions();
    options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
    options.setUserName(login.user());
    options.setPassword(login.secret().toCharArray());
    options.setCleanSession(login.clean());
    if (certificate != null) {
      options.setSocketFactory(certificate.context().getSocketFactory());
    }
    PahoThree made = new PahoThree(client);
    client.setCallback(made.new Ear()); // a kept session brings messages before any SUBSCRIBE
    try {
      client.connect(options);
    } catch (MqttException e) {
      client.close();
      throw new Refused(e);
    }
    return made;
  }

  @Override
  void subscribe(String topic) throws Exception {
    try {
      client.subscribe(topic, 1);
    } catch (MqttException e) {
      throw new Refused(e);
    }
  }

  @Override
  void publish(String topic, byte[] payload) throws Exception {
    try {
      client.publish(topic, payload, 1, false);
    } catch (MqttException e) {
      throw new Refused(e);
    }
  }

  @Override
  void leave() throws Exception {
    if (client.isConnected()) {
      try {
        client.disconnect();
      } catch (MqttException e) {
        if (e.getReasonCode() != MqttException.REASON_CODE_CLIENT_DISCONNECTING) {
          throw e;
        }
        // The gateway closed the line in this very moment: gone is gone.
      }
    }
    client.close();
  }

  private final class Ear implements MqttCallback {
    @Override
    public void messageArrived(String topic, MqttMessage message) {
      hear(message.getPayload());
    }

    @Override
    public void connectionLost(Throwable cause) {}

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {}
  }
}
