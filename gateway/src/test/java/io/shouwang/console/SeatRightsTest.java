package io.shouwang.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.javalin.http.HandlerType;
import io.shouwang.accounts.TestAccounts;
import io.shouwang.model.AlertId;
import io.shouwang.model.OperatorRole;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every route, every role, every area: generated from the route table, by people at browsers. */
class SeatRightsTest {
  /** Tried elsewhere: they would end or lock the seat that the rest is tried at. */
  private static final Set<String> ENDING =
      Set.of("DELETE /api/v1/session", "POST /api/v1/session/lock");

  @TempDir Path data;

  @Test
  void everyRouteEveryRoleEveryArea() throws Exception {
    try (Site site = new Site(clock -> TestAccounts.in(data, clock))) {
      Seated root = new Seated(site);
      String token = Files.readString(data.resolve("setup-token")).strip();
      root.post(
          "/api/v1/setup",
          Seated.json()
              .put("token", token)
              .put("user", "root")
              .put("name", "R")
              .put("password", Seated.PASSWORD)
              .put("area", "city"));
      assertEquals(200, root.login("root", Seated.PASSWORD).status());
      AlertId alert = site.press("sos-1");
      List<String> wrong = new ArrayList<>();
      int cells = 0;
      for (OperatorRole role : OperatorRole.values()) {
        for (String area : List.of("city", "east", "west")) {
          String word = role.name().toLowerCase(Locale.ROOT);
          Seated person = root.make(word + "-" + area, area, word);
          for (Route route : site.server.routes()) {
            if (ENDING.contains(route.name())) {
              continue;
            }
            boolean isTooLow = isWhole(route) && !area.equals("city");
            boolean may =
                route.who().contains(Who.ANYONE)
                    || route.who().contains(Who.PERSON)
                    || (!isTooLow
                        && route.who().stream().anyMatch(who -> who.name().equals(role.name())));
            int status = status(site, person, route, alert);
            // A person outside of an area finds what isn't there, and changes nothing.
            boolean isPassed = status != 403 && status != 401;
            boolean isFine =
                may ? isPassed || (status == 403 && isWrongSecret(route)) : status == 403;
            if (!isFine || (may && isPlaced(route) && area.equals("west") && status != 404)) {
              wrong.add(route.name() + " by " + word + " of " + area + ": " + status);
            }
            cells++;
          }
        }
      }
      assertEquals(List.of(), wrong);
      assertEquals(
          OperatorRole.values().length * 3 * (site.server.routes().size() - ENDING.size()), cells);
    }
  }

  /** Routes that ask for a password or a token again, which is wrong here. */
  private static boolean isWrongSecret(Route route) {
    return Set.of(
            "POST /api/v1/setup",
            "POST /api/v1/session",
            "POST /api/v1/session/reauthenticate",
            "POST /api/v1/me/password",
            "POST /api/v1/me/totp",
            "POST /api/v1/me/totp/confirmation",
            "POST /api/v1/me/totp/removal")
        .contains(route.name());
  }

  /** Routes about the whole registry: for administrators of a topmost area. */
  private static boolean isWhole(Route route) {
    return route.path().startsWith("/api/v1/imports");
  }

  /** Routes about one alert, elder, home or device of the east. */
  private static boolean isPlaced(Route route) {
    return !route.who().contains(Who.ANYONE)
        && List.of(
                "/alerts/{id}",
                "/elders/",
                "/homes/",
                "/devices/{deviceId}/test",
                "/devices/{deviceId}/health")
            .stream()
            .anyMatch(part -> route.path().contains(part));
  }

  /** A route's path with names of the test's district in it. */
  static String path(Route route, AlertId alert) {
    return route
        .path()
        .replace("{id}", alert.value())
        .replace("{homeId}", "h-001")
        .replace("{home}", "h-001")
        .replace("{deviceId}", "sos-1")
        .replace("{kind}", "sos")
        .replace("{elder}", "e-001")
        .replace("{responder}", "daughter")
        .replace("{mode}", "away")
        .replace("{note}", "none")
        .replace("{drill}", "none")
        .replace("{hash}", "none")
        .replace("{token}", "forged")
        .replace("{provider}", "none")
        .replace("{section}", "homes")
        .replace("{entry}", "h-001")
        .replace("{login}", "sos-1")
        .replace("{edit}", "1")
        .replace("{schedule}", "nights")
        .replace("{swap}", "none")
        .replace("{session}", "none")
        .replace("{user}", "nobody")
        .replace("{room}", "none")
        .replace("{file}", "app.js")
        .replace("{library}", "leaflet-1.9.4.js")
        .replace("{sheet}", "none")
        .replace("{number}", "0513-85000001");
  }

  private static int status(Site site, Seated person, Route route, AlertId alert) throws Exception {
    HttpRequest.Builder request = person.request(path(route, alert));
    if (route.method().equals(HandlerType.POST)) {
      request
          .header("Content-Type", "application/json")
          .POST(HttpRequest.BodyPublishers.ofString("{}"));
    } else if (route.method().equals(HandlerType.DELETE)) {
      request.DELETE();
    }
    HttpResponse<InputStream> response =
        site.client().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      assertTrue(body != null);
      return response.statusCode();
    }
  }
}
