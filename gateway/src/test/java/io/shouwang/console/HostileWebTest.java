package io.shouwang.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.shouwang.accounts.TestAccounts;
import io.shouwang.model.AlertId;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a hostile page, client or crowd may try at the console's own door; a press gets through. */
class HostileWebTest {
  private static final String USERS = "/api/v1/users";
  private static final int CONNECTIONS = 40;
  private static final long IN_TIME_NANOS = TimeUnit.SECONDS.toNanos(60);
  @TempDir Path data;
  private Site site;
  private Seated root;
  private int presses;

  @BeforeEach
  void open() throws Exception {
    ConsoleSettings.Limits usual = Site.LIMITS;
    ConsoleSettings.Limits few =
        new ConsoleSettings.Limits(
            CONNECTIONS,
            usual.headBytes(),
            usual.headTimeout(),
            usual.idleTimeout(),
            usual.bodyBytesPerSecondMin(),
            usual.roomWait(),
            usual.syncWait(),
            Duration.ofMillis(50),
            usual.streams(),
            usual.streamsPerCaller(),
            usual.streamQueueChanges(),
            usual.streamRingChanges(),
            usual.failedLoginsPerMinute());
    site =
        new Site(
            ConsoleSettings.plain("127.0.0.1", 0).withLimits(few),
            clock -> TestAccounts.in(data, clock),
            _ -> null);
    root = new Seated(site);
    Site.Reply made =
        root.post(
            "/api/v1/setup",
            Seated.json()
                .put("token", Files.readString(data.resolve("setup-token")).strip())
                .put("user", "root")
                .put("name", "R")
                .put("password", Seated.PASSWORD)
                .put("area", "city"));
    assertEquals(201, made.status());
    assertEquals(200, root.login("root", Seated.PASSWORD).status());
  }

  @AfterEach
  void close() {
    site.close();
  }

  /** Somebody presses, from another address than those who do harm. */
  private void assertRings() throws IOException {
    String head = "Authorization: " + Site.basic("sos-1");
    String path = "/api/v1/devices/sos-1/events/sos?n=" + ++presses;
    Wire.Answer answer = Wire.askFrom("127.0.0.9", site.server.port(), "POST", path, head);
    assertEquals(202, answer.status(), answer.raw());
  }

  private static HttpRequest.BodyPublisher text(String text) {
    return HttpRequest.BodyPublishers.ofString(text);
  }

  private HttpRequest.Builder asRoot(String path) {
    return site.request(path, null).header("Cookie", "shouwang=" + root.cookie);
  }

