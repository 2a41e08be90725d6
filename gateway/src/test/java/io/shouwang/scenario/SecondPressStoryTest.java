package io.shouwang.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.Delivery.Cause;
import io.shouwang.alerts.Ladder;
import io.shouwang.alerts.Rung;
import io.shouwang.alerts.Standing;
import io.shouwang.model.Outcome;
import io.shouwang.model.Signal.Hazard.State;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The wearer presses again while the daughter is in each of the states there are: it rings those
 * who are concerned then, every press is kept, and what somebody promised stands.
 */
final class SecondPressStoryTest {
  private static final Ladder ALARM =
      new Ladder(
          "alarm",
          List.of(
              new Rung(Duration.ZERO, List.of(Village.RELATIVE)),
              new Rung(Duration.ofSeconds(90), List.of(Village.GRID_WORKER))),
          List.of(Village.GRID_WORKER),
          null);

  private final Story story = new Story();
  private final Person daughter = story.person("daughter");
  private final Person gridWorker = story.person("grid worker");
  private final Person town = story.person("town desk");

  @AfterEach
  void nobodyIsRungBesides() {
    story.nobodyElseIsRung();
  }

  private void pressed() {
    story.registry(Village.inPeace().with("e-lin", Village.RELATIVE, "daughter"));
    story.ladders(ALARM, Village.FAULTS);
    story.at("08:00:00").pressedBy("lin-button");
    daughter.hearsRinging();
    town.hearsRinging();
  }

  private void is(Standing standing) {
    Alert alert = story.alert();
    assertEquals(standing, Standing.of(alert, alert.asked(daughter.id()).orElseThrow()));
  }

  /** It is one alert, with all presses in it. */
  private void pressesAre(int count) {
    assertEquals(1, story.openAlerts().size());
    assertEquals(count, story.alert().evidence().size());
  }

  /** As the ladder has it, whatever was pressed: the desk each minute, the grid worker at 01:30. */
  private void theLadderGoesOn() {
    story.at("08:01:00");
    town.hearsRinging(Cause.DESK);
    story.at("08:01:30");
    gridWorker.hearsRinging(Cause.RUNG);
    story.at("08:02:00");
    town.hearsRinging(Cause.DESK);
    story.nobodyElseIsRung();
  }

  @ParameterizedTest
  @EnumSource(names = {"PENDING", "SENT", "DELIVERED", "SEEN"})
  void pending_sent_delivered_seen_she_and_the_desk_are_rung_again(Standing state) {
    pressed();
    int ring = story.alert().delivery(2).orElseThrow().key().number();
    Outcome outcome =
        switch (state) {
          case SENT -> new Outcome.Sent("p");
          case DELIVERED -> new Outcome.Acknowledged();
          case SEEN -> new Outcome.Seen();
          default -> null;
        };
    if (outcome != null) {
      story.input(
          story.alert().home(),
          new io.shouwang.model.Input.DeliveryReported(
              new io.shouwang.model.DeliveryKey(story.alert().id(), ring), outcome));
    }
    is(state);
    story.at("08:00:29").pressedBy("lin-button"); // she was rung 29 seconds ago
    story.at("08:00:31").pressedBy("lin-button");
    daughter.hearsRinging(Cause.PRESSED_AGAIN);
    town.hearsRinging(Cause.PRESSED_AGAIN);
    is(state);
    pressesAre(3);
    theLadderGoesOn();
  }

  @Test
  void accepted_she_and_the_desk_are_rung_and_her_promise_stands() {
    pressed();
    daughter.accepts(10);
    story.at("08:00:40").pressedBy("lin-button");
    daughter.hearsRinging(Cause.PRESSED_AGAIN);
    town.hearsRinging(Cause.PRESSED_AGAIN);
    is(Standing.ACCEPTED);
    pressesAre(2);
    theLadderGoesOn();
  }

  @Test
  void declined_she_is_left_alone_and_whoever_was_rung_in_her_place_is_rung() {
    pressed();
    daughter.declines();
    gridWorker.hearsRinging(Cause.RUNG);
    story.at("08:00:40").pressedBy("lin-button");
    gridWorker.hearsRinging(Cause.PRESSED_AGAIN);
    town.hearsRinging(Cause.PRESSED_AGAIN);
    is(Standing.DECLINED);
    pressesAre(2);
    story.at("08:01:00");
    town.hearsRinging(Cause.DESK);
  }

