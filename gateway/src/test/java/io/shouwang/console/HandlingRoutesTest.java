package io.shouwang.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shouwang.accounts.Actor;
import io.shouwang.accounts.AuditQuery;
import io.shouwang.accounts.TestAccounts;
import io.shouwang.model.AlertId;
import io.shouwang.model.ElderId;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two dispatchers at their seats, over real HTTP: what they do with an alert beyond answering. */
class HandlingRoutesTest {
  private static final String HOSTILE =
      "<img src=x onerror=alert(1)>\r\n\u202Eevil\u0000\u001b[2J'; DROP TABLE alert_note;--";

  @TempDir Path data;
  private Site site;
  private Seated root;
  private Seated li;
  private Seated wang;
  private AlertId alert;

  @BeforeEach
  void twoSeats() throws Exception {
    site = new Site(clock -> TestAccounts.in(data, clock));
    root = new Seated(site);
    String token = Files.readString(data.resolve("setup-token")).strip();
    ObjectNode order = Seated.json().put("token", token).put("user", "root").put("name", "R");
    root.post("/api/v1/setup", order.put("password", Seated.PASSWORD).put("area", "city"));
    assertEquals(200, root.login("root", Seated.PASSWORD).status());
    li = root.make("li", "east", "dispatcher");
    wang = root.make("wang", "city", "dispatcher");
    alert = site.press("sos-1");
  }

  @AfterEach
  void close() {
    site.close();
  }

  private String at(String what) {
    return Site.ALERTS + "/" + alert + what;
  }

  private static ObjectNode id(String id) {
    return Seated.json().put("id", id);
  }

  private static JsonNode taken(Site.Reply reply) throws Exception {
    assertEquals(200, reply.status(), reply.response().body());
    return reply.json();
  }

  private static String type(Site.Reply reply) throws Exception {
    return reply.json().get("type").asText().replace("urn:shouwang:problem:", "");
  }

  private List<String> facts() throws Exception {
    List<String> types = new ArrayList<>();
    li.get(at("")).json().get("timeline").forEach(one -> types.add(one.get("type").asText()));
    return types;
  }

  @Test
  void theNextRungRingsOnceForTheSameWordAndItsCountdownMoves() throws Exception {
    JsonNode before = li.get(at("")).json();
    assertTrue(before.has("ring_next"), before.toString());
    assertEquals("taken", taken(li.post(at("/rings"), id("n-1"))).get("result").asText());
    assertEquals("repeated", taken(li.post(at("/rings"), id("n-1"))).get("result").asText());
    JsonNode after = li.get(at("")).json();
    assertTrue(facts().contains("hurried"));
    assertFalse(
        before.path("next_rung").equals(after.path("next_rung")), "the countdown is another");
    assertFalse(before.get("ring_next").equals(after.path("ring_next")));
  }

  @Test
  void fromSeatToSeatWithNamesAndNeverInNobodysHands() throws Exception {
    taken(li.post(at("/replies"), id("a-1").put("reply", "accept")));
    JsonNode to = li.get(at("/handovers")).json().get("to");
    assertEquals("wang", to.get(0).get("id").asText(), "who sits at a seat comes first");
    assertTrue(to.get(0).get("seated").asBoolean());
    assertEquals("desk", to.get(to.size() - 1).get("means").asText());
    assertFalse(to.toString().contains("\"li\""), "nobody asks themselves");
    Site.Reply stranger = li.post(at("/handovers"), id("h-0").put("to", "nobody-known"));
    assertEquals(403, stranger.status(), stranger.response().body());
    assertEquals(409, wang.post(at("/handovers"), id("h-0").put("to", "li")).status());

    taken(li.post(at("/handovers"), id("h-1").put("to", "wang")));
    JsonNode seen = wang.get(Site.ALERTS).json().get("alerts").get(0);
    assertTrue(seen.get("handed_to_you").asBoolean());
    assertEquals("li", seen.get("handover").get("from_name").asText());
    assertFalse(seen.get("mine").asBoolean());
    JsonNode own = li.get(Site.ALERTS).json().get("alerts").get(0);
    assertTrue(own.get("mine").asBoolean(), "until she accepts");
    taken(wang.post(at("/replies"), id("a-2").put("reply", "accept")));
    assertTrue(wang.get(at("")).json().get("mine").asBoolean());
    assertFalse(li.get(at("")).json().get("mine").asBoolean());
    assertTrue(facts().contains("handover_ended"));
  }

