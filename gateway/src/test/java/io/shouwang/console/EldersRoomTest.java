package io.shouwang.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.alerts.AlertBook;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/**
 * Somebody calls and can't say much: found as one types, looked up, and an alert raised for them.
 */
class EldersRoomTest {
  private static final String OPTION = "#elders-list [role=option]";

  @Test
  void fromAFewLettersToTheDoorAndAnAlert() throws Exception {
    try (Site site = new Site();
        Browser browser = new Browser(site, "zh-CN")) {
      browser.enter("east");
      browser.click("a[data-room=elders]");
      browser.until("return document.activeElement.id === 'elders-q'");
      browser.untilText(".elders-card", "档案显示在这里");
      browser.untilText(".elders-foot", "3 位老人");

      browser.press("w");
      browser.untilText(".elders-told", "请再输入一个字");
      browser.press("df");
      browser.untilText(OPTION, "王德福");
      browser.find("#elders-q").clear();
      browser.find("#elders-q").sendKeys("王 幸福里");
      browser.untilText(".elders-told", "共 2 条");
      assertEquals("true", browser.find("#elders-q").getDomAttribute("aria-expanded"));
      assertEquals(List.of(), browser.axe());

      // By keyboard to the first, and open.
      browser.press(Keys.ARROW_DOWN);
      assertEquals(
          "elders-row-0", browser.find("#elders-q").getDomAttribute("aria-activedescendant"));
      browser.press(Keys.ENTER);
      browser.untilText(".elders-head h2", "王秀英");
      assertTrue(browser.text(".elders-card .place").contains("钥匙盒在门左侧"));
      assertEquals("tel:051385000001", browser.find(".phone.large a").getDomAttribute("href"));
      assertTrue(browser.text(".elders-card .reached").contains("王小燕"));
      assertTrue(browser.text(".elders-card .reached").contains("东区值班台"));
      assertTrue(browser.text(".elders-card .devices").contains("从未上线"));
      assertEquals(List.of(), browser.axe());
      browser.picture("elders-card");

      browser.click("[data-key=raise]");
      browser.find("dialog textarea").sendKeys("说胸口痛");
      browser.click("dialog button[type=submit]");
      browser.untilText("alert-page .head", "王秀英");
      AlertBook.Seen raised = site.engine.open().getFirst();
      assertEquals("h-001", raised.alert().home().value());

      // Back in the room, the card and the line say what is open.
      browser.run("location.hash = '#/elders/home/h-001'");
      browser.untilText(".elders-open", "未结束的警情");
      browser.find("#elders-q").sendKeys("85000001");
      browser.untilText(OPTION + " .badge", "有警情");

      // Nobody, and the others who can be found.
      browser.find("#elders-q").clear();
      browser.find("#elders-q").sendKeys("赵桂兰");
      browser.untilText(".elders-told", "没有找到这样的老人");
      browser.click("[data-kind=responders]");
      browser.find("#elders-q").clear();
      browser.find("#elders-q").sendKeys("0001");
      browser.untilText(OPTION, "王小燕");
      browser.click(OPTION);
      browser.untilText(".elders-card .holdings", "王秀英");
      browser.click(".elders-area summary");
      browser.untilText(".elders-tree", "幸福里第一网格");
      browser.picture("elders-responder");

      // What is hostile stays text, in every field.
      site.engine.district.ending = "<img src=x onerror=\"window.ran=1\">";
      browser.run("location.hash = '#/elders/elder/e-001'");
      browser.untilText(".elders-head h2", "<img");
      browser.untilText(".elders-card .reached", "<img");
      assertEquals(
          "no",
          browser.run("return document.querySelector('img') || 'ran' in window ? 'yes' : 'no'"));
      browser.run("location.hash = '#/elders/elder/e-003'");
      browser.untilText(".elders-card", "不在您的辖区内");
      assertEquals(List.of(), browser.complaints());
    }
  }
}
