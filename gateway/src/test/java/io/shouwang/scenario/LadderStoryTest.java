package io.shouwang.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.alerts.Delivery.Cause;
import io.shouwang.alerts.Fact;
import io.shouwang.model.DeliveryKey;
import io.shouwang.model.HomeId;
import io.shouwang.model.Input;
import io.shouwang.model.Outcome;
import io.shouwang.model.Signal.Hazard.State;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is rung when, while nobody comes (P2). */
class LadderStoryTest {
  private final Story story = new Story();
  private final Person daughter = story.person("daughter");
  private final Person son = story.person("son");
  private final Person neighbour = story.person("neighbour");
  private final Person gridWorker = story.person("grid worker");
  private final Person rescuers = story.person("rescuers");
  private final Person town = story.person("town desk");
  private final Person county = story.person("county desk");
  private final Person city = story.person("city desk");

  @AfterEach
  void nobodyIsRungBesides() {
    story.nobodyElseIsRung();
  }

  private Story at(String clock) {
    return story.at(clock);
  }

  private void mrsLinPresses() {
    at("08:00:00").pressedBy("lin-button");
    daughter.hearsRinging();
    son.hearsRinging();
    town.hearsRinging();
    story.nobodyElseIsRung();
  }

  @Test
  void nobody_answers_the_whole_ladder_then_the_desks_for_hours() {
    mrsLinPresses();
    at("08:00:30");
    neighbour.hearsRinging().letsItRing();
    at("08:01:00");
    town.hearsRinging().letsItRing();
    at("08:01:30");
    gridWorker.hearsRinging().letsItRing();
    at("08:02:00");
    town.hearsRinging();
    at("08:03:00");
    town.hearsRinging();
    county.hearsRinging();
    at("08:03:20");
    rescuers.hearsRinging();
    at("08:04:00");
    town.hearsRinging();
    county.hearsRinging();
    at("08:05:00");
    town.hearsRinging();
    county.hearsRinging();
    at("08:06:00");
    town.hearsRinging();
    county.hearsRinging();
    city.hearsRinging();
    story.everyMinuteUntil("11:50:00", town, county, city);
    city.accepts(30);
    at("12:20:00");
    assertTrue(story.alert().isHeld());
  }

  @Test
  void a_role_that_nobody_holds_is_said_and_an_empty_rung_is_skipped_at_once() {
    at("08:00:00").pressedBy("zhou-button");
    town.hearsRinging();
    story.nobodyElseIsRung();
    List<List<String>> nobody =
        story.alert().timeline().stream()
            .filter(entry -> entry.fact() instanceof Fact.RungReached)
            .map(entry -> ((Fact.RungReached) entry.fact()).nobody())
            .map(roles -> roles.stream().map(role -> role.value()).toList())
            .toList();
    assertEquals(
        List.of(
            List.of("relative"),
            List.of("neighbour"),
            List.of("grid_worker", "volunteer"),
            List.of("rescue_team")),
        nobody);
    story.everyMinuteUntil("08:02:00", town);
    story.everyMinuteUntil("08:05:00", town, county);
    story.everyMinuteUntil("09:00:00", town, county, city);
  }

  @Test
  void an_empty_rung_in_the_middle_brings_the_next_one_forward_and_not_the_one_after() {
    story.registry(story.village().with("h-lin", Village.NEIGHBOUR));
    mrsLinPresses();
    at("08:00:30");
    gridWorker.hearsRinging();
    at("08:01:00");
    town.hearsRinging();
    at("08:02:00");
    town.hearsRinging();
    at("08:02:20"); // 110 s after the rung before, as the ladder has it
    rescuers.hearsRinging();
  }

  @Test
  void two_elders_of_one_home_never_share_an_alert() {
    mrsLinPresses();
    at("08:00:10").pressedBy("lin-sr-button");
    daughter.hearsRinging();
    town.hearsRinging();
    story.nobodyElseIsRung();
    assertEquals(2, story.openAlerts().size());
    assertEquals(
        List.of(Village.MRS_LIN, Village.MR_LIN),
        story.openAlerts().stream().map(alert -> alert.elders().iterator().next()).toList());
  }

  @Test
  void a_fall_and_a_press_of_one_person_are_two_alerts() {
    mrsLinPresses();
    at("08:00:05").says(Said.fall("lin-band"));
    daughter.hearsRinging();
    son.hearsRinging();
    town.hearsRinging();
    assertEquals(2, story.openAlerts().size());
  }

  @Test
  void a_hubs_child_is_told_through_the_hub() {
    at("08:00:00").says(Said.press("bath-button").through("lin-hub"));
    daughter.hearsRinging();
    son.hearsRinging();
    town.hearsRinging();
    assertEquals("lin-hub", story.alert().devices().getFirst().mailbox().value());
  }

  @Test
  void a_hubs_unregistered_child_rings_at_the_hubs_home() {
    at("08:00:00").says(Said.press("new-child").through("lin-hub"));
    daughter.hearsRinging();
    son.hearsRinging();
    town.hearsRinging();
    assertEquals(Village.LINS, story.alert().home());
  }

  @Test
  void a_device_of_no_home_rings_the_topmost_desk_and_goes_on() {
    at("08:00:00").pressedBy("stray-button");
    city.hearsRinging();
    story.everyMinuteUntil("10:00:00", city);
    assertTrue(story.alert().home().isStandIn());
  }