  @Test
  void no_answer_the_rung_it_has_come_to_is_rung_and_not_the_one_before() {
    pressed();
    theLadderGoesOn();
    is(Standing.NO_ANSWER);
    story.at("08:02:10").pressedBy("lin-button"); // the desk rang ten seconds ago
    gridWorker.hearsRinging(Cause.PRESSED_AGAIN);
    pressesAre(2);
    story.at("08:03:00");
    town.hearsRinging(Cause.DESK);
    story.person("county desk").hearsRinging(Cause.DESK);
  }

  @Test
  void on_the_way_she_and_the_desk_are_rung() {
    pressed();
    daughter.setsOut(10);
    story.at("08:00:40").pressedBy("lin-button");
    daughter.hearsRinging(Cause.PRESSED_AGAIN);
    town.hearsRinging(Cause.PRESSED_AGAIN);
    is(Standing.ON_THE_WAY);
    theLadderGoesOn();
  }

  @Test
  void arrived_she_and_the_desk_are_rung() {
    pressed();
    daughter.arrives();
    story.at("08:00:40").pressedBy("lin-button");
    daughter.hearsRinging(Cause.PRESSED_AGAIN);
    town.hearsRinging(Cause.PRESSED_AGAIN);
    is(Standing.ARRIVED);
    theLadderGoesOn();
  }

  @Test
  void claimed_to_be_done_she_is_asked_again_and_the_desk() {
    pressed();
    daughter.arrives();
    story.at("08:00:05");
    daughter.isDone("false_alarm");
    town.hearsRinging(Cause.CLAIMED);
    is(Standing.DONE);
    story.at("08:00:40").pressedBy("lin-button");
    daughter.hearsRinging(Cause.PRESSED_AGAIN);
    town.hearsRinging(Cause.PRESSED_AGAIN);
    assertTrue(story.alert().isOpen());
    theLadderGoesOn();
  }

  @Test
  void closed_it_is_a_new_alert() {
    pressed();
    Alert first = story.alert();
    town.isDone("false_alarm");
    story.at("08:00:05").pressedBy("lin-button");
    daughter.hearsRinging(Cause.RUNG);
    town.hearsRinging(Cause.DESK);
    assertTrue(!story.alert().id().equals(first.id()));
    pressesAre(1);
  }

  @Test
  void reopened_it_is_the_same_alert_and_all_who_were_asked_are_rung() {
    pressed();
    town.isDone("false_alarm");
    story.at("08:00:10").reopened(story.alert(), null);
    daughter.hearsRinging(Cause.REOPENED);
    gridWorker.hearsRinging(Cause.RUNG);
    town.hearsRinging(Cause.DESK);
    story.at("08:00:45").pressedBy("lin-button");
    gridWorker.hearsRinging(Cause.PRESSED_AGAIN);
    town.hearsRinging(Cause.PRESSED_AGAIN);
    pressesAre(2);
    story.at("08:01:10");
    town.hearsRinging(Cause.DESK);
  }

  @Test
  void merged_it_belongs_to_the_one_it_goes_on_in_and_opens_no_other() {
    pressed();
    Alert press = story.alert();
    story.says(Said.smoke("lin-smoke", State.ALARM, "alarm"));
    Alert smoke = story.alert();
    daughter.hearsRinging();
    town.hearsRinging();
    story.merged(press, smoke);
    story.at("08:00:40").pressedBy("lin-button");
    daughter.hearsRinging(Cause.PRESSED_AGAIN);
    town.hearsRinging(Cause.PRESSED_AGAIN);
    assertEquals(List.of(smoke.id()), story.openAlerts().stream().map(Alert::id).toList());
    assertEquals(3, story.openAlerts().getFirst().evidence().size());
    theLadderGoesOn();
  }

  @Test
  void the_desk_has_it_in_hand_and_is_rung_again() {
    pressed();
    town.accepts();
    story.at("08:00:40").pressedBy("lin-button");
    town.hearsRinging(Cause.PRESSED_AGAIN);
    pressesAre(2);
    story.at("08:10:00").nobodyElseIsRung();
  }
}
