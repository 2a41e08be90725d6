package io.shouwang.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** Drills over real HTTP: who may order one where, what it says, how it ends. */
class DrillRoutesTest {
  private static final String DRILLS = "/api/v1/drills";

  private static String order(String area, String more) {
    return "{\"id\":\"d-1\",\"area\":\"" + area + "\"" + more + "}";
  }

  @Test
  void anOrderRingsAndTheReportSaysWhoWasRung() throws Exception {
    try (Site site = new Site()) {
      Site.Reply dry = site.post(DRILLS, Site.bearer("admin"), order("east", ",\"dry_run\":true"));
      assertEquals(200, dry.status(), dry.response().body());
      assertEquals(404, site.get(DRILLS + "/d-1", Site.bearer("admin")).status(), "nobody rung");
      Site.Reply ordered = site.post(DRILLS, Site.bearer("admin"), order("east", ""));
      assertEquals(201, ordered.status(), ordered.response().body());
      assertEquals(dry.json().get("homes"), ordered.json().get("homes"), "as it was planned");
      JsonNode report = site.get(DRILLS + "/d-1", Site.bearer("admin")).json();
      assertTrue(report.get("running").asBoolean());
      assertTrue(report.get("homes").get(0).get("people").size() > 0);
      JsonNode alert =
          site.get(
                  "/api/v1/alerts/" + report.get("homes").get(0).get("alert").asText(),
                  Site.bearer("city"))
              .json();
      assertTrue(alert.get("exercise").asBoolean());
      JsonNode ended =
          site.send(site.request(DRILLS + "/d-1", Site.bearer("admin")).DELETE()).json();
      assertFalse(ended.get("running").asBoolean(), ended.toString());
      assertEquals(0, site.get(DRILLS, Site.bearer("admin")).json().get("drills").size());
    }
  }

  @Test
  void oneHomeMayBeNamedAndWhatIsOverIsStillKnown() throws Exception {
    try (Site site = new Site()) {
      String other = order("east", ",\"home\":\"h-002\"");
      assertEquals(404, site.post(DRILLS, Site.bearer("admin"), other).status());
      String named = order("east", ",\"home\":\"h-001\",\"homes\":9");
      Site.Reply ordered = site.post(DRILLS, Site.bearer("admin"), named);
      assertEquals(201, ordered.status(), ordered.response().body());
      assertEquals("[\"h-001\"]", ordered.json().get("homes").toString());
      site.send(site.request(DRILLS + "/d-1", Site.bearer("admin")).DELETE());
      JsonNode all = site.get(DRILLS + "?state=all", Site.bearer("viewer")).json().get("drills");
      assertEquals("d-1", all.get(0).get("drill").asText());
      assertTrue(all.get(0).get("homes").get(0).get("address").asText().contains("幸福里"));
      JsonNode admins = site.get(DRILLS + "?state=all", Site.bearer("admin")).json().get("drills");
      assertFalse(admins.get(0).get("homes").get(0).has("address"));
      assertEquals(400, site.get(DRILLS + "?state=x", Site.bearer("admin")).status());
    }
  }

  @Test
  void onlyWhoAnswersForTheAreaOrdersThere() throws Exception {
    try (Site site = new Site()) {
      assertEquals(404, site.post(DRILLS, Site.bearer("viewer"), order("west", "")).status());
      assertEquals(403, site.post(DRILLS, Site.bearer("west"), order("west", "")).status());
      assertEquals(403, site.post(DRILLS, Site.basic("daughter"), order("west", "")).status());
      assertEquals(201, site.post(DRILLS, Site.bearer("viewer"), order("east", "")).status());
      assertEquals(404, site.get(DRILLS + "/d-1", Site.bearer("west")).status());
    }
  }

  @Test
  void whatIsOutOfBoundsIsSaid() throws Exception {
    try (Site site = new Site()) {
      for (String more :
          new String[] {
            ",\"homes\":0", ",\"homes\":51", ",\"minutes\":500", ",\"messages\":0", ",\"homes\":1.5"
          }) {
        Site.Reply refused = site.post(DRILLS, Site.bearer("admin"), order("east", more));
        assertEquals(400, refused.status(), more);
        assertTrue(refused.json().get("detail").asText().length() > 10, more);
      }
      assertEquals(404, site.post(DRILLS, Site.bearer("admin"), order("nowhere", "")).status());
    }
  }
}
