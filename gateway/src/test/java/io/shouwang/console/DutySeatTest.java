package io.shouwang.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.accounts.TestAccounts;
import io.shouwang.alerts.Alert;
import io.shouwang.model.AlertId;
import io.shouwang.model.Input;
import io.shouwang.model.ResponderId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The duty seat in a browser, from the first look to the last word. */
class DutySeatTest {
  private static final String ROW = "alert-queue .row";

  private static Alert alert(Site site, AlertId id) {
    return site.engine.find(id).orElseThrow().alert();
  }

  private static long played(Browser browser) {
    return (Long)
        Objects.requireNonNull(
            browser.later(
                "const done = arguments[0];"
                    + " import('/console/sound.js').then(({ sound }) => done(sound.played));"));
  }

  @TempDir Path data;

  private static boolean is(Browser browser, String condition) {
    return (Boolean) Objects.requireNonNull(browser.run("return Boolean(" + condition + ")"));
  }

  @Test
  void fromTheFirstLookToTheLastWord() throws Exception {
    try (Site site = new Site(clock -> TestAccounts.in(data, clock));
        Browser browser = new Browser(site, "zh-CN")) {
      browser.open("/");
      browser.login("no-such-token");
      browser.untilText("duty-login [role=status]", "令牌无效");
      browser.login("token-of-city");
      browser.untilText("alert-queue .none", "当前没有未结束的警情");
      assertEquals("0", browser.text(".figure"));

      // Red until somebody clicks; then it is heard.
      assertEquals("off", browser.find("sound-gate").getAttribute("class"));
      assertTrue(browser.text("sound-gate").contains("声音已关闭"));
      browser.click("sound-gate button");
      browser.until("return document.querySelector('sound-gate.on')");

      final long heard = played(browser);
      AlertId id = site.press("sos-1");
      browser.untilText(ROW, "王秀英");
      assertEquals("1", browser.text(".figure"));
      browser.untilText("[role=alert]", "东区幸福里 3 幢 201 室");
      assertTrue(played(browser) > heard, "a press is heard");
      assertTrue(is(browser, "document.querySelector('.row.critical.ringing.fresh')"));
      assertEquals("(1) 守望 · 值班席", browser.run("return document.title"));

      // By key alone: to the row, open, accept. Nothing is shown before the feed says so.
      browser.press("j");
      browser.press(Keys.ENTER);
      browser.untilText("alert-page .head .state", "呼叫中");
      browser.until("return !document.querySelector('.row.fresh')");
      assertTrue(browser.text("alert-page .place").contains("钥匙盒在门左侧"));
      assertEquals("tel:051385000001", browser.find(".phone.large a").getDomAttribute("href"));
      assertTrue(browser.text("alert-page .responders").contains("王小燕"));
      assertTrue(browser.text("alert-page .persons").contains("中度失能"));
      assertTrue(browser.text("alert-handover pre").contains("需要救护车"));
      browser.press("a");
      browser.untilText("alert-page .head .state", "已接");
      assertTrue(alert(site, id).isHeld());
      browser.until("return document.querySelector('section.held .row.accepted')");
      assertEquals("0", browser.text(".figure"));

      handlesIt(site, browser, id);

      // Closing wants to know how it ended, and a note.
      browser.press("c");
      browser.click("dialog input[value=passed_120]");
      assertTrue(browser.find("dialog input[name=at]").isDisplayed());
      browser.press(Keys.ENTER);
      assertTrue(alert(site, id).isOpen(), "no note, not closed");
      browser.find("dialog textarea").sendKeys("跌倒后头晕 <b>已送医</b>");
      browser.click("dialog button[type=submit]");
      browser.untilText("alert-page .ended", "已移交 120 急救");
      browser.until("return !document.querySelector('dialog')");
      assertEquals("passed_120", Objects.requireNonNull(alert(site, id).closing()).disposition());
      browser.untilText("alert-timeline q", "跌倒后头晕 <b>已送医</b>");
      browser.untilText("alert-queue .none", "当前没有未结束的警情");

      // Too early: taken back, and closed again.
      browser.press("z");
      browser.untilText("alert-page .head .state", "已接");
      assertTrue(alert(site, id).isHeld());
      String again = "{\"reply\":\"done\",\"disposition\":\"passed_120\",\"note\":\"ok\"}";
      site.post(Site.ALERTS + "/" + id + "/replies", Site.bearer("city"), again);
      browser.untilText("alert-page .ended", "移交时间");

      // It wasn't over after all.
      browser.press("r");
      browser.find("dialog textarea").sendKeys("家属说仍不适");
      browser.click("dialog button[type=submit]");
      browser.untilText("alert-page .head .state", "呼叫中");
      assertTrue(alert(site, id).isOpen());
      assertEquals(List.of(), browser.complaints());

      // The gateway goes: the page says so by itself.
      site.server.close();
      browser.until("return document.querySelector('.live.waiting')");
      assertFalse(is(browser, "!document.querySelector('p.lost').hidden"));
      browser.until("return !document.querySelector('p.lost').hidden");
      assertTrue(browser.text("p.lost").contains("实时连接已中断"));
      browser.press("a");
      browser.untilText("alert-actions .said", "连接不上网关");
    }
  }

