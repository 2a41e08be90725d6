package io.shouwang.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.shouwang.accounts.TestAccounts;
import io.shouwang.model.AlertId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the room is told by numbers, over real HTTP. */
class FigureRoutesTest {
  private static final String DEVICES = "/api/v1/devices?counts=true";
  private static final String READINGS = "/api/v1/homes/h-001/readings";

  private static List<String> texts(JsonNode nodes, String field) {
    List<String> texts = new ArrayList<>();
    nodes.forEach(node -> texts.add(node.get(field).asText()));
    return texts;
  }

  @Test
  void devicesAreCountedByStateAndFilteredAndPaged() throws Exception {
    try (Site site = new Site()) {
      site.press("sos-1");
      site.quietly("band-1", "status", "{\"battery_pct\":5}");
      site.quietly("band-2", "vitals", "?");
      site.quietly("stray", "vitals", "{\"heart_rate_bpm\":70}");
      JsonNode all = site.get(DEVICES, Site.bearer("city")).json();
      assertEquals(2, all.get("states").get("protects").asInt());
      assertEquals(1, all.get("states").get("low_battery").asInt());
      assertEquals(1, all.get("states").get("unreadable").asInt());
      assertEquals(1, all.get("states").get("unregistered").asInt());
      assertEquals(8, all.get("all").asInt(), "seven registered, one nobody knows");
      assertEquals(2, all.get("types").get("bracelet").asInt());
      assertEquals(
          List.of("band-1"),
          texts(
              site.get(DEVICES + "&state=low_battery", Site.bearer("city")).json().get("devices"),
              "device"));
      assertEquals(
          List.of("stray"),
          texts(
              site.get(DEVICES + "&state=unregistered", Site.bearer("city")).json().get("devices"),
              "device"));
      JsonNode east = site.get(DEVICES, Site.bearer("east")).json();
      assertFalse(east.get("states").has("unregistered"), "nobody's device is the city's");
      JsonNode found = site.get(DEVICES + "&q=BAND&type=bracelet", Site.bearer("east")).json();
      assertEquals(2, found.get("total").asInt());
      List<String> leafed = new ArrayList<>();
      for (int offset = 0; offset < 8; offset += 3) {
        JsonNode page = site.get(DEVICES + "&limit=3&offset=" + offset, Site.bearer("city")).json();
        leafed.addAll(texts(page.get("devices"), "device"));
        assertEquals(offset + 3 < 8, page.get("more").asBoolean());
      }
      assertEquals(8, leafed.stream().distinct().count());
      for (String wrong : List.of("state=x", "offset=-1", "counts=maybe", "q=" + "x".repeat(65))) {
        assertEquals(
            400, site.get("/api/v1/devices?" + wrong, Site.bearer("city")).status(), wrong);
      }
    }
  }

  @Test
  void aDevicesHealthShowsBytesOnlyToThoseWhoLookAfterDevices() throws Exception {
    try (Site site = new Site()) {
      site.quietly(
          "band-1",
          "status",
          "{\"battery_pct\":64,\"signal_dbm\":-71,\"firmware\":\"1.4.2\",\"worn\":true}");
      site.quietly("band-1", "vitals", "?!");
      site.post("/api/v1/devices/band-1/test-mode", Site.bearer("east"), "{\"minutes\":60}");
      String path = "/api/v1/devices/band-1/health";
      JsonNode seat = site.get(path, Site.bearer("east")).json();
      assertEquals("1.4.2", seat.get("status").get("firmware").asText());
      assertEquals(-71, seat.get("status").get("signal_dbm").asInt());
      assertTrue(seat.get("worn").asBoolean());
      assertEquals(64, seat.get("battery_pct").asInt());
      assertEquals("east", seat.get("test_mode").get("by").asText());
      assertEquals(1, seat.get("unreadable").get("records").asInt());
      JsonNode entry = seat.get("unreadable").get("entries").get(0);
      assertEquals(2, entry.get("bytes").asInt());
      assertFalse(entry.has("hex"));
      JsonNode supervisor = site.get(path, Site.bearer("viewer")).json();
      assertEquals("3f21", supervisor.get("unreadable").get("entries").get(0).get("hex").asText());
      JsonNode administrator = site.get(path, Site.bearer("admin")).json();
      assertTrue(administrator.get("unreadable").get("entries").get(0).has("hex"));
      assertEquals(404, site.get(path, Site.bearer("west")).status());
      assertEquals(404, site.get("/api/v1/devices/none/health", Site.bearer("east")).status());
      site.quietly("stray", "vitals", "{}");
      JsonNode stray = site.get("/api/v1/devices/stray/health", Site.bearer("city")).json();
      assertFalse(stray.get("registered").asBoolean());
      assertEquals(404, site.get("/api/v1/devices/stray/health", Site.bearer("east")).status());
    }
  }

