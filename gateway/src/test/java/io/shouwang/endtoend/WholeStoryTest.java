package io.shouwang.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.shouwang.console.Browser;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/**
 * From the first start to the last word, in Chromium at a real gateway: two seats, a daughter's
 * phone, a grid worker's. The manuals' pictures are taken on the way.
 */
final class WholeStoryTest {
  private static final String OWN = "four words that I know";
  private static final String SUBMIT = "dialog[open] button[type=submit]";
  private static final String STATE = "alert-page .head .state";
  @TempDir private Path directory;

  /** What is owed this month is due today, links go out, and the son reads English. */
  private static void configure(Path config) throws IOException {
    Path rules = config.resolve("rules.yaml");
    Files.writeString(
        rules, Files.readString(rules).replaceAll("due_soon: \\d+d\\}", "due_soon: 31d}"));
    Path responders = config.resolve("registry/responders.csv");
    Files.writeString(
        responders,
        Files.readString(responders)
            .replace("demo-son,王建军,100-0000-0003,zh", "demo-son,王建军,100-0000-0003,en"));
    // A community at night is answered for by turns.
    Files.writeString(
        config.resolve("registry/contacts.csv"),
        "@demo-grid-night,grid_worker,grid worker,,,s-taohua\n",
        StandardOpenOption.APPEND);
    Files.writeString(
        config.resolve("channels.yaml"), "public_url: https://help.example.org\nchannels: {}\n");
  }

  private static void reload(Browser browser, String language) {
    browser.run(
        "localStorage.setItem('shouwang-language', arguments[0]); location.reload()", language);
    browser.until("return document.documentElement.lang === '" + language + "'");
  }

  private static void keep(Browser browser, String name, String language) throws IOException {
    browser.keep(name + "-" + language.substring(0, 2));
  }

  private static void leave(Browser browser) {
    browser.run("[...document.querySelectorAll('.bar .tools button')].at(-1).click()");
    browser.until("return document.querySelector('duty-login [name=user]')");
  }

  private static void twice(Browser browser) {
    List<WebElement> fields = browser.all("[autocomplete=new-password]");
    fields.get(0).sendKeys(OWN);
    fields.get(1).sendKeys(OWN, Keys.ENTER);
  }

  private static void setUp(Town town, Browser browser) throws Exception {
    Path token = town.data.resolve("setup-token");
    town.until(() -> Files.exists(token), "the set-up token");
    town.until(() -> town.metrics().contains("shouwang_people_open 1.0"), "accounts that are open");
    browser.open("/#/setup/" + Files.readString(token).strip());
    browser.until("return document.querySelector('duty-login input[name=token]')");
    browser.find("[name=user]").sendKeys("root");
    browser.find("[name=name]").sendKeys("张主任");
    twice(browser);
    browser.until("return document.querySelector('room-users tbody tr')");
    assertFalse(Files.exists(token), "good for once");
  }

  /** The administrator makes an account; the password that is given out. */
  private static String make(Browser browser, String user, String name, String role, String area) {
    browser.click("[data-key=make]");
    browser.find("dialog [name=user]").sendKeys(user);
    browser.find("dialog [name=name]").sendKeys(name);
    browser.click("dialog [value=" + role + "]");
    browser.until("return document.querySelector('dialog option[value=" + area + "]')");
    browser.click("dialog option[value=" + area + "]");
    browser.click(SUBMIT);
    browser.until("return document.querySelector('dialog code.password')");
    String given = browser.text("dialog code.password");
    browser.press(Keys.ESCAPE);
    browser.untilText("room-users tbody", name);
    return given;
  }

  /** Somebody comes in for the first time, with a password of their own from now on. */
  private static void come(Browser browser, String user, String given) {
    browser.login(user, given);
    browser.untilText("duty-login h1", "请设置自己的密码");
    twice(browser);
  }

  private static void sit(Browser browser, String user, String given) {
    come(browser, user, given);
    browser.untilText("alert-queue .none", "当前没有未结束的警情");
    hear(browser);
  }

  private static void hear(Browser browser) {
    browser.until("return document.querySelector('sound-gate button')");
    browser.click("sound-gate button");
    browser.until("return document.querySelector('sound-gate.on')");
  }

  private static long played(Browser browser) {
    return (Long)
        Objects.requireNonNull(
            browser.later(
                "const done = arguments[0];"
                    + " import('/console/sound.js').then(({ sound }) => done(sound.played));"));
  }

  private static void write(Browser browser, String text) {
    browser.find("dialog textarea").sendKeys(text);
    browser.click(SUBMIT);
    browser.until("return !document.querySelector('dialog')");
  }

