package io.shouwang.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The published description says what the server does. */
class OpenApiTest {

  @Test
  void itsPathsAreTheServersRoutesAndTheirRightsAgree() throws Exception {
    try (Site site = new Site()) {
      JsonNode paths = document(site).get("paths");
      Set<String> described = new TreeSet<>();
      paths
          .properties()
          .forEach(path ->
              path.getValue()
                  .fieldNames()
                  .forEachRemaining(method ->
                      described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
      Set<String> served =
          site.server.routes().stream().map(Route::name).collect(Collectors.toSet());
      assertEquals(new TreeSet<>(served), described);
      for (Route route : site.server.routes()) {
        JsonNode operation = paths.get(route.path()).get(word(route));
        boolean isOpen = operation.get("security").isEmpty();
        assertEquals(route.who().contains(Who.ANYONE), isOpen, route.name());
        boolean isForParties =
            operation.get("security").findValuesAsText("party").size() > 0
                || operation.get("security").toString().contains("party");
        assertEquals(
            route.who().contains(Who.DEVICE) || route.who().contains(Who.RESPONDER),
            isForParties,
            route.name());
      }
    }
  }

  @Test
  void itsExamplesWorkOnTheRunningServer() throws Exception {
    try (Site site = new Site()) {
      JsonNode paths = document(site).get("paths");
      String device = "/api/v1/devices/{deviceId}/events/{kind}";
      Site.Reply event =
          site.post(
              "/api/v1/devices/sos-1/events/sos",
              Site.basic("sos-1"),
              example(paths.get(device).get("post")));
      assertEquals(202, event.status());
      assertFields(answer(paths.get(device).get("post"), "202"), event.json());

      JsonNode raise = paths.get("/api/v1/alerts").get("post");
      Site.Reply raised = site.post(Site.ALERTS, Site.bearer("east"), example(raise));
      assertEquals(201, raised.status(), raised.response().body());
      assertFields(answer(raise, "201"), raised.json());

      JsonNode reply = paths.get("/api/v1/alerts/{id}/replies").get("post");
      Site.Reply replied =
          site.post(raised.header("Location") + "/replies", Site.basic("daughter"), example(reply));
      assertEquals(200, replied.status(), replied.response().body());
      assertFields(answer(reply, "200"), replied.json());
    }
  }

  @Test
  void whatTheServerAnswersHasTheFieldsThatAreRequired() throws Exception {
    try (Site site = new Site()) {
      JsonNode schemas = document(site).get("components").get("schemas");
      site.quietly("band-1", "location", "{\"lat\":32.1,\"lon\":120.8}");
      String id = site.press("sos-1").value();
      site.post(
          Site.ALERTS + "/" + id + "/replies",
          Site.basic("daughter"),
          "{\"reply\":\"accept\",\"eta_min\":5}");
      JsonNode list = site.get(Site.ALERTS, Site.bearer("east")).json();
      requires(schemas.get("AlertList"), list, "AlertList");
      JsonNode alert = list.get("alerts").get(0);
      requires(schemas.get("Alert"), alert, "Alert");
      requires(schemas.get("Elder"), alert.get("elder"), "Elder");
      requires(schemas.get("Home"), alert.get("home"), "Home");
      requires(schemas.get("Location"), alert.get("location"), "Location");
      requires(schemas.get("Coming"), alert.get("coming").get(0), "Coming");
      JsonNode detail = site.get(Site.ALERTS + "/" + id, Site.bearer("east")).json();
      requires(schemas.get("Evidence"), detail.get("evidence").get(0), "Evidence");
      requires(schemas.get("Problem"), site.get(Site.ALERTS + "/x", null).json(), "Problem");
      List<String> unknown = new ArrayList<>();
      JsonNode known = schemas.get("Alert").get("properties");
      alert
          .fieldNames()
          .forEachRemaining(name -> {
            if (!known.has(name)) {
              unknown.add(name);
            }
          });
      assertEquals(List.of(), unknown, "answered and not described");
    }
  }

  private static JsonNode document(Site site) throws Exception {
    Site.Reply reply = site.get("/api/v1/openapi.json", Site.bearer("east"));
    assertEquals(200, reply.status());
    assertEquals("3.1.0", reply.json().get("openapi").asText());
    return reply.json();
  }

  private static String word(Route route) {
    return route.method().name().toLowerCase(Locale.ROOT);
  }

  private static String example(JsonNode operation) {
    return operation
        .get("requestBody")
        .get("content")
        .get("application/json")
        .get("example")
        .toString();
  }

  private static JsonNode answer(JsonNode operation, String status) {
    return operation
        .get("responses")
        .get(status)
        .get("content")
        .get("application/json")
        .get("example");
  }

  private static void assertFields(JsonNode example, JsonNode answer) {
    Set<String> expected = new TreeSet<>();
    example.fieldNames().forEachRemaining(expected::add);
    Set<String> actual = new TreeSet<>();
    answer.fieldNames().forEachRemaining(actual::add);
    assertEquals(expected, actual);
  }

  private static void requires(JsonNode schema, JsonNode answer, String name) {
    schema
        .get("required")
        .forEach(field -> assertTrue(answer.has(field.asText()), name + "." + field.asText()));
  }
}
