package io.shouwang.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

/** Rules and ladders over real HTTP: looked at, checked, put in force. */
class RuleRoutesTest {
  private static final String RULES = "/api/v1/rules";
  private static final String ACTIVATION = RULES + "/activation";

  private static ObjectNode json() {
    return Site.JSON.createObjectNode();
  }

  @Test
  void whatIsInForceIsShownAsItWasWritten() throws Exception {
    try (Site site = new Site()) {
      JsonNode rules = site.get(RULES, Site.bearer("viewer")).json();
      assertTrue(rules.get("text").asText().startsWith("# The numbers that rules"), "comments too");
      JsonNode ladders = site.get("/api/v1/ladders", Site.bearer("admin")).json();
      assertTrue(ladders.get("text").asText().contains("duty_desk:"));
      assertEquals(rules.get("hash"), ladders.get("hash"));
      assertEquals(403, site.get(RULES, Site.bearer("east")).status());
    }
  }

  @Test
  void aCheckNamesEveryMistakeWithItsLineAndChangesNothing() throws Exception {
    try (Site site = new Site()) {
      String hash = site.get(RULES, Site.bearer("admin")).json().get("hash").asText();
      ObjectNode wrong =
          json().put("rules", "late_after: soon\neta_cap: 90m\n").put("ladders", "ladders: {}\n");
      JsonNode checked = site.post(RULES + "/check", Site.bearer("admin"), wrong.toString()).json();
      assertFalse(checked.get("good").asBoolean());
      assertTrue(checked.get("problems").size() >= 3, checked.toString());
      JsonNode second = checked.get("problems").get(checked.get("problems").size() - 1);
      assertEquals("rules.yaml", second.get("file").asText());
      assertEquals(2, second.get("line").asInt());
      assertFalse(second.get("remedy").asText().isBlank());
      ObjectNode good = json().put("rules", "late_after: 3m\n");
      JsonNode fine = site.post(RULES + "/check", Site.bearer("admin"), good.toString()).json();
      assertTrue(fine.get("good").asBoolean());
      assertFalse(fine.get("same").asBoolean());
      assertEquals("a warning", fine.get("warnings").get(0).asText());
      assertEquals(hash, site.get(RULES, Site.bearer("admin")).json().get("hash").asText());
    }
  }

  @Test
  void anActivationNamesWhatItWasMadeFromAndWhatFor() throws Exception {
    try (Site site = new Site()) {
      String hash = site.get(RULES, Site.bearer("admin")).json().get("hash").asText();
      ObjectNode order = json().put("rules", "late_after: 3m\n").put("based_on", hash);
      assertEquals(400, site.post(ACTIVATION, Site.bearer("admin"), order.toString()).status());
      order.put("why", "slow network");
      assertEquals(403, site.post(ACTIVATION, Site.bearer("viewer"), order.toString()).status());
      Site.Reply done = site.post(ACTIVATION, Site.bearer("admin"), order.toString());
      assertEquals(200, done.status(), done.response().body());
      JsonNode rules = site.get(RULES, Site.bearer("admin")).json();
      assertEquals("late_after: 3m\n", rules.get("text").asText());
      assertEquals(done.json().get("hash"), rules.get("hash"));
      Site.Reply stale = site.post(ACTIVATION, Site.bearer("admin"), order.toString());
      assertEquals(409, stale.status());
      assertEquals("urn:shouwang:problem:moved-on", stale.json().get("type").asText());
      order.put("based_on", rules.get("hash").asText()).put("rules", "late_after: soon\n");
      Site.Reply wrong = site.post(ACTIVATION, Site.bearer("admin"), order.toString());
      assertEquals(422, wrong.status());
      assertEquals(1, wrong.json().get("problems").get(0).get("line").asInt());
      JsonNode former = site.get(RULES + "/former", Site.bearer("viewer")).json().get("former");
      assertEquals(hash, former.get(1).get("hash").asText());
      JsonNode before = site.get(RULES + "/former/" + hash, Site.bearer("viewer")).json();
      assertTrue(before.get("rules").asText().startsWith("# The numbers"));
      assertEquals(404, site.get(RULES + "/former/nothing", Site.bearer("viewer")).status());
    }
  }

  @Test
  void aTextThatIsTooLongIsRefusedWithItsBound() throws Exception {
    try (Site site = new Site()) {
      String body = json().put("rules", "#".repeat(300_000)).toString();
      Site.Reply refused = site.post(RULES + "/check", Site.bearer("admin"), body);
      assertEquals(400, refused.status());
      assertTrue(refused.response().body().contains("262144"));
    }
  }
}
