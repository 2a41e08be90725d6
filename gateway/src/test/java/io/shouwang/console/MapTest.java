package io.shouwang.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.map.Basemap;
import io.shouwang.map.MapPlan;
import io.shouwang.map.SmallTiles;
import io.shouwang.model.AlertId;
import io.shouwang.model.Fence;
import io.shouwang.model.Input;
import io.shouwang.model.Point;
import io.shouwang.wording.District;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/**
 * Maps in a browser, on outlines and a PMTiles file of our own: nobody else is asked for anything.
 */
class MapTest {
  private static final String MARK = ".map-canvas .mark-pill";

  @TempDir Path folder;

  private static Fence fence(String name, Fence.Kind kind, double radiusM, Point... corners) {
    return new Fence(
        new Fence.FenceId("f-" + kind), District.ELDER, name, kind, radiusM, List.of(corners));
  }

  private static boolean is(Browser browser, String condition) {
    return (Boolean) Objects.requireNonNull(browser.run("return Boolean(" + condition + ")"));
  }

  /** Somebody stands in the river, 600 m from home. */
  private static AlertId inTheRiver(Site site) {
    District district = site.engine.district;
    district.at = new Point(32.0598, 120.8601);
    district.fences =
        List.of(
            fence("院内", Fence.Kind.SAFE, 200, new Point(32.0598, 120.8601)),
            fence(
                "锦带河",
                Fence.Kind.DANGER,
                0,
                new Point(32.0540, 120.8560),
                new Point(32.0540, 120.8640),
                new Point(32.0556, 120.8640),
                new Point(32.0556, 120.8560)));
    site.quietly(
        "band-1",
        "location",
        "{\"lat\":32.0548,\"lon\":120.8620,\"source\":\"gnss\",\"accuracy_m\":30}");
    return site.says("band-1", "sos", "{}");
  }

  @Test
  void anAlertAndItsAreaAreDrawnFromOurOwnHouseAlone() throws Exception {
    Path tiles = Files.write(folder.resolve("city.pmtiles"), SmallTiles.file("云锦小城"));
    MapPlan plan =
        new MapPlan(
            MapRoutesTest.outlines("city", "east", "grid-1"),
            new Basemap.Pmtiles(tiles, "测试数据 GS(2026)0000号"),
            null);
    try (Site site = new Site(MapRoutesTest.settings(plan));
        Browser browser = new Browser(site, "zh-CN")) {
      AlertId river = inTheRiver(site);
      String path = Site.ALERTS + "/" + river;
      assertEquals(2, site.get(path, Site.bearer("city")).json().get("fences").size());
      String masked = site.get(path, Site.bearer("viewer")).json().toString();
      assertFalse(
          masked.contains("fences") || masked.contains("32.0"), "where she lives: " + masked);
      browser.enter("city");
      browser.run(
          "window.written = []; const write = CanvasRenderingContext2D.prototype.fillText;"
              + "CanvasRenderingContext2D.prototype.fillText = function (text, ...where) {"
              + " window.written.push(text); return write.call(this, text, ...where); };");

      // The alert: what the map shows stands beside it in words.
      browser.run("location.hash = '#/alert/" + river + "'");
      browser.untilText("alert-map .map-words", "离住处 580 m，正南方向");
      browser.untilText("alert-map .map-words .trouble", "在危险区“锦带河”内！");
      browser.untilText("alert-map .map-words .trouble", "已离开安全区“院内”");
      browser.untilText("alert-map .pin-home", "住处");
      browser.untilText("alert-map .pin-fix", "最后位置");
      browser.untilText("alert-map .fence-name-danger", "锦带河");
      browser.until("return document.querySelector('alert-map path.accuracy')");
      browser.untilText("alert-map .map-source", "GS(2026)0000号");
      browser.until("return window.written.join('').includes('云锦小城')");
      assertTrue(
          is(
              browser,
              "[...document.querySelectorAll('alert-map canvas')].some((one) =>"
                  + " one.getContext('2d').getImageData(0, 0, one.width, one.height).data"
                  + ".some((byte) => byte > 0))"),
          "tiles are drawn");
      String scale = browser.text("alert-map .leaflet-control-scale-line");
      browser.run("document.querySelector('alert-map .map-canvas').focus()");
      browser.press("-");
      browser.until(
          "return document.querySelector('alert-map .leaflet-control-scale-line').textContent !== '"
              + scale
              + "'");
      assertEquals(List.of(), browser.axe(), "alert");

      // The area: live, with those that have no place, and led by keys.
      for (int i = 0; i < 3; i++) {
        site.press("stray-" + i);
      }
      browser.click("alert-map .map-words a");
      browser.untilText(MARK, "紧急呼叫");
      browser.untilText(MARK, "按最后位置");
      browser.untilText(".unplaced summary", "3 起没有坐标");
      site.says("smoke-1", "smoke", "{}");
      browser.untilText(".map-canvas .land-name-count", "2 起");
      browser.run("document.querySelector('.by-area').open = true");
      browser.untilText(".by-area tbody tr", "2");
      site.engine.happens(
          new Input.IncidentNoticed(
              Input.Incident.FIRE,
              District.GRID,
              "",
              1,
              site.engine.now(),
              List.of(District.HOME)));
      browser.untilText(".map-incidents", "区域事件 1 户");
      browser.untilText(MARK + ".incident", "未联系上 1");
      assertEquals(List.of(), browser.axe(), "area");
      browser.picture("map-zh-CN");
      browser.run(
          "document.querySelector('.map-canvas a.mark-pill[data-alert=\""
              + river
              + "\"]').focus()");
      browser.press(Keys.ENTER);
      browser.until("return location.hash === '#/alert/" + river + "'");

      assertTrue(
          is(
              browser,
              "performance.getEntriesByType('resource').length > 20 &&"
                  + " performance.getEntriesByType('resource')"
                  + ".every(({ name }) => name.startsWith(location.origin + '/'))"),
          "nobody else is asked");
      assertEquals(List.of(), browser.complaints());
      assertEquals("500 false a499", fiveHundred(browser));
    }
  }

  /** 500 at 50 places are few marks, none over another, and none is lost. */
  private static Object fiveHundred(Browser browser) {
    return Objects.requireNonNull(
        browser.later(
            """
            const done = arguments[0];
            import('/console/map/cluster.js').then(({ gather }) => {
              const placed = Array.from({ length: 500 }, (_, i) => ({
                alert: { alert: `a${i}`, severity: i === 499 ? 'critical' : 'minor', raised_at: '2026-11-22T06:00:00Z', state: 'ringing' },
                at: { x: (i % 50) * 23 % 900, y: (i % 50) * 61 % 700 } }));
              const marks = gather(placed, (at) => at);
              const cover = marks.some((a) => marks.some((b) => a !== b
                && Math.abs(a.point.x - b.point.x) < 88 && Math.abs(a.point.y - b.point.y) < 40));
              const kept = marks.reduce((sum, one) => sum + one.members.length, 0);
              const worst = marks[0].members[0].alert.alert;
              done(`${kept} ${cover} ${worst}`);
            });
            """));
  }
}
