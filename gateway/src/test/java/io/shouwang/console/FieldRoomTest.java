package io.shouwang.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.alerts.Alert;
import io.shouwang.model.AlertId;
import io.shouwang.model.Input;
import io.shouwang.model.ResponderId;
import io.shouwang.wording.District;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The page of somebody on their round, on a small phone with a bad network. */
class FieldRoomTest {
  private static List<Input.ContactRecorded> contacts(Site site) {
    return site.engine.taken.stream()
        .map(submission -> submission.input())
        .filter(Input.ContactRecorded.class::isInstance)
        .map(Input.ContactRecorded.class::cast)
        .toList();
  }

  private static void tapped(Browser browser, String key) {
    browser.until("return document.querySelector('[data-key=\"" + key + "\"]')");
    browser.run("document.querySelector('[data-key=\"" + key + "\"]').click()");
  }

  @Test
  void anAnswerAndAVisitArriveOnceWhateverTheNetworkDoes() throws Exception {
    try (Site site = new Site();
        Browser browser = new Browser(site, "zh-CN", 360, 640)) {
      AlertId id = site.press("sos-1");
      site.engine.setNow("2026-11-22T06:01:01Z");
      site.engine.happens(new Input.TimePassed(District.HOME));
      browser.open("/#/field");
      browser.login("token-of-worker");
      browser.untilText("room-field .address", "东区幸福里 3 幢 201 室");
      assertEquals("警情 1", browser.text("room-field .count"));
      assertEquals("tel:051385000001", browser.find("room-field a.button").getDomAttribute("href"));
      assertEquals(List.of(), browser.axe());

      tapped(browser, id + "-go-10");
      browser.untilText("room-field .standing.done", "我去：已记录");
      Alert alert = site.engine.find(id).orElseThrow().alert();
      assertEquals(new ResponderId("worker"), alert.holds().getFirst().responder());
      browser.untilText("room-field .coming", "李建国");

      // Taken back within the six seconds: nobody ever hears of it.
      tapped(browser, "e-001-call-well");
      browser.untilText("room-field .standing.held", "电话");
      browser.run("document.querySelector('room-field .standing.held button').click()");
      browser.until("return !document.querySelector('room-field .standing.held')");

      // The network goes; the tap outlives the page, and carries no name.
      browser.run(
          "const real = window.fetch; window.fetch = (url, options) => options && options.method"
              + " === 'POST' ? Promise.reject(new TypeError('no network')) : real(url, options);");
      tapped(browser, "e-001-visit-well");
      browser.untilText("room-field .standing.waiting", "发送中");
      browser.untilText("room-field .unsent", "1 条尚未送达");
      String kept = String.valueOf(browser.run("return localStorage.getItem('shouwang-outbox')"));
      assertTrue(kept.contains("e-001") && !kept.contains("王秀英"), kept);
      assertEquals(List.of(), contacts(site));
      browser.picture("field-unsent-zh");
      browser.open("/?again#/field");
      browser.until("return document.querySelector('room-field .strip:empty')");
      browser.until(
          "return JSON.parse(localStorage.getItem('shouwang-outbox') || '[]').length === 0");
      assertEquals(1, contacts(site).size());
      Input.ContactRecorded visit = contacts(site).getFirst();
      assertEquals("worker", visit.by().value());
      assertEquals("well", visit.report().result());
      assertTrue(Objects.requireNonNull(visit.report().id()).length() > 10, "sent under a name");
      assertEquals(List.of(), browser.complaints());
    }
  }
}