  @Test
  void noOtherSiteHasABrowserChangeAnything() throws Exception {
    String order =
        "{\"user\":\"eve\",\"name\":\"E\",\"roles\":[\"administrator\"],\"area\":\"city\"}";
    Map<String, HttpRequest.Builder> tries =
        Map.of(
            "a form",
            asRoot(USERS).header("Content-Type", "application/x-www-form-urlencoded"),
            "a form of files",
            asRoot(USERS).header("Content-Type", "multipart/form-data; boundary=x"),
            "JSON as text",
            asRoot(USERS).header("Content-Type", "text/plain"),
            "JSON without our header",
            asRoot(USERS).header("Content-Type", "application/json"),
            "another origin",
            asRoot(USERS)
                .header("Content-Type", "application/json")
                .header("X-Shouwang", "page")
                .header("Origin", "https://evil.example"),
            "an origin that hides",
            asRoot(USERS)
                .header("Content-Type", "application/json")
                .header("X-Shouwang", "page")
                .header("Origin", "null"),
            "another site, as the browser says",
            asRoot(USERS)
                .header("Content-Type", "application/json")
                .header("X-Shouwang", "page")
                .header("Sec-Fetch-Site", "cross-site"),
            "a sister site",
            asRoot(USERS)
                .header("Content-Type", "application/json")
                .header("X-Shouwang", "page")
                .header("Sec-Fetch-Site", "same-site"),
            "text with our header",
            asRoot(USERS).header("Content-Type", "text/plain").header("X-Shouwang", "page"));
    for (Map.Entry<String, HttpRequest.Builder> one : tries.entrySet()) {
      Site.Reply reply = site.send(one.getValue().POST(text(order)));
      assertTrue(
          reply.status() == 403 || reply.status() == 415, one.getKey() + ": " + reply.status());
      assertTrue(reply.json().get("type").asText().startsWith("urn:shouwang:problem:"));
    }
    Site.Reply preflight =
        site.send(
            asRoot(USERS)
                .header("Origin", "https://evil.example")
                .header("Access-Control-Request-Method", "POST")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
    assertEquals(405, preflight.status());
    assertEquals("", preflight.header("Access-Control-Allow-Origin"));
    Site.Reply login =
        site.send(
            site.request("/api/v1/session", null)
                .header("Content-Type", "application/json")
                .header("X-Shouwang", "page")
                .header("Sec-Fetch-Site", "cross-site")
                .POST(text("{\"user\":\"root\",\"password\":\"" + Seated.PASSWORD + "\"}")));
    assertEquals(403, login.status(), "nobody is logged in as somebody else");
    assertEquals("", login.header("Set-Cookie"));
    assertEquals(1, root.get(USERS).json().get("users").size());
  }

  /** Every route that changes something, generated from the table, in the name of one with all. */
  @Test
  void noRouteChangesAnythingForAnotherSite() throws Exception {
    Seated all =
        root.make(
            "all", "city", "dispatcher", "supervisor", "administrator", "auditor", "grid_worker");
    AlertId alert = site.press("sos-1");
    List<Map<String, String>> foreign =
        List.of(
            Map.of(),
            Map.of("X-Shouwang", "page", "Origin", "https://evil.example"),
            Map.of("X-Shouwang", "page", "Sec-Fetch-Site", "cross-site"));
    List<String> wrong = new ArrayList<>();
    int changing = 0;
    for (Route route : site.server.routes()) {
      if (!route.changes() || isOutsiders(route)) {
        continue;
      }
      changing++;
      for (Map<String, String> headers : foreign) {
        HttpRequest.Builder request =
            site.request(SeatRightsTest.path(route, alert), null)
                .header("Cookie", "shouwang=" + all.cookie)
                .header("Content-Type", "application/json");
        headers.forEach(request::header);
        request.method(route.method().name(), text("{}"));
        Site.Reply reply = site.send(request);
        boolean isRefused =
            reply.status() == 403
                && reply.json().path("type").asText().equals("urn:shouwang:problem:foreign");
        if (!isRefused) {
          wrong.add(route.name() + " " + headers + ": " + reply.status());
        }
      }
    }
    assertEquals(List.of(), wrong);
    assertTrue(changing > 35, changing + " routes");
    assertEquals(200, all.get("/api/v1/session").status(), "nobody logged them out");
    assertEquals(1, site.engine.open().size());
  }

  /** Those that believe no cookie: a device's secret, a relative's link, a provider's signature. */
  private static boolean isOutsiders(Route route) {
    return Set.of(DeviceRoutes.EVENTS, "/r/{token}", "/callbacks/{provider}")
        .contains(route.path());
  }

  /**
   * Fifty seats behind one address, somebody who guesses among them, and an old person's button.
   */
  @Test
  void aWholeOfficeAndAPressComeThroughOneAddress(@TempDir Path office) throws Exception {
    try (Site big = new Site(clock -> TestAccounts.in(office, clock))) {
      Seated first = new Seated(big);
      first.post(
          "/api/v1/setup",
          Seated.json()
              .put("token", Files.readString(office.resolve("setup-token")).strip())
              .put("user", "root")
              .put("name", "R")
              .put("password", Seated.PASSWORD)
              .put("area", "city"));
      assertEquals(200, first.login("root", Seated.PASSWORD).status());
      List<Seated> seats = new ArrayList<>();
      List<InputStream> streams = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        Seated seat = first.make("seat-" + i, "city", "dispatcher");
        HttpRequest stream = seat.request("/api/v1/stream").build();
        HttpResponse<InputStream> begun =
            big.client().send(stream, HttpResponse.BodyHandlers.ofInputStream());
        assertEquals(200, begun.statusCode(), "seat " + i);
        streams.add(begun.body());
        seats.add(seat);
      }
      for (Seated seat : seats) {
        assertEquals(200, seat.get(Site.ALERTS).status());
      }
      Seated guesser = new Seated(big);
      int tries = 0;
      while (guesser.login("nobody-" + tries, "a wrong password").status() != 429) {
        assertTrue(++tries < 200, "a guesser is slowed down");
      }
      Seated locked = seats.getFirst();
      assertEquals(204, locked.post("/api/v1/session/lock", Seated.json()).status());
      Site.Reply unlocked =
          locked.post(
              "/api/v1/session/reauthenticate", Seated.json().put("password", Seated.PASSWORD));
      assertEquals(204, unlocked.status(), "a guesser's neighbour unlocks their seat");
      String path = "/api/v1/devices/sos-1/events/sos";
      assertEquals(202, big.post(path, Site.basic("sos-1"), "{}").status());
      assertEquals(1, locked.get(Site.ALERTS).json().get("alerts").size());
      for (InputStream stream : streams) {
        stream.close();
      }
    }
  }

