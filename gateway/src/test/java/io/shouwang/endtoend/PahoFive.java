package io.shouwang.endtoend;

import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** Eclipse Paho for MQTT 5.0. */
final class PahoFive extends Client {
  private static final int REFUSED_FROM = 0x80;
  private final MqttAsyncClient client;

  private PahoFive(MqttAsyncClient client) {
    this.client = client;
  }

  static PahoFive connect(Line line, Login login) throws Exception {
    Certificate certificate = line.certificate();
    String scheme = certificate == null ? "tcp" : "ssl";
    MqttAsyncClient client =
        new MqttAsyncClient(
            scheme + "://127.0.0.1:" + line.port(), login.client(), new MemoryPersistence());
    PahoFive made = new PahoFive(client);
    client.setCallback(made.new Ear());
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setUserName(login.user());
    options.setPassword(login.secret().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    options.setCleanStart(login.clean());
    options.setSessionExpiryInterval(login.clean() ? 0L : 3600L);
    if (certificate != null) {
      options.setSocketFactory(certificate.context().getSocketFactory());
    }
    try {
      await(client.connect(options));
    } catch (Refused e) {
      client.close();
      throw e;
    }
    return made;
  }

  /** Its tokens complete without an exception when a publish is refused: the codes tell. */
  private static void await(IMqttToken token) throws Refused {
    try {
      token.waitForCompletion(GENEROUS_SECONDS * 1000L);
    } catch (MqttException e) {
      throw new Refused(e);
    }
    int[] codes = token.getReasonCodes();
    for (int code : codes == null ? new int[0] : codes) {
      if (code >= REFUSED_FROM) {
        throw new Refused("reason code " + code);
      }
    }
  }

  @Override
  void subscribe(String topic) throws Exception {
    try {
      await(client.subscribe(topic, 1));
    } catch (IllegalArgumentException e) {
      throw new Refused(e); // it was told that there are no wildcards, and doesn't even ask
    }
  }

  @Override
  void publish(String topic, byte[] payload) throws Exception {
    await(client.publish(topic, payload, 1, false));
  }

  @Override
  void leave() throws Exception {
    if (client.isConnected()) {
      client.disconnect().waitForCompletion(GENEROUS_SECONDS * 1000L);
    }
    client.close();
  }

  private final class Ear implements MqttCallback {
    @Override
    public void messageArrived(String topic, MqttMessage message) {
      hear(message.getPayload());
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {}

    @Override
    public void mqttErrorOccurred(MqttException exception) {}

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean reconnect, String serverUri) {}

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {}
  }
}
