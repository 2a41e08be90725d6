package io.shouwang.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.shouwang.model.AreaId;
import io.shouwang.model.Directory;
import io.shouwang.model.Directory.CallerAt;
import io.shouwang.model.ElderId;
import io.shouwang.model.HomeId;
import io.shouwang.model.Input;
import io.shouwang.notify.provider.Reception.CallPhase;
import io.shouwang.notify.provider.Reception.InboundCall;
import io.shouwang.registry.TestRegistry;
import io.shouwang.wording.District;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whose call it is, by the number alone; never guessed. */
final class SwitchboardTest {
  private static final Directory DEMO = TestRegistry.demo();
  private static final AreaId COUNTY = new AreaId("x-linjiang");

  private static InboundCall call(String from, CallPhase phase, @Nullable AreaId area, String by) {
    return new InboundCall("hotline", "c1", from, phase, by, area, Duration.ofSeconds(20));
  }

  private static Input.CallReported ringing(String from, @Nullable AreaId area) {
    return Switchboard.report(call(from, CallPhase.RINGING, area, ""), DEMO);
  }

  @Test
  void a_number_of_one_home_is_that_homes_and_of_its_only_elder() {
    Input.CallReported lin = ringing("000-5550-0101", COUNTY);
    assertEquals(new HomeId("h-001"), lin.home());
    assertEquals(new ElderId("e-001"), lin.elder());
    assertEquals("00055500101", lin.number());
  }

  @Test
  void a_couples_number_is_of_neither_in_particular() {
    Input.CallReported couple = ringing("00055500103", COUNTY);
    assertEquals(new HomeId("h-003"), couple.home());
    assertEquals(List.of(new HomeId("h-003")), couple.homes());
    assertNull(couple.elder());
  }

  @Test
  void a_number_of_several_homes_belongs_to_the_area_they_have_in_common() {
    Directory district = new District();
    Input.CallReported shared =
        Switchboard.report(
            call("0513-85000009", CallPhase.RINGING, new AreaId("east"), ""), district);
    assertEquals(HomeId.ofArea(District.CITY), shared.home());
    assertEquals(
        district.callers("051385000009").stream().map(CallerAt::home).toList(), shared.homes());
    assertNull(shared.elder());
  }

  @Test
  void a_strangers_is_the_exchanges_areas_or_the_topmost() {
    assertEquals(HomeId.ofArea(COUNTY), ringing("13912345678", COUNTY).home());
    assertEquals(HomeId.GATEWAY, ringing("", null).home());
    assertNull(ringing("", null).number());
    assertNull(ringing("anonymous", null).number());
    assertEquals("8001", ringing("8001", null).number());
  }

  @Test
  void who_took_it_is_an_extension_and_nobody_of_the_registry() {
    Input.CallReported taken =
        Switchboard.report(call("", CallPhase.TAKEN, null, "demo-daughter"), DEMO);
    assertEquals("ext-demo-daughter", String.valueOf(taken.by()));
    Input.CallReported odd = Switchboard.report(call("", CallPhase.TAKEN, null, "张三 <8001>"), DEMO);
    assertEquals("ext-unknown", String.valueOf(odd.by()));
    Input.CallReported ended = Switchboard.report(call("", CallPhase.ENDED, null, "8001"), DEMO);
    assertEquals(Input.CallPhase.MISSED, ended.phase());
    assertNull(ended.by());
  }
}
