package io.shouwang.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.Delivery.Cause;
import io.shouwang.alerts.Fact;
import io.shouwang.alerts.Hold;
import io.shouwang.model.Answer;
import io.shouwang.model.Input;
import io.shouwang.model.Reply;
import io.shouwang.model.ResponderId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A dispatcher takes back what they did a moment ago. */
final class UndoStoryTest {
  private final Story story = new Story();
  private final Person daughter = story.person("daughter");
  private final Person son = story.person("son");
  private final Person neighbour = story.person("neighbour");
  private final Person town = story.person("town desk");
  private final Person operator = story.person("operator");

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

  private Alert now(Alert alert) {
    return story.home(alert.home()).home().alert(alert.id()).orElseThrow();
  }

  private void undone(Alert alert, Person by) {
    story.input(
        alert.home(),
        new Input.AlertReopened(alert.id(), "u-1", by.id(), true, "test", null, true));
  }

  private Answer.Reason refusal() {
    return assertInstanceOf(Answer.Refused.class, story.answer()).reason();
  }

  private List<ResponderId> holders(Alert alert) {
    return now(alert).holds().stream().map(Hold::responder).toList();
  }

  private @Nullable Instant passedAt(Alert alert) {
    return Objects.requireNonNull(now(alert).closing()).passedAt();
  }

  @Test
  void a_closing_taken_back_is_in_the_hands_of_whoever_closed_and_rings_no_ladder() {
    Alert press = pressed();
    operator.asDispatcher(Reply.Answer.DONE, "false_alarm");
    daughter.isTold(Cause.ENDED);
    story.at("08:00:50");
    undone(press, operator);
    assertInstanceOf(Answer.Taken.class, story.answer());
    assertEquals(List.of(operator.id()), holders(press));
    assertEquals(
        List.of(Cause.TELL_RECEIVED, Cause.TELL_CLOSED, Cause.TELL_ACCEPTED),
        story.told("lin-button"));
    daughter.isTold(Cause.COMING);
    story.at("08:15:49");
    story.at("08:15:50"); // and if nothing more is done, it rings on
    operator.hearsRinging(Cause.LAPSED);
    daughter.hearsRinging(Cause.LAPSED);
    son.hearsRinging(Cause.LAPSED);
    neighbour.hearsRinging();
    town.hearsRinging();
  }

  @Test
  void whoever_was_on_the_way_is_rung_since_they_were_told_that_it_is_over() {
    Alert press = pressed();
    daughter.accepts(10);
    operator.asDispatcher(Reply.Answer.DONE, "false_alarm");
    undone(press, operator);
    daughter.hearsRinging(Cause.REOPENED);
    son.isTold(Cause.COMING);
  }

  @Test
  void not_by_another_and_not_later_than_two_minutes() {
    Alert press = pressed();
    operator.asDispatcher(Reply.Answer.DONE, "false_alarm");
    undone(press, town);
    assertEquals(Answer.Reason.CONFLICT, refusal());
    story.at("08:02:01");
    undone(press, operator);
    assertEquals(Answer.Reason.CONFLICT, refusal());
    assertFalse(now(press).isOpen());
  }

  @Test
  void the_same_word_twice_takes_back_once() {
    Alert press = pressed();
    operator.asDispatcher(Reply.Answer.DONE, "false_alarm");
    undone(press, operator);
    undone(press, operator);
    assertInstanceOf(Answer.Repeated.class, story.answer());
    operator.asDispatcher(Reply.Answer.DONE, "test");
    undone(press, operator); // the first one once more, by a line that was slow
    assertInstanceOf(Answer.Repeated.class, story.answer());
    assertFalse(now(press).isOpen());
  }

  @Test
  void a_merge_taken_back_makes_two_again_and_whoever_was_coming_comes_for_both() {
    Alert press = pressed();
    story.says(Said.fall("lin-band"));
    daughter.hearsRinging().accepts(10); // of the fall
    son.hearsRinging();
    town.hearsRinging();
    Alert fall = story.alert();
    story.merged(fall, press);
    assertEquals(List.of(daughter.id()), holders(press));
    undone(fall, operator);
    assertTrue(now(fall).isOpen());
    assertEquals(List.of(operator.id(), daughter.id()), holders(fall));
    assertEquals(List.of(daughter.id()), holders(press));
    assertTrue(now(press).timeline().getLast().fact() instanceof Fact.Parted);
    story.at("08:00:40").says(Said.fall("lin-band")); // belongs to the fall again
    daughter.hearsRinging(Cause.PRESSED_AGAIN);
    operator.hearsRinging(Cause.PRESSED_AGAIN);
    town.hearsRinging(Cause.PRESSED_AGAIN);
    assertEquals(2, now(fall).evidence().size());
  }

  @Test
  void a_merge_is_not_taken_back_once_the_other_is_closed() {
    Alert press = pressed();
    story.says(Said.fall("lin-band"));
    daughter.hearsRinging();
    son.hearsRinging();
    town.hearsRinging();
    Alert fall = story.alert();
    story.merged(fall, press);
    story.replies(
        operator.id(),
        new Reply(null, press.id(), Reply.Answer.DONE, null, "real", "seen to"),
        true);
    undone(fall, operator);
    assertEquals(Answer.Reason.ALREADY_CLOSED, refusal());
  }

  @Test
  void an_accept_given_back_rings_on() {
    pressed();
    operator.asDispatcher(Reply.Answer.ACCEPT, null);
    story.at("08:00:20");
    operator.asDispatcher(Reply.Answer.DECLINE, null);
    daughter.hearsRinging(Cause.LAPSED);
    son.hearsRinging(Cause.LAPSED);
    neighbour.hearsRinging();
    town.hearsRinging();
  }

  @Test
  void passed_on_with_the_time_that_was_said_and_without_one_for_what_was_not_passed_on() {
    Alert press = pressed();
    Instant at = Story.time("07:58:00");
    story.replies(
        operator.id(),
        new Reply(null, press.id(), Reply.Answer.DONE, null, "passed_120", "on the phone", at),
        true);
    assertEquals(at, passedAt(press));
    undone(press, operator);
    story.replies(
        operator.id(),
        new Reply(null, press.id(), Reply.Answer.DONE, null, "false_alarm", "she slept", at),
        true);
    assertNull(passedAt(press));
  }
}
