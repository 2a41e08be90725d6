package io.shouwang.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** The room of those who are on call, in a browser. */
class SchedulesRoomTest {
  @Test
  void aShiftIsSwapped() throws Exception {
    try (Site site = new Site();
        Browser browser = new Browser(site, "zh-CN")) {
      browser.open("/");
      browser.login("token-of-viewer");
      browser.untilText("alert-queue .none", "当前没有未结束的警情");
      browser.run("location.hash = '#/schedules'");
      browser.untilText("room-schedules", "East 网格员");
      browser.untilText("room-schedules .who", "无人值班");
      browser.picture("schedules");
      browser.click("room-schedules tbody button");
      browser.find("dialog input[name=in]").sendKeys("zhao");
      browser.picture("schedules-swap");
      browser.find("dialog input[name=reason]").sendKeys("换班", Keys.ENTER);
      browser.untilText("room-schedules tbody", "Zhao Min");
      browser.untilText("room-schedules .swaps", "zhao");
      assertEquals(List.of(), browser.axe());
      assertEquals(List.of(), browser.complaints());
    }
  }
}
