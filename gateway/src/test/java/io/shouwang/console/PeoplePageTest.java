package io.shouwang.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.accounts.TestAccounts;
import io.shouwang.model.AlertId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** People at the page, from the first start to what auditors read of it. */
class PeoplePageTest {
  private static final String OWN = "two new words of mine";
  private static final String SUBMIT = "dialog[open] button[type=submit]";
  @TempDir Path data;

  private static boolean is(Browser browser, String condition) {
    return (Boolean) Objects.requireNonNull(browser.run("return Boolean(" + condition + ")"));
  }

  private static long played(Browser browser) {
    return (Long)
        Objects.requireNonNull(
            browser.later(
                "const done = arguments[0];"
                    + " import('/console/sound.js').then(({ sound }) => done(sound.played));"));
  }

  /** What can be read on the screen. */
  private static boolean shows(Browser browser, String text) {
    return is(browser, "document.body.innerText.includes('" + text + "')");
  }

  private void leave(Browser browser) {
    browser.run("[...document.querySelectorAll('.bar .tools button')].at(-1).click()");
  }

  @Test
  void fromTheFirstStartToTheRecord() throws Exception {
    try (Site site = new Site(clock -> TestAccounts.in(data, clock));
        Browser browser = new Browser(site, "zh-CN")) {
      firstStart(browser);
      String given = makeAccount(browser);
      ownPassword(browser, given);
      lockedSeat(site, browser);
      secondFactor(site, browser);
      glass(site, browser);
      readRecord(browser);
      everyRoom(site, browser);
      whoLooksOnIsOfferedNothing(site, browser);
      assertEquals(List.of(), browser.complaints());
      lateAnswersEndNobodyElsesSeat(browser);
      whatTheFeedSaysWhileTheListIsAskedForStays(browser);
    }
  }

  /** Nobody has an account: the page says so, and a link with the token makes the first. */
  private void firstStart(Browser browser) throws Exception {
    browser.open("/");
    browser.untilText("duty-login .first:not([hidden])", "还没有任何账号");
    browser.picture("first-login");
    String token = Files.readString(data.resolve("setup-token")).strip();
    browser.open("/#/setup/" + token);
    browser.until("return document.querySelector('duty-login input[name=token]')");
    assertEquals("#/setup", browser.run("return location.hash"), "no token in the address");
    assertEquals(token, browser.run("return document.querySelector('[name=token]').value"));
    assertEquals(List.of(), browser.axe(), "set-up");
    browser.find("[name=user]").sendKeys("root");
    browser.find("[name=name]").sendKeys("张主任");
    List<WebElement> twice = browser.all("[autocomplete=new-password]");
    twice.get(0).sendKeys("short");
    twice.get(1).sendKeys("short", Keys.ENTER);
    browser.untilText("duty-login .trouble", "至少要 12 个字符");
    browser.picture("setup");
    twice.get(0).sendKeys(" but not any more");
    twice.get(1).sendKeys(" but not any more", Keys.ENTER);
    // An administrator sees no alerts: no queue, no sound, and the accounts first.
    browser.until("return document.querySelector('room-users tbody tr')");
    assertFalse(Files.exists(data.resolve("setup-token")));
    assertFalse(is(browser, "document.querySelector('sound-gate')"));
    assertTrue(browser.text("room-users tbody").contains("本人"));
  }

  private String makeAccount(Browser browser) throws Exception {
    browser.click("[data-key=make]");
    browser.find("dialog [name=user]").sendKeys("li");
    browser.find("dialog [name=name]").sendKeys("李四 <b>");
    browser.click("dialog [value=dispatcher]");
    browser.find("dialog [type=search]").sendKeys("东区");
    browser.until("return document.querySelector('dialog option[value=east]')");
    browser.until("return !document.querySelector('dialog option[value=city]')");
    browser.click("dialog option[value=east]");
    assertEquals(List.of(), browser.axe(), "new account");
    browser.picture("account-new");
    browser.click(SUBMIT);
    browser.until("return document.querySelector('dialog code.password')");
    final String given = browser.text("dialog code.password");
    browser.picture("account-password");
    browser.press(Keys.ESCAPE);
    browser.untilText("room-users tbody", "李四 <b>");
    browser.find("room-users [name=q]").sendKeys("nobody");
    browser.untilText("room-users .none", "没有符合条件的账号");
    browser.find("room-users [name=q]").clear();
    browser.find("room-users [name=q]").sendKeys("li");
    browser.untilText("room-users tbody", "尚未改初始密码");
    assertEquals(List.of(), browser.axe(), "accounts");
    browser.picture("accounts");
    leave(browser);
    return given;
  }

