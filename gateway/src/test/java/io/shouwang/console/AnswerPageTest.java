package io.shouwang.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.Hold;
import io.shouwang.model.AlertId;
import io.shouwang.model.DeliveryKey;
import io.shouwang.model.Input;
import io.shouwang.model.Reply;
import io.shouwang.model.ResponderId;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page behind a signed link, over real HTTP. */
class AnswerPageTest {
  private static final ResponderId DAUGHTER = new ResponderId("daughter");
  private static final Pattern ONCE = Pattern.compile("name=\"once\" value=\"([0-9a-f]{16})\"");

  private static String link(AlertId alert, Instant expiresAt) {
    return "/r/" + Site.LINKS.token(new DeliveryKey(alert, 1), DAUGHTER, expiresAt);
  }

  private static String fresh(Site site, AlertId alert) {
    return link(alert, site.engine.now().plus(Duration.ofDays(1)));
  }

  private static Site.Reply press(Site site, String link, String form) throws Exception {
    return site.send(
        site.request(link, null)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form)));
  }

  private static String once(Site.Reply page) {
    Matcher matcher = ONCE.matcher(page.response().body());
    assertTrue(matcher.find(), page.response().body());
    return matcher.group(1);
  }

  private static Alert alert(Site site, AlertId id) {
    return site.engine.find(id).orElseThrow().alert();
  }

  @Test
  void openingAnswersNothingAndAButtonDoes() throws Exception {
    try (Site site = new Site()) {
      AlertId id = site.press("sos-1");
      String link = fresh(site, id);
      Site.Reply page = site.get(link, null);
      assertEquals(200, page.status());
      String html = page.response().body();
      assertTrue(html.contains("<form method=\"post\">"), html);
      assertTrue(html.contains("tel:"), html);
      assertFalse(alert(site, id).isHeld(), "a messenger's prefetch is no answer");
      String form = "answer=accept-20&once=" + once(page);
      Site.Reply taken = press(site, link, form);
      assertEquals(200, taken.status(), taken.response().body());
      Hold hold = alert(site, id).holds().getFirst();
      assertEquals(DAUGHTER, hold.responder());
      assertEquals(site.engine.now().plus(Duration.ofMinutes(20)), hold.etaAt());
      int entries = alert(site, id).timeline().size();
      press(site, link, form);
      assertEquals(entries, alert(site, id).timeline().size(), "the same button twice is once");
      assertTrue(
          page.response()
              .headers()
              .firstValue("Content-Security-Policy")
              .orElse("")
              .contains("default-src 'none'"));
    }
  }

  @Test
  void aTokenIsGoodForOnePersonOneAlertAndAWhile() throws Exception {
    try (Site site = new Site()) {
      AlertId id = site.press("sos-1");
      String link = fresh(site, id);
      assertEquals(404, site.get(link(id, site.engine.now()), null).status(), "expired");
      for (int i = 4; i < link.length(); i += 7) {
        char other = link.charAt(i) == 'A' ? 'B' : 'A';
        String forged = link.substring(0, i) + other + link.substring(i + 1);
        assertEquals(404, site.get(forged, null).status(), forged);
      }
      assertEquals(404, site.get("/r/" + "A".repeat(2_000), null).status());
      assertFalse(alert(site, id).isHeld());
    }
  }

  @Test
  void whatIsNoButtonIsRefused() throws Exception {
    try (Site site = new Site()) {
      AlertId id = site.press("sos-1");
      String link = fresh(site, id);
      String once = once(site.get(link, null));
      for (String form :
          new String[] {
            "",
            "answer=accept",
            "answer=well&once=" + once,
            "answer=accept&once=x",
            "answer=%3Cscript%3E&once=" + once
          }) {
        assertEquals(400, press(site, link, form).status(), form);
      }
      assertEquals(415, site.post(link, null, "{}").status());
      assertFalse(alert(site, id).isHeld());
    }
  }

  @Test
  void whenItIsOverThePageSaysHowAndShowsNobodyAnyMore() throws Exception {
    try (Site site = new Site()) {
      AlertId id = site.press("sos-1");
      String link = fresh(site, id);
      site.engine.happens(
          new Input.ReplyReceived(
              new Reply("c", id, Reply.Answer.DONE, null, "false_alarm", "cat"),
              new ResponderId("city"),
              true,
              "http"));
      String html = site.get(link, null).response().body();
      assertFalse(html.contains("<form"), html);
      assertFalse(html.contains("tel:"), "nobody's number once it is over (P8)");
      assertTrue(html.contains("class=\"end\""), html);
    }
  }

  @Test
  void whoCouldNotBeHeardReadsSoAndMayPressAgain() throws Exception {
    ConsoleSettings.Limits hasty = Site.limits(Duration.ofMillis(50));
    try (Site site = new Site(ConsoleSettings.plain("127.0.0.1", 0).withLimits(hasty))) {
      AlertId id = site.press("sos-1");
      String link = fresh(site, id);
      String form = "answer=accept-20&once=" + once(site.get(link, null));
      site.engine.fill();
      Site.Reply busy = press(site, link, form);
      assertEquals(503, busy.status());
      String html = busy.response().body();
      assertTrue(html.startsWith("<!doctype html>"), html);
      assertTrue(html.contains("class=\"said busy\"") && html.contains("<form"), html);
      site.engine.empty();
      assertEquals(200, press(site, link, "answer=accept-20&once=" + once(busy)).status());
      assertTrue(alert(site, id).isHeld());
    }
  }

  @Test
  void aLinkOfSomebodyWhoLeftTheRegistryShowsNobody() throws Exception {
    try (Site site = new Site()) {
      AlertId id = site.press("sos-1");
      String gone =
          "/r/"
              + Site.LINKS.token(
                  new DeliveryKey(id, 1),
                  new ResponderId("left-long-ago"),
                  site.engine.now().plus(Duration.ofDays(1)));
      assertEquals(404, site.get(gone, null).status());
      assertEquals(404, press(site, gone, "answer=decline&once=0123456789abcdef").status());
    }
  }

  @Test
  void whatWasMergedGoesOnBehindTheSameLink() throws Exception {
    try (Site site = new Site()) {
      AlertId into = site.press("sos-1");
      AlertId from = site.says("smoke-1", "smoke", "{\"state\":\"alarm\"}");
      String link = fresh(site, from);
      site.engine.happens(
          new Input.AlertsMerged(into, from, "m", new ResponderId("city"), true, "http"));
      assertFalse(alert(site, from).isOpen());
      Site.Reply page = site.get(link, null);
      assertTrue(page.response().body().contains("<form"), page.response().body());
      assertEquals(200, press(site, link, "answer=accept-10&once=" + once(page)).status());
      assertTrue(alert(site, into).isHeld());
    }
  }
}
