package io.shouwang.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.Delivery.Cause;
import io.shouwang.alerts.Fact;
import io.shouwang.alerts.Home;
import io.shouwang.model.Answer;
import io.shouwang.model.Input;
import io.shouwang.model.Outcome;
import io.shouwang.model.Reply;
import io.shouwang.model.Signal.Hazard.State;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a dispatcher sets right afterwards: two alerts that are one, one that isn't over. */
final class AmendingStoryTest {
  private final Story story = new Story();
  private final Person daughter = story.person("daughter");
  private final Person son = story.person("son");
  private final Person neighbour = story.person("neighbour");
  private final Person town = story.person("town desk");

  @AfterEach
  void nobodyIsRungBesides() {
    story.nobodyElseIsRung();
  }

  private Alert pressed() {
    story.at("08:00:00").pressedBy("lin-button");
    daughter.hearsRinging();
    son.hearsRinging();
    town.hearsRinging();
    return story.alert();
  }

  private Alert smoke() {
    story.says(Said.smoke("lin-smoke", State.ALARM, "alarm"));
    daughter.hearsRinging();
    son.hearsRinging();
    town.hearsRinging();
    return story.alert();
  }

  private Alert fell() {
    story.says(Said.fall("lin-band"));
    daughter.hearsRinging();
    son.hearsRinging();
    town.hearsRinging();
    return story.alert();
  }

  private Alert now(Alert alert) {
    return story.home(alert.home()).home().alert(alert.id()).orElseThrow();
  }

  private Answer.Reason refusal() {
    return assertInstanceOf(Answer.Refused.class, story.answer()).reason();
  }

  @Test
  void both_timelines_are_kept_and_the_ladder_goes_on_once() {
    Alert press = pressed();
    Alert smoke = smoke();
    story.merged(smoke, press);
    assertTrue(now(smoke).timeline().getLast().fact() instanceof Fact.MergedInto);
    assertTrue(now(press).timeline().stream().anyMatch(e -> e.fact() instanceof Fact.MergedFrom));
    assertEquals(Set.of(Village.MRS_LIN, Village.MR_LIN), now(press).elders());
    story.at("08:00:30");
    neighbour.hearsRinging(); // once, of the one they are
    story.at("08:01:00");
    town.hearsRinging();
  }

  @Test
  void answers_follow_a_chain_of_merges_to_its_end() {
    Alert press = pressed();
    Alert smoke = smoke();
    Alert fall = fell();
    story.merged(fall, smoke).merged(smoke, press);
    daughter.accepts(8); // of the fall, which she heard of last
    assertInstanceOf(Answer.Taken.class, story.answer());
    assertEquals(1, now(press).holds().size());
  }

  @Test
  void the_same_reply_before_and_after_a_merge_is_one() {
    Alert press = pressed();
    Alert smoke = smoke();
    daughter.answers(Reply.Answer.ACCEPT, "r-1", 5, null); // of the smoke
    story.merged(smoke, press);
    Instant until = now(press).holds().getFirst().until();
    story.at("08:01:00");
    daughter.answers(Reply.Answer.ACCEPT, "r-1", 5, null);
    assertInstanceOf(Answer.Repeated.class, story.answer());
    assertEquals(until, now(press).holds().getFirst().until());
  }

  @Test
  void whoever_is_coming_for_one_stops_the_other_and_those_who_wait_there_hear_of_it() {
    story.registry(Village.inPeace().reachedBy("son", true, "mqtt 0", "call 40"));
    story.at("08:00:00").pressedBy("lin-button");
    Alert press = story.alert();
    daughter.hearsRinging();
    son.hearsRinging();
    town.hearsRinging();
    story.pressedBy("lin-sr-button");
    daughter.hearsRinging().accepts(10); // of the old man's
    Alert other = story.alert();
    town.hearsRinging();
    story.merged(other, press);
    son.isTold(Cause.COMING);
    story.at("08:10:00"); // neither the son's call nor the neighbour's rung
    assertEquals(Alert.State.ACCEPTED, now(press).state());
  }

  @Test
  void whose_ring_was_still_under_way_is_rung_in_the_one_it_goes_on_in() {
    story.registry(Village.inPeace().with("e-lin-sr", Village.RELATIVE, "cousin"));
    Alert press = pressed();
    story.pressedBy("lin-sr-button");
    Person cousin = story.person("cousin");
    cousin.hearsRingingBy("mqtt"); // her phone is off: it waits for her
    town.hearsRinging();
    story.merged(story.alert(), press);
    cousin.hearsRinging(Cause.RUNG);
    cousin.accepts(10);
    assertEquals(1, now(press).holds().size());
  }

