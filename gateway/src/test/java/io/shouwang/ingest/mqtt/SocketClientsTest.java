package io.shouwang.ingest.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.shouwang.host.Clock;
import io.shouwang.model.Payload;
import io.shouwang.model.Signal;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Three vendors' clients over loopback sockets, plain and TLS. */
@ExtendWith(LeakWatch.class)
@TestInstance(Lifecycle.PER_CLASS)
final class SocketClientsTest {
  private static final byte[] SECRET = "secret".getBytes(StandardCharsets.UTF_8);
  private static final byte[] PRESS = "{\"id\":\"1\"}".getBytes(StandardCharsets.UTF_8);
  private static final int GENEROUS_SECONDS = 30;

  private final FakeIntake intake = new FakeIntake().acknowledgesAtOnce();
  private final FakeMailbox mailbox = new FakeMailbox();
  private MqttEndpoint endpoint;
  private SSLContext tls;
  private Path directory;

  @BeforeAll
  void open(@TempDir Path temp) throws Exception {
    directory = temp;
    MqttSettings.Tls certificate = Certificates.selfSigned(temp);
    tls = Certificates.trusting(temp);
    endpoint =
        MqttEndpoint.open(
            new MqttSettings(
                List.of(
                    MqttSettings.Listener.plain("127.0.0.1", 0),
                    new MqttSettings.Listener("127.0.0.1", 0, certificate, false)),
                2,
                MqttSettings.Limits.DEFAULT),
            (identity, secret) -> Arrays.equals(secret, SECRET),
            FakeDirectory::new,
            intake,
            mailbox,
            Clock.SYSTEM,
            List.of(),
            new SimpleMeterRegistry());
  }

  @AfterAll
  void close() {
    endpoint.close();
  }

  private int port(boolean secure) {
    return endpoint.addresses().get(secure ? 1 : 0).getPort();
  }

