package io.shouwang.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.alerts.Closing;
import io.shouwang.model.DeviceId;
import io.shouwang.model.Directory;
import io.shouwang.model.Input;
import io.shouwang.model.Kind;
import io.shouwang.model.Signal;
import io.shouwang.rules.DeviceRule;
import io.shouwang.rules.DeviceSettings;
import io.shouwang.rules.Limits;
import io.shouwang.rules.LimitsBook;
import io.shouwang.rules.Protection;
import io.shouwang.rules.Protection.State;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Devices that fall silent, run flat, lie in a drawer or were never switched on. */
class DeviceStoryTest {
  private final Story story = new Story().limits(Limits.STANDARD);

  private static Limits ringing(boolean offline, boolean notWorn, boolean testOverdue) {
    DeviceSettings usual = DeviceSettings.STANDARD;
    return Limits.STANDARD.withDevices(
        new DeviceSettings(
            true,
            usual.reportsEvery(),
            usual.reportsEveryOfModel(),
            usual.reportsEveryElse(),
            usual.missed(),
            usual.offlineDwell(),
            usual.offlineDwellElse(),
            usual.batteryLowPct(),
            usual.batteryFinePct(),
            usual.notWornAfter(),
            usual.wakingFrom(),
            usual.wakingTo(),
            usual.testEvery(),
            List.of("local-only-1"),
            offline,
            true,
            notWorn,
            testOverdue));
  }

  private void theFamilyIsRung() {
    story.person("daughter").hearsRinging();
    story.person("son").hearsRinging();
    story.nobodyElseIsRung();
  }

  private List<Kind> openKinds() {
    return story.openAlerts().stream().map(alert -> alert.kind()).toList();
  }

  @Test
  void a_bracelet_that_misses_three_reports_rings_after_the_dwell_and_is_over_when_it_is_heard() {
    story.at("08:00:00").says(Said.vitals("lin-band", 70.0, 97.0));
    story.at("20:23:59");
    assertEquals(List.of(), openKinds());
    story.at("20:24:00");
    theFamilyIsRung();
    assertEquals(List.of(DeviceRule.OFFLINE), openKinds());
    story.at("20:25:00").says(Said.vitals("lin-band", 70.0, 97.0));
    assertEquals(List.of(), openKinds());
    assertEquals(Closing.CLEARED, Objects.requireNonNull(story.alert().closing()).disposition());
  }

  @Test
  void one_that_reports_every_eight_minutes_never_rings() {
    for (int minute = 0; minute < 6 * 60; minute += 8) {
      story.at(Story.time("08:00:00").plusSeconds(60L * minute));
      story.says(Said.vitals("lin-band", 70.0, 97.0));
    }
    assertEquals(List.of(), story.openAlerts());
  }

  @Test
  void a_will_rings_after_the_dwell_and_not_if_the_device_is_back_before() {
    Said goodbye = Said.status("lin-band", null, null, null, false);
    story.at("08:00:00").says(goodbye);
    story.at("09:50:00").says(Said.vitals("lin-band", 70.0, 97.0));
    story.at("10:30:00").says(goodbye.with("again"));
    story.at("22:29:59");
    assertEquals(List.of(), openKinds());
    story.at("22:30:00");
    theFamilyIsRung();
  }

  @Test
  void a_button_may_be_silent_for_a_day_and_a_night() {
    story.at("08:00:00").says(Said.status("zhou-button", 90, null, null, null));
    story.at("day 2 19:59:59");
    assertEquals(List.of(), openKinds());
    story.at("day 2 20:00:00");
    story.person("town desk").hearsRinging(); // nobody is near: it is the desk's at once
    story.nobodyElseIsRung();
  }

  @Test
  void a_hub_that_is_silent_speaks_for_those_under_it() {
    story.limits(ringing(true, false, false));
    story.at("08:00:00").says(Said.status("lin-hub", null, null, null, true));
    story.says(Said.status("bath-button", 90, null, null, null).through("lin-hub"));
    story.at("10:00:00");
    theFamilyIsRung();
    story.person("daughter").isDone("other");
    story.at("day 3 08:00:00");
    assertEquals(List.of(), openKinds());
  }

  @Test
  void a_battery_is_low_once_until_it_was_charged() {
    story.at("08:00:00").says(Said.status("lin-band", 21, null, null, null));
    assertEquals(List.of(), openKinds());
    story.at("08:08:00").says(Said.status("lin-band", 20, null, null, null));
    theFamilyIsRung();
    assertEquals(List.of(DeviceRule.BATTERY), openKinds());
    for (int percent : new int[] {25, 19, 29}) {
      story.says(Said.status("lin-band", percent, null, null, null)).nobodyElseIsRung();
    }
    assertEquals(List.of(DeviceRule.BATTERY), openKinds());
    story.says(Said.status("lin-band", 30, null, null, null));
    assertEquals(List.of(), openKinds());
    story.says(Said.status("lin-band", 18, null, null, null));
    theFamilyIsRung();
  }

