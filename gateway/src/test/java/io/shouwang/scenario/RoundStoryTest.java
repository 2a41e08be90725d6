package io.shouwang.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.Delivery.Cause;
import io.shouwang.alerts.Ladder;
import io.shouwang.alerts.Rung;
import io.shouwang.alerts.Standing;
import io.shouwang.model.Input;
import io.shouwang.model.Outcome;
import io.shouwang.model.Role;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rounds of ways and promises that meet: what one person's answer does to everybody's phones. */
final class RoundStoryTest {
  private static final Ladder ALARM =
      new Ladder(
          "alarm",
          List.of(
              new Rung(Duration.ZERO, List.of(Village.RELATIVE)),
              new Rung(Duration.ofSeconds(90), List.of(Village.GRID_WORKER)),
              new Rung(Duration.ofSeconds(600), List.of(Village.RESCUE_TEAM))),
          List.of(Village.GRID_WORKER, Village.RESCUE_TEAM),
          null);

  private static final Village ALONE =
      Village.inPeace()
          .with("e-lin", Village.RELATIVE, "daughter")
          .reachedBy("daughter", true, "mqtt 0", "sms 20", "call 40");

  private final Story story = new Story();
  private final Person daughter = story.person("daughter");
  private final Person gridWorker = story.person("grid worker");
  private final Person rescuers = story.person("rescuers");
  private final Person town = story.person("town desk");
  private final Person county = story.person("county desk");
  private final Person city = story.person("city desk");

  @AfterEach
  void nobodyIsRungBesides() {
    story.nobodyElseIsRung();
  }

  private void pressed(Village village) {
    story.registry(village).ladders(ALARM, Village.FAULTS);
    story.at("08:00:00").pressedBy("lin-button");
    town.hearsRinging();
  }

  @Test
  void whose_promise_lapsed_is_tried_by_every_way_though_the_desk_has_it_in_hand() {
    pressed(ALONE);
    daughter.hearsRingingBy("mqtt").accepts(1);
    story.at("08:00:10");
    town.accepts();
    story.at("08:06:00"); // a minute, and five of grace
    daughter.hearsRingingBy("mqtt");
    story.at("08:06:20");
    daughter.hearsRingingBy("sms");
    story.at("08:07:00");
    daughter.hearsRingingBy("call");
    story.at("08:15:00").nobodyElseIsRung();
  }

  @Test
  void a_claim_rings_the_desk_that_holds_by_every_way_until_it_answers() {
    pressed(ALONE.reachedBy("town desk", true, "mqtt 0", "call 15"));
    daughter.hearsRingingBy("mqtt").accepts(10);
    town.accepts();
    story.at("08:05:00");
    daughter.spoke();
    town.hearsRingingBy("mqtt");
    story.at("08:05:15");
    town.hearsRingingBy("call").accepts();
    story.at("08:14:00").nobodyElseIsRung();
  }

  @Test
  void a_promise_that_does_not_stop_the_ladder_does_not_put_off_the_overflow_either() {
    pressed(ALONE);
    daughter.hearsRingingBy("mqtt").accepts(10);
    story.at("08:00:50");
    daughter.declines(); // and is not rung again: nobody else was
    gridWorker.hearsRinging();
    story.at("08:01:00");
    town.hearsRinging();
    daughter.accepts(10);
    story.at("08:01:50");
    daughter.declines();
    story.at("08:02:00");
    town.hearsRinging();
    story.at("08:03:00"); // three minutes since the press, whatever she said meanwhile
    town.hearsRinging();
    county.hearsRinging();
  }

  @Test
  void what_failed_before_the_answer_and_is_reported_after_it_rings_nobody_early() {
    pressed(ALONE.reachedBy("daughter", true, "mqtt 0"));
    daughter.hearsRingingBy("mqtt").accepts(10);
    daughter.ringEnds(new Outcome.GaveUp("no client"));
    story.nobodyElseIsRung();
    story.at("08:01:00");
    town.hearsRinging();
    story.at("08:01:30");
    gridWorker.hearsRinging();
  }

  @Test
  void a_relatives_claim_leaves_the_grid_worker_on_the_way_to_be_rung() {
    pressed(ALONE);
    daughter.hearsRingingBy("mqtt").arrives();
    story.at("08:00:40");
    daughter.isDone("real");
    town.hearsRinging(Cause.CLAIMED);
    story.at("08:01:00");
    town.hearsRinging();
    story.at("08:01:30");
    gridWorker.hearsRinging().accepts(5); // who finds out whether she is well
    story.at("08:11:00").nobodyElseIsRung();
  }

  @Test
  void ways_without_a_wait_between_them_ring_together_and_once() {
    pressed(ALONE.reachedBy("daughter", true, "mqtt 0", "sms 0", "call 0", "voice 30"));
    daughter.hearsRingingBy("mqtt");
    daughter.hearsRingingBy("sms");
    daughter.hearsRingingBy("call");
    story.nobodyElseIsRung();
    story.at("08:00:30");
    daughter.hearsRingingBy("voice");
    story.at("08:01:00");
    town.hearsRinging();
  }

  @Test
  void an_app_that_was_off_still_gets_its_ring_after_the_text_went_out() {
    pressed(ALONE);
    daughter.hearsRingingBy("mqtt");
    story.at("08:00:20");
    daughter.hearsRingingBy("sms").ringEnds(new Outcome.Sent("sms-1"));
    assertEquals(1, waiting());
    story.at("08:00:50").pressedBy("lin-button"); // takes the place of what still waits there
    daughter.hearsRingingBy("mqtt");
    town.hearsRinging();
    assertEquals(1, waiting());
    daughter.accepts(10);
    town.accepts();
  }

