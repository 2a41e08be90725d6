package io.shouwang.endtoend;

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
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A telephone exchange written against docs/exchange.md alone: checks each signature, does nothing
 * twice under one id, and posts what happens on its lines.
 */
final class FakeExchange implements AutoCloseable {
  static final byte[] KEY = "twenty-four bytes or more".getBytes(StandardCharsets.UTF_8);
  static final byte[] NEXT_KEY = "another twenty-four bytes!".getBytes(StandardCharsets.UTF_8);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What it was asked for and is good: {@code path} and {@code body}. */
  record Asked(String path, JsonNode body) {}

  final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();
  private final Set<String> ids = new HashSet<>();
  private final HttpServer server;
  private final HttpClient http = HttpClient.newHttpClient();

  FakeExchange() throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext("/", this::take);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  static String signature(byte[] key, String id, String timestamp, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private synchronized void take(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String id = exchange.getRequestHeaders().getFirst("webhook-id");
    String timestamp = exchange.getRequestHeaders().getFirst("webhook-timestamp");
    String signed = exchange.getRequestHeaders().getFirst("webhook-signature");
    boolean good =
        id != null
            && signed != null
            && Arrays.stream(signed.split(" ", -1))
                .anyMatch(one ->
                    MessageDigest.isEqual(
                        signature(KEY, id, timestamp, body).getBytes(StandardCharsets.UTF_8),
                        one.getBytes(StandardCharsets.UTF_8)));
    int status = !good ? 401 : ids.add(id) ? 202 : 409;
    if (status == 202) {
      asked.add(new Asked(exchange.getRequestURI().getPath(), JSON.readTree(body)));
    }
    byte[] said = "{\"call\":\"out-1\"}".getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, said.length);
    exchange.getResponseBody().write(said);
    exchange.close();
  }

  Asked next() throws InterruptedException {
    Asked next = asked.poll(30, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("the exchange was asked for nothing");
    }
    return next;
  }

  /** Posts an event, signed now; the status it is answered with. */
  int says(URI callback, String id, String body) throws Exception {
    String now = Long.toString(System.currentTimeMillis() / 1000);
    return says(callback, id, now, KEY, body);
  }

  int says(URI callback, String id, String timestamp, byte[] key, String body) throws Exception {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    HttpRequest request =
        HttpRequest.newBuilder(callback)
            .header("Content-Type", "application/json")
            .header("webhook-id", id)
            .header("webhook-timestamp", timestamp)
            .header("webhook-signature", signature(key, id, timestamp, bytes))
            .POST(HttpRequest.BodyPublishers.ofByteArray(bytes))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
  }

  @Override
  public void close() {
    server.stop(0);
    http.close();
  }
}
