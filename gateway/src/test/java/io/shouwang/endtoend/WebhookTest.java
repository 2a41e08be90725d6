package io.shouwang.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real gateway, a service organization's system of its own beside it: it checks each signature,
 * fails once, answers in its response, answers later, and by the page behind its link.
 */
final class WebhookTest {
  private static final byte[] KEY = "twenty-four bytes or more".getBytes(StandardCharsets.UTF_8);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern ONCE = Pattern.compile("name=\"once\" value=\"([0-9a-f]+)\"");

  @TempDir private Path directory;

  private final BlockingQueue<JsonNode> posted = new LinkedBlockingQueue<>();
  private final AtomicInteger calls = new AtomicInteger();
  private volatile String response = "{}";
  private volatile int failures;

  private static String signature(String id, String timestamp, byte[] body) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
    mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
    return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
  }

  /** The organization's system. */
  private void take(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String id = exchange.getRequestHeaders().getFirst("webhook-id");
    String timestamp = exchange.getRequestHeaders().getFirst("webhook-timestamp");
    String signed = exchange.getRequestHeaders().getFirst("webhook-signature");
    int status;
    try {
      boolean good =
          MessageDigest.isEqual(
              signature(id, timestamp, body).getBytes(StandardCharsets.UTF_8),
              signed.getBytes(StandardCharsets.UTF_8));
      status = !good ? 401 : calls.incrementAndGet() <= failures ? 503 : 200;
    } catch (Exception e) {
      status = 400;
    }
    byte[] said = response.getBytes(StandardCharsets.UTF_8);
    if (status == 200) {
      posted.add(JSON.readTree(body));
    }
    exchange.sendResponseHeaders(status, said.length);
    exchange.getResponseBody().write(said);
    exchange.close();
  }

  private void configure(Path config, int port) throws IOException {
    Path secret = config.resolve("webhook.secret");
    Files.createFile(
        secret, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(secret, "whsec_" + Base64.getEncoder().encodeToString(KEY));
    Files.writeString(
        config.resolve("channels.yaml"),
        """
        public_url: http://127.0.0.1:8080
        channels:
          organization:
            providers:
              - type: webhook
                url: http://127.0.0.1:%d/alerts
                allow_plain: true
                allow_internal: [127.0.0.0/8]
                secrets_file: webhook.secret
        """
            .formatted(port));
    Files.writeString(
        config.resolve("registry/ways.csv"),
        """
        responder,channel,address,after,verified
        demo-grid,organization,,,2026-01-31
        """);
  }

  private JsonNode next(Town town, String alert) throws Exception {
    JsonNode message = posted.poll(30, TimeUnit.SECONDS);
    assertNotNull(message, () -> "nothing was posted: " + timeline(town, alert));
    return message;
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String timeline(Town town, String alert) {
    try {
      return town.alert(alert).toString();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static @Nullable JsonNode hold(Town town, String alert, String by) throws Exception {
    for (JsonNode one : town.alert(alert).get("coming")) {
      if (one.get("id").asText().equals(by)) {
        return one;
      }
    }
    return null;
  }

  @Test
  void a_system_is_rung_with_a_signature_answers_in_its_response_and_later() throws Exception {
    HttpServer system = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    system.createContext("/alerts", this::take);
    system.start();
    try {
      failures = 1; // the first attempt meets a 503
      response = "{\"reply\":\"accept\",\"eta_min\":12,\"id\":\"org-1\"}";
      try (Town town =
          Town.open(directory, config -> configure(config, system.getAddress().getPort()))) {
        String alert = town.press("demo-sos-001");
        JsonNode message = next(town, alert);
        assertEquals(alert, message.get("alert").asText());
        assertEquals("ringing", message.get("state").asText());
        town.until(() -> hold(town, alert, "demo-grid") != null, "the answer in the response");
        assertTrue(calls.get() >= 2, "tried again within seconds");

        byte[] later =
            ("{\"reply\":\"arrived\",\"delivery\":\"" + message.get("delivery").asText() + "\"}")
                .getBytes(StandardCharsets.UTF_8);
        String now = Long.toString(System.currentTimeMillis() / 1000);
        URI callback = town.http("/callbacks/organization");
        assertEquals(
            401,
            send(HttpRequest.newBuilder(callback)
                    .header("webhook-id", "x")
                    .header("webhook-timestamp", now)
                    .header("webhook-signature", "v1,AAAA")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(later)))
                .statusCode());
        HttpResponse<String> taken =
            send(
                HttpRequest.newBuilder(callback)
                    .header("webhook-id", "later-1")
                    .header("webhook-timestamp", now)
                    .header("webhook-signature", signature("later-1", now, later))
                    .POST(HttpRequest.BodyPublishers.ofByteArray(later)));
        assertEquals(200, taken.statusCode(), taken.body());
        JsonNode hold = hold(town, alert, "demo-grid");
        assertEquals("present", hold == null ? "" : hold.get("phase").asText());

        URI page = town.http(URI.create(message.get("link").asText()).getPath());
        HttpResponse<String> opened = send(HttpRequest.newBuilder(page).GET());
        assertEquals(200, opened.statusCode());
        assertTrue(opened.body().contains("桃花里12号楼2单元301室"), opened.body());
        Matcher once = ONCE.matcher(opened.body());
        assertTrue(once.find(), opened.body());
        String form = "once=" + once.group(1) + "&answer=spoke";
        send(
            HttpRequest.newBuilder(page)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
        List<String> doors = new ArrayList<>();
        for (JsonNode entry : town.alert(alert).get("timeline")) {
          if (entry.has("reply")) {
            doors.add(entry.path("reply").asText() + " by " + entry.path("channel").asText());
          }
        }
        assertEquals(
            List.of("accept by organization", "arrived by organization", "spoke by link"), doors);
      }
    } finally {
      system.stop(0);
    }
  }
}
