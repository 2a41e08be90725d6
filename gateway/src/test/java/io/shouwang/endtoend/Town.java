package io.shouwang.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.shouwang.Gateway;
import io.shouwang.config.ConfigReader;
import io.shouwang.config.ConfigReading;
import io.shouwang.config.Settings;
import io.shouwang.host.Clock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * The demo district with a real gateway in it: the project's own {@code config/}, any free ports,
 * plain and TLS. What the clients of the tests connect to.
 */
final class Town implements AutoCloseable {
  private static final long LOOK_AGAIN_NANOS = 10_000_000;
  static final String OPERATOR = "demo-operator";
  private static final Path CONFIG = Path.of("..", "config");
  private static final ObjectMapper JSON = new ObjectMapper();

  final Path config;
  final Path data;
  final Certificate certificate;
  private final Gateway gateway;
  private final Map<String, Integer> ports = new HashMap<>();
  private final Map<String, String> secrets = new HashMap<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private final HttpClient https;

  private Town(Path config, Path data, Certificate certificate) throws Exception {
    this.config = config;
    this.data = data;
    this.certificate = certificate;
    gateway = new Gateway(config, settings(config), data, Clock.SYSTEM);
    for (String url : gateway.urls().split(" ", -1)) {
      URI uri = URI.create(url);
      ports.put("/r/".equals(uri.getPath()) ? "outside" : uri.getScheme(), uri.getPort());
    }
    for (String line : Files.readAllLines(data.resolve("demo-secrets.csv"))) {
      secrets.put(line.substring(0, line.indexOf(',')), line.substring(line.indexOf(',') + 1));
    }
    https = HttpClient.newBuilder().sslContext(certificate.context()).build();
  }

  /** Opens the gateway of an empty directory. */
  static Town open(Path directory) throws Exception {
    return open(directory, _ -> {});
  }

  /** Changes a configuration before the gateway reads it. */
  interface Change {
    void of(Path config) throws IOException;
  }

  static Town open(Path directory, Change change) throws Exception {
    Path config = directory.resolve("config");
    copyDemo(config);
    Certificate certificate = Certificate.make(config.resolve("tls"));
    Files.writeString(
        config.resolve("gateway.yaml"),
        """
        mqtt:
          plain:
            port: 0
          tls:
            host: 0.0.0.0
            port: 0
            certificate: tls/server.pem
            key: tls/server-key.pem
        http:
          port: 0
          tls:
            port: 0
            certificate: tls/server.pem
            key: tls/server-key.pem
        journal:
          segment: 32MiB
          reserve: 16MiB
        """);
    change.of(config);
    return new Town(config, directory.resolve("data"), certificate);
  }

  /** Somebody presses, over HTTP; the alert that follows. */
  String press(String device) throws Exception {
    Answer answer =
        post(
            "/api/v1/devices/" + device + "/events/sos",
            basic(device),
            "{}".getBytes(StandardCharsets.UTF_8));
    if (answer.status() != 202) {
      throw new AssertionError(answer.toString());
    }
    return open("sos").get("alert").asText();
  }

