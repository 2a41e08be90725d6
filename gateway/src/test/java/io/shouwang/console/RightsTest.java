package io.shouwang.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.javalin.http.HandlerType;
import io.shouwang.model.AlertId;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every route with every kind of caller: exactly the cells of the table pass (P8). */
class RightsTest {
  /** Callers, in the order of the table's columns. */
  private static Map<String, String> callers() {
    Map<String, String> callers = new LinkedHashMap<>();
    callers.put("nobody", "");
    callers.put("wrong secret", "Basic c29zLTE6d3Jvbmc=");
    callers.put("device", Site.basic("sos-1"));
    callers.put("other device", Site.basic("sos-2"));
    callers.put("asked", Site.basic("daughter"));
    callers.put("not asked", Site.basic("son"));
    callers.put("in area", Site.bearer("east"));
    callers.put("other area", Site.bearer("west"));
    callers.put("viewer", Site.bearer("viewer"));
    callers.put("admin", Site.bearer("admin"));
    callers.put("auditor", Site.bearer("auditor"));
    callers.put("grid worker", Site.bearer("grid"));
    callers.put("organization's worker", Site.bearer("organization"));
    return callers;
  }

  /** What each gets; an alert is the one of h-001, a device's path is sos-1's. */
  private static final Map<String, String> TABLE =
      Map.ofEntries(
          // nobody, wrong secret, device, other, asked, not asked, in, other area, view, adm, aud,
          // grid worker, organization's worker
          Map.entry("GET /", "200 200 200 200 200 200 200 200 200 200 200 200 200"),
          Map.entry("GET /console/{file}", "200 200 200 200 200 200 200 200 200 200 200 200 200"),
          Map.entry(
              "GET /console/{room}/{file}", "404 404 404 404 404 404 404 404 404 404 404 404 404"),
          Map.entry(
              "GET /console/lib/{library}", "200 200 200 200 200 200 200 200 200 200 200 200 200"),
          Map.entry("GET /api/v1/map", "401 401 403 403 403 403 200 200 200 403 403 403 403"),
          Map.entry(
              "GET /api/v1/map/outlines", "401 401 403 403 403 403 404 404 404 403 403 403 403"),
          Map.entry(
              "GET /api/v1/map/tiles.pmtiles",
              "401 401 403 403 403 403 404 404 404 403 403 403 403"),
          Map.entry("GET /icon.svg", "200 200 200 200 200 200 200 200 200 200 200 200 200"),
          Map.entry("GET /healthz", "200 200 200 200 200 200 200 200 200 200 200 200 200"),
          Map.entry("GET /readyz", "200 200 200 200 200 200 200 200 200 200 200 200 200"),
          Map.entry("GET /metrics", "401 401 403 403 403 403 200 200 200 200 200 403 403"),
          Map.entry(
              "GET /api/v1/openapi.json", "401 401 200 200 200 200 200 200 200 200 200 200 200"),
          Map.entry(
              "POST /api/v1/devices/{deviceId}/events/{kind}",
              "401 401 202 404 403 403 403 403 403 403 403 403 403"),
          Map.entry("GET /api/v1/alerts", "401 401 403 403 200 200 200 200 200 403 403 200 200"),
          Map.entry(
              "GET /api/v1/alerts/{id}", "401 401 403 403 200 404 200 404 200 403 403 200 404"),
          Map.entry(
              "GET /api/v1/alerts/{id}/cap", "401 401 403 403 403 403 200 404 200 403 403 403 403"),
          Map.entry(
              "POST /api/v1/alerts/{id}/replies",
              "401 401 403 403 200 404 200 404 403 403 403 409 404"),
          Map.entry(
              "POST /api/v1/alerts/{id}/reopenings",
              "401 401 403 403 403 403 200 404 403 403 403 403 403"),
          Map.entry(
              "POST /api/v1/alerts/{id}/merges",
              "401 401 403 403 403 403 404 404 403 403 403 403 403"),
          Map.entry("POST /api/v1/alerts", "401 401 403 403 403 403 201 404 403 403 403 409 409"),
          Map.entry(
              "POST /api/v1/alerts/{id}/rings",
              "401 401 403 403 403 403 200 404 403 403 403 403 403"),
          Map.entry(
              "GET /api/v1/alerts/{id}/handovers",
              "401 401 403 403 403 403 200 404 403 403 403 403 403"),
          Map.entry(
              "POST /api/v1/alerts/{id}/handovers",
              "401 401 403 403 403 403 409 404 403 403 403 403 403"),
          Map.entry(
              "GET /api/v1/homes/{home}/alerts",
              "401 401 403 403 403 403 200 404 200 403 403 403 403"),
          // Notes are in the database of people's accounts, and here is none
          Map.entry(
              "GET /api/v1/alerts/{id}/notes",
              "401 401 403 403 403 403 503 404 503 403 403 403 403"),
          Map.entry(
              "POST /api/v1/alerts/{id}/notes",
              "401 401 403 403 403 403 503 404 503 403 403 403 403"),
          Map.entry(
              "DELETE /api/v1/alerts/{id}/notes/{note}",
              "401 401 403 403 403 403 503 404 503 403 403 403 403"),
          Map.entry(
              "POST /api/v1/elders/{elder}/contacts",
              "401 401 403 403 200 404 200 404 403 403 403 409 404"),
          Map.entry(
              "GET /api/v1/elders/{elder}/contacts",
              "401 401 403 403 403 403 200 404 200 403 403 200 404"),
          Map.entry(
              "GET /api/v1/duties/summary", "401 401 403 403 403 403 200 200 200 403 403 403 403"),
          Map.entry(
              "GET /api/v1/duties/contacts.csv",
              "401 401 403 403 403 403 200 200 200 403 403 403 403"),
          Map.entry("GET /api/v1/modes", "401 401 403 403 403 403 200 200 200 200 403 403 403"),
          Map.entry("GET /api/v1/rules", "401 401 403 403 403 403 403 403 200 200 403 403 403"),
          Map.entry("GET /api/v1/ladders", "401 401 403 403 403 403 403 403 200 200 403 403 403"),
          Map.entry(
              "GET /api/v1/rules/former", "401 401 403 403 403 403 403 403 200 200 403 403 403"),
          Map.entry(
              "GET /api/v1/rules/former/{hash}",
              "401 401 403 403 403 403 403 403 404 404 403 403 403"),
          Map.entry(
              "POST /api/v1/rules/check", "401 401 403 403 403 403 403 403 403 400 403 403 403"),
          Map.entry(
              "POST /api/v1/rules/activation",
              "401 401 403 403 403 403 403 403 403 400 403 403 403"),
          Map.entry("GET /api/v1/field", "401 401 403 403 403 403 403 403 403 403 403 200 200"),
          Map.entry(
              "GET /api/v1/field/shifts", "401 401 403 403 403 403 403 403 403 403 403 200 200"),
          Map.entry(
              "POST /api/v1/field/offers", "401 401 403 403 403 403 403 403 403 403 403 409 409"),
          Map.entry(
              "POST /api/v1/field/offers/{id}/acceptance",
              "401 401 403 403 403 403 403 403 403 403 403 404 404"),
          Map.entry(
              "DELETE /api/v1/field/offers/{id}",
              "401 401 403 403 403 403 403 403 404 404 403 404 404"),
          Map.entry("GET /api/v1/duties", "401 401 403 403 403 403 200 200 200 403 403 403 403"),
          Map.entry(
              "GET /api/v1/homes/{home}/modes",
              "401 401 403 403 403 403 200 404 200 200 403 403 403"),
          Map.entry(
              "POST /api/v1/homes/{home}/modes",
              "401 401 403 403 403 403 200 404 403 200 403 403 403"),
          Map.entry(
              "DELETE /api/v1/homes/{home}/modes/{mode}",
              "401 401 403 403 403 403 200 404 403 200 403 403 403"),
          Map.entry(
              "POST /api/v1/devices/{deviceId}/test-mode",
              "401 401 403 403 403 403 200 404 403 200 403 403 403"),
          Map.entry(
              "DELETE /api/v1/devices/{deviceId}/test-mode",
              "401 401 403 403 403 403 200 404 403 200 403 403 403"),
          Map.entry(
              "GET /api/v1/homes/{homeId}/protection",
              "401 401 403 403 403 403 200 404 200 403 403 403 403"),
          Map.entry(
              "GET /api/v1/devices/{deviceId}/health",
              "401 401 403 403 403 403 200 404 200 200 403 403 403"),
          Map.entry(
              "GET /api/v1/homes/{home}/readings",
              "401 401 403 403 200 404 200 404 200 403 403 200 404"),
          Map.entry("GET /api/v1/load", "401 401 403 403 403 403 200 200 200 403 403 403 403"),
          Map.entry("GET /api/v1/load/now", "401 401 403 403 403 403 200 200 200 403 403 403 403"),
          Map.entry("GET /api/v1/handover", "401 401 403 403 403 403 200 200 200 403 403 403 403"),
          Map.entry("POST /api/v1/handover", "401 401 403 403 403 403 503 503 503 403 403 403 403"),
          Map.entry(
              "POST /api/v1/handover/{sheet}/signature",
              "401 401 403 403 403 403 404 404 404 403 403 403 403"),
          Map.entry("GET /api/v1/wall", "401 401 403 403 403 403 200 200 200 403 403 403 403"),
          Map.entry("GET /api/v1/devices", "401 401 403 403 403 403 200 200 200 403 403 403 403"),
          Map.entry("GET /answer.css", "200 200 200 200 200 200 200 200 200 200 200 200 200"),
          Map.entry("GET /r/{token}", "404 404 404 404 404 404 404 404 404 404 404 404 404"),
          Map.entry("POST /r/{token}", "404 404 404 404 404 404 404 404 404 404 404 404 404"),
          Map.entry(
              "GET /callbacks/{provider}", "404 404 404 404 404 404 404 404 404 404 404 404 404"),
          Map.entry(
              "POST /callbacks/{provider}", "404 404 404 404 404 404 404 404 404 404 404 404 404"),
          Map.entry("GET /api/v1/drills", "401 401 403 403 403 403 200 200 200 200 403 403 403"),
          Map.entry("POST /api/v1/drills", "401 401 403 403 403 403 403 403 409 409 403 403 403"),
          Map.entry(
              "GET /api/v1/drills/{drill}", "401 401 403 403 403 403 404 404 404 404 403 403 403"),
          Map.entry(
              "DELETE /api/v1/drills/{drill}",
              "401 401 403 403 403 403 403 403 404 404 403 403 403"),
          Map.entry("GET /api/v1/calls", "401 401 403 403 403 403 200 200 200 403 403 403 403"),
          Map.entry(
              "GET /api/v1/callers/{number}",
              "401 401 403 403 403 403 200 200 200 403 403 403 403"),
          Map.entry("POST /api/v1/calls", "401 401 403 403 403 403 409 409 403 403 403 403 403"),
          Map.entry("GET /api/v1/incidents", "401 401 403 403 403 403 200 200 200 403 403 403 403"),
          Map.entry(
              "GET /api/v1/incidents/{id}", "401 401 403 403 403 403 404 404 404 403 403 403 403"),
          Map.entry("GET /api/v1/elders", "401 401 403 403 403 403 200 200 200 200 403 403 403"),
          Map.entry("GET /api/v1/homes", "401 401 403 403 403 403 200 200 200 200 403 403 403"),
          Map.entry(
              "GET /api/v1/responders", "401 401 403 403 403 403 200 200 200 200 403 403 403"),
          Map.entry(
              "GET /api/v1/elders/{elder}", "401 401 403 403 403 403 200 404 200 200 403 200 403"),
          Map.entry(
              "GET /api/v1/homes/{home}", "401 401 403 403 403 403 200 404 200 200 403 200 403"),
          Map.entry(
              "GET /api/v1/devices/{deviceId}",
              "401 401 403 403 403 403 200 404 200 200 403 403 403"),
          Map.entry(
              "GET /api/v1/responders/{responder}",
              "401 401 403 403 403 403 200 404 200 200 403 403 403"),
          Map.entry("GET /api/v1/areas", "401 401 403 403 403 403 200 200 200 200 403 403 403"),
          Map.entry("GET /api/v1/registry", "401 401 403 403 403 403 200 200 200 200 403 403 403"),
          // Without accounts, whoever may is told so; without our header, nobody logs in
          Map.entry("GET /api/v1/session", "401 401 403 403 403 403 200 200 200 200 200 200 200"),
          Map.entry(
              "POST /api/v1/session/lock", "401 401 403 403 403 403 403 403 403 403 403 403 403"),
          Map.entry(
              "DELETE /api/v1/session", "401 401 403 403 403 403 403 403 403 403 403 403 403"),
          Map.entry(
              "POST /api/v1/session/reauthenticate",
              "401 401 403 403 403 403 403 403 403 403 403 403 403"),
          Map.entry("GET /api/v1/sessions", "401 401 403 403 403 403 403 403 403 403 403 403 403"),
          Map.entry(
              "DELETE /api/v1/sessions/{session}",
              "401 401 403 403 403 403 403 403 403 403 403 403 403"),
          Map.entry(
              "POST /api/v1/me/password", "401 401 403 403 403 403 403 403 403 403 403 403 403"),
          Map.entry("POST /api/v1/me/totp", "401 401 403 403 403 403 403 403 403 403 403 403 403"),
          Map.entry(
              "POST /api/v1/me/totp/confirmation",
              "401 401 403 403 403 403 403 403 403 403 403 403 403"),
          Map.entry(
              "POST /api/v1/me/totp/removal",
              "401 401 403 403 403 403 403 403 403 403 403 403 403"),
          Map.entry(
              "POST /api/v1/break-glass", "401 401 403 403 403 403 403 403 403 403 403 403 403"),
          Map.entry("GET /api/v1/audit", "401 401 403 403 403 403 403 403 403 403 503 403 403"),
          Map.entry(
              "GET /api/v1/audit/chain", "401 401 403 403 403 403 403 403 403 403 200 403 403"),
          Map.entry(
              "POST /api/v1/audit/chain", "401 401 403 403 403 403 403 403 403 403 202 403 403"),
          Map.entry(
              "GET /api/v1/users/areas", "401 401 403 403 403 403 403 403 403 200 403 403 403"),
          Map.entry("GET /api/v1/users", "401 401 403 403 403 403 403 403 403 503 403 403 403"),
          Map.entry("POST /api/v1/users", "401 401 403 403 403 403 403 403 403 503 403 403 403"),
          Map.entry(
              "POST /api/v1/users/{user}", "401 401 403 403 403 403 403 403 403 503 403 403 403"),
          Map.entry("GET /api/v1/sign-on", "200 200 200 200 200 200 200 200 200 200 200 200 200"),
          Map.entry(
              "GET /api/v1/oidc/begin", "404 404 404 404 404 404 404 404 404 404 404 404 404"),
          Map.entry(
              "GET /api/v1/oidc/return", "404 404 404 404 404 404 404 404 404 404 404 404 404"),
          Map.entry(
              "POST /api/v1/alerts/{id}/shown",
              "401 401 403 403 403 403 200 404 200 403 403 403 403"),
          Map.entry(
              "POST /api/v1/elders/{elder}/shown",
              "401 401 403 403 403 403 200 404 200 403 403 403 403"),
          Map.entry("GET /api/v1/setup", "200 200 200 200 200 200 200 200 200 200 200 200 200"),
          Map.entry("POST /api/v1/setup", "403 403 403 403 403 403 403 403 403 403 403 403 403"),
          Map.entry("POST /api/v1/session", "403 403 403 403 403 403 403 403 403 403 403 403 403"),
          Map.entry(
              "GET /api/v1/registry/edits", "401 401 403 403 403 403 403 403 403 200 403 403 403"),
          Map.entry(
              "GET /api/v1/registry/changes",
              "401 401 403 403 403 403 403 403 403 200 403 403 403"),
          Map.entry(
              "GET /api/v1/registry/edits/{edit}",
              "401 401 403 403 403 403 403 403 403 404 403 403 403"),
          Map.entry(
              "GET /api/v1/registry/entries/{section}/{entry}",
              "401 401 403 403 403 403 403 403 403 200 403 403 403"),
          Map.entry(
              "POST /api/v1/registry/entries/{section}/{entry}",
              "401 401 403 403 403 403 403 403 403 400 403 403 403"),
          Map.entry(
              "DELETE /api/v1/registry/entries/{section}/{entry}",
              "401 401 403 403 403 403 403 403 403 428 403 403 403"),
          Map.entry(
              "POST /api/v1/registry/secrets/{login}",
              "401 401 403 403 403 403 403 403 403 201 403 403 403"),
          Map.entry("POST /api/v1/imports", "401 401 403 403 403 403 403 403 403 415 403 403 403"),
          Map.entry("GET /api/v1/imports", "401 401 403 403 403 403 403 403 403 200 403 403 403"),
          Map.entry(
              "GET /api/v1/imports/{id}", "401 401 403 403 403 403 403 403 403 404 403 403 403"),
          Map.entry(
              "POST /api/v1/imports/{id}/activation",
              "401 401 403 403 403 403 403 403 403 404 403 403 403"),
          Map.entry(
              "DELETE /api/v1/imports/{id}", "401 401 403 403 403 403 403 403 403 404 403 403 403"),
          Map.entry("GET /api/v1/schedules", "401 401 403 403 403 403 200 200 200 200 403 403 403"),
          Map.entry(
              "POST /api/v1/schedules/{schedule}/swaps",
              "401 401 403 403 403 403 403 403 400 400 403 403 403"),
          Map.entry(
              "DELETE /api/v1/schedules/{schedule}/swaps/{swap}",
              "401 401 403 403 403 403 403 403 404 404 403 403 403"),
          Map.entry("GET /api/v1/stream", "401 401 403 403 200 200 200 200 200 403 403 200 200"));

