package io.shouwang.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.model.AlertId;
import io.shouwang.model.DeliveryKey;
import io.shouwang.model.ResponderId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the internet reaches, over real sockets: all that it needs, and nothing else. */
class OutsideServerTest {
  private static final Set<String> ALWAYS =
      Set.of("GET /healthz", "GET /answer.css", "GET /r/{token}", "POST /r/{token}");
  private static final Set<String> CALLBACKS =
      Set.of("GET /callbacks/{provider}", "POST /callbacks/{provider}");

  /** With limits that these tests reach only where they mean to. */
  static ConsoleSettings.Outside wide(Set<InetAddress> proxies) {
    return new ConsoleSettings.Outside(
        "127.0.0.1", 0, null, true, true, proxies, 1_000, 1_000, 10_000, 10_000);
  }

  static ConsoleSettings.Outside limited(
      Set<InetAddress> proxies, int perAddress, int perSecond, int misses) {
    return new ConsoleSettings.Outside(
        "127.0.0.1", 0, null, true, true, proxies, 1_000, perAddress, perSecond, misses);
  }

  static Site site(ConsoleSettings.Outside outside) throws IOException {
    return new Site(
        ConsoleSettings.plain("127.0.0.1", 0).withLimits(Site.LIMITS).withOutside(outside));
  }

  private static ConsoleSettings.Outside serving(boolean callbacks, boolean alsoInside) {
    return new ConsoleSettings.Outside(
        "127.0.0.1", 0, null, callbacks, alsoInside, Set.of(), 1_000, 1_000, 10_000, 10_000);
  }

  static String link(Site site, AlertId alert) {
    return "/r/"
        + Site.LINKS.token(
            new DeliveryKey(alert, 1),
            new ResponderId("daughter"),
            site.engine.now().plus(Duration.ofDays(1)));
  }

  private static String filled(String path, String link) {
    return path.replace("/r/{token}", link)
        .replace("{id}", "a0000")
        .replace("{deviceId}", "sos-1")
        .replace("{kind}", "sos")
        .replaceAll("\\{[a-zA-Z]+}", "none");
  }

  @Test
  void everyRouteIsOnExactlyTheListenersThatItShouldBeOn() throws Exception {
    Set<String> all = new TreeSet<>();
    try (Site site = new Site()) {
      site.server.routes().forEach(route -> all.add(route.name()));
    }
    for (boolean callbacks : List.of(true, false)) {
      for (boolean alsoInside : List.of(true, false)) {
        try (Site site = site(serving(callbacks, alsoInside))) {
          Set<String> outside = new TreeSet<>(ALWAYS);
          Set<String> inside = new TreeSet<>(all);
          if (callbacks) {
            outside.addAll(CALLBACKS);
          }
          if (!alsoInside) {
            inside.removeAll(outside);
            inside.add("GET /healthz");
          }
          String setting = "callbacks " + callbacks + ", also inside " + alsoInside;
          assertEquals(inside, names(site.server.routes()), setting);
          assertEquals(outside, names(site.server.outsideRoutes()), setting);
          Map<String, Integer> expected = new TreeMap<>();
          Map<String, Integer> answered = new TreeMap<>();
          String link = link(site, site.press("sos-1"));
          for (String name : all) {
            String method = name.split(" ", 2)[0];
            String path = filled(name.split(" ", 2)[1], link);
            int status = Wire.ask(site.server.outsidePort(), method, path).status();
            answered.put(name, status);
            expected.put(name, expected(name, method, outside));
          }
          assertEquals(expected, answered, setting);
        }
      }
    }
  }

  private static int expected(String name, String method, Set<String> outside) {
    if (!outside.contains(name)) {
      return method.equals("DELETE") ? 405 : 404;
    }
    return switch (name) {
      case "POST /r/{token}" -> 415; // nothing was pressed
      case "GET /callbacks/{provider}", "POST /callbacks/{provider}" -> 404; // none is set up
      default -> 200;
    };
  }

