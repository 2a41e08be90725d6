package io.shouwang.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.Test;

/** The registry edited over HTTP, and shifts swapped. */
class RegistryRoutesTest {
  private static final String ENTRIES = "/api/v1/registry/entries/";
  private static final String ADMIN = Site.bearer("admin");

  private static Site.Reply put(Site site, String entry, String header, String value, String row)
      throws Exception {
    return site.send(
        site.request(ENTRIES + entry, ADMIN)
            .header("Content-Type", "application/json")
            .header(header, value)
            .POST(HttpRequest.BodyPublishers.ofString("{\"rows\":[" + row + "]}")));
  }

  @Test
  void anEntryIsAddedChangedAndTakenAwayAndTwoWhoEditItSeeEachOther() throws Exception {
    try (Site site = new Site()) {
      String row = "{\"address\":\"Road 9\",\"area\":\"west\"}";
      assertEquals(200, put(site, "homes/h-009", "If-None-Match", "*", row).status());
      assertEquals(412, put(site, "homes/h-009", "If-None-Match", "*", row).status());
      Site.Reply shown = site.get(ENTRIES + "homes/h-009", ADMIN);
      String version = shown.json().get("version").asText();
      assertEquals('"' + version + '"', shown.header("ETag"));
      String other = "{\"address\":\"Road 10\",\"area\":\"west\"}";
      Site.Reply done = put(site, "homes/h-009", "If-Match", version, other);
      assertEquals("[\"address\"]", done.json().at("/changes/0/fields").toString());
      Site.Reply late = put(site, "homes/h-009", "If-Match", version, row);
      assertEquals(412, late.status());
      assertEquals("Road 10", late.json().at("/now/rows/0/address").asText());
      String now = late.json().at("/now/version").asText();
      HttpRequest.Builder gone =
          site.request(ENTRIES + "homes/h-009", ADMIN).header("If-Match", now).DELETE();
      assertEquals(200, site.send(gone).status());
      assertEquals(404, site.get(ENTRIES + "homes/h-009", ADMIN).status());
      String changes = site.get("/api/v1/registry/changes", ADMIN).response().body();
      assertTrue(changes.contains("\"removed\""), changes);
      assertFalse(changes.contains("Road"), "fields' names, not what they say");
    }
  }

  @Test
  void whatCannotBeSoNamesEachFieldAndTheRemedy() throws Exception {
    try (Site site = new Site()) {
      Site.Reply refused =
          put(site, "elders/e-9", "If-None-Match", "*", "{\"home\":\"h-7\",\"birth_year\":\"41\"}");
      assertEquals(422, refused.status());
      JsonNode problems = refused.json().get("problems");
      assertEquals(3, problems.size());
      assertEquals("home", problems.get(0).get("field").asText());
      assertFalse(problems.get(0).get("remedy").asText().isEmpty());
    }
  }

  @Test
  void aShiftIsSwappedAndTheSwapUndone() throws Exception {
    try (Site site = new Site()) {
      String who = Site.bearer("viewer");
      JsonNode nights = site.get("/api/v1/schedules", who).json().at("/schedules/0");
      assertEquals("nights", nights.get("id").asText());
      assertEquals(0, nights.at("/now/people").size(), "at two in the afternoon nobody is");
      JsonNode next = nights.get("next");
      String out = next.at("/people/0/id").asText();
      String swap =
          "{\"from\":\"%s\",\"to\":\"%s\",\"out\":\"%s\",\"in\":\"zhao\",\"reason\":\"ill\"}"
              .formatted(next.get("from").asText(), next.get("to").asText(), out);
      String path = "/api/v1/schedules/nights/swaps";
      assertEquals(200, site.post(path, who, swap).status());
      assertEquals(409, site.post(path, who, swap).status(), "they aren't on call any more");
      JsonNode swapped = site.get("/api/v1/schedules", who).json().at("/schedules/0");
      assertEquals("zhao", swapped.at("/next/people/0/id").asText());
      assertTrue(swapped.at("/next/swapped").asBoolean());
      String id = swapped.at("/swaps/0/id").asText();
      assertEquals(200, site.send(site.request(path + "/" + id, who).DELETE()).status());
      JsonNode undone = site.get("/api/v1/schedules", who).json().at("/schedules/0");
      assertEquals(out, undone.at("/next/people/0/id").asText());
    }
  }
}