  private long waiting() {
    return story.alert().deliveries().stream()
        .filter(d -> d.isUnderWay() && d.cause().isRing())
        .filter(d -> d.to().toString().contains("daughter"))
        .count();
  }

  @Test
  void a_way_whose_time_cannot_be_decided_is_put_off_and_tried_again() {
    pressed(ALONE);
    daughter.hearsRingingBy("mqtt");
    story.standsStillWithout("08:00:20");
    story.cannotBeDecided(Village.LINS, new Input.TimePassed(Village.LINS));
    town.hearsRinging(); // the trouble, in the home's own name
    story.at("08:00:50");
    daughter.hearsRingingBy("sms");
    story.at("08:01:00");
    town.hearsRinging();
  }

  @Test
  void after_a_stop_in_the_middle_of_a_round_the_next_way_is_tried_at_once() {
    pressed(ALONE);
    daughter.hearsRingingBy("mqtt");
    story.standsStillUntil("08:00:35");
    daughter.hearsRingingBy("sms");
    story.nobodyElseIsRung();
    story.at("08:01:00");
    town.hearsRinging();
    story.at("08:01:15");
    daughter.hearsRingingBy("call");
  }

  @Test
  void all_rungs_that_are_due_after_a_stop_ring_and_so_does_the_next_way() {
    pressed(ALONE);
    daughter.hearsRingingBy("mqtt");
    story.standsStillUntil("09:00:00");
    daughter.hearsRingingBy("sms");
    gridWorker.hearsRinging();
    rescuers.hearsRinging();
    town.hearsRinging();
    county.hearsRinging();
    city.hearsRinging();
    story.nobodyElseIsRung();
    story.at("09:00:40");
    daughter.hearsRingingBy("call");
    story.at("09:01:00");
    town.hearsRinging();
    county.hearsRinging();
    city.hearsRinging();
    story.everyMinuteUntil("09:05:00", town, county, city);
  }

  @Test
  void each_state_of_a_person_shows() {
    pressed(ALONE.reachedBy("daughter", true, "sms 0"));
    daughter.hearsRingingBy("sms");
    is(Standing.PENDING);
    daughter.ringEnds(new Outcome.Sent("sms-1"));
    is(Standing.SENT);
    daughter.ringEnds(new Outcome.Acknowledged());
    is(Standing.DELIVERED);
    daughter.ringEnds(new Outcome.Seen());
    is(Standing.SEEN);
    story.at("08:01:00");
    town.hearsRinging();
    is(Standing.NO_ANSWER);
    daughter.accepts(10);
    is(Standing.ACCEPTED);
    daughter.setsOut(10);
    is(Standing.ON_THE_WAY);
    daughter.arrives();
    is(Standing.ARRIVED);
    daughter.isDone("real");
    is(Standing.DONE);
    town.hearsRinging(Cause.CLAIMED);
    daughter.declines();
    is(Standing.DECLINED);
    gridWorker.hearsRinging();
    daughter.spoke();
    is(Standing.SPOKE);
    town.hearsRinging(Cause.CLAIMED);
    daughter.accepts(1);
    story.at("08:01:30");
    town.accepts();
    story.at("08:07:00");
    is(Standing.LAPSED);
    daughter.hearsRinging(Cause.LAPSED);
  }

  private void is(Standing standing) {
    Alert alert = story.alert();
    assertEquals(standing, Standing.of(alert, alert.asked(daughter.id()).orElseThrow()));
  }

  @Test
  void a_relative_told_too_early_hears_the_end_too() {
    pressed(ALONE);
    daughter.hearsRingingBy("mqtt").declines();
    gridWorker.hearsRinging().accepts(5);
    story.at("08:00:30");
    town.isDone("real");
    daughter.isTold(Cause.ENDED);
    gridWorker.isTold(Cause.ENDED);
  }

  @Test
  void whoever_was_rung_as_the_desk_may_close_after_the_shift_has_changed() {
    pressed(ALONE);
    daughter.hearsRingingBy("mqtt").accepts(10);
    story.registry(ALONE.withDesks("night desk", "county desk"));
    town.isDone("real");
    assertFalse(story.alert().isOpen());
    story.at("09:00:00");
  }

  @Test
  void the_desk_that_was_rung_and_left_may_still_take_it_in_hand_and_the_new_one_is_told() {
    pressed(ALONE);
    daughter.hearsRingingBy("mqtt");
    story.registry(ALONE.withDesks("night desk")).ladders(ALARM, Village.FAULTS);
    story.at("08:00:20");
    daughter.hearsRingingBy("sms");
    story.at("08:01:00");
    Person night = story.person("night desk");
    night.hearsRinging();
    daughter.hearsRingingBy("call");
    town.accepts(20);
    night.isTold(Cause.COMING);
    assertTrue(story.alert().isStopped());
    assertEquals(Role.DUTY_DESK, story.alert().holds().getFirst().role());
  }

  @Test
  void
      a_promise_made_as_a_dispatcher_stops_the_ladder_also_when_its_holder_arrives_as_a_relative() {
    pressed(ALONE);
    daughter.hearsRingingBy("mqtt").asDispatcher(io.shouwang.model.Reply.Answer.ACCEPT, null);
    daughter.arrives();
    assertTrue(story.alert().isStopped());
    story.at("08:30:00").nobodyElseIsRung();
  }
}
