package io.shouwang.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is owed, counted and exported; modes of an area. The time is 2026-11-22, a Sunday. */
class DutyRoutesTest {
  private static final String CONTACTS = "/api/v1/elders/e-001/contacts";

  @Test
  void theListIsNarrowedAndPaged() throws Exception {
    try (Site site = new Site()) {
      String all = "/api/v1/duties?state=all";
      JsonNode east = site.get(all + "&worker=worker", Site.bearer("city")).json();
      assertEquals(3, east.get("total").asInt(), "of the east's grid worker");
      assertEquals("李建国", east.get("duties").get(0).get("worker_name").asText());
      String weekly = all + "&duty=weekly_contacts";
      int weeklies = site.get(weekly, Site.bearer("city")).json().get("total").asInt();
      assertTrue(weeklies > 0 && weeklies < 5, "some");
      JsonNode second = site.get(all + "&limit=2&skip=4", Site.bearer("city")).json();
      assertEquals(1, second.get("duties").size());
      assertEquals(5, second.get("total").asInt());
      for (String wrong : List.of("skip=-1", "skip=x", "duty=a.b", "worker=%20", "area=.")) {
        assertEquals(400, site.get(all + "&" + wrong, Site.bearer("city")).status(), wrong);
      }
    }
  }

  @Test
  void theSummaryCountsByAreaAndWorker() throws Exception {
    try (Site site = new Site()) {
      JsonNode city = site.get("/api/v1/duties/summary", Site.bearer("city")).json();
      assertEquals(List.of("east", "west"), city.get("areas").findValuesAsText("area"));
      assertEquals(List.of("", "worker"), city.get("workers").findValuesAsText("worker"));
      int sum = 0;
      for (String state : List.of("overdue", "due", "open", "done", "paused")) {
        sum += city.get(state).asInt();
        assertEquals(
            city.get(state).asInt(),
            city.get("areas").findValues(state).stream().mapToInt(JsonNode::asInt).sum());
      }
      assertEquals(5, sum);
      JsonNode outside = site.get("/api/v1/duties/summary?area=west", Site.bearer("east")).json();
      assertEquals(0, outside.get("areas").size(), "not of the east's office");
    }
  }

  @Test
  void aMonthIsExportedForASpreadsheetAndNothingInItIsAFormula() throws Exception {
    try (Site site = new Site()) {
      site.post(
          CONTACTS,
          Site.bearer("east"),
          "{\"id\":\"c1\",\"means\":\"call\",\"result\":\"well\",\"note\":\"=1+1\\\"x\"}");
      site.post(CONTACTS, Site.basic("worker"), "{\"id\":\"c2\",\"means\":\"visit\"}");
      Site.Reply csv = site.get("/api/v1/duties/contacts.csv?month=2026-11", Site.bearer("east"));
      assertEquals("text/csv;charset=UTF-8", csv.header("Content-Type"));
      List<String> lines = csv.response().body().lines().toList();
      assertEquals(3, lines.size(), csv.response().body());
      assertTrue(lines.get(0).startsWith("\uFEFF日期,"), lines.get(0));
      assertTrue(lines.get(1).contains("\"王秀英\"") && lines.get(1).contains("\"安好\""));
      assertTrue(lines.get(1).contains("\"'=1+1\"\"x\""), lines.get(1));
      String october = "/api/v1/duties/contacts.csv?month=2026-10";
      assertEquals(1, site.get(october, Site.bearer("east")).response().body().lines().count());
      assertEquals(400, site.get(october + "x", Site.bearer("east")).status());
      Site.Reply west = site.get("/api/v1/duties/contacts.csv", Site.bearer("west"));
      assertEquals(1, west.response().body().lines().count(), "not theirs");
    }
  }

  @Test
  void theModesOfAnAreaAreListed() throws Exception {
    try (Site site = new Site()) {
      site.post(
          "/api/v1/homes/h-001/modes", Site.bearer("east"), "{\"mode\":\"away\",\"minutes\":90}");
      site.post("/api/v1/devices/sos-2/test-mode", Site.bearer("west"), "{\"minutes\":30}");
      JsonNode city = site.get("/api/v1/modes", Site.bearer("city")).json();
      assertEquals(List.of("test", "away"), city.get("modes").findValuesAsText("mode"));
      assertEquals("sos-2", city.get("modes").get(0).get("device").asText());
      assertEquals("王秀英", city.get("modes").get(1).get("elders").get(0).asText());
      JsonNode east = site.get("/api/v1/modes", Site.bearer("east")).json();
      assertEquals(List.of("h-001"), east.get("modes").findValuesAsText("home"));
      assertEquals(
          0, site.get("/api/v1/modes?area=west", Site.bearer("east")).json().get("total").asInt());
      assertEquals(400, site.get("/api/v1/modes?area=.", Site.bearer("east")).status());
    }
  }
}