  @Test
  void aNoteIsPlainTextLivesThroughARestartAndIsErasedWithTheElder() throws Exception {
    Site.Reply written = li.post(at("/notes"), id("n-1").put("text", HOSTILE));
    assertEquals(201, written.status(), written.response().body());
    assertEquals(200, li.post(at("/notes"), id("n-1").put("text", "another")).status());
    assertEquals(201, wang.post(at("/notes"), id("n-1").put("text", "hers")).status());
    String text = written.json().get("text").asText();
    assertEquals("<img src=x onerror=alert(1)>\n\u202Eevil[2J'; DROP TABLE alert_note;--", text);
    assertEquals(422, li.post(at("/notes"), id("n-2").put("text", " \u0000 ")).status());
    assertEquals(400, li.post(at("/notes"), id("n-3").put("text", "x".repeat(2_001))).status());
    assertEquals(201, li.post(at("/notes"), id("n-4").put("text", "守".repeat(2_000))).status());
    assertFalse(site.engine.taken.toString().contains("DROP"), "nothing of it in the journal");

    String own = at("/notes/") + written.json().get("note").asText();
    assertEquals(403, wang.delete(own).status());
    assertEquals(404, li.delete(at("/notes/none")).status());
    assertTrue(taken(li.delete(own)).has("taken_back_at"));
    String late = li.post(at("/notes"), id("n-5").put("text", "later")).json().get("note").asText();
    site.engine.setNow("2026-11-22T06:11:00Z");
    assertEquals("too-late", type(li.delete(at("/notes/") + late)));
    JsonNode notes = wang.get(at("/notes")).json().get("notes");
    assertEquals(4, notes.size());
    assertEquals(1, notes.findValuesAsText("taken_back_at").size(), "kept, as taken back");
    assertTrue(notes.get(0).get("name").asText().equals("li"));

    Actor by = new Actor("user:root", "city", "192.0.2.1");
    assertEquals(4, site.accounts.notes().erase(new ElderId("e-001"), by));
    assertEquals(0, wang.get(at("/notes")).json().get("notes").size());
    List<String> did =
        site
            .accounts
            .log()
            .read(
                AuditQuery.of(Instant.EPOCH, Instant.parse("2030-01-01T00:00:00Z")),
                Long.MAX_VALUE,
                100)
            .lines()
            .stream()
            .map(line -> line.entry().what())
            .toList();
    assertTrue(
        did.containsAll(List.of("write_note", "take_back_note", "erase_notes")), did.toString());
  }

  private static void await(BufferedReader lines, String wanted) throws Exception {
    String line = lines.readLine();
    while (line != null && !line.equals(wanted)) {
      line = lines.readLine();
    }
    assertEquals(wanted, line);
  }

  @Test
  void anotherSeatHearsOfANoteAtOnce() throws Exception {
    HttpResponse<InputStream> feed =
        site.client()
            .send(
                wang.request("/api/v1/stream").build(), HttpResponse.BodyHandlers.ofInputStream());
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(feed.body(), StandardCharsets.UTF_8))) {
      await(lines, "event: reset");
      assertEquals(201, li.post(at("/notes"), id("n-1").put("text", "deaf in one ear")).status());
      await(lines, "event: alert");
      assertTrue(lines.readLine().contains(alert.value()));
    }
  }

  @Test
  void closedAsPassedOnAtSomeTimeAndTakenBackByWhoeverClosed() throws Exception {
    ObjectNode done = id("c-1").put("reply", "done").put("note", "breathing badly");
    done.put("disposition", "passed_120").put("passed_at", "2026-11-22T07:30:00+08:00");
    site.engine.setNow("2026-11-22T06:10:00Z");
    assertEquals(
        "passed-at-wrong",
        type(li.post(at("/replies"), done.deepCopy().put("passed_at", "2026-11-20T00:00:00Z"))));
    assertEquals(
        "passed-at-wrong",
        type(li.post(at("/replies"), done.deepCopy().put("passed_at", "2026-11-22T06:20:00Z"))));
    assertEquals(
        400, li.post(at("/replies"), done.deepCopy().put("passed_at", "half past")).status());
    taken(li.post(at("/replies"), done.put("passed_at", "2026-11-22T14:08:00+08:00")));
    JsonNode closed = li.get(at("")).json();
    assertEquals("2026-11-22T06:08:00Z", closed.get("closed").get("passed_at").asText());
    assertTrue(closed.toString().contains("14:08"), "in the timeline's words");

    JsonNode earlier = wang.get("/api/v1/homes/h-001/alerts?limit=5").json();
    assertEquals(alert.value(), earlier.get("earlier").get(0).get("alert").asText());
    assertEquals(
        "passed_120", earlier.get("earlier").get(0).get("closed").get("disposition").asText());
    assertEquals(400, wang.get("/api/v1/homes/h-001/alerts?limit=0").status());
    assertEquals(404, li.get("/api/v1/homes/h-999/alerts").status());

    assertEquals(409, wang.post(at("/reopenings"), id("u-1").put("undo", true)).status());
    assertEquals(422, li.post(at("/reopenings"), id("u-1")).status(), "else it needs a note");
    taken(li.post(at("/reopenings"), id("u-1").put("undo", true)));
    JsonNode again = li.get(at("")).json();
    assertEquals("accepted", again.get("state").asText());
    assertTrue(again.get("mine").asBoolean());
    taken(
        li.post(
            at("/replies"),
            id("c-2").put("reply", "done").put("note", "n").put("disposition", "passed_119")));
    assertEquals(
        "2026-11-22T06:10:00Z",
        li.get(at("")).json().get("closed").get("passed_at").asText(),
        "now, if nobody says when");
  }
}