  private static void ownPassword(Browser browser, String given) throws Exception {
    browser.login("li", "a wrong password");
    browser.untilText("duty-login .trouble", "不对");
    browser.find("duty-login [name=password]").sendKeys(given, Keys.ENTER);
    browser.untilText("duty-login h1", "请设置自己的密码");
    browser.picture("choose");
    List<WebElement> twice = browser.all("[autocomplete=new-password]");
    twice.get(0).sendKeys(OWN);
    twice.get(1).sendKeys(OWN + "x", Keys.ENTER);
    browser.untilText("duty-login .trouble", "两次输入的密码不一样");
    twice.get(1).sendKeys(Keys.BACK_SPACE, Keys.ENTER);
    browser.until("return document.querySelector('.live.live')");
    assertEquals("李四 <b>", browser.text(".sitting"));
  }

  /** A seat that is locked hears and shows on, and what was half written is there afterwards. */
  private static void lockedSeat(Site site, Browser browser) throws Exception {
    browser.click("sound-gate button");
    browser.until("return document.querySelector('sound-gate.on')");
    AlertId id = site.press("sos-1");
    browser.untilText("alert-queue .row", "王秀英");
    browser.click("alert-queue .row a");
    browser.untilText("alert-page .head .state", "呼叫中");
    browser.press("c");
    browser.click("dialog input[value=real]");
    browser.find("dialog textarea").sendKeys("跌倒，已送");
    // Another tab of the same browser locks the seat they share.
    browser.later(
        "const done = arguments[0]; fetch('/api/v1/session/lock', { method: 'POST', headers: {"
            + " 'X-Shouwang': 'hand' } }).then(done)");
    browser.until("return document.querySelector('seat-lock form')");
    browser.untilText("alert-queue .row", "姓名已隐去");
    assertFalse(shows(browser, "王秀英") || shows(browser, "幸福里"), "nobody's name and door");
    assertFalse(is(browser, "document.querySelector('dialog[open]')"));
    final long heard = played(browser);
    site.says("smoke-1", "smoke", "{}");
    browser.until("return document.querySelectorAll('alert-queue .row').length === 2");
    assertTrue(played(browser) > heard, "a locked seat is heard");
    assertEquals(List.of(), browser.axe(), "locked");
    browser.picture("locked");
    browser.find("seat-lock [name=password]").sendKeys("not mine at all", Keys.ENTER);
    browser.untilText("seat-lock .trouble", "不对");
    browser.find("seat-lock [name=password]").sendKeys(OWN, Keys.ENTER);
    browser.until("return document.querySelector('dialog[open] textarea')");
    browser.find("dialog textarea").sendKeys("医");
    assertEquals("跌倒，已送医", browser.find("dialog textarea").getDomProperty("value"));
    browser.click(SUBMIT);
    browser.until("return !document.querySelector('dialog')");
    assertFalse(site.engine.find(id).orElseThrow().alert().isOpen());
    browser.untilText("alert-queue .row", "王秀英");
    // By hand, and by itself; a reload finds it locked still.
    browser.press("l");
    browser.until("return document.querySelector('seat-lock form')");
    browser.run("location.reload()");
    browser.untilText("seat-lock h2", "席位已锁定");
    browser.find("seat-lock [name=password]").sendKeys(OWN, Keys.ENTER);
    browser.until("return !document.querySelector('seat-lock')");
    browser.untilText("alert-queue .row", "王秀英");
  }

