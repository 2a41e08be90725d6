package io.shouwang.sim.wire;

import io.shouwang.sim.wire.WireException.Trouble;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** MQTT 3.1.1 with Eclipse Paho. */
final class PahoV3Wire implements Wire {
  private static final Logger log = LoggerFactory.getLogger(PahoV3Wire.class);
  private static final int QOS = 1;
  private static final int SUBACK_FAILURE = 0x80;

  private final Endpoint endpoint;
  private final Login login;
  private final AtomicBoolean closed = new AtomicBoolean();
  private @Nullable MqttAsyncClient client;

  PahoV3Wire(Endpoint endpoint, Login login) {
    this.endpoint = endpoint;
    this.login = login;
  }

  @Override
  public void connect(Listener listener) throws WireException {
    MqttConnectOptions options = new MqttConnectOptions();
    options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
    options.setCleanSession(false);
    options.setUserName(login.identity());
    options.setPassword(login.secret().toCharArray());
    options.setKeepAliveInterval(30);
    options.setConnectionTimeout(Math.max(1, (int) endpoint.patience().toSeconds()));
    Tls tls = endpoint.tls();
    if (tls != null) {
      options.setSocketFactory(tls.sockets());
    }
    try {
      MqttAsyncClient made =
          new MqttAsyncClient(endpoint.uri(), login.clientId(), new MemoryPersistence());
      client = made;
      made.setCallback(new Callback(listener, closed));
      await(made.connect(options));
    } catch (MqttException e) {
      throw connectTrouble(e);
    }
  }

  @Override
  public void subscribe(String topic) throws WireException {
    try {
      IMqttToken token = connected().subscribe(topic, QOS);
      await(token);
      for (int granted : token.getGrantedQos()) {
        if (granted == SUBACK_FAILURE) {
          throw new WireException(Trouble.REFUSED, "subscribe to " + topic + " refused");
        }
      }
    } catch (MqttException e) {
      if (e.getReasonCode() == MqttException.REASON_CODE_SUBSCRIBE_FAILED) {
        throw new WireException(Trouble.REFUSED, "subscribe to " + topic + " refused", e);
      }
      throw lost(e);
    }
  }

  @Override
  public void publish(String topic, byte[] payload) throws WireException {
    try {
      await(connected().publish(topic, payload, QOS, false));
    } catch (MqttException e) {
      throw lost(e);
    }
  }

  @Override
  public void close() {
    MqttAsyncClient made = client;
    if (!closed.compareAndSet(false, true) || made == null) {
      return;
    }
    try {
      if (made.isConnected()) {
        made.disconnect(0).waitForCompletion(1_000);
      }
    } catch (MqttException e) {
      log.debug("the goodbye of {} failed", login, e);
    }
    try {
      made.close(true);
    } catch (MqttException e) {
      log.debug("closing {} failed", login, e);
    }
  }

  private MqttAsyncClient connected() throws WireException {
    MqttAsyncClient made = client;
    if (made == null) {
      throw new WireException(Trouble.LOST, "not connected");
    }
    return made;
  }

  private void await(IMqttToken token) throws MqttException {
    token.waitForCompletion(endpoint.patience().toMillis());
  }

  private WireException connectTrouble(MqttException e) {
    int code = e.getReasonCode();
    if (code >= 1 && code <= 5) {
      return Refusal.ofVersion3(code, e);
    }
    if (code == MqttException.REASON_CODE_SERVER_CONNECT_ERROR
        || code == MqttException.REASON_CODE_CLIENT_EXCEPTION) {
      return Unreachable.at(endpoint, e);
    }
    return lost(e);
  }

  private WireException lost(MqttException e) {
    String why =
        switch (e.getReasonCode()) {
          case MqttException.REASON_CODE_CLIENT_TIMEOUT ->
              "no answer within " + endpoint.patience().toMillis() + " ms";
          case MqttException.REASON_CODE_CONNECTION_LOST,
              MqttException.REASON_CODE_CLIENT_NOT_CONNECTED,
              MqttException.REASON_CODE_CLIENT_DISCONNECTING,
              MqttException.REASON_CODE_CLIENT_CLOSED ->
              "the connection was closed";
          default -> String.valueOf(e.getMessage());
        };
    return new WireException(Trouble.LOST, why, e);
  }

  private record Callback(Listener listener, AtomicBoolean closed) implements MqttCallback {
    @Override
    public void connectionLost(@Nullable Throwable cause) {
      if (!closed.get()) {
        listener.lost("the connection was closed");
      }
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
      listener.arrived(topic, message.getPayload());
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {
      // publish() waits for the token itself
    }
  }
}
