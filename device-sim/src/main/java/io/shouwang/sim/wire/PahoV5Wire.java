package io.shouwang.sim.wire;

import io.shouwang.sim.wire.WireException.Trouble;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** MQTT 5.0 with Eclipse Paho. */
final class PahoV5Wire implements Wire {
  private static final Logger log = LoggerFactory.getLogger(PahoV5Wire.class);
  private static final int QOS = 1;
  private static final int FAILURE = 0x80;

  /** As long as a `down` message may wait for the device; the gateway may say less. */
  private static final Duration SESSION_EXPIRY = Duration.ofDays(7);

  private final Endpoint endpoint;
  private final Login login;
  private final AtomicBoolean closed = new AtomicBoolean();
  private @Nullable MqttAsyncClient client;

  PahoV5Wire(Endpoint endpoint, Login login) {
    this.endpoint = endpoint;
    this.login = login;
  }

  @Override
  public void connect(Listener listener) throws WireException {
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setCleanStart(false);
    options.setSessionExpiryInterval(SESSION_EXPIRY.toSeconds());
    options.setUseSubscriptionIdentifiers(false);
    options.setUserName(login.identity());
    options.setPassword(login.secret().getBytes(StandardCharsets.UTF_8));
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
      IMqttToken token = made.connect(options);
      await(token);
      refuse("connect", token.getReasonCodes());
    } catch (MqttException e) {
      throw connectTrouble(e);
    }
  }

  @Override
  public void subscribe(String topic) throws WireException {
    String act = "subscribe to " + topic;
    try {
      IMqttToken token = connected().subscribe(topic, QOS);
      await(token);
      refuse(act, token.getReasonCodes());
    } catch (MqttException e) {
      throw trouble(act, e);
    }
  }

  @Override
  public void publish(String topic, byte[] payload) throws WireException {
    String act = "publish to " + topic;
    try {
      IMqttToken token = connected().publish(topic, payload, QOS, false);
      await(token);
      refuse(act, token.getReasonCodes());
    } catch (MqttException e) {
      throw trouble(act, e);
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
        made.disconnect(0, null, null, 0, new MqttProperties()).waitForCompletion(1_000);
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

  private static void refuse(String act, int @Nullable [] codes) throws WireException {
    if (codes == null) {
      return;
    }
    for (int code : codes) {
      if (code >= FAILURE) {
        throw Refusal.ofVersion5(act, code);
      }
    }
  }

  private WireException connectTrouble(MqttException e) {
    int code = e.getReasonCode();
    if (code == MqttClientException.REASON_CODE_SERVER_CONNECT_ERROR
        || code == MqttException.REASON_CODE_CLIENT_EXCEPTION) {
      return Unreachable.at(endpoint, e);
    }
    return trouble("connect", e);
  }

  private WireException trouble(String act, MqttException e) {
    int code = e.getReasonCode();
    if (code >= FAILURE && code <= 0xff) {
      return Refusal.ofVersion5(act, code);
    }
    String why =
        switch (code) {
          case MqttClientException.REASON_CODE_CLIENT_TIMEOUT ->
              "no answer within " + endpoint.patience().toMillis() + " ms";
          case MqttClientException.REASON_CODE_CONNECTION_LOST,
              MqttClientException.REASON_CODE_SERVER_DISCONNECTED,
              MqttClientException.REASON_CODE_CLIENT_NOT_CONNECTED,
              MqttClientException.REASON_CODE_CLIENT_DISCONNECTING,
              MqttClientException.REASON_CODE_CLIENT_CLOSED ->
              "the connection was closed";
          default -> String.valueOf(e.getMessage());
        };
    return new WireException(Trouble.LOST, why, e);
  }

  private record Callback(Listener listener, AtomicBoolean closed) implements MqttCallback {
    @Override
    public void disconnected(MqttDisconnectResponse response) {
      if (!closed.get()) {
        int code = response.getReturnCode();
        listener.lost(
            code >= FAILURE
                ? String.valueOf(Refusal.ofVersion5("the connection", code).getMessage())
                : "the connection was closed");
      }
    }

    @Override
    public void mqttErrorOccurred(MqttException e) {
      log.debug("Paho reports an error", e);
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
      listener.arrived(topic, message.getPayload());
    }

    @Override
    public void deliveryComplete(IMqttToken token) {
      // publish() waits for the token itself
    }

    @Override
    public void connectComplete(boolean again, String uri) {
      // connect() waits for the token itself
    }

    @Override
    public void authPacketArrived(int code, MqttProperties properties) {
      // the contract has no extended authentication
    }
  }
}