  @Test
  void who_has_it_on_the_phone_is_not_rung_once_more_by_a_merge() {
    story.registry(Village.inPeace().with("e-lin-sr", Village.RELATIVE, "cousin"));
    Alert press = pressed();
    story.pressedBy("lin-sr-button");
    Person cousin = story.person("cousin");
    cousin.hearsRingingBy("mqtt").ringEnds(new Outcome.Acknowledged());
    town.hearsRinging();
    story.merged(story.alert(), press);
    story.nobodyElseIsRung();
  }

  @Test
  void the_graver_alert_never_goes_on_in_the_lighter() {
    story.at("08:00:00").says(Said.smoke("lin-smoke", State.FAULT, "fault"));
    daughter.hearsRinging();
    son.hearsRinging();
    Alert fault = story.alert();
    Alert press = pressed();
    story.merged(press, fault);
    assertEquals(Answer.Reason.CONFLICT, refusal());
    assertTrue(now(press).isOpen());
    story.merged(fault, press);
    assertFalse(now(fault).isOpen());
  }

  @Test
  void what_is_real_never_goes_on_in_an_exercise() {
    story.at("08:00:00");
    story.input(
        Village.LINS,
        new Input.ExerciseOrdered(
            "d-1",
            Village.LINS,
            io.shouwang.model.Kind.SOS,
            Village.id("operator"),
            Story.time("09:00:00"),
            10));
    daughter.hearsRinging();
    son.hearsRinging();
    town.hearsRinging();
    Alert exercise = story.alert();
    Alert press = pressed();
    story.merged(press, exercise);
    assertEquals(Answer.Reason.CONFLICT, refusal());
    story.merged(exercise, press);
    assertInstanceOf(Answer.Taken.class, story.answer());
  }

  @Test
  void an_alert_does_not_go_on_in_itself_nor_in_a_closed_one() {
    Alert press = pressed();
    story.merged(press, press);
    assertEquals(Answer.Reason.CONFLICT, refusal());
    Alert smoke = smoke();
    town.isDone("real");
    story.merged(press, smoke);
    assertEquals(Answer.Reason.ALREADY_CLOSED, refusal());
    assertTrue(now(press).isOpen());
  }

  @Test
  void what_goes_on_in_another_is_remembered_as_long_as_that_is_open() {
    Alert press = pressed();
    Alert smoke = smoke();
    story.merged(smoke, press);
    for (int i = 0; i <= Home.CLOSED_ALERTS_MAX; i++) {
      story.at("08:00:0" + i);
      fell();
      town.isDone("false_alarm");
    }
    story.replies(son.id(), new Reply(null, smoke.id(), Reply.Answer.ACCEPT, 5, null, null), false);
    assertInstanceOf(Answer.Taken.class, story.answer());
    assertEquals(1, now(press).holds().size());
  }

  @Test
  void a_reopened_alert_tells_the_wearer_that_it_is_not_over() {
    pressed();
    town.isDone("false_alarm");
    assertEquals(
        java.util.List.of(Cause.TELL_RECEIVED, Cause.TELL_CLOSED), story.told("lin-button"));
    story.at("08:05:00").reopened(story.alert(), "w-1");
    assertEquals(
        Set.of(),
        story.alert().deliveries().stream()
            .filter(delivery -> delivery.isUnderWay())
            .map(delivery -> delivery.cause())
            .filter(cause -> cause == Cause.ENDED || cause == Cause.TELL_CLOSED)
            .collect(Collectors.toSet()),
        "who was away when it ended hears no more that it is over");
    town.hearsRinging();
    neighbour.hearsRinging();
    daughter.hearsRinging(Cause.REOPENED);
    son.hearsRinging(Cause.REOPENED);
    assertEquals(java.util.List.of(Cause.TELL_RECEIVED), story.told("lin-button"));
  }

  @Test
  void what_a_person_called_merged_is_opened_again_like_any_other() {
    pressed();
    town.isDone("merged");
    story.at("08:05:00").reopened(story.alert(), "w-1");
    assertInstanceOf(Answer.Taken.class, story.answer());
    town.hearsRinging();
    neighbour.hearsRinging();
    daughter.hearsRinging(Cause.REOPENED);
    son.hearsRinging(Cause.REOPENED);
  }

  @Test
  void the_same_word_to_reopen_twice_opens_it_once() {
    pressed();
    town.isDone("false_alarm");
    story.at("08:05:00").reopened(story.alert(), "w-1");
    town.hearsRinging().isDone("false_alarm");
    neighbour.hearsRinging();
    daughter.hearsRinging(Cause.REOPENED);
    son.hearsRinging(Cause.REOPENED);
    story.at("08:06:00").reopened(story.alert(), "w-1"); // sent again by a line that was slow
    assertInstanceOf(Answer.Repeated.class, story.answer());
    assertFalse(story.alert().isOpen());
  }
}