  @Test
  void aSeatIsNeverOneThatSomebodyElseChose() throws Exception {
    String planted = "A".repeat(43);
    Seated browser = new Seated(site);
    browser.cookie = planted;
    assertEquals(401, browser.get("/api/v1/session").status());
    assertEquals(200, browser.login("root", Seated.PASSWORD).status());
    assertNotEquals(planted, browser.cookie);
    String first = browser.cookie;
    assertEquals(200, browser.login("root", Seated.PASSWORD).status());
    assertNotEquals(first, browser.cookie);
    Seated thief = new Seated(site);
    thief.cookie = planted;
    assertEquals(401, thief.get("/api/v1/session").status());
    thief.cookie = first;
    assertEquals(401, thief.get("/api/v1/session").status(), "it ended with the second login");
  }

  @Test
  void everyAnswerRefusesToBeFramedHoweverItCameAbout() throws Exception {
    int port = site.server.port();
    String far = "X-Far: " + "x".repeat(8_400);
    List<Wire.Answer> answers =
        List.of(
            Wire.ask(port, "GET", "/"),
            Wire.ask(port, "GET", "/console/app.js"),
            Wire.ask(port, "GET", "/api/v1/alerts"),
            Wire.ask(port, "GET", "/nothing"),
            Wire.ask(port, "DELETE", "/"),
            Wire.ask(port, "GET", "/api/v1/alerts", far));
    List<Integer> statuses = new ArrayList<>();
    for (Wire.Answer answer : answers) {
      statuses.add(answer.status());
      String head = answer.raw().substring(0, answer.raw().indexOf("\r\n\r\n"));
      assertTrue(head.contains("X-Frame-Options: DENY"), head);
      assertTrue(head.contains("frame-ancestors 'none'"), head);
      assertTrue(head.contains("X-Content-Type-Options: nosniff"), head);
    }
    assertEquals(List.of(200, 200, 401, 404, 405, 431), statuses);
    for (Wire.Answer answer : answers.subList(2, 6)) {
      assertTrue(answer.body().contains("urn:shouwang:problem:"), answer.raw());
    }
  }

