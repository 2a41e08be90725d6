package io.shouwang.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shouwang.accounts.TestAccounts;
import io.shouwang.model.AlertId;
import io.shouwang.model.Input;
import io.shouwang.model.Mode;
import io.shouwang.model.ResponderId;
import io.shouwang.wording.District;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every room of the console with hostile texts wherever a text can be: none of them runs. */
class HostileRoomsTest {
  private static final String HOSTILE =
      "=<img src=x onerror=window.hacked=1>\"'><script>window.hacked=2</script>"
          + "</textarea></template></style><svg onload=window.hacked=3><a"
          + " href=javascript:window.hacked=4>x</a>{{7*7}}${7*7}\u202e\u0007'; DROP TABLE"
          + " person;-- \ud83d\ude00";
  private static final String SHORT = "<img src=x onerror=window.hacked=5>\u202e=1";

  private static final List<String> ROOMS =
      List.of(
          "",
          "alert/{alert}",
          "elders",
          "elders?q=%E7%8E%8B",
          "elders/elder/e-001",
          "elders/home/h-001",
          "elders/device/band-1",
          "elders/responder/daughter",
          "map",
          "map/{alert}",
          "devices",
          "devices/band-2",
          "duties",
          "duties?state=all",
          "modes",
          "shift",
          "load",
          "wall",
          "drills",
          "rules",
          "rules/ladders",
          "users",
          "audit",
          "me",
          "schedules",
          "registry",
          "registry/homes/h-evil",
          "%3Cimg%20src=x%20onerror=window.hacked=6%3E",
          "elders/%3Cimg%20src=x%20onerror=window.hacked=7%3E/%22%3E?q=javascript:window.hacked=8",
          "devices/javascript:window.hacked=9?model=%3Cscript%3E");

  @TempDir Path data;

  private static Seated seated(Site site, Path data) throws Exception {
    Seated root = new Seated(site);
    root.post(
        "/api/v1/setup",
        Seated.json()
            .put("token", Files.readString(data.resolve("setup-token")).strip())
            .put("user", "root")
            .put("name", SHORT)
            .put("password", Seated.PASSWORD)
            .put("area", "city"));
    assertEquals(200, root.login("root", Seated.PASSWORD).status());
    ObjectNode named = Seated.json().put("user", "evil").put("name", SHORT).put("area", "east");
    named.putArray("roles").add("dispatcher");
    assertEquals(201, root.post("/api/v1/users", named).status());
    ObjectNode home = Seated.json();
    home.putArray("rows").addObject().put("id", "h-evil").put("address", SHORT).put("area", "east");
    String path = "/api/v1/registry/entries/homes/h-evil";
    Site.Reply put =
        root.send(
            root.request(path)
                .header("Content-Type", "application/json")
                .header("If-None-Match", "*")
                .POST(HttpRequest.BodyPublishers.ofString(home.toString())));
    assertEquals(2, put.status() / 100, put.response().body());
    return root.make("all", "city", "dispatcher", "supervisor", "administrator", "auditor");
  }

  /** Wherever a text of somebody's is taken. */
  private static AlertId happens(Site site, Seated all) throws Exception {
    site.engine.district.ending = HOSTILE;
    ObjectNode place = Seated.json().put("lat", 32.1).put("lon", 120.8).put("source", HOSTILE);
    site.quietly("band-1", "location", place.put("room", HOSTILE).toString());
    site.quietly("band-2", "vitals", HOSTILE);
    AlertId alert = site.says("sos-1", "sos", Seated.json().put("room", SHORT).toString());
    String replies = Site.ALERTS + "/" + alert + "/replies";
    ObjectNode spoke = Seated.json().put("reply", "spoke").put("note", HOSTILE);
    assertEquals(200, site.post(replies, Site.basic("daughter"), spoke.toString()).status());
    String contacts = "/api/v1/elders/e-001/contacts";
    ObjectNode visit = Seated.json().put("means", "visit").put("note", HOSTILE);
    assertEquals(200, site.post(contacts, Site.basic("daughter"), visit.toString()).status());
    ObjectNode note = Seated.json().put("id", "n1").put("text", HOSTILE);
    assertEquals(201, all.post(Site.ALERTS + "/" + alert + "/notes", note).status());
    ObjectNode remark = Seated.json().put("remark", HOSTILE);
    assertEquals(201, all.post("/api/v1/handover", remark).status());
    // What no database takes (PostgreSQL: U+0000) is left out, the rest is kept.
    Site.Reply odd = all.post("/api/v1/handover", Seated.json().put("remark", "a\u0000b\u001b[2J"));
    assertEquals("ab[2J", odd.json().get("remark").asText());
    ObjectNode glass = Seated.json().put("home", "h-002").put("reason", HOSTILE);
    assertEquals(201, all.post("/api/v1/break-glass", glass).status());
    site.engine.happens(
        new Input.ModeChanged(
            District.HOME,
            null,
            Mode.Kind.AWAY,
            site.engine.now().plusSeconds(600),
            new ResponderId("all"),
            "http"));
    return alert;
  }

  @Test
  void nothingRunsInAnyRoom() throws Exception {
    try (Site site = new Site(clock -> TestAccounts.in(data, clock))) {
      Seated all = seated(site, data);
      AlertId alert = happens(site, all);
      try (Browser browser = new Browser(site, "zh-CN")) {
        browser.open("/");
        browser.login("all", Seated.PASSWORD);
        browser.untilText("alert-queue .row", "window.hacked=3");
        for (String room : ROOMS) {
          browser.run("location.hash = arguments[0]", "#/" + room.replace("{alert}", "" + alert));
          browser.until(
              "const text = document.body.textContent; const now = performance.now();"
                  + " if (window.was !== text.length) { window.was = text.length; window.since = now; }"
                  + " return now - window.since > 350");
          assertEquals(null, browser.run("return window.hacked ?? null"), room);
          assertEquals(
              "",
              browser.run(
                  "return [...document.querySelectorAll('*')].filter((one) =>"
                      + " [...one.attributes].some((a) => a.name.startsWith('on'))"
                      + " || one.matches('img[src=x], iframe, object, embed, style,"
                      + " script:not([src]), base'))"
                      + ".map((one) => one.outerHTML.slice(0, 200)).join(' ')"),
              room);
          assertEquals(
              "",
              browser.run(
                  "return [...document.links].map((one) => one.getAttribute('href')).filter((href) =>"
                      + " !/^(tel:[0-9+*#]*|#.*|geo:[-0-9.,?=()%A-Za-z]*|blob:.*|\\/[^\\/].*|\\/)$/.test(href))"
                      + ".join(' ')"),
              room);
          assertEquals(List.of(), browser.complaints(), room);
        }
        // It was there to be run.
        browser.run("location.hash = '#/shift'");
        browser.untilText("room-shift", "window.hacked=3");
      }
    }
  }
}