  private void secondFactor(Site site, Browser browser) throws Exception {
    browser.open("/#/me");
    browser.until("return document.querySelector('room-me .seats li')");
    assertEquals(List.of(), browser.axe(), "my account");
    browser.picture("me");
    browser.click("[data-key=factor]");
    browser.find("dialog [name=password]").sendKeys(OWN, Keys.ENTER);
    browser.until("return document.querySelector('dialog canvas.qr')");
    browser.picture("me-factor");
    String secret = browser.text("dialog code.groups").replace(" ", "");
    browser
        .find("dialog [name=code]")
        .sendKeys(TestAccounts.code(secret, site.engine.now()), Keys.ENTER);
    browser.until("return document.querySelectorAll('room-me .codes li').length === 10");
    final String recovery = browser.text("room-me .codes li code");
    browser.untilText("room-me .factor", "已启用");
    browser.picture("me-codes");
    // The seat that ended from elsewhere is logged in anew, in place.
    Seated elsewhere = new Seated(site);
    site.engine.setNow(site.engine.now().plus(Duration.ofSeconds(90)).toString());
    assertEquals(
        200,
        elsewhere
            .post(
                "/api/v1/session",
                Seated.json()
                    .put("user", "li")
                    .put("password", OWN)
                    .put("code", TestAccounts.code(secret, site.engine.now())))
            .status());
    for (var one : elsewhere.get("/api/v1/sessions").json().get("sessions")) {
      if (!one.get("own").asBoolean()) {
        elsewhere.delete("/api/v1/sessions/" + one.get("session").asText());
      }
    }
    browser.untilText("seat-lock h2", "登录已失效");
    assertFalse(shows(browser, "王秀英"));
    browser.picture("over");
    browser.find("seat-lock [name=password]").sendKeys(OWN);
    browser.find("seat-lock [name=code]").sendKeys(recovery, Keys.ENTER);
    browser.until("return !document.querySelector('seat-lock')");
    assertTrue(is(browser, "document.querySelectorAll('room-me .codes li').length === 10"));
    leave(browser);
    browser.login("li", OWN);
    browser.untilText("duty-login .trouble", "请再输入验证码");
    assertTrue(browser.find("duty-login [name=code]").isDisplayed());
    browser.picture("login-code");
    // On a slow machine the first rests may be over before the next try.
    while (!browser.text("duty-login .trouble").contains("失败次数过多，请在")) {
      browser.find("duty-login [name=code]").sendKeys("000000", Keys.ENTER);
      browser.until(
          "return !document.querySelector('duty-login button[type=submit]').disabled"
              + " && document.querySelector('duty-login .trouble').textContent");
    }
    browser.picture("login-resting");
  }

  private void glass(Site site, Browser browser) throws Exception {
    Seated root = new Seated(site);
    assertEquals(200, root.login("root", "short but not any more").status());
    root.make("zhao", "west", "dispatcher");
    root.make("au", "city", "auditor");
    String alert = site.press("sos-1").value();
    browser.open("/");
    browser.run("location.reload()");
    browser.login("zhao", Seated.PASSWORD);
    browser.untilText("alert-queue .none", "当前没有未结束的警情");
    browser.open("/#/alert/" + alert);
    browser.untilText("alert-page", "不在您的辖区内");
    browser.picture("glass-offer");
    browser.click("[data-key=glass]");
    browser.find("dialog textarea").sendKeys("东区值班室无人接听");
    browser.picture("glass-dialog");
    browser.click(SUBMIT);
    browser.untilText("alert-page .persons", "王秀英");
    browser.untilText("glass-mark", "越权查看警情，至");
    assertEquals(List.of(), browser.axe(), "glass");
    browser.picture("glass");
    leave(browser);
  }

  private static void readRecord(Browser browser) throws Exception {
    browser.login("au", Seated.PASSWORD);
    browser.until("return document.querySelector('room-audit tbody tr')");
    browser.picture("audit-all");
    browser.find("room-audit [name=who]").sendKeys("zhao", Keys.ENTER);
    browser.until(
        "const who = [...document.querySelectorAll('room-audit tbody td:nth-child(2)')];"
            + " return who.length > 0 && who.every((one) => one.textContent === 'zhao')");
    browser.click("room-audit option[value=glass]");
    browser.click("room-audit button[type=submit]");
    browser.untilText("room-audit tbody tr:only-child", "东区值班室无人接听");
    browser.click("[data-key=check]");
    browser.untilText("chain-line", "记录链完整");
    assertEquals(List.of(), browser.axe(), "record");
    browser.picture("audit");
  }

  /** The one before left, and what they had asked is refused only now. */
  private static void lateAnswersEndNobodyElsesSeat(Browser browser) {
    Object found =
        browser.later(
            """
            const done = arguments[0];
            (async () => {
              const [api, session] = await Promise.all(
                [import('/console/api.js'), import('/console/session.js')]);
              const real = window.fetch;
              const who = session.me();
              const late = (status, type) => new Response(
                JSON.stringify({ type: 'urn:shouwang:problem:' + type }), { status });
              const found = [];
              for (const [status, type] of [[401, 'unauthenticated'], [403, 'seat-locked']]) {
                let answer;
                window.fetch = (url, more) => url !== '/late' ? real(url, more)
                  : new Promise((gone) => { answer = gone; });
                const asked = api.get('/late').catch((refusal) => refusal.status);
                session.leave();
                session.take(who);
                answer(late(status, type));
                found.push(await asked, session.isOver(), session.isLocked());
                const own = api.get('/late').catch((refusal) => refusal.status);
                answer(late(status, type));
                await own;
                found.push(session.isLocked());
              }
              window.fetch = real;
              session.leave();
              return found.join();
            })().then(done, (error) => done(String(error)));
            """);
    assertEquals("401,false,false,true,403,false,false,true", found);
  }

