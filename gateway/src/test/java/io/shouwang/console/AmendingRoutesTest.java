package io.shouwang.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.shouwang.model.AlertId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Corrections over real HTTP: closed too early, raised twice. */
class AmendingRoutesTest {
  private static final String EAST = Site.bearer("east");

  private static String at(AlertId alert, String what) {
    return Site.ALERTS + "/" + alert + what;
  }

  private static void close(Site site, AlertId alert) throws Exception {
    String done = "{\"reply\":\"done\",\"disposition\":\"false_alarm\",\"note\":\"her cat\"}";
    assertEquals(200, site.post(at(alert, "/replies"), EAST, done).status());
  }

  private static List<String> facts(Site site, AlertId alert) throws Exception {
    List<String> types = new ArrayList<>();
    for (JsonNode entry : site.get(at(alert, ""), EAST).json().get("timeline")) {
      types.add(entry.get("type").asText());
    }
    return types;
  }

  @Test
  void whatWasClosedTooEarlyRingsOnWithAReason() throws Exception {
    try (Site site = new Site()) {
      AlertId alert = site.press("sos-1");
      String again = "{\"id\":\"again-1\",\"note\":\"she called: she can't get up\"}";
      JsonNode early = site.post(at(alert, "/reopenings"), EAST, again).json();
      assertEquals("repeated", early.get("result").asText(), "it is open");
      close(site, alert);
      Site.Reply unsaid = site.post(at(alert, "/reopenings"), EAST, "{\"note\":\" \"}");
      assertEquals(422, unsaid.status(), unsaid.response().body());
      assertEquals("closed", site.get(at(alert, ""), EAST).json().get("state").asText());
      Site.Reply taken = site.post(at(alert, "/reopenings"), EAST, again);
      assertEquals(200, taken.status(), taken.response().body());
      JsonNode open = site.get(at(alert, ""), EAST).json();
      assertEquals("ringing", open.get("state").asText());
      assertTrue(facts(site, alert).contains("reopened"), open.toString());
      assertTrue(open.toString().contains("can't get up"), "the reason is shown");
    }
  }

  @Test
  void twoAlertsOfOneHomeGoOnAsOneAndBothTimelinesStay() throws Exception {
    try (Site site = new Site()) {
      AlertId press = site.press("sos-1");
      String fall = "{\"id\":\"call-1\",\"home\":\"h-001\",\"elder\":\"e-001\",\"kind\":\"fall\"}";
      AlertId call = new AlertId(site.post(Site.ALERTS, EAST, fall).json().get("alert").asText());
      String from = "{\"from\":\"" + call + "\"}";
      assertEquals(400, site.post(at(press, "/merges"), EAST, "{}").status());
      assertEquals(
          409, site.post(at(press, "/merges"), EAST, "{\"from\":\"" + press + "\"}").status());
      Site.Reply merged = site.post(at(press, "/merges"), EAST, from);
      assertEquals(200, merged.status(), merged.response().body());
      assertEquals("taken", merged.json().get("result").asText());
      assertEquals(
          "repeated", site.post(at(press, "/merges"), EAST, from).json().get("result").asText());
      assertTrue(facts(site, press).contains("merged_from"));
      assertTrue(facts(site, call).contains("merged_into"));
      assertTrue(facts(site, call).contains("call_taken"), "its own timeline stays");
      assertEquals("ringing", site.get(at(press, ""), EAST).json().get("state").asText());
    }
  }
}