  /** The next rung, a note taken back, and from hand to hand: each by its key. */
  private static void handlesIt(Site site, Browser browser, AlertId id) throws Exception {
    browser.press("e");
    browser.untilText("alert-timeline", "不再等待");
    browser.press("b");
    browser.find("dialog textarea").sendKeys("钥匙在花盆下 <b>左边</b>");
    browser.click("dialog button[type=submit]");
    browser.untilText(".jotted .text", "钥匙在花盆下 <b>左边</b>");
    browser.picture("handled-note");
    browser.press("z");
    browser.until("return document.querySelector('.jotted .taken-back s')");

    browser.press("h");
    browser.until("return document.querySelectorAll('dialog .colleagues label').length > 2");
    browser.picture("handled-over");
    browser.find("dialog input[type=search]").sendKeys("eas");
    browser.click("dialog button[type=submit]");
    browser.untilText("alert-page section.handed", "east");
    assertTrue(alert(site, id).isHeld(), "until the other accepts");
    String replies = Site.ALERTS + "/" + id + "/replies";
    site.post(replies, Site.bearer("east"), "{\"reply\":\"accept\"}");
    browser.until("return document.querySelector('alert-page section.handed').hidden");
    browser.untilText(".told", "east 已接手");
    String handovers = Site.ALERTS + "/" + id + "/handovers";
    site.post(handovers, Site.bearer("east"), "{\"to\":\"city\"}");
    browser.untilText("handed-bar", "east 请您接手");
    browser.picture("handled-asked");
    browser.click("handed-bar button.primary");
    browser.until("return document.querySelector('handed-bar').hidden");
    browser.until("return !document.querySelector('[data-action=hand_over]').hidden");
    assertTrue(alert(site, id).holdOf(new ResponderId("city")).isPresent());
    assertEquals(1, alert(site, id).holds().size());
  }

  @Test
  void whatIsRefusedIsSaidAndSingleKeysCanBeOff() throws Exception {
    try (Site site = new Site();
        Browser browser = new Browser(site, "en")) {
      AlertId id = site.press("sos-1");
      browser.enter("viewer");
      browser.untilText(ROW, "王"); // supervisors see no more of a name until they ask
      browser.click(ROW + " a");
      browser.untilText("alert-page .head .state", "ringing");
      browser.press("a"); // which they may not, and are not offered
      // What is masked, one field at a time and for a reason.
      browser.click("[data-key=shown]");
      browser.find("dialog textarea").sendKeys("a complaint");
      browser.click("dialog button[type=submit]");
      browser.untilText("dialog .shown", "东区幸福里 3 幢 201 室");
      browser.press(Keys.ESCAPE);
      browser.until("return !document.querySelector('dialog')");
      assertFalse(alert(site, id).isHeld());
      assertTrue(browser.text("alert-page .head .state").contains("ringing"));
    }
    ConsoleSettings.Limits hasty = Site.limits(Duration.ofMillis(50));
    try (Site site = new Site(ConsoleSettings.plain("127.0.0.1", 0).withLimits(hasty));
        Browser browser = new Browser(site, "en")) {
      site.press("sos-1");
      browser.enter("east");
      browser.untilText(ROW, "王");
      browser.click(ROW + " a");
      browser.untilText("alert-page .head .state", "ringing");
      site.engine.fill();
      browser.press("a");
      browser.untilText("alert-actions .said.trouble", "cannot take it now");
      site.engine.empty();

      browser.press("?");
      browser.click("dialog input[type=checkbox]");
      browser.click("dialog button[type=submit]");
      browser.until("return !document.querySelector('dialog')");
      browser.press("c");
      assertFalse(is(browser, "document.querySelector('dialog')"), "single keys are off");
      browser.click("[data-action=close]");
      assertTrue(is(browser, "document.querySelector('dialog[open]')"));
      browser.press(Keys.ESCAPE);
      browser.until("return document.activeElement.dataset.action === 'close'");
    }
  }

