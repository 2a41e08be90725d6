package io.shouwang.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shouwang.accounts.TestAccounts;
import io.shouwang.model.Input;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody on their round: a worker's account speaks for a responder of the registry. */
class FieldRoutesTest {
  private static final String FIELD = "/api/v1/field";
  private static final String CONTACTS = "/api/v1/elders/e-001/contacts";
  @TempDir Path data;
  private Site site;
  private Seated root;

  @BeforeEach
  void open() throws Exception {
    site = new Site(clock -> TestAccounts.in(data, clock));
    root = new Seated(site);
    String token = Files.readString(data.resolve("setup-token")).strip();
    root.post(
        "/api/v1/setup",
        Seated.json()
            .put("token", token)
            .put("user", "root")
            .put("name", "R")
            .put("password", Seated.PASSWORD)
            .put("area", "city"));
    assertEquals(200, root.login("root", Seated.PASSWORD).status());
  }

  @AfterEach
  void close() {
    site.close();
  }

  private Site.Reply link(String user, String responder) throws Exception {
    return root.post("/api/v1/users/" + user, Seated.json().put("responder", responder));
  }

  /** The grid worker of the east's grid, on the alert's second rung. */
  private Seated worker() throws Exception {
    Seated worker = root.make("li", "grid-1", "grid_worker");
    assertEquals(200, link("li", "worker").status());
    return worker;
  }

  private String pressed() {
    String alert = site.press("sos-1").value();
    site.engine.setNow("2026-11-22T06:01:01Z");
    site.engine.happens(new Input.TimePassed(io.shouwang.wording.District.HOME));
    return alert;
  }

  @Test
  void aLinkedWorkerSeesAndAnswersWhatTheyWereAskedFor() throws Exception {
    Seated worker = worker();
    String alert = pressed();
    JsonNode field = worker.get(FIELD).json();
    assertEquals("李建国", field.get("responder").get("name").asText());
    JsonNode card = field.get("alerts").get(0);
    assertEquals("东区幸福里 3 幢 201 室", card.get("home").get("address").asText());
    assertTrue(card.get("mine").get("asked").asBoolean(), card.toString());
    assertEquals("王秀英", card.get("persons").get(0).get("name").asText());
    ObjectNode going = Seated.json().put("id", "r1").put("reply", "accept").put("eta_min", 10);
    Site.Reply answered = worker.post(Site.ALERTS + "/" + alert + "/replies", going);
    assertEquals(200, answered.status(), answered.response().body());
    Site.Reply again = worker.post(Site.ALERTS + "/" + alert + "/replies", going);
    assertEquals("repeated", again.json().get("result").asText());
    JsonNode shown = site.get(Site.ALERTS + "/" + alert, Site.bearer("east")).json();
    assertEquals("worker", shown.get("coming").get(0).get("id").asText());
    assertEquals("grid_worker", shown.get("coming").get(0).get("role").asText());
  }

  @Test
  void whoWasNotAskedSeesTheGridAndAnswersNothing() throws Exception {
    Seated worker = worker();
    String alert = site.press("sos-1").value();
    JsonNode card = worker.get(FIELD).json().get("alerts").get(0);
    assertFalse(card.get("mine").get("asked").asBoolean());
    ObjectNode going = Seated.json().put("reply", "accept");
    assertEquals(403, worker.post(Site.ALERTS + "/" + alert + "/replies", going).status());
    assertEquals(0, site.engine.closed().size());
    String other = site.press("sos-2").value();
    assertEquals(404, worker.get(Site.ALERTS + "/" + other).status(), "not of this grid");
  }

  @Test
  void whoAsksAgainAndLearnsNothingNewHasLookedAtNothing() throws Exception {
    String worker = Site.bearer("worker");
    Site.Reply first = site.get(FIELD, worker);
    String tag = first.header("ETag");
    Site.Reply same = site.send(site.request(FIELD, worker).header("If-None-Match", tag));
    assertEquals(304, same.status());
    site.press("sos-1");
    Site.Reply other = site.send(site.request(FIELD, worker).header("If-None-Match", tag));
    assertEquals(200, other.status());
    assertEquals(1, other.json().get("alerts_total").asInt());
  }

