package io.shouwang.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.shouwang.host.Clock;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Searching and looking somebody up: who finds whom, and what a card says. */
class SearchRoutesTest {
  private static String query(String path, String typed) {
    return "/api/v1/" + path + "?q=" + URLEncoder.encode(typed, StandardCharsets.UTF_8);
  }

  private static List<String> ids(JsonNode rows) {
    List<String> ids = new ArrayList<>();
    rows.forEach(row -> ids.add(row.get("id").asText()));
    return ids;
  }

  @Test
  void eachFindsThoseOfTheirArea() throws Exception {
    try (Site site = new Site()) {
      JsonNode found = site.get(query("elders", "王"), Site.bearer("east")).json();
      assertEquals(List.of("e-001", "e-002"), ids(found.get("elders")));
      assertEquals(2, found.get("total").asInt());
      assertFalse(found.get("more").asBoolean());
      JsonNode elder = found.get("elders").get(0);
      assertEquals("王秀英", elder.get("name").asText());
      assertEquals(85, elder.get("age").asInt());
      assertEquals("东区幸福里 3 幢 201 室", elder.at("/home/address").asText());
      assertEquals("幸福里第一网格", elder.at("/home/area/2/name").asText());
      assertFalse(elder.get("home").has("alert"));
      assertEquals(
          0, site.get(query("elders", "王"), Site.bearer("west")).json().get("total").asInt());
      assertEquals(
          List.of("e-003"),
          ids(site.get(query("elders", "zgl"), Site.bearer("city")).json().get("elders")));
      assertEquals(
          List.of("h-001"),
          ids(site.get(query("homes", "smoke-1"), Site.bearer("viewer")).json().get("homes")));
      JsonNode responders = site.get(query("responders", "wxy"), Site.bearer("east")).json();
      assertEquals(List.of("daughter"), ids(responders.get("responders")));
      assertEquals("亲属", responders.at("/responders/0/roles/0").asText());
      assertEquals(
          List.of(),
          ids(site.get(query("responders", "wxy"), Site.bearer("west")).json().get("responders")));
    }
  }

  @Test
  void anAreaNarrowsAndNeverWidens() throws Exception {
    try (Site site = new Site()) {
      String typed = query("elders", "王");
      assertEquals(
          2, site.get(typed + "&area=grid-1", Site.bearer("city")).json().get("total").asInt());
      assertEquals(
          0, site.get(typed + "&area=west", Site.bearer("city")).json().get("total").asInt());
      assertEquals(
          0, site.get(typed + "&area=city", Site.bearer("west")).json().get("total").asInt());
      assertEquals(
          0, site.get(typed + "&area=none", Site.bearer("city")).json().get("total").asInt());
      for (String wrong :
          List.of(
              "elders",
              "elders?q=",
              "elders?q=w",
              "elders?q=" + "x".repeat(101),
              "elders?q=wx&limit=0",
              "elders?q=wx&limit=101",
              "elders?q=wx&area=%2F",
              "areas?parent=%2F")) {
        Site.Reply reply = site.get("/api/v1/" + wrong, Site.bearer("city"));
        assertEquals(400, reply.status(), wrong);
        assertFalse(reply.json().get("detail").asText().isEmpty());
      }
    }
  }

  @Test
  void whatIsOpenIsSaidToThoseWhoAnswerIt() throws Exception {
    try (Site site = new Site()) {
      String id = site.press("sos-1").value();
      JsonNode elder =
          site.get(query("elders", "王秀英"), Site.bearer("east")).json().at("/elders/0/home/alert");
      assertEquals(id, elder.get("id").asText());
      assertTrue(
          site.get(query("elders", "王秀英"), Site.bearer("admin"))
              .json()
              .at("/elders/0/home/alert")
              .isMissingNode());
      JsonNode card = site.get("/api/v1/homes/h-001", Site.bearer("east")).json();
      assertEquals(id, card.at("/alerts/0/alert").asText());
      JsonNode keepers = site.get("/api/v1/homes/h-001", Site.bearer("admin")).json();
      assertFalse(keepers.has("alerts") || keepers.has("contacts"));
    }
  }

  @Test
  void aCardSaysWhereWhoAndWhomItRings() throws Exception {
    try (Site site = new Site()) {
      JsonNode card = site.get("/api/v1/elders/e-001?lang=en", Site.bearer("east")).json();
      assertEquals("e-001", card.get("elder").asText());
      assertEquals("钥匙盒在门左侧", card.at("/home/access").asText());
      assertEquals("东区", card.at("/home/area/1/name").asText());
      assertEquals(2, card.get("elders").size());
      assertEquals("独居", card.at("/elders/0/notes").asText());
      assertTrue(card.at("/elders/0/duties").size() > 0);
      assertEquals("relative", card.at("/reached/0/role").asText());
      assertEquals("王小燕", card.at("/reached/0/people/0/name").asText());
      assertEquals("mqtt", card.at("/reached/0/people/0/ways/0/channel").asText());
      JsonNode desk = card.get("reached").get(card.get("reached").size() - 1);
      assertEquals("duty_desk", desk.get("role").asText());
      assertEquals(1, desk.get("level").asInt());
      assertEquals(6, card.get("devices").size());
      assertEquals("none", card.get("protection").asText());
      site.post(
          "/api/v1/homes/h-001/modes", Site.bearer("east"), "{\"mode\":\"away\",\"minutes\":60}");
      JsonNode later = site.get("/api/v1/homes/h-001", Site.bearer("east")).json();
      assertEquals("away", later.at("/modes/0/mode").asText());
    }
  }