  @Test
  void tooMuchOfAnythingIsRefusedAndSaysWhenToComeBack() throws Exception {
    String many = "X-A: b\r\n".repeat(1_100).strip();
    assertEquals(431, Wire.ask(site.server.port(), "GET", "/healthz", many).status());
    String long_ = "{\"user\":\"root\",\"password\":\"" + "x".repeat(5_000) + "\"}";
    assertEquals(413, root.send(posting("/api/v1/session", long_)).status());
    String deep = "[".repeat(4_000);
    assertEquals(400, root.send(posting("/api/v1/session", deep)).status());

    Site.Reply last = site.get("/api/v1/sign-on", null);
    int asked = 1;
    while (asked < 20_000 && last.status() != 429) {
      last = site.get("/api/v1/sign-on", null);
      asked++;
    }
    assertTooMany(last);
    // A few came before: whoever set up and logged in.
    assertTrue(asked > Rates.STRANGER_BURST - 10, "so many may come: " + asked);
    Site.Reply known = root.get("/api/v1/session");
    assertEquals(200, known.status(), "whoever is known isn't counted among strangers");
    assertRings();

    assertTooMany(manyAtOnce());
    assertEquals(200, site.get(Site.ALERTS, Site.bearer("east")).status(), "others go on");
    for (int i = 0; i < 20; i++) {
      assertRings();
    }
  }

  /** Asks so much at once that nobody's machine is too slow for it; the first refusal. */
  private Site.Reply manyAtOnce() throws Exception {
    for (int round = 0; round < 200; round++) {
      List<CompletableFuture<HttpResponse<String>>> asked = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        HttpRequest request = root.request("/api/v1/sessions").build();
        asked.add(site.client().sendAsync(request, HttpResponse.BodyHandlers.ofString()));
      }
      for (CompletableFuture<HttpResponse<String>> one : asked) {
        Site.Reply reply = new Site.Reply(one.get(60, TimeUnit.SECONDS));
        if (reply.status() == 429) {
          return reply;
        }
      }
    }
    throw new AssertionError("nothing was too much");
  }

  private static void assertTooMany(Site.Reply reply) throws Exception {
    assertEquals(429, reply.status());
    JsonNode problem = reply.json();
    assertEquals("urn:shouwang:problem:too-many-requests", problem.get("type").asText());
    assertTrue(Integer.parseInt(reply.header("Retry-After")) >= 1);
  }

  private HttpRequest.Builder posting(String path, String body) {
    return root.request(path).header("Content-Type", "application/json").POST(text(body));
  }

  @Test
  void slowClientsAndCrowdsOfOneAddressLeaveRoomForAPress() throws Exception {
    List<Socket> sockets = new ArrayList<>();
    try {
      int port = site.server.port();
      String[] slow = {
        "GET /api/v1/alerts HTTP/1.1\r\nHost: x\r\nX-Slow",
        "POST /api/v1/session HTTP/1.1\r\nHost: x\r\nX-Shouwang: page\r\nContent-Type:"
            + " application/json\r\nContent-Length: 4000\r\n\r\n{",
        "GET /api/v1/stream HTTP/1.1\r\nHost: x\r\nAuthorization: "
            + Site.bearer("east")
            + "\r\n\r\n"
      };
      for (int i = 0; i < 3 * CONNECTIONS; i++) {
        Socket socket = Wire.connect("127.0.0.2", port);
        sockets.add(socket);
        try {
          socket.getOutputStream().write(slow[i % 3].getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
          // It gave way to a later one.
        }
      }
      assertRings();
      // Who hears the feed and reads nothing of it holds up nobody, the engine least of all.
      for (int i = 0; i < 300; i++) {
        site.press("sos-1");
      }
      assertRings();
      assertEquals(200, Wire.askFrom("127.0.0.9", port, "GET", "/healthz").status());
      double gone = counted("shouwang_http_connections_cut_total");
      assertTrue(gone >= 2 * CONNECTIONS, "gave way: " + gone);
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
    long began = System.nanoTime();
    while (Wire.askFrom("127.0.0.2", site.server.port(), "GET", "/healthz").status() != 200) {
      assertTrue(System.nanoTime() - began < IN_TIME_NANOS, "room again once they are gone");
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  private double counted(String name) {
    return site.meters
        .scrape()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .sum();
  }
}