  private String uri(boolean secure) {
    return (secure ? "ssl" : "tcp") + "://127.0.0.1:" + port(secure);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void pahoOfVersion3IsServed(boolean secure) throws Exception {
    try (var client =
        new org.eclipse.paho.client.mqttv3.MqttClient(
            uri(secure),
            FakeDirectory.BUTTON,
            new org.eclipse.paho.client.mqttv3.persist.MemoryPersistence())) {
      MqttConnectOptions options = new MqttConnectOptions();
      options.setUserName(FakeDirectory.BUTTON);
      options.setPassword("secret".toCharArray());
      options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
      if (secure) {
        options.setSocketFactory(tls.getSocketFactory());
        options.setHttpsHostnameVerificationEnabled(false);
      }
      client.connect(options);
      BlockingQueue<String> heard = new ArrayBlockingQueue<>(8);
      client.subscribe(
          "v1/devices/button-1/down", 1, (topic, message) -> heard.add(message.toString()));
      client.publish("v1/devices/button-1/sos", PRESS, 1, false);
      endpoint.send(FakeDirectory.BUTTON, outgoing("v3-" + secure));
      assertEquals("v3-" + secure, heard.poll(GENEROUS_SECONDS, TimeUnit.SECONDS));
      awaitConfirmed("button-1 v3-" + secure);
      assertThrows(
          MqttException.class, () -> client.publish("v1/devices/button-2/sos", PRESS, 1, false));
      assertFalse(client.isConnected());
    }
    assertTrue(intake.events().getLast().signal() instanceof Signal.Sos);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void pahoOfVersion5IsServed(boolean secure) throws Exception {
    var client =
        new org.eclipse.paho.mqttv5.client.MqttClient(
            uri(secure),
            "daughter.phone",
            new org.eclipse.paho.mqttv5.client.persist.MemoryPersistence());
    try {
      MqttConnectionOptions options = new MqttConnectionOptions();
      options.setUserName(FakeDirectory.DAUGHTER);
      options.setPassword(SECRET);
      options.setCleanStart(true);
      if (secure) {
        options.setSocketFactory(tls.getSocketFactory());
        options.setHttpsHostnameVerificationEnabled(false);
      }
      client.connect(options);
      BlockingQueue<String> heard = new ArrayBlockingQueue<>(8);
      client.setCallback(new PahoFive(heard));
      client.subscribe("v1/responders/daughter/alerts", 1);
      assertEquals(1, endpoint.sendToAll(FakeDirectory.DAUGHTER, outgoing("v5-" + secure)));
      assertEquals("v5-" + secure, heard.poll(GENEROUS_SECONDS, TimeUnit.SECONDS));
      awaitConfirmed("daughter.phone v5-" + secure);
      client.publish(
          "v1/responders/daughter/replies",
          "{\"alert\":\"a-1\",\"reply\":\"accept\",\"eta_min\":8}".getBytes(StandardCharsets.UTF_8),
          1,
          false);
      client.disconnect();
    } finally {
      client.close();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void hiveMqsClientIsServed(boolean secure) {
    var builder =
        MqttClient.builder()
            .useMqttVersion5()
            .identifier(FakeDirectory.HUB)
            .serverHost("127.0.0.1")
            .serverPort(port(secure));
    if (secure) {
      builder =
          builder
              .sslConfig()
              .trustManagerFactory(Certificates.trustManagers(directory))
              .hostnameVerifier((host, session) -> true)
              .applySslConfig();
    }
    Mqtt5BlockingClient client = builder.buildBlocking();
    var connAck =
        client
            .connectWith()
            .simpleAuth()
            .username(FakeDirectory.HUB)
            .password(SECRET)
            .applySimpleAuth()
            .send();
    try {
      assertEquals(MqttQos.AT_LEAST_ONCE, connAck.getRestrictions().getMaximumQos());
      assertFalse(connAck.getRestrictions().isRetainAvailable());
      assertFalse(connAck.getRestrictions().isWildcardSubscriptionAvailable());
      client.publish(
          Mqtt5Publish.builder()
              .topic("v1/devices/child-1/smoke")
              .qos(MqttQos.AT_LEAST_ONCE)
              .payload("{\"state\":\"alarm\"}".getBytes(StandardCharsets.UTF_8))
              .build());
      assertThrows(
          com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException.class,
          () ->
              client.publish(
                  Mqtt5Publish.builder()
                      .topic("v1/devices/child-2/smoke")
                      .qos(MqttQos.AT_LEAST_ONCE)
                      .payload(PRESS)
                      .build()));
      assertThrows(
          com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException.class,
          () -> client.subscribeWith().topicFilter("v1/devices/child-1/down").send());
    } finally {
      client.disconnect();
    }
    var last = intake.events().getLast();
    assertEquals("child-1", last.device().value());
    assertEquals(FakeDirectory.HUB, String.valueOf(last.hub()));
  }

  private static Outgoing outgoing(String text) {
    return new Outgoing(text, Payload.of(text.getBytes(StandardCharsets.UTF_8)), null);
  }

  private void awaitConfirmed(String line) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(GENEROUS_SECONDS);
    while (!mailbox.confirmed.contains(line)) {
      assertTrue(System.nanoTime() < deadline, "confirmed: " + mailbox.confirmed);
      Thread.onSpinWait();
    }
  }

  @Test
  void tlsOlderThan12IsRefused() throws Exception {
    try (SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port(true)));
      socket.setEnabledProtocols(new String[] {"TLSv1.2"});
      socket.setEnabledCipherSuites(new String[] {"TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256"});
      assertThrows(IOException.class, socket::startHandshake);
    }
  }

  @Test
  void aBadCertificateRefusesToStartNamingTheFile() throws Exception {
    Path bad = Files.writeString(directory.resolve("bad.pem"), "no certificate");
    assertTrue(refusalOf(tls(bad, bad)).contains("bad.pem"));
    Path chain = directory.resolve("chain.pem");
    assertTrue(refusalOf(tls(chain, directory.resolve("missing.pem"))).contains("missing.pem"));
    assertTrue(refusalOf(tls(chain, bad)).contains("bad.pem"));
    Path other = Files.createDirectory(directory.resolve("other"));
    Path othersKey = Certificates.selfSigned(other).privateKey();
    assertTrue(refusalOf(tls(chain, othersKey)).contains("isn't the key"));
  }

  private static MqttSettings tls(Path chain, Path key) {
    return new MqttSettings(
        List.of(new MqttSettings.Listener("127.0.0.1", 0, new MqttSettings.Tls(chain, key), false)),
        1,
        MqttSettings.Limits.DEFAULT);
  }

  @Test
  void plainMqttOffLoopbackNeedsToBeAllowedByName() {
    var settings =
        new MqttSettings(
            List.of(MqttSettings.Listener.plain("0.0.0.0", 0)), 1, MqttSettings.Limits.DEFAULT);
    assertTrue(refusalOf(settings).contains("by name"));
  }

  private String refusalOf(MqttSettings settings) {
    IOException refusal =
        assertThrows(
            IOException.class,
            () ->
                MqttEndpoint.open(
                        settings,
                        (identity, secret) -> false,
                        FakeDirectory::new,
                        intake,
                        mailbox,
                        Clock.SYSTEM,
                        List.of(),
                        new SimpleMeterRegistry())
                    .close());
    return String.valueOf(refusal.getMessage());
  }

  /** Certificates made for this test alone. */
  private static final class Certificates {
    static MqttSettings.Tls selfSigned(Path directory) throws Exception {
      Path store = directory.resolve("store.p12");
      Process keytool =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                  "-genkeypair",
                  "-alias",
                  "gateway",
                  "-keyalg",
                  "RSA",
                  "-keysize",
                  "2048",
                  "-dname",
                  "CN=localhost",
                  "-ext",
                  "SAN=IP:127.0.0.1,DNS:localhost",
                  "-validity",
                  "2",
                  "-storetype",
                  "PKCS12",
                  "-storepass",
                  "changeit",
                  "-keystore",
                  store.toString())
              .inheritIO()
              .start();
      assertEquals(0, keytool.waitFor());
      KeyStore keys = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(store)) {
        keys.load(in, "changeit".toCharArray());
      }
      Path chain = directory.resolve("chain.pem");
      Path key = directory.resolve("key.pem");
      Files.writeString(chain, pem("CERTIFICATE", keys.getCertificate("gateway").getEncoded()));
      Files.writeString(
          key, pem("PRIVATE KEY", keys.getKey("gateway", "changeit".toCharArray()).getEncoded()));
      return new MqttSettings.Tls(chain, key);
    }