  /** Waits until something holds, looking again and again. */
  void until(Check check, String what) throws Exception {
    long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!check.holds()) {
      if (System.nanoTime() > giveUp) {
        throw new AssertionError("it never came: " + what);
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS); // as often as a program may ask, and no oftener
    }
  }

  /** Something that holds sooner or later. */
  interface Check {
    boolean holds() throws Exception;
  }

  URI http(String path) {
    return URI.create("http://127.0.0.1:" + ports.get("http") + path);
  }

  /** The listener for the internet, if there is one, by HTTPS. */
  URI outside(String path) {
    return URI.create("https://127.0.0.1:" + ports.get("outside") + path);
  }

  /** The configuration that comes with the gateway, to be changed at will. */
  static void copyDemo(Path target) throws IOException {
    try (Stream<Path> files = Files.walk(CONFIG)) {
      for (Path file : files.toList()) {
        Path copy = target.resolve(CONFIG.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
  }

  private static Settings settings(Path config) {
    return switch (ConfigReader.read(config, Map.of())) {
      case ConfigReading.Accepted accepted -> accepted.settings();
      case ConfigReading.Refused refused ->
          throw new AssertionError(String.valueOf(refused.problems()));
    };
  }

  /** Stops the gateway and starts it again on the same state, on other ports. */
  Town restarted() throws Exception {
    close();
    return new Town(config, data, certificate);
  }

  int mqttPort(boolean secure) {
    return ports.getOrDefault(secure ? "mqtts" : "mqtt", -1);
  }

  String secret(String id) {
    String secret = secrets.get(id);
    if (secret == null) {
      throw new AssertionError(id + " is not in demo-secrets.csv");
    }
    return secret;
  }

  /** Connects a client whose id is its identity, on a clean session. */
  Client connect(Make make, boolean secure, String id) throws Exception {
    return connect(make, secure, id, id, secret(id), true);
  }

  Client connect(
      Make make, boolean secure, String client, String user, String secret, boolean clean)
      throws Exception {
    return make.connect(
        new Client.Line(mqttPort(secure), secure ? certificate : null),
        new Client.Login(client, user, secret, clean));
  }

  /** Answers over HTTP. */
  record Answer(int status, JsonNode json) {}

  Answer get(String path) throws Exception {
    return get(path, bearer(OPERATOR));
  }

  Answer get(String path, String authorization) throws Exception {
    return answer(http, request("http", path).header("Authorization", authorization).GET());
  }

  /** The figures as Prometheus reads them. */
  String metrics() throws Exception {
    HttpRequest get =
        request("http", "/metrics").header("Authorization", bearer(OPERATOR)).GET().build();
    return http.send(get, BodyHandlers.ofString()).body();
  }

  Answer post(String path, String authorization, byte[] body) throws Exception {
    return post(path, authorization, body, false);
  }

  Answer post(String path, String authorization, byte[] body, boolean secure) throws Exception {
    return answer(
        secure ? https : http,
        request(secure ? "https" : "http", path)
            .header("Authorization", authorization)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body)));
  }

  /** Sends what our page would, over TLS. */
  HttpResponse<String> browse(String method, String path, String cookie, String body)
      throws Exception {
    return https.send(
        request("https", path)
            .header("X-Shouwang", "hand")
            .header("Cookie", cookie)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String scheme, String path) {
    return HttpRequest.newBuilder(
        URI.create(scheme + "://127.0.0.1:" + ports.getOrDefault(scheme, -1) + path));
  }

  private static Answer answer(HttpClient client, HttpRequest.Builder request) throws Exception {
    HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
    return new Answer(response.statusCode(), JSON.readTree(response.body()));
  }

  String basic(String id) {
    byte[] pair = (id + ":" + secret(id)).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  String bearer(String id) {
    return "Bearer " + secret(id);
  }

  /** An alert as the operator sees it. */
  JsonNode alert(String id) throws Exception {
    Answer answer = get("/api/v1/alerts/" + id);
    if (answer.status() != 200) {
      throw new AssertionError(answer.toString());
    }
    return answer.json();
  }

  /** The open alerts as the operator sees them. */
  List<JsonNode> open() throws Exception {
    return get("/api/v1/alerts?state=open").json().get("alerts").valueStream().toList();
  }

  /** The one open alert of a kind. */
  JsonNode open(String kind) throws Exception {
    List<JsonNode> found =
        open().stream().filter(alert -> alert.get("kind").asText().equals(kind)).toList();
    if (found.size() != 1) {
      throw new AssertionError(kind + " is open " + found.size() + " times: " + found);
    }
    return alert(found.getFirst().get("alert").asText());
  }

  /** The operator closes what is open, so that the next story begins in a quiet town. */
  void closeAll() throws Exception {
    for (JsonNode alert : open()) {
      String path = "/api/v1/alerts/" + alert.get("alert").asText() + "/replies";
      byte[] done =
          "{\"reply\":\"done\",\"disposition\":\"test\",\"note\":\"over\"}"
              .getBytes(StandardCharsets.UTF_8);
      Answer answer = post(path, bearer(OPERATOR), done);
      if (answer.status() != 200) {
        throw new AssertionError(answer.toString());
      }
    }
  }

  @Override
  public void close() {
    gateway.close();
  }
}
