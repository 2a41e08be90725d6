package io.shouwang.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** Those on call swap shifts among themselves: Li and Wang of the east take turns at night. */
class OfferRoutesTest {
  private static final String SHIFTS = "/api/v1/field/shifts";
  private static final String OFFERS = "/api/v1/field/offers";

  private static JsonNode shift(Site site, String who) throws Exception {
    return site.get(SHIFTS, Site.bearer(who)).json().at("/shifts/0");
  }

  private static Site.Reply offer(Site site, String who, JsonNode shift) throws Exception {
    return site.post(
        OFFERS,
        Site.bearer(who),
        Seated.json()
            .put("schedule", shift.get("schedule").asText())
            .put("from", shift.get("from").asText())
            .put("to", shift.get("to").asText())
            .toString());
  }

  private static Site.Reply take(Site site, String who, String offer) throws Exception {
    return site.post(OFFERS + "/" + offer + "/acceptance", Site.bearer(who), "");
  }

  private static Site.Reply withdraw(Site site, String who, String offer) throws Exception {
    return site.send(site.request(OFFERS + "/" + offer, Site.bearer(who)).DELETE());
  }

  @Test
  void oneOffersAnotherTakesAndASupervisorSeesItAndUndoesIt() throws Exception {
    try (Site site = new Site()) {
      JsonNode mine = shift(site, "li");
      Site.Reply made = offer(site, "li", mine);
      assertEquals(201, made.status(), made.response().body());
      String id = made.json().get("offer").asText();
      assertEquals(id, offer(site, "li", mine).json().get("offer").asText(), "twice is once");
      assertEquals(id, shift(site, "li").get("offer").asText());
      String admin = Site.bearer("admin");
      assertEquals(
          id,
          site.get("/api/v1/schedules", admin).json().at("/schedules/0/offers/0/offer").asText());
      JsonNode shown = site.get(SHIFTS, Site.bearer("wang")).json().at("/offers/0");
      assertEquals("Li Na", shown.get("by_name").asText());
      Site.Reply taken = take(site, "wang", id);
      assertEquals(200, taken.status(), taken.response().body());
      assertEquals(404, take(site, "wang", id).status(), "once");
      String from = mine.get("from").asText();
      assertTrue(
          site
              .get(SHIFTS, Site.bearer("wang"))
              .json()
              .get("shifts")
              .findValuesAsText("from")
              .stream()
              .anyMatch(from::equals));
      JsonNode schedule = site.get("/api/v1/schedules?days=14", admin).json().at("/schedules/0");
      assertEquals(0, schedule.get("offers").size());
      String swap = schedule.at("/swaps/0/id").asText();
      assertEquals("wang", schedule.at("/swaps/0/people").asText());
      assertEquals(
          200,
          site.send(site.request("/api/v1/schedules/nights/swaps/" + swap, admin).DELETE())
              .status());
      assertEquals(from, shift(site, "li").get("from").asText());
    }
  }

  @Test
  void nobodyTakesWhatTheyDoNotCoverNorOffersWhatIsNotTheirs() throws Exception {
    try (Site site = new Site()) {
      JsonNode mine = shift(site, "li");
      assertEquals(409, offer(site, "wang", mine).status(), "it is Li's");
      assertEquals(409, offer(site, "grid", mine).status(), "an account that speaks for nobody");
      String id = offer(site, "li", mine).json().get("offer").asText();
      assertEquals(0, site.get(SHIFTS, Site.bearer("zhao")).json().get("offers").size());
      assertEquals(404, take(site, "zhao", id).status(), "Zhao is of the west");
      assertEquals(404, take(site, "li", id).status(), "one's own");
      assertEquals(404, withdraw(site, "wang", id).status());
      assertEquals(200, withdraw(site, "li", id).status());
      assertEquals(404, take(site, "wang", id).status());
      String again = offer(site, "li", mine).json().get("offer").asText();
      assertEquals(200, withdraw(site, "admin", again).status(), "the office may, too");
    }
  }
}
