package io.shouwang.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.shouwang.accounts.Seat;
import io.shouwang.accounts.TestAccounts;
import io.shouwang.model.AlertId;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People at browsers, over real HTTP. */
class AccountRoutesTest {
  private static final String SESSION = "/api/v1/session";
  @TempDir Path data;
  private Site site;
  private Seated root;

  @BeforeEach
  void open() throws Exception {
    site = new Site(clock -> TestAccounts.in(data, clock));
    root = new Seated(site);
  }

  @AfterEach
  void close() {
    site.close();
  }

  private void setUp() throws Exception {
    Site.Reply made = root.post("/api/v1/setup", setup(token()));
    assertEquals(201, made.status(), made.response().body());
    Site.Reply in = root.login("root", Seated.PASSWORD);
    assertEquals(200, in.status(), in.response().body());
  }

  private String token() throws Exception {
    return Files.readString(data.resolve("setup-token")).strip();
  }

  private static JsonNode setup(String token) {
    return Seated.json()
        .put("token", token)
        .put("user", "root")
        .put("name", "张主任")
        .put("password", Seated.PASSWORD)
        .put("area", "city");
  }

  private void pass(Duration time) {
    site.engine.setNow(site.engine.now().plus(time).toString());
  }

  @Test
  void theFirstStartIsSetUpOnce() throws Exception {
    assertEquals(403, root.post("/api/v1/setup", setup("forged")).status());
    String token = token();
    setUp();
    assertEquals(403, root.post("/api/v1/setup", setup(token)).status());
    JsonNode session = root.get(SESSION).json();
    assertEquals("root", session.get("user").asText());
    assertEquals("administrator", session.get("roles").get(0).asText());
    assertFalse(session.get("locked").asBoolean());
  }

  @Test
  void theCookieIsOutOfReachAndChangesAtEachLogin() throws Exception {
    setUp();
    Site.Reply again = root.login("root", Seated.PASSWORD);
    String given = again.header("Set-Cookie");
    assertTrue(given.contains("; HttpOnly") && given.contains("; SameSite=Strict"), given);
    // Fixation: a secret somebody else chose opens nothing, and none is kept.
    Seated victim = new Seated(site);
    victim.cookie = "A".repeat(43);
    assertEquals(401, victim.get(SESSION).status());
    assertEquals(200, victim.login("root", Seated.PASSWORD).status());
    assertNotEquals("A".repeat(43), victim.cookie);
    String before = victim.cookie;
    assertEquals(200, victim.login("root", Seated.PASSWORD).status());
    assertNotEquals(before, victim.cookie);
    Seated thief = new Seated(site);
    thief.cookie = before;
    assertEquals(401, thief.get(SESSION).status());
  }