  /** What wants something to look for. */
  static final Set<String> SEARCHED =
      Set.of("/api/v1/elders", "/api/v1/homes", "/api/v1/responders");

  @Test
  void everyRouteAndEveryCaller() throws Exception {
    try (Site site = new Site()) {
      AlertId id = site.press("sos-1");
      List<String> wrong = new ArrayList<>();
      for (Route route : site.server.routes()) {
        String row = TABLE.get(route.name());
        assertTrue(row != null, route.name() + " is missing in this table");
        String[] cells = row.split(" ", -1);
        int column = 0;
        for (Map.Entry<String, String> caller : callers().entrySet()) {
          int status = status(site, route, id, caller.getValue(), column);
          if (status != Integer.parseInt(cells[column++])) {
            wrong.add(route.name() + " by " + caller.getKey() + ": " + status);
          }
        }
      }
      assertEquals(List.of(), wrong);
      assertEquals(TABLE.size(), site.server.routes().size());
    }
  }

  private static int status(Site site, Route route, AlertId id, String authorization, int column)
      throws Exception {
    String path = SeatRightsTest.path(route, id);
    if (SEARCHED.contains(route.path())) {
      path += "?q=%E7%8E%8B";
    }
    HttpRequest.Builder request =
        site.request(path, authorization.isEmpty() ? null : authorization);
    if (route.method().equals(HandlerType.POST)) {
      String body =
          switch (route.path().substring(route.path().lastIndexOf('/'))) {
            case "/reopenings" -> "{\"note\":\"she called again\"}";
            case "/merges" -> "{\"from\":\"a0000\"}";
            case "/rings" -> "{\"id\":\"h" + column + "\"}";
            case "/handovers" -> "{\"to\":\"somebody\"}";
            case "/notes" -> "{\"id\":\"n\",\"text\":\"the key is under the pot\"}";
            case "/replies" -> "{\"reply\":\"spoke\"}";
            case "/drills" -> "{\"id\":\"d\",\"area\":\"east\",\"dry_run\":true}";
            case "/contacts" -> "{\"means\":\"call\"}";
            case "/modes" -> "{\"mode\":\"away\",\"minutes\":60}";
            case "/test-mode" -> "{}";
            case "/users" ->
                "{\"user\":\"new\",\"name\":\"N\",\"roles\":[\"dispatcher\"],\"area\":\"city\"}";
            case "/shown" -> "{\"field\":\"phone\",\"reason\":\"call back\"}";
            case "/calls" -> "{\"id\":\"d\",\"extension\":\"8001\",\"elder\":\"e-001\"}";
            default -> "{\"id\":\"c" + column + "\",\"home\":\"h-001\"}";
          };
      request
          .header("Content-Type", "application/json")
          .POST(HttpRequest.BodyPublishers.ofString(body));
    } else if (route.method().equals(HandlerType.DELETE)) {
      request.DELETE();
    }
    HttpResponse<InputStream> response =
        site.client().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      assertTrue(body != null);
      if (response.statusCode() == 401) {
        assertFalse(response.headers().firstValue("WWW-Authenticate").isEmpty(), path);
      }
      return response.statusCode();
    }
  }

  @Test
  void whatOneMayNotSeeLooksLikeWhatIsNotThere() throws Exception {
    try (Site site = new Site()) {
      AlertId id = site.press("sos-1");
      String foreign = site.get(Site.ALERTS + "/" + id, Site.bearer("west")).response().body();
      String absent = site.get(Site.ALERTS + "/none", Site.bearer("west")).response().body();
      assertEquals(absent, foreign);
    }
  }
}
