package io.shouwang.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.Delivery.Cause;
import io.shouwang.alerts.Fact;
import io.shouwang.alerts.Ladder;
import io.shouwang.alerts.Rung;
import io.shouwang.alerts.Standing;
import io.shouwang.model.Input;
import io.shouwang.model.Outcome;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Role;
import io.shouwang.model.Signal;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Phones that ring one after another: an app, then a text, then a call. The daughter alone is rung
 * at second 0, the grid worker at 90; the desk sounds from second 0 and is left out here by an
 * accept.
 */
final class WayStoryTest {
  /** As a city writes it: a relative's accept leaves the office's people on their way. */
  private static final Ladder ALARM =
      new Ladder(
          "alarm",
          List.of(
              new Rung(Duration.ZERO, List.of(Village.RELATIVE)),
              new Rung(Duration.ofSeconds(90), List.of(Village.GRID_WORKER))),
          List.of(Village.GRID_WORKER),
          null);

  private static final Ladder ELDER_FIRST =
      new Ladder(
          "elder first",
          List.of(
              new Rung(Duration.ZERO, List.of(Role.ELDER)),
              new Rung(Duration.ofSeconds(60), List.of(Village.RELATIVE)),
              new Rung(Duration.ofSeconds(180), List.of(Role.DUTY_DESK))));

  private static final Village APP_TEXT_CALL =
      Village.inPeace()
          .with("e-lin", Village.RELATIVE, "daughter")
          .reachedBy("daughter", true, "mqtt 0", "sms 20", "call 40");

  private final Story story = new Story();
  private final Person daughter = story.person("daughter");
  private final Person gridWorker = story.person("grid worker");
  private final Person desk = story.person("town desk");

  private void pressed(Village village) {
    story.registry(village).ladders(ALARM, Village.FAULTS);
    story.at("08:00:00").pressedBy("lin-button");
    desk.hearsRinging();
  }

  /** The desk has it in hand until 08:15, and the ladder stands still. */
  private void deskAccepts() {
    desk.accepts();
    story.nobodyElseIsRung();
  }

  private Standing standing(Person person) {
    Alert alert = story.alert();
    return Standing.of(alert, alert.asked(person.id()).orElseThrow());
  }

  @Test
  void whoever_does_not_answer_is_tried_by_the_next_way_to_the_second() {
    pressed(APP_TEXT_CALL);
    daughter.hearsRingingBy("mqtt");
    assertEquals(Standing.PENDING, standing(daughter));
    daughter.ringEnds(new Outcome.Acknowledged());
    assertEquals(Standing.DELIVERED, standing(daughter), "delivered is not answered");
    story.at("08:00:20");
    daughter.hearsRingingBy("sms").ringEnds(new Outcome.Sent("sms-1"));
    story.at("08:01:00");
    desk.hearsRinging();
    daughter.hearsRingingBy("call").accepts(10);
    story.nobodyElseIsRung();
    assertEquals(Standing.ACCEPTED, standing(daughter));
  }

  @Test
  void an_answer_ends_the_round() {
    pressed(APP_TEXT_CALL);
    daughter.hearsRingingBy("mqtt").accepts(10);
    deskAccepts();
    story.at("08:10:00").nobodyElseIsRung();
  }

  @Test
  void a_way_that_fails_makes_room_for_the_next_at_once() {
    pressed(APP_TEXT_CALL);
    daughter.hearsRingingBy("mqtt").ringEnds(new Outcome.GaveUp("no client"));
    daughter.hearsRingingBy("sms").ringEnds(new Outcome.GaveUp("no such number"));
    daughter.hearsRingingBy("call").ringEnds(new Outcome.GaveUp("busy"));
    gridWorker.hearsRinging(); // nobody is left of those who were rung
    deskAccepts();
    story.at("08:10:00").nobodyElseIsRung();
  }

  @Test
  void what_was_accepted_and_then_dropped_makes_room_too() {
    pressed(APP_TEXT_CALL);
    daughter.hearsRingingBy("mqtt");
    story.at("08:00:20");
    daughter.hearsRingingBy("sms").ringEnds(new Outcome.Sent("sms-1"));
    daughter.ringEnds(new Outcome.GaveUp("dropped"));
    daughter.hearsRingingBy("call");
    deskAccepts();
  }

  @Test
  void a_relatives_accept_quiets_the_relatives_and_not_the_grid_worker() {
    pressed(Village.inPeace().reachedBy("son", true, "mqtt 0", "call 40"));
    daughter.hearsRinging();
    Person son = story.person("son");
    son.hearsRingingBy("mqtt");
    daughter.accepts(10);
    son.isTold(Cause.COMING);
    story.at("08:01:00"); // the son is not called at 08:00:40
    desk.hearsRinging();
    story.at("08:01:30");
    gridWorker.hearsRinging().accepts(5); // this accept stops it for all
    story.at("08:09:00").nobodyElseIsRung();
    assertEquals(2, story.alert().holds().size(), "both are coming");
  }

  @Test
  void the_relative_who_never_arrives_is_rung_first_and_the_other_relatives_again() {
    pressed(Village.inPeace());
    daughter.hearsRinging().accepts(1);
    Person son = story.person("son");
    son.hearsRinging();
    deskAccepts();
    story.at("08:06:00"); // an ETA of a minute, five of grace
    assertEquals(Standing.LAPSED, standing(daughter));
    daughter.hearsRinging(Cause.LAPSED);
    story.nobodyElseIsRung(); // the desk has it in hand, and sees it
  }