  @Test
  void behindTlsTheCookieIsBoundToTheHost() throws Exception {
    setUp();
    HttpRequest.Builder login =
        site.request(SESSION, null)
            .header("X-Shouwang", "page")
            .header("X-Forwarded-Proto", "https")
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    Seated.json().put("user", "root").put("password", Seated.PASSWORD).toString()));
    String given = site.send(login).header("Set-Cookie");
    assertTrue(given.startsWith("__Host-shouwang=") && given.endsWith("; Secure"), given);
  }

  @Test
  void aCookieIsWorthNothingAfterLogout() throws Exception {
    setUp();
    Seated thief = new Seated(site);
    thief.cookie = root.cookie;
    assertEquals(200, thief.get(SESSION).status());
    assertEquals(204, root.delete(SESSION).status());
    assertNull(root.cookie);
    assertEquals(401, thief.get(SESSION).status());
    assertEquals(401, thief.get(Site.ALERTS).status());
  }

  @Test
  void anotherSiteChangesNothing() throws Exception {
    setUp();
    String own = "http://127.0.0.1:" + site.server.port();
    record Case(Map<String, String> headers, int status) {}
    List<Case> cases =
        List.of(
            new Case(Map.of(), 403),
            new Case(Map.of("X-Shouwang", "page"), 201),
            new Case(Map.of("X-Shouwang", "page", "Origin", own), 201),
            new Case(Map.of("X-Shouwang", "page", "Origin", "https://evil.example"), 403),
            new Case(Map.of("X-Shouwang", "page", "Origin", "null"), 403),
            new Case(Map.of("X-Shouwang", "page", "Origin", own + ".evil.example"), 403),
            new Case(Map.of("X-Shouwang", "page", "Sec-Fetch-Site", "same-site"), 403),
            new Case(Map.of("X-Shouwang", "page", "Sec-Fetch-Site", "cross-site"), 403),
            new Case(Map.of("Origin", own), 403));
    int number = 0;
    for (Case one : cases) {
      HttpRequest.Builder request =
          site.request("/api/v1/users", null)
              .header("Cookie", "shouwang=" + root.cookie)
              .header("Content-Type", "application/json")
              .POST(
                  HttpRequest.BodyPublishers.ofString(
                      "{\"user\":\"u"
                          + number++
                          + "\",\"name\":\"U\",\"roles\":[\"auditor\"],\"area\":\"city\"}"));
      one.headers().forEach(request::header);
      assertEquals(one.status(), site.send(request).status(), one.headers().toString());
    }
    assertEquals(3, root.get("/api/v1/users").json().get("users").size());
    // A login from elsewhere would sit somebody down at an account not theirs.
    HttpRequest.Builder login =
        site.request(SESSION, null)
            .header("X-Shouwang", "page")
            .header("Origin", "https://evil.example")
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    Seated.json().put("user", "root").put("password", Seated.PASSWORD).toString()));
    assertEquals(403, site.send(login).status());
  }

  @Test
  void whoIsWrongGetsOneAnswerWhateverIsWrong() throws Exception {
    setUp();
    root.make("li", "east", "dispatcher");
    assertEquals(200, root.post("/api/v1/users/li", Seated.json().put("disabled", true)).status());
    List<String> answers = new ArrayList<>();
    for (String user : List.of("root", "li", "nobody", "' OR 1=1 --", "x".repeat(300))) {
      Site.Reply reply = new Seated(site).login(user, "wrong password");
      answers.add(reply.status() + reply.response().body() + reply.header("Set-Cookie"));
    }
    assertEquals(1, answers.stream().distinct().count(), answers.toString());
    assertTrue(answers.getFirst().startsWith("403"), answers.getFirst());
    Site.Reply resting = null;
    for (int i = 0; i < 5; i++) {
      resting = new Seated(site).login("nobody", "wrong password");
    }
    assertNotNull(resting);
    assertEquals(429, resting.status());
    assertFalse(resting.header("Retry-After").isEmpty());
  }

  @Test
  void aFirstPasswordIsGoodForChoosingOnesOwn() throws Exception {
    setUp();
    Site.Reply made =
        root.post(
            "/api/v1/users",
            Site.JSON.readTree(
                "{\"user\":\"li\",\"name\":\"李\",\"roles\":[\"dispatcher\"],\"area\":\"east\"}"));
    Seated li = new Seated(site);
    String first = made.json().get("password").asText();
    assertEquals(200, li.login("li", first).status());
    Site.Reply refused = li.get(Site.ALERTS);
    assertEquals(403, refused.status());
    assertTrue(refused.json().get("type").asText().endsWith(":password-not-yours"));
    assertEquals(200, li.get(SESSION).status());
    JsonNode change = Seated.json().put("password", first).put("new_password", Seated.PASSWORD);
    assertEquals(204, li.post("/api/v1/me/password", change).status());
    assertEquals(200, li.get(Site.ALERTS).status());
  }

  @Test
  void administratorsKeepToTheirAreaAndOffThemselves() throws Exception {
    setUp();
    Seated east = root.make("admin-e", "east", "administrator");
    Seated li = root.make("li", "west", "dispatcher");
    List<String> seen = new ArrayList<>();
    east.get("/api/v1/users").json().get("users").forEach(u -> seen.add(u.get("user").asText()));
    assertEquals(List.of("admin-e"), seen);
    JsonNode disable = Seated.json().put("disabled", true);
    assertEquals(404, east.post("/api/v1/users/li", disable).status());
    assertEquals(404, east.post("/api/v1/users/root", disable).status());
    assertEquals(404, east.post("/api/v1/users/none", disable).status());
    for (String change :
        List.of(
            "{\"roles\":[\"administrator\",\"auditor\"]}",
            "{\"area\":\"grid-1\"}",
            "{\"reset_password\":true}",
            "{\"reset_second_factor\":true}",
            "{\"disabled\":false}")) {
      assertEquals(
          403, east.post("/api/v1/users/admin-e", Site.JSON.readTree(change)).status(), change);
    }
    for (String area : List.of("city", "west", "no-such")) {
      JsonNode order =
          Site.JSON.readTree(
              "{\"user\":\"new\",\"name\":\"N\",\"roles\":[\"dispatcher\"],\"area\":\""
                  + area
                  + "\"}");
      assertEquals(400, east.post("/api/v1/users", order).status(), area);
    }
    assertEquals(403, li.get("/api/v1/users").status());
    // Nobody answers alerts under a responder's name, but the responder.
    String taken = "{\"user\":\"worker\",\"name\":\"N\",\"area\":\"east\",\"roles\":[\"%s\"]}";
    JsonNode asDispatcher = Site.JSON.readTree(taken.formatted("dispatcher"));
    assertEquals(409, root.post("/api/v1/users", asDispatcher).status());
    JsonNode asWorker = Site.JSON.readTree(taken.formatted("grid_worker"));
    assertEquals(201, root.post("/api/v1/users", asWorker).status());
  }

  @Test
  void textsStayTexts() throws Exception {
    setUp();
    String name = "<script>alert(1)</script>'; DROP TABLE person; --";
    JsonNode order =
        Site.JSON
            .readTree("{\"user\":\"li\",\"roles\":[\"auditor\"],\"area\":\"east\",\"name\":\"\"}")
            .deepCopy();
    ((com.fasterxml.jackson.databind.node.ObjectNode) order).put("name", name);
    Site.Reply made = root.post("/api/v1/users", order);
    assertEquals(name, made.json().get("name").asText());
    assertEquals("application/json", made.header("Content-Type").split(";", 2)[0]);
    for (String bad : List.of("", " ", "a\u0000b", "a\nb", "x".repeat(101))) {
      ((com.fasterxml.jackson.databind.node.ObjectNode) order).put("name", bad);
      assertEquals(400, root.post("/api/v1/users", order).status());
    }
  }

  @Test
  void aLockedSeatHearsOpenAlarmsAndDoesNothing() throws Exception {
    setUp();
    Seated li = root.make("li", "east", "dispatcher");
    AlertId alarm = site.press("sos-1");
    AlertId fault = site.says("smoke-1", "smoke", "{\"state\":\"fault\"}");
    assertEquals(2, li.get(Site.ALERTS).json().get("alerts").size());
    pass(Seat.IDLE_MAX);
    JsonNode locked = li.get(Site.ALERTS).json().get("alerts");
    assertEquals(1, locked.size());
    assertEquals(alarm.value(), locked.get(0).get("alert").asText());
    assertFalse(locked.get(0).has("elder"), "nobody's name on a screen that nobody sits at");
    assertEquals(0, li.get(Site.ALERTS + "?state=closed").json().get("alerts").size());
    assertTrue(li.get(SESSION).json().get("locked").asBoolean());
    Site.Reply detail = li.get(Site.ALERTS + "/" + alarm);
    assertEquals(403, detail.status());
    assertTrue(detail.json().get("type").asText().endsWith(":seat-locked"));
    JsonNode spoke = Seated.json().put("reply", "spoke");
    assertEquals(403, li.post(Site.ALERTS + "/" + alarm + "/replies", spoke).status());
    assertEquals(403, li.get(Site.ALERTS + "/" + fault).status());
    // Whatever time passes: while an alarm is open, its seat hears it.
    pass(Duration.ofDays(3));
    assertEquals(1, li.get(Site.ALERTS).json().get("alerts").size());
    assertEquals(401, root.get(SESSION).status(), "an administrator's seat has nothing to hear");
    String secret = li.cookie;
    JsonNode password = Seated.json().put("password", Seated.PASSWORD);
    assertEquals(204, li.post(SESSION + "/reauthenticate", password).status());
    assertEquals(secret, li.cookie);
    assertEquals(200, li.post(Site.ALERTS + "/" + alarm + "/replies", spoke).status());
  }

  @Test
  void looksByThePageItselfKeepNoSeatOpen() throws Exception {
    setUp();
    pass(Duration.ofMinutes(20));
    assertEquals(200, root.get(SESSION).status());
    pass(Duration.ofMinutes(10));
    assertTrue(root.get(SESSION).json().get("locked").asBoolean());
    JsonNode password = Seated.json().put("password", Seated.PASSWORD);
    root.post(SESSION + "/reauthenticate", password);
    pass(Duration.ofMinutes(20));
    assertEquals(
        200, root.send(root.request(SESSION).setHeader("X-Shouwang", SameSite.HAND)).status());
    pass(Duration.ofMinutes(20));
    assertFalse(root.get(SESSION).json().get("locked").asBoolean());
  }

  @Test
  void aStreamEndsWithItsSeat() throws Exception {
    setUp();
    Seated li = root.make("li", "east", "dispatcher");
    List<Seated> seats = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Seated seat = new Seated(site);
      seat.login("li", Seated.PASSWORD);
      seats.add(seat);
    }
    List<BufferedReader> feeds = new ArrayList<>();
    for (Seated seat : seats) {
      HttpResponse<InputStream> feed =
          site.client()
              .send(
                  seat.request("/api/v1/stream").build(),
                  HttpResponse.BodyHandlers.ofInputStream());
      assertEquals(200, feed.statusCode());
      feeds.add(new BufferedReader(new InputStreamReader(feed.body(), StandardCharsets.UTF_8)));
    }
    assertEquals(204, seats.get(0).delete(SESSION).status());
    assertEnds(feeds.get(0));
    String name = seats.get(1).get(SESSION).json().get("session").asText();
    assertEquals(204, li.delete("/api/v1/sessions/" + name).status());
    assertEnds(feeds.get(1));
    assertEquals(404, li.delete("/api/v1/sessions/" + name).status());
    assertEquals(200, root.post("/api/v1/users/li", Seated.json().put("disabled", true)).status());
    assertEnds(feeds.get(2));
    assertEquals(401, li.get(SESSION).status());
  }

  /** Long before the next sign of life would be due to a watcher; the client would time out. */
  private static void assertEnds(BufferedReader feed) throws Exception {
    String line = feed.readLine();
    while (line != null) {
      line = feed.readLine();
    }
  }

  @Test
  void glassBrokenForAReasonOpensAndIsOnTheRecord() throws Exception {
    setUp();
    Seated west = root.make("li", "west", "dispatcher");
    Seated auditor = root.make("au", "city", "auditor");
    AlertId alarm = site.press("sos-1");
    String path = Site.ALERTS + "/" + alarm;
    assertEquals(404, west.get(path).status());
    JsonNode idle = Seated.json().put("alert", alarm.value()).put("reason", " ");
    assertEquals(400, west.post("/api/v1/break-glass", idle).status());
    JsonNode order =
        Seated.json().put("alert", alarm.value()).put("reason", "the east's room is empty");
    assertEquals(201, west.post("/api/v1/break-glass", order).status());
    assertEquals(200, west.get(path).status());
    assertEquals(1, west.get(Site.ALERTS).json().get("alerts").size());
    assertEquals(404, west.get("/api/v1/homes/h-001/protection").status(), "the alert alone");
    JsonNode home = Seated.json().put("home", "h-001").put("reason", "her son calls from here");
    assertEquals(201, west.post("/api/v1/break-glass", home).status());
    assertEquals(200, west.get("/api/v1/homes/h-001/protection").status());
    assertEquals(
        404,
        west.post(
                "/api/v1/break-glass",
                Seated.json().put("home", "none").put("reason", "why not so"))
            .status());
    assertEquals(403, auditor.post("/api/v1/break-glass", order).status());
    pass(Duration.ofMinutes(29));
    assertEquals(200, west.send(west.request(path).setHeader("X-Shouwang", "hand")).status());
    pass(Duration.ofMinutes(1));
    assertEquals(404, west.get(path).status());
    JsonNode entries =
        auditor
            .send(
                auditor
                    .request("/api/v1/audit?who=user:li&limit=500")
                    .setHeader("X-Shouwang", "hand"))
            .json()
            .get("entries");
    if (entries == null) { // half an hour has passed at the auditor's seat too
      auditor.post(SESSION + "/reauthenticate", Seated.json().put("password", Seated.PASSWORD));
      entries = auditor.get("/api/v1/audit?who=user:li&limit=500").json().get("entries");
    }
    List<String> broken = new ArrayList<>();
    List<String> shown = new ArrayList<>();
    entries.forEach(entry -> {
      if (entry.get("what").asText().equals("break_glass")) {
        broken.add(entry.get("whose").get(0).asText() + ": " + entry.get("note").asText());
      } else if (entry.get("what").asText().equals("alert")) {
        shown.add(entry.get("whose").get(0).asText() + " " + entry.get("result").asText());
      }
    });
    assertEquals(
        List.of("h-001: her son calls from here", alarm + ": the east's room is empty"), broken);
    assertEquals(List.of(alarm + " 404", alarm + " 200", alarm + " 200", alarm + " 404"), shown);
  }

  @Test
  void looksAndChangesOfTokensAndRespondersAreOnTheRecordToo() throws Exception {
    setUp();
    Seated auditor = root.make("au", "city", "auditor");
    Seated ofWest = root.make("aw", "west", "auditor");
    AlertId alarm = site.press("sos-1");
    String path = Site.ALERTS + "/" + alarm;
    site.get(path, Site.bearer("east"));
    site.get(path, Site.bearer("west"));
    site.post(path + "/replies", Site.basic("daughter"), "{\"reply\":\"spoke\"}");
    site.post("/api/v1/drills", Site.bearer("east"), "{}");
    Map<String, String> found = new TreeMap<>();
    JsonNode entries = auditor.get("/api/v1/audit?limit=500").json().get("entries");
    entries.forEach(entry -> {
      String who = entry.get("who").asText();
      if (!who.startsWith("user:")) {
        found.merge(
            who,
            entry.get("what").asText()
                + "="
                + entry.get("result").asText()
                + " "
                + entry.get("whose"),
            (later, earlier) -> earlier + ", " + later);
      }
    });
    String whose = "[\"" + alarm + "\"]";
    assertEquals(
        Map.of(
            "operator:east", "alert=200 " + whose + ", POST /api/v1/drills=403 []",
            "operator:west", "alert=404 " + whose,
            "responder:daughter", "reply=200 " + whose),
        found);
    // An auditor of the west reads what people of the west did.
    List<String> ofThem = new ArrayList<>();
    ofWest
        .get("/api/v1/audit?limit=500")
        .json()
        .get("entries")
        .forEach(entry -> ofThem.add(entry.get("who").asText()));
    assertTrue(ofThem.contains("operator:west"), ofThem.toString());
    assertFalse(ofThem.contains("operator:east"), ofThem.toString());
    assertFalse(ofThem.contains("responder:daughter"), ofThem.toString());
    assertEquals(400, auditor.get("/api/v1/audit?from=yesterday").status());
  }

  @Test
  void onlyTheFirstStartSaysThatNobodyIsThere() throws Exception {
    JsonNode before = root.get("/api/v1/setup").json();
    assertTrue(before.get("open").asBoolean() && before.get("first").asBoolean());
    assertEquals("city", before.get("areas").get(0).get("area").asText());
    assertEquals(1, before.get("areas").size());
    setUp();
    assertEquals("{\"open\":false,\"first\":false}", root.get("/api/v1/setup").response().body());
  }

  @Test
  void aSeatIsLockedByHandAndItsFeedSaysSo() throws Exception {
    setUp();
    Seated li = root.make("li", "east", "dispatcher");
    AlertId alarm = site.press("sos-1");
    HttpResponse<InputStream> feed =
        site.client()
            .send(li.request("/api/v1/stream").build(), HttpResponse.BodyHandlers.ofInputStream());
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(feed.body(), StandardCharsets.UTF_8))) {
      isToldOfLocking(lines, li, alarm);
    }
  }

  private void isToldOfLocking(BufferedReader lines, Seated li, AlertId alarm) throws Exception {
    JsonNode nothing = Seated.json();
    assertEquals(204, li.post(SESSION + "/lock", nothing).status());
    assertEquals("{\"locked\":true}", data(lines, "seat"));
    assertEquals(204, li.post(SESSION + "/lock", nothing).status(), "locked, it stays so");
    assertTrue(li.get(SESSION).json().get("locked").asBoolean());
    assertEquals(403, li.get(Site.ALERTS + "/" + alarm).status());
    JsonNode listed = li.get(Site.ALERTS).json().get("alerts");
    assertFalse(listed.get(0).has("elder"));
    // That an alarm ends is told, too; nobody's name with it.
    site.post(
        Site.ALERTS + "/" + alarm + "/replies",
        Site.bearer("east"),
        "{\"reply\":\"done\",\"disposition\":\"real\",\"note\":\"seen\"}");
    JsonNode ended = Site.JSON.readTree(data(lines, "alert"));
    assertEquals("closed", ended.get("state").asText());
    assertFalse(ended.has("elder") || ended.has("elders"), ended.toString());
    assertEquals(
        403,
        li.post(SESSION + "/reauthenticate", Seated.json().put("password", "not mine")).status());
    assertEquals(
        204,
        li.post(SESSION + "/reauthenticate", Seated.json().put("password", Seated.PASSWORD))
            .status());
    assertEquals("{\"locked\":false}", data(lines, "seat"));
    assertEquals(200, li.get(Site.ALERTS + "/" + alarm).status());
  }

  /** The next event of a kind. */
  private static String data(BufferedReader lines, String event) throws Exception {
    String line = lines.readLine();
    while (line != null && !line.equals("event: " + event)) {
      line = lines.readLine();
    }
    return String.valueOf(lines.readLine()).substring("data: ".length());
  }

  @Test
  void aCodeIsAskedForOfWhoKnowsThePasswordAlone() throws Exception {
    setUp();
    Seated li = root.make("li", "east", "dispatcher");
    JsonNode begun =
        li.post("/api/v1/me/totp", Seated.json().put("password", Seated.PASSWORD)).json();
    assertTrue(begun.get("qr").get("size").asInt() > 20, begun.toString());
    assertTrue(begun.get("qr").get("path").asText().startsWith("M0 0h7v1h-7z"));
    String code = TestAccounts.code(begun.get("secret").asText(), site.engine.now());
    JsonNode codes =
        li.post("/api/v1/me/totp/confirmation", Seated.json().put("code", code)).json();
    Site.Reply lacking = new Seated(site).login("li", Seated.PASSWORD);
    assertEquals(403, lacking.status());
    assertTrue(lacking.json().get("type").asText().endsWith(":code-needed"));
    assertEquals("", lacking.header("Set-Cookie"));
    Site.Reply wrong = new Seated(site).login("li", "a wrong password");
    assertTrue(wrong.json().get("type").asText().endsWith(":login-refused"));
    Site.Reply in =
        new Seated(site)
            .post(
                SESSION,
                Seated.json()
                    .put("user", "li")
                    .put("password", Seated.PASSWORD)
                    .put("code", codes.get("recovery_codes").get(0).asText()));
    assertEquals(200, in.status());
  }

  @Test
  void accountsAreFoundByNameRoleAreaAndPageByPage() throws Exception {
    setUp();
    for (String user : List.of("li-1", "li-2", "li-3")) {
      root.make(user, "grid-1", "grid_worker");
    }
    root.make("wang", "west", "dispatcher", "supervisor");
    root.post("/api/v1/users/li-2", Seated.json().put("disabled", true));
    assertEquals("root li-1 li-2 li-3 wang", sorted(users("")));
    assertEquals("li-1 li-2 li-3", users("?q=LI-"));
    assertEquals("wang", users("?role=supervisor"));
    assertEquals("li-1 li-2 li-3", users("?area=east"));
    assertEquals("li-2", users("?disabled=true"));
    assertEquals("li-1 li-3", users("?q=li&disabled=false"));
    assertEquals(400, root.get("/api/v1/users?role=king").status());
    JsonNode first = root.get("/api/v1/users?q=li&limit=2").json();
    assertEquals(3, first.get("total").asInt());
    assertEquals("li-2", first.get("after").asText());
    JsonNode second = root.get("/api/v1/users?q=li&limit=2&after=li-2").json();
    assertEquals("li-3", second.get("users").get(0).get("user").asText());
    assertFalse(second.has("after"));
    JsonNode areas = root.get("/api/v1/users/areas").json();
    assertEquals(4, areas.get("total").asInt());
    assertEquals("city", areas.get("areas").get(0).get("area").asText());
    JsonNode grid = root.get("/api/v1/users/areas?q=%E7%BD%91%E6%A0%BC").json().get("areas");
    assertEquals("grid-1", grid.get(0).get("area").asText());
    assertEquals(1, grid.size());
    assertEquals(3, grid.get(0).get("names").size());
    Seated east = root.make("admin-e", "east", "administrator");
    assertEquals(2, east.get("/api/v1/users/areas").json().get("total").asInt());
  }

  private String users(String query) throws Exception {
    List<String> found = new ArrayList<>();
    root.get("/api/v1/users" + query)
        .json()
        .get("users")
        .forEach(u -> found.add(u.get("user").asText()));
    return String.join(" ", found);
  }

  /** The first one first, then the others. */
  private static String sorted(String users) {
    return "root " + users.replace("root ", "");
  }

  @Test
  void theRecordIsSearchedAndItsChainLookedAt() throws Exception {
    setUp();
    Seated auditor = root.make("au", "city", "auditor");
    AlertId alarm = site.press("sos-1");
    site.get(Site.ALERTS + "/" + alarm, Site.bearer("east"));
    site.get(Site.ALERTS + "/" + alarm, Site.bearer("west"));
    root.post("/api/v1/users/nobody", Seated.json().put("disabled", true));
    assertEquals("operator:west operator:east", who(auditor, "?whose=" + alarm));
    assertEquals("operator:west", who(auditor, "?refused=true&whose=" + alarm));
    assertEquals("", who(auditor, "?whose=" + alarm.value().toUpperCase(java.util.Locale.ROOT)));
    assertEquals("", who(auditor, "?whose=%25"));
    assertEquals("user:root user:root", who(auditor, "?what=setup,make_user"));
    assertEquals(
        "user:root user:root", who(auditor, "?what=setup,login&who=user:root&to=" + noon()));
    assertEquals(400, auditor.get("/api/v1/audit?whose=a,b").status());
    assertEquals("never", auditor.get("/api/v1/audit/chain").json().get("state").asText());
    assertEquals(202, auditor.post("/api/v1/audit/chain", Seated.json()).status());
    JsonNode chain = auditor.get("/api/v1/audit/chain").json();
    while (chain.get("state").asText().equals("walking")) {
      chain = auditor.get("/api/v1/audit/chain").json();
    }
    assertEquals("whole", chain.get("state").asText());
    assertEquals(64, chain.get("hash").asText().length());
  }

  private String noon() {
    return site.engine.now().plusSeconds(1).toString();
  }

  private static String who(Seated auditor, String query) throws Exception {
    List<String> found = new ArrayList<>();
    auditor
        .get("/api/v1/audit" + query)
        .json()
        .get("entries")
        .forEach(entry -> found.add(entry.get("who").asText()));
    return String.join(" ", found);
  }

  @Test
  void withASecondFactorTheOldPasswordAloneIsWrong() throws Exception {
    setUp();
    JsonNode password = Seated.json().put("password", Seated.PASSWORD);
    JsonNode begun = root.post("/api/v1/me/totp", password).json();
    assertTrue(begun.get("uri").asText().contains(begun.get("secret").asText()));
    Site.Reply wrong =
        root.post("/api/v1/me/totp/confirmation", Seated.json().put("code", "12345"));
    assertEquals(403, wrong.status());
    assertFalse(root.get(SESSION).json().get("second_factor").asBoolean());
    assertEquals(403, root.post("/api/v1/me/totp", Seated.json().put("password", "no")).status());
  }
}