  private static Set<String> names(List<Route> routes) {
    return routes.stream().map(Route::name).collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void noWayOfWritingAPathLeadsInside() throws Exception {
    try (Site site = site(wide(Set.of()))) {
      String token = "Authorization: " + Site.bearer("city");
      for (String path :
          List.of(
              "/",
              "//",
              "/console.js",
              "/metrics",
              "/readyz",
              "/api/v1/alerts",
              "/api/v1/openapi.json",
              "/healthz/../metrics",
              "/healthz/..;/metrics",
              "/healthz%2f..%2fmetrics",
              "/r/../metrics",
              "/r/x/../../api/v1/alerts",
              "/callbacks/../metrics",
              "//metrics",
              "/%6detrics",
              "http://127.0.0.1/metrics",
              "/favicon.ico")) {
        int status = Wire.ask(site.server.outsidePort(), "GET", path, token).status();
        assertTrue(status == 404 || status == 400, path + ": " + status);
      }
      for (String method : List.of("PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "X")) {
        int status = Wire.ask(site.server.outsidePort(), method, "/healthz").status();
        assertEquals(405, status, method);
      }
    }
  }

  @Test
  void aLinkIsAnsweredThroughIt() throws Exception {
    try (Site site = site(wide(Set.of()))) {
      AlertId id = site.press("sos-1");
      String link = link(site, id);
      Wire.Answer page = Wire.ask(site.server.outsidePort(), "GET", link);
      assertEquals(200, page.status());
      assertFalse(site.engine.find(id).orElseThrow().alert().isHeld());
      String once = page.body().replaceAll("(?s).*name=\"once\" value=\"([0-9a-f]+)\".*", "$1");
      Wire.Answer taken = Wire.press(site.server.outsidePort(), link, "accept-20", once);
      assertEquals(200, taken.status(), taken.raw());
      assertTrue(site.engine.find(id).orElseThrow().alert().isHeld());
      assertTrue(taken.raw().contains("Content-Security-Policy: default-src 'none'"), taken.raw());
    }
  }

  @Test
  void whoAsksForWhatIsNotThereReadsSoForAWhileAndGoodLinksPassAllTheSame() throws Exception {
    try (Site site = site(limited(Set.of(), 1_000, 10_000, 5))) {
      int port = site.server.outsidePort();
      String link = link(site, site.press("sos-1"));
      for (int i = 0; i < 5; i++) {
        Wire.Answer miss = Wire.ask(port, "GET", "/r/forged" + i);
        assertEquals(404, miss.status());
        assertTrue(miss.raw().contains("Connection: close"), "each costs a connection");
      }
      Wire.Answer page = Wire.ask(port, "GET", "/r/forged");
      assertEquals(429, page.status());
      assertTrue(page.raw().contains("Retry-After: 60"), page.raw());
      assertTrue(page.body().startsWith("<!doctype html>"), "a person may be among them");
      Wire.Answer other = Wire.ask(port, "GET", "/metrics");
      assertEquals(429, other.status());
      assertTrue(other.body().contains("\"status\":429"), other.body());
      assertEquals(429, Wire.ask(port, "POST", "/callbacks/none").status());
      assertEquals(200, Wire.ask(port, "GET", link).status(), "behind the same address");
      assertEquals(
          404, Wire.askFrom("127.0.0.2", port, "GET", "/r/forged").status(), "another address");
      assertEquals(404, site.get("/r/forged", null).status(), "inside nobody counts");
    }
  }

  @Test
  void aLinkCannotBeUsedToKeepTheEngineBusy() throws Exception {
    try (Site site = site(wide(Set.of()))) {
      String link = link(site, site.press("sos-1"));
      List<Integer> statuses = new ArrayList<>();
      for (int i = 0; i < 61; i++) {
        statuses.add(Wire.ask(site.server.outsidePort(), "GET", link).status());
      }
      assertEquals(200, statuses.get(59));
      assertEquals(429, statuses.get(60));
    }
  }

  @Test
  void theForwardedAddressCountsFromATrustedProxyAlone() throws Exception {
    InetAddress proxy = InetAddress.ofLiteral("127.0.0.9");
    InetAddress second = InetAddress.ofLiteral("127.0.0.10");
    try (Site site = site(limited(Set.of(proxy, second), 1_000, 10_000, 1))) {
      int port = site.server.outsidePort();
      assertEquals(404, forged("127.0.0.9", port, "203.0.113.1"), "the first of the first");
      assertEquals(404, forged("127.0.0.9", port, "203.0.113.2"), "the first of the second");
      assertEquals(429, forged("127.0.0.9", port, "203.0.113.1"), "the second of the first");
      assertEquals(
          429, forged("127.0.0.9", port, "198.51.100.1, 203.0.113.1"), "the client's own word");
      assertEquals(
          429, forged("127.0.0.9", port, "203.0.113.1, 127.0.0.10"), "through both proxies");
      assertEquals(404, forged("127.0.0.9", port, "2001:db8::1"));
      assertEquals(429, forged("127.0.0.9", port, "2001:db8::2"), "one /64 is one place");
      assertEquals(404, forged("127.0.0.9", port, "what?"), "then it is the proxy itself");
      assertEquals(429, forged("127.0.0.9", port, "203.0.113.3, what?"));
      assertEquals(404, forged("127.0.0.3", port, "203.0.113.4"), "no proxy: its own address");
      assertEquals(429, forged("127.0.0.3", port, "203.0.113.5"), "no proxy: not believed");
    }
  }

  private static int forged(String from, int port, String forwarded) throws IOException {
    return Wire.askFrom(from, port, "GET", "/r/forged", "X-Forwarded-For: " + forwarded).status();
  }

  @Test
  void anAddressHasSoManyConnectionsAndOthersHaveTheirs() throws Exception {
    List<Socket> open = new ArrayList<>();
    try (Site site = site(limited(Set.of(), 4, 10_000, 1_000))) {
      int port = site.server.outsidePort();
      for (int i = 0; i < 4; i++) {
        Socket socket = Wire.connect("127.0.0.1", port);
        open.add(socket);
        assertEquals(200, Wire.kept(socket, "/healthz"), "number " + i);
      }
      try (Socket fifth = Wire.connect("127.0.0.1", port)) {
        assertTrue(Wire.isCut(fifth), "one too many");
      }
      assertEquals(200, Wire.askFrom("127.0.0.2", port, "GET", "/healthz").status());
      assertTrue(
          site.meters.counter("shouwang.http.outside.refused").count() >= 1, "and it is counted");
    } finally {
      for (Socket socket : open) {
        socket.close();
      }
    }
  }

  @Test
  void whoComesTooOftenIsCutAndTakesNothingOfWhatAllShare() throws Exception {
    // Ten at once from an address, thirty from all: the first address can't have the thirty.
    try (Site site = site(limited(Set.of(), 10, 30, 1_000))) {
      int port = site.server.outsidePort();
      int served = 0;
      for (int i = 0; i < 60; i++) {
        try (Socket socket = Wire.connect("127.0.0.1", port)) {
          served += Wire.isServed(socket) ? 1 : 0;
        }
      }
      assertTrue(served >= 10 && served < 60, served + " served");
      for (int i = 2; i < 4; i++) {
        assertEquals(200, Wire.askFrom("127.0.0." + i, port, "GET", "/healthz").status());
      }
    }
  }

  @Test
  void aTrustedProxyStandsForMany() throws Exception {
    InetAddress proxy = InetAddress.ofLiteral("127.0.0.9");
    List<Socket> open = new ArrayList<>();
    try (Site site = site(limited(Set.of(proxy), 2, 2, 1_000))) {
      for (int i = 0; i < 10; i++) {
        Socket socket = Wire.connect("127.0.0.9", site.server.outsidePort());
        open.add(socket);
        for (int j = 0; j <= Turnstile.REQUESTS_PER_CONNECTION; j++) {
          assertEquals(200, Wire.kept(socket, "/healthz"), "connection " + i + " request " + j);
        }
      }
    } finally {
      for (Socket socket : open) {
        socket.close();
      }
    }
  }

  @Test
  void aConnectionHasAFewRequests() throws Exception {
    try (Site site = site(wide(Set.of()));
        Socket socket = Wire.connect("127.0.0.1", site.server.outsidePort())) {
      int served = 0;
      while (Wire.kept(socket, "/healthz") == 200) {
        served++;
      }
      assertEquals(Turnstile.REQUESTS_PER_CONNECTION, served);
    }
  }

  @Test
  void healthAndRefusalsSayNothingOfWhatRuns() throws Exception {
    try (Site site = site(wide(Set.of()))) {
      for (String path : List.of("/healthz", "/r/forged", "/x")) {
        String raw = Wire.ask(site.server.outsidePort(), "GET", path).raw();
        assertFalse(raw.toLowerCase(java.util.Locale.ROOT).contains("jetty"), raw);
        assertFalse(raw.contains("Server:"), raw);
        assertTrue(raw.contains("Referrer-Policy: no-referrer"), raw);
      }
    }
  }

  @Test
  void aPortThatIsTakenIsSaidAndNothingStaysOpen() throws Exception {
    try (Site first = site(wide(Set.of()))) {
      int taken = first.server.outsidePort();
      ConsoleSettings.Outside same =
          new ConsoleSettings.Outside(
              "127.0.0.1", taken, null, true, true, Set.of(), 10, 10, 10, 10);
      IOException said =
          org.junit.jupiter.api.Assertions.assertThrows(IOException.class, () -> site(same));
      assertTrue(said.toString().contains("outside can't listen on 127.0.0.1:" + taken));
    }
  }

  @Test
  void anOutsideThatHttpClientsUnderstand() throws Exception {
    try (Site site = site(wide(Set.of()));
        HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + site.server.outsidePort() + "/answer.css");
      HttpResponse<String> css =
          client.send(
              HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(60)).build(),
              HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      assertEquals(200, css.statusCode());
      assertEquals("text/css; charset=utf-8", css.headers().firstValue("Content-Type").orElse(""));
    }
  }
}