  @Test
  void anAccountThatSpeaksForNobodyIsToldSo() throws Exception {
    Seated stray = root.make("zhou", "east", "grid_worker");
    String alert = site.press("sos-1").value();
    JsonNode field = stray.get(FIELD).json();
    assertFalse(field.has("responder"));
    assertEquals(1, field.get("alerts").size());
    ObjectNode going = Seated.json().put("reply", "accept");
    Site.Reply refused = stray.post(Site.ALERTS + "/" + alert + "/replies", going);
    assertEquals(409, refused.status());
    assertEquals("urn:shouwang:problem:not-linked", refused.json().get("type").asText());
    Seated organization = root.make("co", "city", "organization_worker");
    assertEquals(0, organization.get(FIELD).json().get("alerts").size());
    assertEquals(404, organization.get(Site.ALERTS + "/" + alert).status());
  }

  @Test
  void aVisitIsRecordedAsTheRespondersAndAnAlertRaisedAtTheDoor() throws Exception {
    Seated worker = worker();
    JsonNode duties = worker.get(FIELD).json().get("duties");
    assertEquals(1, duties.size(), duties.toString());
    assertEquals("weekly_contacts", duties.get(0).get("duty").asText());
    assertEquals("钥匙盒在门左侧", duties.get(0).get("access").asText());
    ObjectNode visit = Seated.json().put("id", "v1").put("means", "visit").put("result", "unwell");
    assertEquals("taken", worker.post(CONTACTS, visit).json().get("result").asText());
    assertEquals("repeated", worker.post(CONTACTS, visit).json().get("result").asText());
    JsonNode history = worker.get(CONTACTS).json().get("contacts");
    assertEquals("worker", history.get(0).get("by").asText());
    assertEquals("unwell", history.get(0).get("result").asText());
    assertEquals(404, worker.post("/api/v1/elders/e-003/contacts", visit).status());
    ObjectNode raise = Seated.json().put("id", "a1").put("home", "h-001").put("elder", "e-001");
    Site.Reply raised = worker.post(Site.ALERTS, raise);
    assertEquals(201, raised.status(), raised.response().body());
    assertEquals(200, worker.post(Site.ALERTS, raise).status(), "sent again");
    assertEquals(1, site.engine.open().size());
    assertEquals(
        404, worker.post(Site.ALERTS, Seated.json().put("id", "a2").put("home", "h-002")).status());
  }

  @Test
  void aLinkIsAWorkersToOneRegisteredResponderAndMayBeTakenAway() throws Exception {
    Seated worker = worker();
    root.make("zhao", "grid-1", "grid_worker");
    assertEquals(409, link("zhao", "worker").status(), "another speaks for them");
    assertEquals(400, link("zhao", "nobody").status());
    root.make("desk-1", "east", "dispatcher");
    assertEquals(400, link("desk-1", "daughter").status());
    ObjectNode promoted = Seated.json();
    promoted.putArray("roles").add("dispatcher");
    assertEquals(400, root.post("/api/v1/users/li", promoted).status(), "still linked");
    ObjectNode unlink = Seated.json().putNull("responder");
    assertEquals(200, root.post("/api/v1/users/li", unlink).status());
    assertFalse(worker.get(FIELD).json().has("responder"), "at once");
    assertEquals(200, link("zhao", "worker").status());
  }

  @Test
  void aLinkReachesNoFurtherThanTheAccountsArea() throws Exception {
    Seated west = root.make("west-1", "west", "organization_worker");
    assertEquals(200, link("west-1", "daughter").status());
    String alert = site.press("sos-1").value();
    assertEquals(404, west.get(Site.ALERTS + "/" + alert).status());
    Seated east = root.make("son", "city", "organization_worker");
    String other = site.press("sos-2").value();
    assertEquals("son", east.get(FIELD).json().get("responder").get("id").asText());
    assertEquals(200, east.get(Site.ALERTS + "/" + other).status());
    assertEquals(404, east.get(Site.ALERTS + "/" + alert).status(), "not asked");
  }
}