  @Test
  void readingsAreDrawnWithTheRulesLimitsForThoseWhoSeeAnAlertWhole() throws Exception {
    try (Site site = new Site()) {
      site.quietly("band-1", "vitals", "{\"heart_rate_bpm\":71,\"systolic_mmhg\":140}");
      site.engine.setNow("2026-11-22T06:10:00Z");
      site.quietly("band-1", "vitals", "{\"heart_rate_bpm\":75}");
      site.quietly("band-2", "vitals", "{\"heart_rate_bpm\":60}");
      JsonNode seat = site.get(READINGS, Site.bearer("east")).json();
      assertEquals("2026-11-22T06:00:00Z", seat.get("known_from").asText());
      JsonNode pulse = seat.get("series").get(0);
      assertEquals("heart_rate", pulse.get("measure").asText());
      assertEquals("band-1", pulse.get("device").asText());
      assertEquals(48, pulse.get("limits").get("low").asInt());
      assertEquals(2, pulse.get("points").size());
      assertEquals(3, seat.get("series").size());
      JsonNode late = site.get(READINGS + "?minutes=5", Site.bearer("east")).json();
      assertEquals(1, late.get("series").get(0).get("points").size());
      assertEquals(404, site.get(READINGS, Site.basic("daughter")).status(), "no alert, no look");
      AlertId alert = site.press("sos-1");
      JsonNode daughter = site.get(READINGS, Site.basic("daughter")).json();
      assertEquals(
          List.of("band-1"),
          texts(daughter.get("series"), "device").stream().distinct().toList(),
          "her mother's, not the other elder's of the home");
      assertEquals(404, site.get(READINGS, Site.basic("son")).status());
      site.post(
          Site.ALERTS + "/" + alert + "/replies",
          Site.bearer("east"),
          "{\"reply\":\"done\",\"disposition\":\"real\",\"note\":\"seen to\"}");
      assertEquals(404, site.get(READINGS, Site.basic("daughter")).status(), "closed, gone");
      assertEquals(400, site.get(READINGS + "?minutes=0", Site.bearer("east")).status());
    }
  }

  @Test
  void elevenAlertsInTenMinutesFloodTheSeatTheWallAndNobodyElse() throws Exception {
    try (Site site = new Site()) {
      for (int i = 0; i < 11; i++) {
        site.engine.setNow("2026-11-22T06:0%d:%02dZ".formatted(i / 2, i % 2 * 30));
        site.says("stray-" + i, "sos", "{}");
      }
      site.press("sos-1");
      JsonNode load = site.get("/api/v1/load", Site.bearer("city")).json();
      assertEquals(12, load.get("alerts").asInt());
      assertTrue(load.get("flood").get("on").asBoolean());
      assertEquals(12, load.get("most_10_min").asInt());
      assertEquals(12, load.get("severity").get("critical").asInt());
      assertEquals(12, load.get("answering").get("unanswered").asInt());
      assertEquals(1, load.get("floods").size());
      assertEquals(10, load.get("sources").get("devices").size());
      assertFalse(load.get("complete").asBoolean(), "counting began today");
      assertTrue(load.get("shifts").get(0).get("running").asBoolean());
      JsonNode east = site.get("/api/v1/load", Site.bearer("east")).json();
      assertEquals(1, east.get("alerts").asInt());
      assertFalse(
          site.get("/api/v1/load/now", Site.bearer("east"))
              .json()
              .get("flood")
              .get("on")
              .asBoolean());
      JsonNode wall = site.get("/api/v1/wall", Site.bearer("city")).json();
      assertEquals(12, wall.get("unanswered").asInt());
      assertEquals("2026-11-22T06:00:00Z", wall.get("oldest_at").asText());
      assertTrue(wall.get("flood").get("on").asBoolean());
      String text = wall.toString();
      for (String personal : List.of("王秀英", "201 室", "0513", "e-001", "h-001", "sos-1")) {
        assertFalse(text.contains(personal), personal);
      }
      assertEquals(
          "grid-1",
          site.get("/api/v1/wall", Site.bearer("east"))
              .json()
              .get("shown")
              .get(0)
              .get("area")
              .asText());
      assertEquals(404, site.get("/api/v1/load?area=west", Site.bearer("east")).status());
      assertEquals(
          400, site.get("/api/v1/load?from=2026-11-23T00:00:00Z", Site.bearer("city")).status());
    }
  }

  @Test
  void theSheetIsSignedByTwo(@TempDir Path data) throws Exception {
    try (Site site = new Site(clock -> TestAccounts.in(data, clock))) {
      site.press("sos-1");
      site.post("/api/v1/devices/band-1/test-mode", Site.bearer("east"), "{\"minutes\":60}");
      JsonNode sheet = site.get("/api/v1/handover", Site.bearer("east")).json();
      assertEquals(1, sheet.get("open").asInt());
      assertEquals("王秀英", sheet.get("alerts").get(0).get("elder").get("name").asText());
      assertEquals(1, sheet.get("shift").get("longest").size());
      assertEquals("band-1", sheet.get("modes").get(0).get("device").asText());
      assertEquals(0, sheet.get("sheets").size());
      String remark = "3 号楼停电 <b>\"'";
      Site.Reply given =
          site.post(
              "/api/v1/handover",
              Site.bearer("east"),
              Site.JSON.createObjectNode().put("remark", remark).toString());
      assertEquals(201, given.status());
      String id = given.json().get("sheet").asText();
      String signature = "/api/v1/handover/" + id + "/signature";
      assertEquals(409, site.post(signature, Site.bearer("east"), "{}").status());
      assertEquals(404, site.post(signature, Site.bearer("west"), "{}").status());
      Site.Reply taken = site.post(signature, Site.bearer("viewer"), "{}");
      assertEquals(200, taken.status());
      assertEquals(409, site.post(signature, Site.bearer("city"), "{}").status());
      JsonNode one = site.get("/api/v1/handover", Site.bearer("east")).json().get("sheets").get(0);
      assertEquals(remark, one.get("remark").asText());
      assertEquals("operator:viewer", one.get("taken_by").asText());
      String record = site.get("/api/v1/audit", Site.bearer("auditor")).json().toString();
      assertTrue(record.contains("hand_over") && record.contains("take_over"), record);
      assertEquals(
          400,
          site.post(
                  "/api/v1/handover",
                  Site.bearer("east"),
                  Site.JSON.createObjectNode().put("remark", "x".repeat(2_001)).toString())
              .status());
    }
  }
}
