package io.shouwang.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.model.AlertId;
import org.junit.jupiter.api.Test;

/** One look through the rooms that tell by numbers, in Chromium. */
class FigureRoomsTest {
  @Test
  void theRoomIsToldByNumbers() throws Exception {
    try (Site site = new Site()) {
      site.quietly("band-1", "vitals", "{\"heart_rate_bpm\":72,\"spo2_pct\":97}");
      site.engine.setNow("2026-11-22T06:20:00Z");
      site.quietly("band-1", "vitals", "{\"heart_rate_bpm\":131}");
      site.quietly("band-2", "vitals", "<b>?");
      for (int i = 0; i < 11; i++) {
        site.says("stray-" + i, "sos", "{}");
      }
      AlertId alert = site.press("sos-1");
      try (Browser browser = new Browser(site, "zh-CN")) {
        browser.enter("city");
        browser.until("return !document.querySelector('flood-banner').hidden");
        browser.run("location.hash = arguments[0]", "#/alert/" + alert);
        browser.until("return document.querySelectorAll('home-readings svg.chart').length === 2");
        assertEquals(
            "▲ 131 bpm（超出限值）",
            browser.run("return document.querySelector('.heart_rate .value').textContent"));
        // Twenty minutes apart are a gap: two dots and the end, no line.
        assertEquals(
            0L, browser.run("return document.querySelectorAll('.heart_rate polyline').length"));
        assertTrue(
            String.valueOf(
                    browser.run(
                        "return document.querySelector('.heart_rate svg').getAttribute('aria-label')"))
                .contains("最近 131"));
        browser.run("location.hash = '#/devices?state=unreadable'");
        browser.until("return document.querySelectorAll('.devices tbody tr').length === 1");
        browser.run("location.hash = '#/devices/band-2'");
        browser.until("return document.querySelector('device-panel .unread li')");
        browser.run("document.querySelector('device-panel .tools button').click()");
        browser.until(
            "return document.querySelectorAll('device-panel .tools button').length === 2");
        browser.run("location.hash = '#/load'");
        browser.until("return document.querySelector('.load .flooded')");
        assertEquals(
            "12", browser.run("return document.querySelector('tr.running td').textContent"));
        browser.run("location.hash = '#/shift'");
        browser.until("return document.querySelectorAll('.sheet .part').length === 5");
        browser.run("location.hash = '#/wall'");
        browser.until("return document.querySelector('.wall-count')?.textContent === '12'");
        String wall =
            String.valueOf(browser.run("return document.querySelector('room-wall').innerText"));
        assertFalse(wall.contains("王秀英") || wall.contains("201"), wall);
        assertEquals(
            "none", browser.run("return getComputedStyle(document.querySelector('.bar')).display"));
      }
    }
  }
}