  @Test
  void the_registry_changes_between_two_rungs() {
    mrsLinPresses();
    at("08:00:20");
    story.registry(story.village().with("h-lin", Village.NEIGHBOUR, "cousin", "neighbour"));
    at("08:00:30");
    story.person("cousin").hearsRinging();
    neighbour.hearsRinging();
    story.registry(story.village().without(Village.LINS));
    at("08:01:00");
    city.hearsRinging();
    at("08:01:30"); // rungs that nobody is left for are used up in silence, the desk is not
    story.everyMinuteUntil("08:01:59");
    at("08:02:00");
    city.hearsRinging();
    story.everyMinuteUntil("09:00:00", city);
  }

  @Test
  void a_new_desk_is_rung_by_a_second_press_also_while_somebody_is_coming() {
    mrsLinPresses();
    daughter.accepts(10);
    story.registry(story.village().withDesks("new desk", "county desk"));
    at("08:00:05").pressedBy("lin-button");
    story.person("new desk").hearsRinging(Cause.PRESSED_AGAIN);
  }

  @Test
  void a_level_without_desk_is_no_level() {
    story.registry(story.village().withDesks("", "county desk", "", "city desk"));
    at("08:00:00").pressedBy("zhou-button");
    county.hearsRinging();
    story.everyMinuteUntil("08:02:00", county);
    story.everyMinuteUntil("08:10:00", county, city);
  }

  @Test
  void without_any_desk_those_who_were_rung_are_rung_again_and_again() {
    story.registry(story.village().withDesks());
    at("08:00:00").pressedBy("lin-sr-button");
    daughter.hearsRinging().declines();
    neighbour.hearsRinging().declines();
    gridWorker.hearsRinging();
    at("08:01:00");
    daughter.hearsRinging();
    neighbour.hearsRinging();
    gridWorker.hearsRinging();
  }

  @Test
  void after_a_stop_of_an_hour_all_overdue_rungs_ring_at_once() {
    mrsLinPresses();
    story.standsStillUntil("09:00:00");
    neighbour.hearsRinging();
    gridWorker.hearsRinging();
    rescuers.hearsRinging();
    town.hearsRinging();
    county.hearsRinging();
    city.hearsRinging();
    story.everyMinuteUntil("09:10:00", town, county, city);
  }

  @Test
  void after_a_stop_a_promise_that_lapsed_meanwhile_rings_on() {
    mrsLinPresses();
    daughter.accepts(5);
    story.standsStillUntil("10:00:00");
    daughter.hearsRinging(Cause.LAPSED);
    son.hearsRinging(Cause.LAPSED);
    neighbour.hearsRinging();
    town.hearsRinging();
    at("10:01:00");
    gridWorker.hearsRinging();
    town.hearsRinging();
  }

  @Test
  void who_cannot_be_reached_is_not_waited_for() {
    at("08:00:00").pressedBy("lin-sr-button");
    daughter.hearsRinging();
    town.hearsRinging();
    story.nobodyElseIsRung();
    at("08:00:02");
    int ring = story.alert().asked().size() - 1; // the daughter's is the first of the two
    assertEquals(1, ring);
    gaveUp(deliveryTo(daughter));
    neighbour.hearsRinging();
    story.nobodyElseIsRung();
    at("08:00:04");
    gaveUp(deliveryTo(neighbour));
    gridWorker.hearsRinging();
    story.nobodyElseIsRung();
    gaveUp(deliveryTo(town));
    county.hearsRinging();
  }

  private int deliveryTo(Person person) {
    return story.alert().deliveries().stream()
        .filter(d ->
            d.to() instanceof io.shouwang.alerts.Delivery.ToResponder to
                && to.responder().equals(person.id()))
        .findFirst()
        .orElseThrow()
        .key()
        .number();
  }

  private void gaveUp(int number) {
    DeliveryKey key = new DeliveryKey(story.alert().id(), number);
    story.input(
        story.alert().home(),
        new Input.DeliveryReported(key, new Outcome.GaveUp("no such number")));
  }

  @Test
  void a_fault_needs_a_visit_and_reaches_the_desk_last() {
    at("08:00:00").says(Said.smoke("lin-smoke", State.FAULT, "fault"));
    daughter.hearsRinging();
    son.hearsRinging();
    at("08:02:00");
    gridWorker.hearsRinging();
    at("08:05:00");
    town.hearsRinging();
    story.everyMinuteUntil("08:07:00", town);
    story.everyMinuteUntil("08:10:00", town, county);
    story.everyMinuteUntil("09:10:00", town, county, city);
    assertFalse(story.alert().isAlarmClass());
  }

  @Test
  void a_fault_where_nobody_is_near_reaches_the_desk_at_once() {
    at("08:00:00").says(Said.smoke("zhou-button", State.TAMPER, "tamper"));
    town.hearsRinging();
    story.everyMinuteUntil("08:02:00", town);
    story.everyMinuteUntil("08:03:00", town, county);
  }

  @Test
  void trouble_of_the_gateway_rings_the_topmost_desk() {
    Input trouble = new Input.TroubleNoticed(Input.Trouble.TORN_TAIL, "segment 7 at 4096");
    at("08:00:00").input(HomeId.GATEWAY, trouble);
    city.hearsRinging();
    at("08:00:10").input(HomeId.GATEWAY, trouble);
    at("08:00:31").input(HomeId.GATEWAY, trouble);
    city.hearsRinging();
    at("08:01:00");
    city.hearsRinging().isDone("device_fault");
    assertFalse(story.alert().isOpen());
    at("12:00:00");
  }

  @Test
  void a_deadline_that_cannot_be_decided_is_tried_again_and_the_desk_hears() {
    mrsLinPresses();
    at("08:00:29");
    story.standsStillWithout("08:00:30");
    story.cannotBeDecided(Village.LINS, new Input.TimePassed(Village.LINS));
    town.hearsRinging(); // the trouble, in the home's own name
    at("08:01:00");
    neighbour.hearsRinging();
    town.hearsRinging();
  }
}