  @Test
  void a_second_press_in_the_middle_of_a_round_leaves_the_round_as_it_is() {
    pressed(APP_TEXT_CALL);
    daughter.hearsRingingBy("mqtt");
    story.at("08:00:20");
    daughter.hearsRingingBy("sms");
    story.at("08:00:50").pressedBy("lin-button");
    desk.hearsRinging();
    daughter.hearsRingingBy("mqtt");
    story.at("08:01:00");
    desk.hearsRinging();
    daughter.hearsRingingBy("call");
    deskAccepts();
  }

  @Test
  void a_person_nobody_verified_is_rung_and_not_counted_on() {
    pressed(
        APP_TEXT_CALL
            .reachedBy("daughter", false, "sms 0")
            .with("grid-7", Village.GRID_WORKER, "grid worker"));
    daughter.hearsRingingBy("sms");
    gridWorker.hearsRinging(); // at once
    assertTrue(
        story.alert().timeline().stream()
            .anyMatch(entry ->
                entry.fact() instanceof Fact.RungReached reached
                    && reached.unverified().equals(List.of(Village.RELATIVE))));
    deskAccepts();
  }

  @Test
  void quiet_hours_never_apply_to_an_alarm() {
    pressed(APP_TEXT_CALL.quiet("daughter", "07:00", "09:00"));
    daughter.hearsRingingBy("mqtt");
    deskAccepts();
  }

  @Test
  void in_quiet_hours_the_next_is_rung_and_after_them_whoever_slept() {
    story.registry(APP_TEXT_CALL.quiet("daughter", "07:00", "08:01"));
    story.ladders(ALARM, Village.FAULTS);
    story.at("08:00:00").says(Said.smoke("lin-smoke", Signal.Hazard.State.FAULT, "fault"));
    gridWorker.hearsRinging(); // the relatives' rung rang nobody
    story.at("08:03:00");
    daughter.hearsRingingBy("mqtt"); // at the desk's turn she may be rung again
    desk.hearsRinging();
    story.nobodyElseIsRung();
  }

  @Test
  void whoever_comes_on_call_in_the_middle_of_a_ladder_is_rung_and_the_others_stay_asked() {
    Village shifts =
        Village.inPeace()
            .with("e-lin", Village.RELATIVE, "daughter")
            .onCall("grid-7", Village.GRID_WORKER, Story.time("00:00:00"), "grid worker")
            .onCall("grid-7", Village.GRID_WORKER, Story.time("08:02:10"), "night grid");
    pressed(shifts);
    daughter.hearsRinging();
    story.at("08:01:00");
    desk.hearsRinging();
    story.at("08:01:30");
    gridWorker.hearsRinging();
    story.at("08:02:00");
    desk.hearsRinging();
    story.at("08:03:00"); // the desk's next turn: the shift changed 50 s ago
    desk.hearsRinging();
    Person nightGrid = story.person("night grid");
    nightGrid.hearsRinging().accepts(5);
    gridWorker.isTold(Cause.COMING);
    gridWorker.answers(io.shouwang.model.Reply.Answer.ACCEPT, null, 3, null);
    assertEquals(2, story.alert().holds().size(), "who was asked may still come");
  }

  @Test
  void the_elder_is_asked_first_where_it_may_be_nothing() {
    Village callable =
        Village.inPeace().with("h-lin", Role.ELDER, "mrs lin").reachedBy("mrs lin", true, "call 0");
    story.registry(callable).ladders(ALARM, ELDER_FIRST);
    story.at("08:00:00").says(Said.smoke("lin-smoke", Signal.Hazard.State.FAULT, "fault"));
    Person mrsLin = story.person("mrs lin");
    mrsLin.hearsRingingBy("call").isWell();
    assertFalse(story.alert().isOpen());
    assertEquals("elder_well", Objects.requireNonNull(story.alert().closing()).disposition());
    story.at("09:00:00").nobodyElseIsRung();
  }

  @Test
  void an_elder_without_a_phone_is_passed_over_at_once() {
    story.registry(Village.inPeace()).ladders(ALARM, ELDER_FIRST);
    story.at("08:00:00").says(Said.smoke("lin-smoke", Signal.Hazard.State.FAULT, "fault"));
    daughter.hearsRinging();
    story.person("son").hearsRinging();
    story.nobodyElseIsRung();
  }

  @Test
  void what_was_closed_too_early_is_opened_again_and_rings() {
    pressed(APP_TEXT_CALL);
    daughter.hearsRingingBy("mqtt").accepts(10);
    desk.isDone("false_alarm");
    daughter.isTold(Cause.ENDED);
    story.at("08:05:00");
    story.input(
        Village.LINS,
        new Input.AlertReopened(
            story.alert().id(), null, new ResponderId("town-desk"), false, "test", "she fell"));
    assertTrue(story.alert().isOpen());
    desk.hearsRinging(Cause.DESK);
    gridWorker.hearsRinging();
    daughter.hearsRinging(Cause.REOPENED);
    deskAccepts();
  }

  @Test
  void merged_alerts_go_on_as_one_and_answers_to_either_count() {
    pressed(APP_TEXT_CALL);
    daughter.hearsRingingBy("mqtt");
    Alert press = story.alert();
    story.says(Said.smoke("lin-smoke", Signal.Hazard.State.ALARM, "alarm"));
    Alert smoke = story.alert();
    desk.hearsRinging();
    daughter.hearsRingingBy("mqtt");
    story.input(
        Village.LINS,
        new Input.AlertsMerged(
            press.id(), smoke.id(), null, new ResponderId("town-desk"), false, "test"));
    assertEquals(1, story.openAlerts().size());
    assertEquals(2, story.openAlerts().getFirst().evidence().size(), "both are its evidence");
    daughter.accepts(8); // of the smoke, which she heard of last
    Alert one = story.openAlerts().getFirst();
    assertEquals(press.id(), one.id());
    assertEquals(1, one.holds().size());
  }
}
