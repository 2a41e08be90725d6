package io.shouwang.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * HTTP that no client speaks: refused as the caller's mistake, once, and nothing of it believed.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HttpAttackTest {
  private static final String SOS = "/api/v1/devices/button-1/events/sos";

  private Town town = unopened();

  @SuppressWarnings("NullAway") // opened before the first test
  private static Town unopened() {
    return null;
  }

  @BeforeAll
  void open(@TempDir Path folder) throws IOException {
    town = Town.open(folder);
  }

  @AfterAll
  void close() throws IOException {
    assertEquals(202, press("{}").status(), "served to the end");
    town.close();
  }

  private String me() {
    return Http.basic(Town.BUTTON, town.secret(Town.BUTTON));
  }

  private String operator() {
    return "Authorization: Bearer " + town.secret(Town.OPERATOR);
  }

  private Http.Answer press(String body, String... headers) throws IOException {
    List<String> all = new ArrayList<>(List.of(headers));
    all.add(me());
    return Http.open(town.httpPort()).post(SOS, body, all.toArray(String[]::new));
  }

  private static final String SMUGGLED =
      "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

  private static Map<String, String> broken() {
    Map<String, String> requests = new LinkedHashMap<>();
    requests.put(
        "length and chunks",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
            + SMUGGLED);
    requests.put(
        "two lengths",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nContent-Length: 6\r\n\r\n" + SMUGGLED);
    requests.put(
        "a list of lengths",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0, 6\r\n\r\n" + SMUGGLED);
    requests.put(
        "a negative length", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n" + SMUGGLED);
    requests.put(
        "a length with a sign",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: +6\r\n\r\n" + SMUGGLED);
    requests.put(
        "a length past all",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n");
    requests.put(
        "chunked twice",
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n"
            + SMUGGLED);
    requests.put(
        "chunked of another kind",
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + SMUGGLED);
    requests.put(
        "chunked in 1.0",
        "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + SMUGGLED);
    requests.put("space before the colon", "GET /healthz HTTP/1.1\r\nHost : x\r\n\r\n");
    requests.put("a folded header", "GET /healthz HTTP/1.1\r\nHost: x\r\nX: a\r\n b\r\n\r\n");
    requests.put("no host", "GET /healthz HTTP/1.1\r\n\r\n");
    requests.put("two hosts", "GET /healthz HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n");
    requests.put("NUL in a header", "GET /healthz HTTP/1.1\r\nHost: x\r\nX: a\0b\r\n\r\n");
    requests.put("NUL in the path", "GET /healthz\0 HTTP/1.1\r\nHost: x\r\n\r\n");
    requests.put("HTTP/0.9", "GET /healthz\r\n");
    requests.put("HTTP/3.7", "GET /healthz HTTP/3.7\r\nHost: x\r\n\r\n");
    requests.put("HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    requests.put(
        "a head without end",
        "GET /healthz HTTP/1.1\r\nHost: x\r\nX: " + "a".repeat(9_000) + "\r\n\r\n");
    requests.put(
        "a thousand headers",
        "GET /healthz HTTP/1.1\r\nHost: x\r\n" + "A: b\r\n".repeat(2_000) + "\r\n");
    requests.put(
        "a path without end", "GET /" + "a".repeat(9_000) + " HTTP/1.1\r\nHost: x\r\n\r\n");
    requests.put("a method without end", "G".repeat(9_000) + " / HTTP/1.1\r\nHost: x\r\n\r\n");
    requests.put(
        "a chunk of no length",
        "POST " + SOS + " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n");
    requests.put("MQTT", "\u0010\u0010\0\4MQTT\4\2\0<\0\4abcd");
    requests.put("TLS", "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003");
    return requests;
  }

  @Test
  void whatIsNoRequestIsRefusedOnceAndTheConnectionEnds() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (var request : broken().entrySet()) {
      Http.Answer answer = Http.open(town.httpPort()).send(request.getValue()).answer();
      boolean refused =
          answer.status() == 0 || answer.status() / 100 == 4 || answer.status() == 505;
      if (!refused || answer.count() > 1) {
        wrong.add(request.getKey() + ": " + answer.count() + " answers, " + answer.status());
      }
      if (answer.status() != 0 && answer.raw().contains("X: a")) {
        wrong.add(request.getKey() + " is repeated in the answer");
      }
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void noWayOfWritingAPathGetsPastItsGate() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (String path :
        List.of(
            "/metrics/",
            "//metrics",
            "/./metrics",
            "/x/../metrics",
            "/%6detrics",
            "/metrics;x=y",
            "/;x/metrics",
            "/metrics%00",
            "/metrics%2f",
            "/healthz/../metrics",
            "/healthz/%2e%2e/metrics",
            "/healthz/..;/metrics",
            "/healthz%2f..%2fmetrics",
            "http://x/metrics",
            "/METRICS",
            "/metrics?",
            "/metrics#x",
            "/../../../../etc/passwd",
            "/%2e%2e/%2e%2e/etc/passwd",
            "/..%5c..%5cetc/passwd",
            "/console/../../logback.xml",
            "/api/v1/alerts/../../../metrics",
            "/api/v1/alerts/%00",
            "/api/v1/alerts/%",
            "/api/v1/alerts/%zz",
            "/api/v1/alerts/%c0%ae",
            "/api/v1/alerts?state=%zz&area=%ff&limit=99999999999999999999",
            "*",
            "?")) {
      Http.Answer answer = Http.open(town.httpPort()).request("GET " + path + " HTTP/1.1");
      if (answer.status() / 100 != 4) {
        wrong.add(path + " got " + answer.status());
      }
      if (answer.raw().contains("shouwang_") || answer.raw().contains("root:")) {
        wrong.add(path + " gave something away");
      }
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void noMethodIsOverriddenAndNoneButTheDeclaredIsSpoken() throws IOException {
    for (String method :
        List.of("PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "HEAD", "CONNECT", "get", "X")) {
      Http.Answer answer =
          Http.open(town.httpPort())
              .request(method + " /api/v1/alerts HTTP/1.1", operator(), "Cookie: a=b");
      assertEquals(4, answer.status() / 100, method);
      assertTrue(!answer.raw().contains("a=b"), method);
    }
    for (String header : List.of("X-HTTP-Method-Override", "X-Method-Override", "X-HTTP-Method")) {
      Http.Answer answer = press("{\"id\":\"" + header + "\"}", header + ": GET");
      assertEquals(202, answer.status(), header);
    }
    for (String header :
        List.of(
            "X-Original-URL: /metrics",
            "X-Rewrite-URL: /metrics",
            "X-Forwarded-For: 127.0.0.1",
            "Forwarded: for=127.0.0.1",
            "Range: bytes=0-1")) {
      Http.Answer answer = Http.open(town.httpPort()).request("GET /healthz HTTP/1.1", header);
      assertEquals(200, answer.status(), header);
      assertTrue(!answer.raw().contains("shouwang_"), header);
    }
  }

  @Test
  void aBombOfABodyRingsAndCostsNothing() throws IOException {
    List<String> bombs =
        List.of(
            "[".repeat(30_000),
            "{\"a\":".repeat(8_000),
            "{\"a\":1" + "0".repeat(40_000) + "}",
            "{\"at\":1e" + "9".repeat(300) + "}",
            "{\"at\":-9223372036854775808}",
            "{\"at\":\"+999999999-12-31T23:59:59Z\"}",
            "{\"at\":\"9999-12-31T23:59:60+18:00\"}",
            "{\"location\":{\"lat\":1e308,\"lon\":-1e308,\"accuracy_m\":1e-320}}",
            "{\"id\":\"" + "\\u0000".repeat(100) + "\"}",
            "{\"id\":\"\\ud800\"}",
            "{\"room\":\"\\ud800\",\"id\":\"half\"}",
            "{\"id\":\"a\\r\\nb: c\"}",
            "{\"a\":1,\"a\":2}",
            "\ufeff{}",
            "{} {}",
            "NaN",
            "\"" + "x".repeat(60_000) + "\"",
            "x".repeat(70_000),
            "");
    for (String bomb : bombs) {
      Http.Answer answer = press(bomb);
      boolean rings = answer.status() == 202 || answer.body().contains("\"rings\":true");
      assertTrue(rings, answer.status() + " to " + bomb.substring(0, Math.min(40, bomb.length())));
    }
    assertEquals(0, town.metric("shouwang_inputs_undecided"));
    String alert =
        Http.open(town.httpPort()).request("GET /api/v1/alerts HTTP/1.1", operator()).body();
    assertTrue(alert.contains("\"alert\":\"a"), alert);
    String id = alert.replaceAll("(?s).*?\"alert\":\"([^\"]+)\".*", "$1");
    for (String reply :
        List.of(
            "[".repeat(9_000),
            "{\"reply\":\"accept\",\"eta_min\":1e999}",
            "{\"reply\":\"accept\",\"eta_min\":-1}",
            "{\"reply\":\"" + "x".repeat(15_000) + "\"}",
            "{\"note\":\"\\u202e\"}",
            // A year of nine digits and half a sign can't be written as they are: each stopped it
            // once.
            "{\"reply\":\"spoke\",\"passed_at\":\"+999999999-12-31T23:59:59Z\"}",
            "{\"reply\":\"spoke\",\"note\":\"\\ud800\",\"id\":\"\\udc00\"}")) {
      Http.Answer answer =
          Http.open(town.httpPort()).post("/api/v1/alerts/" + id + "/replies", reply, operator());
      assertTrue(answer.status() == 400 || answer.status() == 200, answer.status() + " " + reply);
    }
    assertEquals(0, town.metric("shouwang_inputs_undecided"));
    Http.Answer after = press("{\"id\":\"after-all-that\"}");
    assertEquals(202, after.status(), after.body());
  }

  @Test
  void anAnswerIsNeverFramedSniffedCachedOrSignedByItsServer() throws IOException {
    for (String request :
        List.of(
            "GET /nowhere HTTP/1.1",
            "GET /healthz HTTP/1.1",
            "GET /%zz HTTP/1.1",
            "X / HTTP/1.1")) {
      Http.Answer answer = Http.open(town.httpPort()).request(request);
      String head = answer.raw().toLowerCase(java.util.Locale.ROOT);
      assertTrue(head.contains("x-content-type-options: nosniff"), request);
      assertTrue(head.contains("x-frame-options: deny"), request);
      assertTrue(head.contains("cache-control: no-store"), request);
      assertTrue(!head.contains("jetty") && !head.contains("javalin"), head);
      assertTrue(!head.contains("exception") && !head.contains("at io."), head);
    }
  }

  @Test
  void whoGuessesIsSlowedDownAndWhoKnowsIsNot() throws IOException {
    int slowed = 0;
    for (int i = 0; i < 40; i++) {
      Http.Answer answer =
          Http.open(town.httpPort()).post(SOS, "{}", Http.basic(Town.BUTTON, "guess-" + i));
      assertTrue(answer.status() == 401 || answer.status() == 429);
      slowed += answer.status() == 429 ? 1 : 0;
    }
    assertTrue(slowed > 0);
    assertEquals(202, press("{}").status());
  }
}
