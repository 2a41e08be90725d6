package io.shouwang.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What protects whom, for those who send somebody round. */
class ProtectionRoutesTest {
  private static List<String> texts(JsonNode nodes, String field) {
    List<String> texts = new ArrayList<>();
    nodes.forEach(node -> texts.add(node.get(field).asText()));
    return texts;
  }

  @Test
  void whatWasNeverHeardIsNoProtectionAndWhatIsHeardIs() throws Exception {
    try (Site site = new Site()) {
      String path = "/api/v1/homes/h-001/protection";
      JsonNode before = site.get(path, Site.bearer("east")).json();
      assertEquals("none", before.get("protection").asText());
      assertTrue(before.get("devices").size() > 0);
      assertEquals(
          List.of("never_heard"),
          texts(before.get("devices"), "state").stream().distinct().toList());
      site.press("sos-1");
      JsonNode after = site.get(path, Site.bearer("east")).json();
      for (JsonNode device : after.get("devices")) {
        boolean pressed = device.get("device").asText().equals("sos-1");
        assertEquals(pressed ? "protects" : "never_heard", device.get("state").asText());
        assertEquals(pressed, device.has("tested_at"));
      }
    }
  }

  @Test
  void theListHasWhatIsAskedForInTheCallersAreaAndSaysIfThereIsMore() throws Exception {
    try (Site site = new Site()) {
      site.press("sos-1");
      String unprotected = "/api/v1/devices?state=unprotected";
      JsonNode all = site.get(unprotected, Site.bearer("city")).json();
      assertFalse(texts(all.get("devices"), "device").contains("sos-1"));
      assertFalse(all.get("more").asBoolean());
      JsonNode one = site.get(unprotected + "&limit=1", Site.bearer("city")).json();
      assertEquals(1, one.get("devices").size());
      assertTrue(one.get("more").asBoolean());
      JsonNode west = site.get("/api/v1/devices", Site.bearer("west")).json();
      assertFalse(texts(west.get("devices"), "home").contains("h-001"));
      assertEquals(400, site.get("/api/v1/devices?state=fine", Site.bearer("city")).status());
      assertEquals(400, site.get("/api/v1/devices?limit=0", Site.bearer("city")).status());
    }
  }
}
