package io.shouwang.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ports, TLS, and what holds before anybody says who they are. */
class ListenersTest {
  @TempDir Path folder;

  private static ConsoleSettings.Limits quick() {
    ConsoleSettings.Limits usual = Site.LIMITS;
    return new ConsoleSettings.Limits(
        usual.connections(),
        usual.headBytes(),
        Duration.ofMillis(200),
        Duration.ofMillis(500),
        usual.bodyBytesPerSecondMin(),
        usual.roomWait(),
        usual.syncWait(),
        usual.heartbeat(),
        usual.streams(),
        usual.streamQueueChanges(),
        usual.streamRingChanges(),
        usual.failedLoginsPerMinute());
  }

  private static Site quickSite() throws IOException {
    return new Site(ConsoleSettings.plain("127.0.0.1", 0).withLimits(quick()));
  }

  @Test
  void aHeadThatDripsIsCutThoughItIsNeverIdle() throws Exception {
    try (Site site = quickSite();
        Socket socket = new Socket("127.0.0.1", site.server.port())) {
      socket.setSoTimeout(20);
      OutputStream out = socket.getOutputStream();
      out.write("GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: ".getBytes(StandardCharsets.US_ASCII));
      assertTrue(isCutWhileDripping(socket, out), "still open");
    }
  }

  private static boolean isCutWhileDripping(Socket socket, OutputStream out) {
    for (int i = 0; i < 3_000; i++) { // a minute
      try {
        out.write('x');
        if (socket.getInputStream().read() < 0) {
          return true;
        }
      } catch (java.net.SocketTimeoutException e) {
        // nothing yet: the next drop
      } catch (IOException e) {
        return true;
      }
    }
    return false;
  }

  @Test
  void aConnectionThatSaysNothingIsCut() throws Exception {
    try (Site site = quickSite();
        Socket socket = new Socket("127.0.0.1", site.server.port())) {
      socket.setSoTimeout(60_000);
      assertEquals(-1, socket.getInputStream().read());
    }
  }

  @Test
  void aKeptConnectionServesMoreThanOneRequest() throws Exception {
    try (Site site = new Site();
        Socket socket = new Socket("127.0.0.1", site.server.port())) {
      socket.setSoTimeout(60_000);
      byte[] request =
          "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
      for (int i = 0; i < 3; i++) {
        socket.getOutputStream().write(request);
        assertTrue(
            readUntil(socket.getInputStream(), "{\"live\":true}").startsWith("HTTP/1.1 200"));
      }
    }
  }

  private static String readUntil(InputStream in, String end) throws IOException {
    StringBuilder read = new StringBuilder();
    int next;
    while (!read.toString().endsWith(end) && (next = in.read()) >= 0) {
      read.append((char) next);
    }
    return read.toString();
  }

  @Test
  void anAlarmWhoseBodyBreaksOffRings() throws Exception {
    try (Site site = quickSite();
        Socket socket = new Socket("127.0.0.1", site.server.port())) {
      socket.setSoTimeout(60_000);
      String head =
          "POST /api/v1/devices/sos-1/events/sos HTTP/1.1\r\nHost: x\r\nAuthorization: "
              + Site.basic("sos-1")
              + "\r\nContent-Length: 100\r\n\r\n{\"id\":";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      readUntil(socket.getInputStream(), "\r\n\r\n"); // an answer, or the end
      assertEquals(1, site.engine.taken.size());
      assertTrue(
          site.engine.open().getFirst().alert().evidence().getFirst().marks().stream()
              .anyMatch(mark -> mark.name().equals("UNREADABLE")));
    }
  }

  @Test
  void tlsFromPemFilesServesTheSame() throws Exception {
    KeyStore store = keyStore();
    Path certificate = folder.resolve("cert.pem");
    Path key = folder.resolve("key.pem");
    Files.writeString(certificate, pem("CERTIFICATE", store.getCertificate("gw").getEncoded()));
    Files.writeString(
        key, pem("PRIVATE KEY", store.getKey("gw", "changeit".toCharArray()).getEncoded()));
    ConsoleSettings settings =
        new ConsoleSettings(
            "127.0.0.1", 0, new ConsoleSettings.Tls("127.0.0.1", 0, certificate, key), Site.LIMITS);
    try (Site site = new Site(settings);
        HttpClient client = HttpClient.newBuilder().sslContext(trusting(store)).build()) {
      assertNotEquals(site.server.port(), site.server.tlsPort());
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(
                      URI.create("https://localhost:" + site.server.tlsPort() + "/healthz"))
                  .timeout(Duration.ofSeconds(60))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertEquals(200, response.statusCode());
      assertEquals("TLSv1.3", response.sslSession().orElseThrow().getProtocol());
    }
  }

  @Test
  void aTlsFileThatCannotBeReadIsNoReasonToServePlain() throws Exception {
    Path nothing = folder.resolve("nothing.pem");
    Files.writeString(nothing, "nothing");
    ConsoleSettings settings =
        new ConsoleSettings(
            "127.0.0.1", 0, new ConsoleSettings.Tls("127.0.0.1", 0, nothing, nothing), Site.LIMITS);
    assertThrows(IOException.class, () -> new Site(settings));
  }

  @Test
  void aPortThatIsTakenIsSaid() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      ConsoleSettings settings = ConsoleSettings.plain("127.0.0.1", taken.getLocalPort());
      IOException said = assertThrows(IOException.class, () -> new Site(settings));
      assertTrue(said.toString().contains(Integer.toString(taken.getLocalPort())));
    }
  }

  @Test
  void tooManyFailuresAreCountedByNetworkAndTheTableIsBounded() {
    FailedLogins logins = new FailedLogins(2);
    assertTrue(logins.count("2001:db8:1:2::1", 0));
    assertTrue(logins.count("2001:db8:1:2::ffff", 1));
    assertTrue(!logins.count("2001:db8:1:2:3::1", 2), "one /64 is one place");
    assertTrue(logins.count("2001:db8:1:3::1", 3));
    assertTrue(logins.count("2001:db8:1:2::1", TimeUnit.MINUTES.toNanos(1)), "a minute later");
    for (int i = 0; i < FailedLogins.ADDRESSES_MAX + 10; i++) {
      logins.count("host-" + i, 4);
    }
    assertEquals(FailedLogins.ADDRESSES_MAX, logins.size());
  }

  private KeyStore keyStore() throws Exception {
    Path file = folder.resolve("store.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "gw",
                "-keyalg",
                "EC",
                "-dname",
                "CN=gateway",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-storepass",
                "changeit",
                "-keystore",
                file.toString())
            .inheritIO()
            .start();
    assertTrue(keytool.waitFor(60, TimeUnit.SECONDS));
    return KeyStore.getInstance(file.toFile(), "changeit".toCharArray());
  }

  private static SSLContext trusting(KeyStore store) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("gw", store.getCertificate("gw"));
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }

  private static String pem(String label, byte[] bytes) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes)
        + "\n-----END "
        + label
        + "-----\n";
  }
}
