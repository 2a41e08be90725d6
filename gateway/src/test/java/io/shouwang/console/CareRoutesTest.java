package io.shouwang.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Visits, calls, what is owed, and modes, over real HTTP. The time is 2026-11-22, a Sunday. */
class CareRoutesTest {
  private static final String CONTACTS = "/api/v1/elders/e-001/contacts";
  private static final String MODES = "/api/v1/homes/h-001/modes";
  private static final String TEST = "/api/v1/devices/sos-1/test-mode";

  @Test
  void aVisitIsRecordedOnceAndShownToTheOfficeWithItsNote() throws Exception {
    try (Site site = new Site()) {
      String visit = "{\"id\":\"v-1\",\"means\":\"visit\",\"result\":\"well\",\"note\":\"安好\"}";
      Site.Reply first = site.post(CONTACTS, Site.basic("worker"), visit);
      assertEquals(200, first.status(), first.response().body());
      assertEquals("taken", first.json().get("result").asText());
      Site.Reply again = site.post(CONTACTS, Site.basic("worker"), visit);
      assertEquals("repeated", again.json().get("result").asText());
      JsonNode shown = site.get(CONTACTS, Site.bearer("east")).json().get("contacts");
      assertEquals(1, shown.size());
      assertEquals("worker", shown.get(0).get("by").asText());
      assertEquals("grid_worker", shown.get(0).get("roles").get(0).asText());
      assertEquals("安好", shown.get(0).get("note").asText());
    }
  }

  @Test
  void whomYouHaveNothingToDoWithIsNotThere() throws Exception {
    try (Site site = new Site()) {
      String call = "{\"means\":\"call\"}";
      for (String elder : List.of("e-003", "nobody", "a.b")) {
        String path = "/api/v1/elders/" + elder + "/contacts";
        assertEquals(404, site.post(path, Site.basic("daughter"), call).status(), elder);
      }
      assertEquals(404, site.post(CONTACTS, Site.bearer("west"), call).status());
      assertEquals(400, site.post(CONTACTS, Site.bearer("east"), "{}").status());
    }
  }

  @Test
  void theListSaysWhatIsStillOwed() throws Exception {
    try (Site site = new Site()) {
      String all = "/api/v1/duties?state=all";
      JsonNode before = site.get(all, Site.bearer("east")).json();
      assertEquals(3, before.get("total").asInt(), "two elders of one home");
      JsonNode due = site.get("/api/v1/duties?state=due", Site.bearer("east")).json();
      assertEquals("weekly_contacts", due.get("duties").get(0).get("duty").asText());
      assertEquals("2026-W47", due.get("duties").get(0).get("period").asText());
      assertEquals(3, due.get("duties").get(0).get("count").asInt());
      site.post(CONTACTS, Site.basic("daughter"), "{\"means\":\"call\",\"result\":\"no_answer\"}");
      site.post(CONTACTS, Site.basic("daughter"), "{\"means\":\"call\"}");
      JsonNode after = site.get("/api/v1/duties?state=due", Site.bearer("east")).json();
      assertEquals(1, after.get("duties").get(0).get("done").asInt());
      assertEquals(0, site.get("/api/v1/duties", Site.bearer("east")).json().get("total").asInt());
      assertEquals(400, site.get("/api/v1/duties?state=x", Site.bearer("east")).status());
      assertEquals(1, site.get(all + "&limit=1", Site.bearer("city")).json().get("duties").size());
      assertEquals(5, site.get(all, Site.bearer("city")).json().get("total").asInt());
      String west = all + "&area=west";
      assertEquals(2, site.get(west, Site.bearer("city")).json().get("total").asInt());
      assertEquals(0, site.get(west, Site.bearer("east")).json().get("total").asInt());
    }
  }

  @Test
  void aModeBeginsIsShownAndEnds() throws Exception {
    try (Site site = new Site()) {
      String away = "{\"mode\":\"away\",\"until\":\"2026-11-23T08:00:00+08:00\"}";
      assertEquals(200, site.post(MODES, Site.bearer("east"), away).status());
      assertEquals(200, site.post(TEST, Site.bearer("admin"), "{\"minutes\":30}").status());
      JsonNode modes = site.get(MODES, Site.bearer("viewer")).json().get("modes");
      assertEquals(2, modes.size());
      assertEquals("2026-11-23T00:00:00Z", modes.get(0).get("until").asText());
      assertEquals("sos-1", modes.get(1).get("device").asText());
      Site.Reply ended = site.send(site.request(MODES + "/away", Site.bearer("east")).DELETE());
      assertEquals("taken", ended.json().get("result").asText());
      assertEquals(1, site.get(MODES, Site.bearer("east")).json().get("modes").size());
      site.engine.setNow("2026-11-22T06:30:00Z");
      assertEquals(0, site.get(MODES, Site.bearer("east")).json().get("modes").size(), "by itself");
    }
  }

  @Test
  void aModeMustEnd() throws Exception {
    try (Site site = new Site()) {
      for (String wrong :
          List.of(
              "{\"mode\":\"away\"}",
              "{\"mode\":\"away\",\"minutes\":0}",
              "{\"mode\":\"drill\",\"minutes\":241}",
              "{\"mode\":\"test\",\"minutes\":10}",
              "{\"mode\":\"party\",\"minutes\":10}",
              "{\"mode\":\"away\",\"until\":\"tomorrow\"}")) {
        assertEquals(400, site.post(MODES, Site.bearer("east"), wrong).status(), wrong);
      }
      assertEquals(400, site.post(TEST, Site.bearer("east"), "{\"minutes\":241}").status());
    }
  }

  @Test
  void anAlertOfATestSaysSoEverywhere() throws Exception {
    try (Site site = new Site()) {
      site.post(TEST, Site.bearer("east"), "{}");
      String id = site.press("sos-1").value();
      JsonNode alert = site.get(Site.ALERTS + "/" + id, Site.bearer("east")).json();
      assertEquals("[\"test\"]", alert.get("modes").toString());
      assertTrue(alert.get("exercise").asBoolean());
      assertTrue(alert.get("why").asText().startsWith("【测试】"), alert.get("why").asText());
      JsonNode raised = alert.get("timeline").get(0);
      assertTrue(raised.get("exercise").asBoolean());
      assertTrue(raised.get("text").asText().startsWith("【测试】"));
      String real = site.press("sos-2").value();
      JsonNode other = site.get(Site.ALERTS + "/" + real, Site.bearer("west")).json();
      assertFalse(other.get("exercise").asBoolean());
      assertEquals("[]", other.get("modes").toString());
    }
  }

  @Test
  void whoCanHelpThemselvesLeastComesFirst() throws Exception {
    try (Site site = new Site()) {
      String able = site.press("sos-2").value();
      site.engine.setNow("2026-11-22T06:00:20Z");
      String dependent = site.press("sos-1").value();
      JsonNode alerts = site.get(Site.ALERTS, Site.bearer("city")).json().get("alerts");
      assertEquals(dependent, alerts.get(0).get("alert").asText());
      assertEquals("partly_dependent", alerts.get(0).get("elder").get("ability").asText());
      assertEquals(able, alerts.get(1).get("alert").asText());
    }
  }
}