  /** An alarm must not leave the screen because a list was made a moment before it. */
  private static void whatTheFeedSaysWhileTheListIsAskedForStays(Browser browser) {
    Object found =
        browser.later(
            """
            const done = arguments[0];
            (async () => {
              const { store } = await import('/console/store.js');
              const real = window.fetch;
              const asked = [];
              window.fetch = (url, more) => String(url).startsWith('/api/v1/alerts?')
                ? new Promise((answer, fail) => { asked.push({ answer, fail }); }) : real(url, more);
              const alert = (id, state = 'ringing') => ({ alert: id, state, severity: 'critical', kind: 'sos', text: {},
                modes: [], home: { id: 'h' }, raised_at: new Date().toISOString() });
              const list = (...ids) => new Response(JSON.stringify({ alerts: ids.map((id) => alert(id)), total: ids.length,
                as_of: new Date().toISOString(), zone: 'Asia/Shanghai' }), { headers: { 'Content-Type': 'application/json' } });
              const has = () => [...store.alerts.keys()].sort().join('') + store.total;
              const found = [];
              store.clear();
              const first = store.load();
              store.take(alert('b'));
              store.take(alert('c', 'closed'));
              asked[0].answer(list('a', 'c'));
              await first;
              found.push(has());
              const old = store.load();
              const late = store.load();
              asked[2].answer(list('d'));
              await late;
              asked[1].answer(list('a'));
              await old;
              found.push(has());
              const insisted = store.insist();
              asked[3].fail(new Error());
              while (asked.length < 5) await new Promise((next) => { setTimeout(next, 20); });
              asked[4].answer(list('e'));
              await insisted;
              found.push(has());
              window.fetch = real;
              store.clear();
              return found.join();
            })().then(done, (error) => done(String(error)));
            """);
    assertEquals("ab2,d1,e1", found);
  }

  /** Each room opens without complaint for each role that may enter it. */
  private void everyRoom(Site site, Browser browser) throws Exception {
    Seated root = new Seated(site);
    assertEquals(200, root.login("root", "short but not any more").status());
    root.make("wang", "city", "dispatcher", "supervisor");
    root.make("sun", "east", "grid_worker");
    root.make("qian", "east", "organization_worker");
    root.make("lin", "city", "supervisor");
    leave(browser);
    assertEquals(List.of(), browser.complaints());
    for (String user : List.of("wang", "root", "au", "sun", "qian")) {
      sit(browser, user, user.equals("root") ? "short but not any more" : Seated.PASSWORD);
      List<?> names =
          (List<?>)
              Objects.requireNonNull(
                  browser.later(
                      "const done = arguments[0]; import('/console/rooms.js')"
                          + ".then(({ rooms }) => done(rooms().map((one) => one.name)));"));
      assertTrue(names.contains("me"), user + " enters " + names);
      for (Object name : names) {
        browser.run("location.hash = '#/%s'".formatted(name));
        browser.until(
            "const room = document.querySelector('room-%s'); return room".formatted(name)
                + " && room.innerText.trim()");
        browser.until(
            "return document.querySelectorAll('duty-seat > .bar [aria-current]').length === 1");
        assertEquals(List.of(), browser.refusals(), user + " in " + name);
      }
    }
  }

  private static void sit(Browser browser, String user, String password) {
    browser.later(
        "const done = arguments[0]; fetch('/api/v1/session', { method: 'POST', headers: {"
            + " 'X-Shouwang': 'hand', 'Content-Type': 'application/json' }, body: JSON.stringify({"
            + " user: '%s', password: '%s' }) }).then(() => done())".formatted(user, password));
    browser.open("/");
    browser.until("return document.querySelector('duty-seat > .bar .sitting')");
  }

  /** A supervisor is offered what they may do, and told that a position is masked, not missing. */
  private static void whoLooksOnIsOfferedNothing(Site site, Browser browser) throws Exception {
    sit(browser, "lin", Seated.PASSWORD);
    AlertId alert = site.press("sos-1");
    browser.run("location.hash = '#/alert/%s'".formatted(alert));
    browser.untilText("alert-page .summary", "**");
    browser.untilText("alert-page", "位置已隐去");
    assertEquals(
        List.of("note"),
        browser.run(
            "return [...document.querySelectorAll('alert-actions [data-action]')]"
                + ".filter((one) => one.checkVisibility()).map((one) => one.dataset.action)"));
    assertFalse(browser.text("alert-page").contains("没有登记坐标"));
    browser.run("location.hash = '#/elders/elder/e-001'");
    browser.untilText("room-elders .address", "**");
    browser.click("room-elders [data-key=shown]");
    browser.find("dialog [name=reason]").sendKeys("回访");
    browser.click(SUBMIT);
    browser.untilText("dialog .shown", "3 幢 201 室");
  }
}
