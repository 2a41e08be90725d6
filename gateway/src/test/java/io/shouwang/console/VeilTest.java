package io.shouwang.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.shouwang.accounts.TestAccounts;
import io.shouwang.model.AlertId;
import io.shouwang.model.Directory;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who sees what plainly, over real HTTP (P8). */
class VeilTest {
  private static final Set<String> PLAIN =
      Set.of("王秀兰", "13800000001", "王小燕", "李建国", "door code", "0513-85000001");

  private static void assertMasked(String body) {
    PLAIN.forEach(text -> assertFalse(body.contains(text), text + " in " + body));
  }

  @Test
  void everyQuestionThatAnswersWithAPersonOrADoorIsMasked() {
    Set<String> asked = new TreeSet<>();
    for (Method method : Directory.class.getMethods()) {
      boolean isCard =
          Set.of(Directory.Home.class, Directory.Elder.class, Directory.Responder.class).stream()
              .anyMatch(
                  card -> method.getGenericReturnType().getTypeName().contains(card.getName()));
      if (isCard) {
        asked.add(method.getName());
      }
    }
    assertEquals(new TreeSet<>(MaskedDirectory.MASKED), asked);
  }

  @Test
  void dispatchersSeeWhomTheyCallAndSupervisorsHowItWent(@TempDir Path data) throws Exception {
    try (Site site = new Site(clock -> TestAccounts.in(data, clock))) {
      site.quietly("band-1", "location", "{\"lat\":32.1,\"lon\":120.8}");
      AlertId alert = site.press("sos-1");
      String path = Site.ALERTS + "/" + alert;
      JsonNode plain = site.get(path, Site.bearer("east")).json();
      assertFalse(plain.has("masked"));
      String name = plain.get("elder").get("name").asText();
      String phone = plain.get("home").get("phone").asText();
      assertTrue(plain.has("location"));

      Site.Reply list = site.get(Site.ALERTS, Site.bearer("viewer"));
      Site.Reply detail = site.get(path, Site.bearer("viewer"));
      for (Site.Reply reply : new Site.Reply[] {list, detail}) {
        String body = reply.response().body();
        assertFalse(body.contains(name), body);
        assertFalse(phone.length() > 6 && body.contains(phone), body);
        assertMasked(body);
        assertFalse(body.contains("120.8"), "no position");
      }
      assertTrue(detail.json().get("masked").asBoolean());
      assertEquals("", detail.json().get("home").get("access").asText());
      assertEquals(name.substring(0, 1) + "**", detail.json().get("elder").get("name").asText());
      String elder = detail.json().get("elder").get("id").asText();

      String order =
          Seated.json().put("field", "name").put("elder", elder).put("reason", "投诉回访").toString();
      Site.Reply shown = site.post(path + "/shown", Site.bearer("viewer"), order);
      assertEquals(name, shown.json().get("value").asText(), shown.response().body());
      assertEquals(404, site.post(path + "/shown", Site.bearer("west"), order).status());
      assertEquals(403, site.post(path + "/shown", Site.basic("daughter"), order).status());
      assertEquals(
          400,
          site.post(
                  path + "/shown", Site.bearer("viewer"), "{\"field\":\"hash\",\"reason\":\"why\"}")
              .status());
      assertEquals(
          400, site.post(path + "/shown", Site.bearer("viewer"), "{\"field\":\"phone\"}").status());
      Site.Reply ofElder =
          site.post(
              "/api/v1/elders/" + elder + "/shown",
              Site.bearer("viewer"),
              "{\"field\":\"phone\",\"reason\":\"call back\"}");
      assertEquals(phone, ofElder.json().get("value").asText());
      String card = site.get("/api/v1/callers/" + phone, Site.bearer("viewer")).response().body();
      assertMasked(card);
      assertTrue(card.contains("**"), card);

      close(site, path);
      assertFalse(site.get(path, Site.bearer("east")).json().has("masked"), "who calls back");
      site.engine.setNow(site.engine.now().plus(Duration.ofHours(25)).toString());
      JsonNode later = site.get(path, Site.bearer("east")).json();
      assertTrue(later.get("masked").asBoolean());
      assertFalse(later.toString().contains("she slipped"), "notes are free text");
      assertEquals(200, site.post(path + "/shown", Site.bearer("east"), order).status());

      assertShownIsRecorded(site, data, alert, elder);
    }
  }

  @Test
  void aSupervisorWhoWalksARoundIsMaskedAndSoIsWhatNobodyAskedFor() throws Exception {
    try (Site site = new Site()) {
      AlertId alert = site.press("sos-1");
      for (String path : new String[] {Site.ALERTS, Site.ALERTS + "/" + alert}) {
        Site.Reply reply = site.get(path, Site.bearer("walker"));
        assertEquals(200, reply.status());
        assertMasked(reply.response().body());
        assertTrue(reply.response().body().contains("**"));
      }
      assertTrue(MaskedDirectory.is(Veil.over(() -> site.engine.district).get()));
    }
  }

  private static void close(Site site, String path) throws Exception {
    Site.Reply closed =
        site.post(
            path + "/replies",
            Site.bearer("east"),
            "{\"reply\":\"done\",\"disposition\":\"real\",\"note\":\"she slipped\"}");
    assertEquals(200, closed.status(), closed.response().body());
  }

  private static void assertShownIsRecorded(Site site, Path data, AlertId alert, String elder)
      throws Exception {
    Seated root = new Seated(site);
    root.post(
        "/api/v1/setup",
        Seated.json()
            .put("token", Files.readString(data.resolve("setup-token")).strip())
            .put("user", "root")
            .put("name", "R")
            .put("password", Seated.PASSWORD)
            .put("area", "city"));
    assertEquals(200, root.login("root", Seated.PASSWORD).status());
    Seated auditor = root.make("au", "city", "auditor");
    for (JsonNode entry : auditor.get("/api/v1/audit?limit=500").json().get("entries")) {
      if (entry.get("what").asText().equals("show")
          && entry.path("note").asText().equals("field=name for: 投诉回访")) {
        assertTrue(entry.get("whose").toString().contains(alert.value()));
        assertTrue(entry.get("whose").toString().contains(elder));
        return;
      }
    }
    throw new AssertionError("nobody is on the record");
  }
}