  @Test
  void devicesAndRespondersHaveCards() throws Exception {
    try (Site site = new Site()) {
      JsonNode hub = site.get("/api/v1/devices/hub-1", Site.bearer("east")).json();
      assertEquals("child-1", hub.at("/children/0").asText());
      assertEquals("never_heard", hub.get("state").asText());
      JsonNode button = site.get("/api/v1/devices/child-1", Site.bearer("east")).json();
      assertEquals("hub-1", button.get("hub").asText());
      assertEquals("王秀英", button.get("elder_name").asText());
      JsonNode daughter = site.get("/api/v1/responders/daughter", Site.bearer("east")).json();
      assertEquals("13800000001", daughter.get("phone").asText());
      assertEquals("e-001", daughter.at("/holdings/0/elder").asText());
      assertEquals("王秀英", daughter.at("/holdings/0/name").asText());
      assertFalse(daughter.get("on_call").asBoolean());
      assertEquals(404, site.get("/api/v1/responders/e-001", Site.bearer("east")).status());
      assertEquals(404, site.get("/api/v1/devices/no.such", Site.bearer("east")).status());
      assertEquals(404, site.get("/api/v1/devices/stray", Site.bearer("city")).status());
    }
  }

  @Test
  void aGridWorkerHasTheCardsOfThoseWhoWait() throws Exception {
    try (Site site = new Site()) {
      // In the first days of a month and a week nobody waits for anybody yet.
      site.engine.setNow("2026-12-01T02:00:00Z");
      assertEquals(404, site.get("/api/v1/homes/h-001", Site.bearer("grid")).status());
      site.press("sos-1");
      assertEquals(200, site.get("/api/v1/homes/h-001", Site.bearer("grid")).status());
      assertEquals(404, site.get("/api/v1/homes/h-002", Site.bearer("grid")).status());
      assertEquals(403, site.get(query("elders", "王"), Site.bearer("grid")).status());
    }
  }

  @Test
  void areasAreATreeAndTheRegistryHasAName() throws Exception {
    try (Site site = new Site()) {
      JsonNode top = site.get("/api/v1/areas", Site.bearer("city")).json();
      assertEquals("city", top.at("/area/id").asText());
      assertEquals(3, top.at("/area/elders").asInt());
      assertEquals(List.of("east", "west"), ids(top.get("areas")));
      JsonNode east = site.get("/api/v1/areas?parent=east", Site.bearer("city")).json();
      assertEquals(List.of("grid-1"), ids(east.get("areas")));
      assertEquals("云锦市", east.at("/path/0/name").asText());
      assertEquals(
          "east", site.get("/api/v1/areas", Site.bearer("east")).json().at("/area/id").asText());
      assertEquals(404, site.get("/api/v1/areas?parent=city", Site.bearer("east")).status());
      assertEquals(404, site.get("/api/v1/areas?parent=none", Site.bearer("city")).status());
      JsonNode registry = site.get("/api/v1/registry", Site.bearer("east")).json();
      assertEquals(64, registry.get("hash").asText().length());
      assertEquals(3, registry.at("/counts/elders").asInt());
      assertTrue(registry.get("since_start").asBoolean());
    }
  }

  @Test
  void tooManySearchesAreTurnedAwayAndTheRestAnswered() throws Exception {
    try (SearchDesk desk =
        new SearchDesk(() -> DistrictFinder.FINDER, Clock.SYSTEM, new SimpleMeterRegistry())) {
      CountDownLatch under = new CountDownLatch(1);
      CountDownLatch go = new CountDownLatch(1);
      AtomicInteger answered = new AtomicInteger();
      List<Thread> asking = new ArrayList<>();
      asking.add(
          Thread.ofVirtual()
              .start(() ->
                  answered.addAndGet(
                      desk.ask(_ -> {
                        under.countDown();
                        return await(go);
                      }))));
      assertTrue(under.await(60, TimeUnit.SECONDS));
      CountDownLatch refused = new CountDownLatch(1);
      for (int i = 0; i < SearchDesk.WAITING_MAX + 1; i++) {
        asking.add(
            Thread.ofVirtual()
                .start(() -> {
                  try {
                    answered.addAndGet(desk.ask(_ -> 1));
                  } catch (Problem busy) {
                    refused.countDown();
                  }
                }));
      }
      assertTrue(refused.await(60, TimeUnit.SECONDS), "one is too many");
      assertEquals(503, assertThrows(Problem.class, () -> desk.ask(_ -> 1)).status());
      go.countDown();
      for (Thread one : asking) {
        one.join();
      }
      assertEquals(SearchDesk.WAITING_MAX + 1, answered.get());
      assertEquals(Integer.valueOf(1), desk.<Integer>ask(_ -> 1));
    }
  }

  private static int await(CountDownLatch go) {
    try {
      return go.await(60, TimeUnit.SECONDS) ? 1 : 0;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