  @Test
  void aCallerIsLookedUpAnAlertIsRaisedAndTheExchangeDials() throws Exception {
    try (Site site = new Site();
        Browser browser = new Browser(site, "en")) {
      SeededSite.Exchange exchange = new SeededSite.Exchange();
      site.dialers = List.of(exchange);
      browser.enter("east");
      browser.untilText("alert-queue .none", "No open alerts");
      browser.press("n");
      browser.find("dialog input").sendKeys("0513-85000001", Keys.ENTER);
      browser.untilText("dialog .found", "王秀英");
      browser.click("[data-key=raise-h-001]");
      browser.find("dialog textarea").sendKeys("breathless");
      browser.click("dialog button[type=submit]");
      browser.untilText("alert-page .head h2", "SOS");
      browser.untilText("alert-page .place", "0513");
      browser.press("d");
      browser.find("dialog input[name=extension]").sendKeys("8001");
      browser.click("dialog button[type=submit]");
      browser.untilText(".told", "8001");
      assertEquals(1, exchange.asked.size());
      assertEquals("051385000001", exchange.asked.getFirst().number());

      // What is focused stays focused when it is drawn anew.
      String daughters = "[data-key=tel-responder-daughter]";
      browser.run("document.querySelector('" + daughters + "').focus()");
      String raised = site.engine.open().getFirst().alert().id().value();
      site.post(
          Site.ALERTS + "/" + raised + "/replies",
          Site.basic("daughter"),
          "{\"reply\":\"accept\",\"eta_min\":10}");
      browser.untilText("alert-page .responders .accepted", "王小燕");
      assertTrue(is(browser, "document.activeElement.matches('" + daughters + "')"));

      // Two alerts of one home go on as one.
      AlertId smoke = site.says("smoke-1", "smoke", "{}");
      browser.until(
          "return !document.querySelector('[data-action=merge]').hidden"
              + " || (document.querySelector('alert-page').load(), false)");
      browser.press("m");
      browser.click("dialog input[value=" + smoke + "]");
      browser.click("dialog button[type=submit]");
      browser.until("return document.querySelectorAll('.row').length === 1");
      assertFalse(alert(site, smoke).isOpen());
    }
  }