  @Test
  void a_low_battery_on_its_charger_and_one_said_late_ring_nobody() {
    story.at("08:00:00").says(Said.status("lin-band", 15, null, true, null));
    story.at("08:01:00");
    story.says(Said.status("lin-band", 80, null, false, null).happenedAt(Story.time("08:01:00")));
    story.at("08:02:00");
    story.says(Said.status("lin-band", 10, null, null, null).happenedAt(Story.time("07:00:00")));
    assertEquals(List.of(), story.openAlerts());
    assertEquals(State.PROTECTS, state("lin-band"));
  }

  @Test
  void not_worn_only_shows_unless_the_office_wants_it_to_ring() {
    story.limits(ringing(false, false, false)).at("08:00:00");
    story.says(Said.status("lin-band", null, false, null, null));
    story.at("day 3 08:00:00");
    assertEquals(List.of(), story.openAlerts());
    story.says(Said.status("lin-band", 80, null, null, null));
    assertEquals(State.NOT_WORN, state("lin-band"));
  }

  @Test
  void not_worn_counts_waking_hours_only() {
    story.limits(ringing(false, true, false)).at("20:00:00");
    story.says(Said.status("lin-band", null, false, null, null));
    story.at("day 2 11:59:59");
    assertEquals(List.of(), openKinds());
    story.at("day 2 12:00:00"); // an hour before 21:00, five after 07:00
    theFamilyIsRung();
    assertEquals(List.of(DeviceRule.NOT_WORN), openKinds());
    story.at("day 2 12:00:30").says(Said.status("lin-band", null, true, null, null));
    assertEquals(List.of(), openKinds());
  }

  @Test
  void a_bracelet_on_its_charger_is_not_worn_for_a_reason() {
    story.limits(ringing(false, true, false)).at("08:00:00");
    story.says(Said.status("lin-band", 10, false, true, null));
    story.at("18:00:00");
    assertEquals(List.of(), openKinds());
    story.says(Said.status("lin-band", 60, null, null, null));
    assertEquals(State.CHARGING, state("lin-band"));
  }

  @Test
  void a_button_that_nobody_pressed_for_a_month_is_on_the_list_and_rings_only_if_asked() {
    story.at("08:00:00").says(Said.status("lin-sr-button", 90, null, null, null));
    assertTrue(device("lin-sr-button").testOverdue());
    assertEquals(State.TEST_OVERDUE, state("lin-sr-button"));
    assertEquals(List.of(), openKinds());
    story.limits(ringing(true, false, true));
    story.at("08:01:00").says(Said.status("lin-sr-button", 91, null, null, null));
    theFamilyIsRung();
    assertEquals(List.of(DeviceRule.TEST_OVERDUE), openKinds());
  }

  @Test
  void what_is_no_longer_registered_is_no_longer_waited_for() {
    story.at("08:00:00").says(Said.vitals("lin-band", 70.0, 97.0));
    story.at("20:24:00");
    theFamilyIsRung();
    story.registry(story.village().without(new DeviceId("lin-band"))).limits(Limits.STANDARD);
    story.input(Village.LINS, new Input.TimePassed(Village.LINS));
    assertEquals(List.of(), openKinds());
  }

  @Test
  void what_was_never_heard_is_no_protection() {
    story.limits(ringing(true, false, false)).at("08:00:00");
    assertEquals(State.NEVER_HEARD, state("lin-smoke"));
    assertEquals(State.NEVER_HEARD, state("lin-band"));
    assertEquals(Protection.Sum.NONE, protection().sum());
    story.says(Said.smoke("lin-smoke", Signal.Hazard.State.TEST, "test"));
    assertEquals(State.PROTECTS, state("lin-smoke"));
    assertEquals(Protection.Sum.PARTLY, protection().sum());
    story.says(Said.smoke("lin-smoke", Signal.Hazard.State.TAMPER, "tamper"));
    assertEquals(State.FAULT, state("lin-smoke"));
    story.says(Said.smoke("lin-smoke", Signal.Hazard.State.CLEAR, "clear"));
    assertEquals(State.PROTECTS, state("lin-smoke"));
  }

  @Test
  void an_alarm_that_only_sounds_on_site_says_so() {
    story.registry(
        story
            .village()
            .with(
                new Directory.Placement(
                    new DeviceId("old-smoke"), "smoke", Village.LINS, null, null, "local-only-1")));
    assertEquals(State.LOCAL_ONLY, state("old-smoke"));
  }

  private Protection protection() {
    return Protection.of(
        Village.LINS,
        story.village(),
        LimitsBook.of(ZoneOffset.UTC, ringing(true, false, false)),
        story.home(Village.LINS).home().senses(),
        story.now());
  }

  private Protection.OfDevice device(String name) {
    return protection().devices().stream()
        .filter(device -> device.device().equals(new DeviceId(name)))
        .findFirst()
        .orElseThrow();
  }

  private State state(String name) {
    return device(name).state();
  }
}
