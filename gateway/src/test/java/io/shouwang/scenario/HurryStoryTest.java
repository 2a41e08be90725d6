package io.shouwang.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.Delivery.Cause;
import io.shouwang.alerts.Fact;
import io.shouwang.model.AlertId;
import io.shouwang.model.Answer;
import io.shouwang.model.Input;
import io.shouwang.model.Reply;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A dispatcher doesn't wait: the next rung is rung now. */
final class HurryStoryTest {
  private final Story story = new Story();
  private final Person daughter = story.person("daughter");
  private final Person son = story.person("son");
  private final Person neighbour = story.person("neighbour");
  private final Person gridWorker = story.person("grid worker");
  private final Person rescuers = story.person("rescuers");
  private final Person town = story.person("town desk");
  private final Person county = story.person("county desk");
  private final Person city = story.person("city desk");
  private final Person operator = story.person("operator");

  @AfterEach
  void nobodyIsRungBesides() {
    story.nobodyElseIsRung();
  }

  private void mrsLinPresses() {
    story.at("08:00:00").pressedBy("lin-button");
    daughter.hearsRinging();
    son.hearsRinging();
    town.hearsRinging();
  }

  private void hurried(@Nullable String id) {
    Alert alert = story.alert();
    story.input(
        alert.home(),
        new Input.LadderHurried(alert.id(), id, Village.id("operator"), true, "test"));
  }

  private Answer.Reason refusal() {
    return assertInstanceOf(Answer.Refused.class, story.answer()).reason();
  }

  @Test
  void the_next_rung_rings_at_once_and_the_one_after_as_much_later_as_the_ladder_says() {
    mrsLinPresses();
    story.at("08:00:10");
    hurried("h-1");
    neighbour.hearsRinging(Cause.RUNG);
    assertEquals(Story.time("08:01:10"), story.alert().nextRungAt());
    story.at("08:01:00");
    town.hearsRinging();
    story.at("08:01:10"); // 60 s after the rung before, as the ladder has it
    gridWorker.hearsRinging();
  }

  @Test
  void the_same_word_twice_rings_one_rung() {
    mrsLinPresses();
    story.at("08:00:10");
    hurried("h-1");
    neighbour.hearsRinging();
    hurried("h-1");
    assertInstanceOf(Answer.Repeated.class, story.answer());
    hurried("h-2");
    gridWorker.hearsRinging();
  }

  @Test
  void a_rung_that_is_nobodys_is_passed_over_to_one_that_is_somebodys() {
    story.registry(story.village().with("h-lin", Village.NEIGHBOUR));
    mrsLinPresses();
    story.at("08:00:10");
    hurried(null);
    gridWorker.hearsRinging();
  }

  @Test
  void in_a_dispatchers_hands_the_rung_rings_and_the_ladder_stays_stopped_behind_it() {
    mrsLinPresses();
    operator.asDispatcher(Reply.Answer.ACCEPT, null);
    story.at("08:01:00");
    hurried(null);
    neighbour.hearsRinging();
    assertEquals(Alert.State.ACCEPTED, story.alert().state());
    story.at("08:14:59"); // nobody else by themselves
    story.at("08:15:00"); // the promise lapses: the rung after the one that was hurried
    gridWorker.hearsRinging();
    operator.hearsRinging(Cause.LAPSED);
    daughter.hearsRinging(Cause.LAPSED);
    son.hearsRinging(Cause.LAPSED);
    neighbour.hearsRinging(Cause.LAPSED);
    town.hearsRinging(Cause.DESK);
  }

  @Test
  void a_neighbour_who_was_hurried_to_and_accepts_is_coming_beside_the_dispatcher() {
    mrsLinPresses();
    operator.asDispatcher(Reply.Answer.ACCEPT, null);
    hurried(null);
    neighbour.hearsRinging().accepts(5);
    assertEquals(2, story.alert().holds().size());
  }

  @Test
  void a_claim_that_it_is_over_is_doubted_and_the_ladder_goes_on() {
    mrsLinPresses();
    daughter.accepts(5);
    daughter.isDone(); // of an alarm: a claim
    town.hearsRinging(Cause.CLAIMED);
    story.at("08:00:20");
    hurried(null);
    neighbour.hearsRinging();
    story.at("08:01:00");
    town.hearsRinging();
    story.at("08:01:20");
    gridWorker.hearsRinging();
  }

  @Test
  void after_the_last_rung_the_desks_above_then_those_who_may_still_come() {
    mrsLinPresses();
    hurried(null);
    neighbour.hearsRinging();
    hurried(null);
    gridWorker.hearsRinging();
    hurried(null);
    rescuers.hearsRinging();
    story.at("08:00:10");
    hurried(null);
    county.hearsRinging(Cause.DESK);
    hurried(null);
    city.hearsRinging(Cause.DESK);
    hurried(null);
    assertEquals(Answer.Reason.CONFLICT, refusal(), "all of them less than 30 s ago");
    daughter.declines();
    story.at("08:00:30");
    hurried(null);
    son.hearsRinging(Cause.RUNG);
    neighbour.hearsRinging(Cause.RUNG);
    gridWorker.hearsRinging(Cause.RUNG);
    rescuers.hearsRinging(Cause.RUNG);
    story.at("08:01:00"); // the desks' own turn stays where it was
    town.hearsRinging();
    county.hearsRinging();
    city.hearsRinging();
  }

  @Test
  void a_minor_alert_in_nobodys_hands_comes_to_the_nearest_desk() {
    story
        .at("08:00:00")
        .says(Said.smoke("lin-smoke", io.shouwang.model.Signal.Hazard.State.FAULT, "fault"));
    daughter.hearsRinging();
    son.hearsRinging();
    for (int i = 0; i < 2; i++) {
      hurried(null);
    }
    assertTrue(
        story.alert().asked().stream().anyMatch(a -> a.responder().equals(town.id())),
        "the desk is the last rung of what is no alarm");
    gridWorker.hearsRinging();
    town.hearsRinging(Cause.DESK);
  }

  @Test
  void nobody_hurries_what_is_closed_unknown_or_not_theirs() {
    mrsLinPresses();
    AlertId id = story.alert().id();
    story.input(
        Village.LINS, new Input.LadderHurried(id, null, Village.id("daughter"), false, "mqtt"));
    assertEquals(Answer.Reason.NOT_ASKED, refusal());
    story.input(
        Village.LINS, new Input.LadderHurried(id, null, Village.id("town desk"), false, "mqtt"));
    neighbour.hearsRinging();
    story.input(
        Village.LINS,
        new Input.LadderHurried(new AlertId("nobody"), null, Village.id("operator"), true, "test"));
    assertEquals(Answer.Reason.UNKNOWN_ALERT, refusal());
    town.isDone("false_alarm");
    hurried(null);
    assertEquals(Answer.Reason.ALREADY_CLOSED, refusal());
  }

  @Test
  void what_goes_on_in_another_is_hurried_there() {
    mrsLinPresses();
    Alert press = story.alert();
    story.says(Said.fall("lin-band"));
    daughter.hearsRinging();
    son.hearsRinging();
    town.hearsRinging();
    Alert fall = story.alert();
    story.merged(fall, press);
    story.input(
        Village.LINS,
        new Input.LadderHurried(fall.id(), null, Village.id("operator"), true, "test"));
    neighbour.hearsRinging();
    Alert now = story.home(Village.LINS).home().alert(press.id()).orElseThrow();
    assertTrue(now.timeline().stream().anyMatch(e -> e.fact() instanceof Fact.Hurried));
  }
}