    private static String pem(String what, byte[] bytes) {
      String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
      return "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n";
    }

    static TrustManagerFactory trustManagers(Path directory) {
      try (InputStream in = Files.newInputStream(directory.resolve("chain.pem"))) {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(
            "gateway", CertificateFactory.getInstance("X.509").generateCertificate(in));
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(trusted);
        return factory;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    static SSLContext trusting(Path directory) throws Exception {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trustManagers(directory).getTrustManagers(), null);
      return context;
    }
  }

  private record PahoFive(BlockingQueue<String> heard)
      implements org.eclipse.paho.mqttv5.client.MqttCallback {
    @Override
    public void messageArrived(String topic, org.eclipse.paho.mqttv5.common.MqttMessage message) {
      heard.add(message.toString());
    }

    @Override
    public void disconnected(org.eclipse.paho.mqttv5.client.MqttDisconnectResponse response) {}

    @Override
    public void mqttErrorOccurred(org.eclipse.paho.mqttv5.common.MqttException exception) {}

    @Override
    public void deliveryComplete(org.eclipse.paho.mqttv5.client.IMqttToken token) {}

    @Override
    public void connectComplete(boolean reconnect, String serverUri) {}

    @Override
    public void authPacketArrived(
        int reasonCode, org.eclipse.paho.mqttv5.common.packet.MqttProperties properties) {}
  }
}