  @Test
  void aPressIsAnsweredFromTheFirstStartToTheLastWord() throws Exception {
    try (Town town = Town.open(directory, WholeStoryTest::configure);
        Browser first = new Browser(origin(town), "zh-CN", 1440, 900);
        Browser second = new Browser(origin(town), "zh-CN", 1440, 900)) {
      try {
        tell(town, first, second);
      } catch (Exception | AssertionError e) {
        first.picture("story-first-trouble");
        second.picture("story-second-trouble");
        throw e;
      }
      assertEquals(List.of(), first.complaints());
      assertEquals(List.of(), second.complaints());
    }
  }

  private static void tell(Town town, Browser first, Browser second) throws Exception {
    try (Client button = town.connect(Make.PAHO_5, false, "demo-sos-001");
        Client daughter = town.connect(Make.PAHO_3, false, "demo-daughter");
        Client son = town.connect(Make.HIVEMQ_5, false, "demo-son")) {
      button.subscribe("v1/devices/demo-sos-001/down");
      daughter.subscribe("v1/responders/demo-daughter/alerts");
      son.subscribe("v1/responders/demo-son/alerts");
      setUp(town, first);
      final String li = make(first, "li", "李红", "dispatcher", "j-hehua");
      final String wang = make(first, "wang", "王磊", "dispatcher", "j-hehua");
      final String grid = make(first, "demo-grid", "孙丽", "grid_worker", "g-taohua-1");
      leave(first);
      for (String language : List.of("en", "zh-CN")) {
        reload(first, language);
        first.until("return document.querySelector('duty-login [name=user]')");
        keep(first, "login", language);
      }
      sit(first, "li", li);
      second.open("/");
      sit(second, "wang", wang);

      final long heard = played(first);
      lived(town);
      button.publish(
          "v1/devices/demo-sos-001/sos",
          """
          {"id":"press-1","at":"%s","battery_pct":81,
           "location":{"lat":32.0601,"lon":120.8604,"accuracy_m":15,"source":"gnss"}}
          """
              .formatted(Instant.now()));
      final JsonNode ring = daughter.hearsFor("rung");
      final String alert = ring.get("alert").asText();
      first.untilText("alert-queue .row", "林秀英");
      first.untilText("[role=alert]", "桃花里12号楼");
      assertEquals("1", first.text(".figure"));
      assertTrue(played(first) > heard, "a press is heard");
      goesFromHandToHand(first, second);
      final URI page = URI.create(ring.get("link").asText());
      leave(first);
      first.becomePhone();
      comes(first, second, page);
      assertEquals("accepted", button.hearsOf("accepted").get("type").asText());

      for (String device : List.of("demo-sos-004", "demo-sos-006", "demo-sos-005")) {
        town.post("/api/v1/devices/" + device + "/events/sos", town.basic(device), bytes("{}"));
      }
      town.post(
          "/api/v1/devices/demo-smoke-006/events/smoke",
          town.basic("demo-smoke-006"),
          bytes("{\"state\":\"alarm\"}"));
      for (String language : List.of("en", "zh-CN")) {
        tour(second, language, alert);
      }
      ends(first, second, page, alert);

      URI english = URI.create(son.hearsFor("rung").get("link").asText());
      first.open(english.getPath());
      first.untilText("h1", "SOS");
      first.keep("daughter-en");
      visits(first, second, grid);
      assertEquals("closed", town.alert(alert).get("state").asText());
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String origin(Town town) {
    return town.http("").toString();
  }

  /** What the bracelet measured in the last half hour. */
  private static void lived(Town town) throws Exception {
    Instant now = Instant.now();
    for (int i = 0; i < 10; i++) {
      String vitals =
          "{\"at\":\"%s\",\"heart_rate_bpm\":%d,\"spo2_pct\":%d,\"battery_pct\":%d}"
              .formatted(now.minusSeconds(1_700 - 180L * i), 74 + i * i / 3, 97 - i / 4, 64);
      town.post(
          "/api/v1/devices/demo-band-001/events/vitals",
          town.basic("demo-band-001"),
          bytes(vitals));
    }
  }

  /** Accepted by key, a note for the next seat, and over to the colleague, who takes it. */
  private static void goesFromHandToHand(Browser first, Browser second) {
    first.press("j");
    first.press(Keys.ENTER);
    first.untilText(STATE, "呼叫中");
    assertTrue(first.text("alert-page .place").contains("备用钥匙在202室"));
    first.press("a");
    first.untilText(STATE, "已接");
    first.press("b");
    write(first, "电话已通：坐在厨房地上，清醒，说左腿疼");
    first.untilText(".jotted .text", "左腿疼");
    first.press("h");
    first.until("return document.querySelector('dialog .colleagues input[value=wang]')");
    first.click("dialog .colleagues input[value=wang]");
    first.click(SUBMIT);
    second.untilText("handed-bar", "李红");
    second.click("handed-bar button.primary");
    second.until("return document.querySelector('handed-bar').hidden");
    second.untilText(".jotted .text", "左腿疼");
    first.untilText(".told", "王磊");
  }

  /** The daughter's way, on her phone; the seat sees each step. */
  private static void comes(Browser phone, Browser seat, URI page) throws Exception {
    phone.open(page.getPath());
    phone.untilText("h1", "紧急呼叫");
    phone.until("return document.querySelector('button[value=accept-10]')");
    assertEquals(
        true,
        phone.run("return document.documentElement.scrollWidth <= innerWidth"),
        "no sideways scrolling");
    phone.untilText(".coming", "值班台已接手");
    phone.keep("daughter-zh");
    phone.click("button[value=accept-10]");
    phone.until("return document.querySelector('.mine')");
    seat.untilText("alert-page .responders", "林晓梅");
    seat.untilText("alert-timeline", "林晓梅");
    phone.click("button[value=arrived]");
    phone.until("return document.querySelector('button[value=done]')");
    seat.untilText("alert-page .responders", "已到");
  }

  private static void ends(Browser phone, Browser seat, URI page, String alert) throws Exception {
    seat.open("/#/alert/" + alert);
    seat.untilText("alert-timeline", "林晓梅");
    seat.press("c");
    seat.click("dialog input[value=real]");
    write(seat, "左膝扭伤，女儿已到，送社区医院");
    seat.untilText("alert-page .ended", "真实险情");
    phone.open(page.getPath());
    phone.until("return document.querySelector('.end')");
    assertFalse(phone.text("body").contains("林秀英"), "nobody is named once it is over");
    phone.keep("daughter-ended-zh");
  }

  /** The grid worker finds who is owed a visit, records one by one tap, and the seat sees it. */
  private static void visits(Browser phone, Browser seat, String given) throws Exception {
    phone.open("/?phone#/field");
    come(phone, "demo-grid", given);
    String tap = "[data-key=e-002-visit-well]";
    phone.until("return document.querySelector('" + tap + "')");
    phone.untilText("room-field .alerts", "桃花里15号楼");
    for (String language : List.of("en", "zh-CN")) {
      reload(phone, language);
      phone.until("return document.querySelector('" + tap + "')");
      keep(phone, "field", language);
    }
    phone.run("document.querySelector('" + tap + "').click()");
    phone.untilText("room-field .standing.held", "撤销");
    seat.run("location.hash = '#/duties?state=done'");
    seat.until("return document.querySelector('room-duties .counts a')");
    phone.until(
        "return !document.querySelector('"
            + tap
            + "') ||"
            + " document.querySelector('room-field .standing.done')");
    seat.run("location.reload()");
    seat.untilText("room-duties tbody tr.done", "陈国栋");
  }

  /** The same rooms in one language. */
  private static void tour(Browser seat, String language, String alert) throws Exception {
    seat.run("location.hash = '#/'");
    reload(seat, language);
    seat.until("return document.querySelector('.live.live')");
    hear(seat);
    seat.until("return document.querySelectorAll('alert-queue .row').length >= 5");
    keep(seat, "queue", language);
    seat.run("location.hash = '#/alert/" + alert + "'");
    seat.until("return document.querySelectorAll('alert-timeline li').length > 5");
    seat.until("return document.querySelector('home-readings svg.chart')");
    seat.until("return document.querySelector('alert-map .pin-home')");
    keep(seat, "alert", language);
    seat.press("c");
    seat.click("dialog input[value=real]");
    keep(seat, "close", language);
    seat.press(Keys.ESCAPE);
    seat.until("return !document.querySelector('dialog')");
    seat.press("h");
    seat.until("return document.querySelector('dialog .colleagues input')");
    keep(seat, "handover", language);
    seat.press(Keys.ESCAPE);
    seat.until("return !document.querySelector('dialog')");
    room(seat, "map", "room-map .leaflet-interactive, room-map .leaflet-marker-icon", language);
    seat.run("location.hash = '#/elders'");
    seat.until("return document.activeElement.id === 'elders-q'");
    seat.find("#elders-q").sendKeys("王");
    seat.find("#elders-q").sendKeys("德发");
    seat.until("return document.querySelector('#elders-row-0')");
    seat.press(Keys.ARROW_DOWN);
    seat.press(Keys.ENTER);
    seat.until("return document.querySelector('.elders-card .devices')");
    keep(seat, "elders", language);
    room(seat, "devices", ".devices tbody tr", language);
    room(seat, "schedules", "room-schedules tbody tr", language);
    room(seat, "duties", "room-duties tbody tr", language);
    room(seat, "shift", ".sheet .part", language);
    assertTrue(seat.text(".sheet .part").contains("王磊"), "a colleague is called by name");
    room(seat, "load", ".load tbody tr", language);
    room(seat, "wall", ".wall-count", language);
  }

  private static void room(Browser seat, String name, String sign, String language)
      throws Exception {
    seat.run("location.hash = '#/" + name + "'");
    seat.until("return document.querySelector('" + sign + "')");
    keep(seat, name, language);
  }
}