  @Test
  void hostileTextsRunNothing() throws Exception {
    String hostile =
        "<img src=x onerror=window.hacked=1>\"'><script>window.hacked=2</script>"
            + "</textarea></template><svg onload=window.hacked=3>{{7*7}}${7*7}\u202e"
            + "javascript:window.hacked=4";
    try (Site site = new Site();
        Browser browser = new Browser(site, "en")) {
      site.engine.district.ending = hostile;
      site.quietly(
          "band-1",
          "location",
          Site.JSON
              .createObjectNode()
              .put("lat", 32.1)
              .put("lon", 120.8)
              .put("source", "<img src=x>")
              .toString());
      AlertId id = site.press("sos-1");
      site.post(
          Site.ALERTS + "/" + id + "/replies",
          Site.basic("daughter"),
          Site.JSON.createObjectNode().put("reply", "spoke").put("note", hostile).toString());
      browser.enter("city");
      browser.untilText(ROW, "window.hacked");
      browser.click(ROW + " a");
      browser.untilText("alert-timeline q", "window.hacked=3");
      browser.untilText("alert-page .persons", "window.hacked=3");
      browser.untilText("alert-page .responders", "window.hacked=3");
      browser.press("n");
      browser.find("dialog input").sendKeys("0513-85000001", Keys.ENTER);
      browser.untilText("dialog .found", "window.hacked=3");
      assertTrue(is(browser, "window.hacked === undefined"));
      assertTrue(
          is(
              browser,
              "!document.querySelector('img, svg:not(.leaflet-zoom-animated), iframe, template, style')"));
      assertEquals(1L, browser.run("return document.scripts.length"));
      assertTrue(
          is(
              browser,
              "[...document.links].every((one) => /^tel:[0-9+*#]*$/.test(one.getAttribute('href'))"
                  + " || one.getAttribute('href').startsWith('#/'))"));
      // An address of a page is text from outside too.
      browser.open("/#/alert/" + "%3Cimg%20src=x%20onerror=window.hacked=5%3E");
      browser.run("location.reload()");
      browser.untilText("alert-page", "Not found");
      browser.open("/#/alert/%E0%A4%A");
      browser.run("location.reload()");
      browser.untilText("alert-page .none", "Choose an alert");
      assertTrue(is(browser, "window.hacked === undefined"));
    }
  }

  @Test
  void axeFindsNothingSerious() throws Exception {
    for (String language : List.of("zh-CN", "en")) {
      try (Site site = new Site();
          Browser browser = new Browser(site, language)) {
        SeededSite.seed(site, site.engine.now());
        browser.open("/");
        assertEquals(List.of(), browser.axe(), language + " login");
        browser.login("token-of-city");
        browser.until("return document.querySelectorAll('.row').length > 4");
        browser.until("return document.querySelector('details.incident')");
        assertEquals(List.of(), browser.axe(), language + " queue");
        browser.picture("queue-" + language);
        browser.click("section.unanswered .row.critical a");
        browser.until("return document.querySelector('alert-timeline li')");
        browser.click("sound-gate button");
        browser.until("return document.querySelector('sound-gate.on')");
        assertEquals(List.of(), browser.axe(), language + " alert");
        browser.picture("alert-" + language);
        browser.press("c");
        assertEquals(List.of(), browser.axe(), language + " dialog");
        assertEquals(List.of(), browser.complaints());
        browser.run("document.querySelector('dialog').append(document.createElement('img'))");
        assertEquals(1, browser.axe().size(), "axe sees what is wrong");
      }
    }
  }

  @Test
  void fiveHundredAlertsStayUsable() throws Exception {
    try (Site site = new Site();
        Browser browser = new Browser(site, "zh-CN")) {
      for (int i = 0; i < 499; i++) {
        site.press("stray-" + i);
      }
      browser.enter("city");
      browser.until("return document.querySelectorAll('.row').length === 499");
      browser.run(
          "document.querySelectorAll('.row').forEach((row) => { row.kept = true; });"
              + "document.querySelectorAll('.row')[250].link.focus();"
              + "window.held = document.activeElement;");
      AlertId id = site.press("sos-1");
      browser.untilText(ROW, "王秀英");
      assertEquals(500L, browser.run("return document.querySelectorAll('.row').length"));
      assertEquals(
          499L,
          browser.run("return [...document.querySelectorAll('.row')].filter((r) => r.kept).length"),
          "what didn't change is not drawn anew");
      assertTrue(is(browser, "document.activeElement === window.held"), "the focus stays");
      assertEquals("500", browser.text(".figure"));
      site.engine.happens(
          new Input.ReplyReceived(
              new io.shouwang.model.Reply(
                  "r", id, io.shouwang.model.Reply.Answer.ACCEPT, 12, null, null),
              new ResponderId("daughter"),
              false,
              "mqtt"));
      browser.until("return document.querySelector('section.held .row')");
      assertEquals("499", browser.text(".figure"));
      assertNotNull(browser.run("return document.activeElement === window.held || null"));
    }
  }
}
