package io.shouwang.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.Delivery.Cause;
import io.shouwang.alerts.Fact;
import io.shouwang.alerts.Handover;
import io.shouwang.alerts.Hold;
import io.shouwang.model.Answer;
import io.shouwang.model.Input;
import io.shouwang.model.Reply;
import io.shouwang.model.ResponderId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One dispatcher gives an alert into another's hands: at no moment is it in nobody's (P2). */
final class HandoverStoryTest {
  private final Story story = new Story();
  private final Person daughter = story.person("daughter");
  private final Person son = story.person("son");
  private final Person neighbour = story.person("neighbour");
  private final Person town = story.person("town desk");
  private final Person county = story.person("county desk");
  private final Person li = story.person("li");
  private final Person wang = story.person("wang");

  @AfterEach
  void nobodyIsRungBesides() {
    story.nobodyElseIsRung();
  }

  /** Mrs Lin pressed, and dispatcher Li has it in hand until 08:15. */
  private void liHasIt() {
    story.at("08:00:00").pressedBy("lin-button");
    daughter.hearsRinging();
    son.hearsRinging();
    town.hearsRinging();
    li.asDispatcher(Reply.Answer.ACCEPT, null);
    story.at("08:05:00");
  }

  private void handsOver(Person from, ResponderId to, boolean operator, String id) {
    story.input(
        Village.LINS,
        new Input.HandoverAsked(story.alert().id(), id, from.id(), to, operator, "test"));
  }

  private List<ResponderId> holders() {
    return story.alert().holds().stream().map(Hold::responder).toList();
  }

  private Handover.End ended() {
    return story.alert().timeline().stream()
        .filter(entry -> entry.fact() instanceof Fact.HandoverEnded)
        .map(entry -> ((Fact.HandoverEnded) entry.fact()).how())
        .toList()
        .getLast();
  }

  private Answer.Reason refusal() {
    return assertInstanceOf(Answer.Refused.class, story.answer()).reason();
  }

  private void allAreRungOn() {
    neighbour.hearsRinging();
    daughter.hearsRinging(Cause.LAPSED);
    son.hearsRinging(Cause.LAPSED);
    town.hearsRinging(Cause.DESK);
  }

  @Test
  void it_stays_with_the_first_until_the_other_accepts() {
    liHasIt();
    handsOver(li, wang.id(), true, "g-1");
    assertEquals(List.of(li.id()), holders());
    story.at("08:06:00");
    wang.asDispatcher(Reply.Answer.ACCEPT, null);
    assertEquals(List.of(wang.id()), holders());
    assertEquals(Handover.End.TAKEN, ended());
    assertNull(story.alert().handover());
    story.at("08:20:59"); // a desk's promise of her own, from when she took it
    story.at("08:21:00");
    wang.hearsRinging(Cause.LAPSED);
    allAreRungOn();
  }

  @Test
  void whoever_declines_leaves_it_with_the_first_whose_promise_is_short_now() {
    liHasIt();
    handsOver(li, wang.id(), true, "g-1");
    wang.asDispatcher(Reply.Answer.DECLINE, null);
    assertEquals(List.of(li.id()), holders());
    assertEquals(Handover.End.DECLINED, ended());
    story.at("08:08:59");
    story.at("08:09:00"); // Li went home
    li.hearsRinging(Cause.LAPSED);
    allAreRungOn();
  }

  @Test
  void nobody_answers_the_desk_hears_of_it_then_it_rings_on() {
    liHasIt();
    handsOver(li, wang.id(), true, "g-1");
    story.at("08:06:59");
    story.at("08:07:00");
    town.hearsRinging(Cause.HANDED);
    assertEquals(Handover.End.LAPSED, ended());
    assertEquals(List.of(li.id()), holders());
    story.at("08:08:59");
    story.at("08:09:00");
    li.hearsRinging(Cause.LAPSED);
    allAreRungOn();
  }

  @Test
  void who_keeps_it_after_all_says_so_by_accepting_again() {
    liHasIt();
    handsOver(li, wang.id(), true, "g-1");
    story.at("08:06:00");
    li.asDispatcher(Reply.Answer.ACCEPT, null);
    assertEquals(Handover.End.WITHDRAWN, ended());
    story.at("08:20:59"); // with a whole promise
    story.at("08:21:00");
    li.hearsRinging(Cause.LAPSED);
    allAreRungOn();
  }

  @Test
  void a_desk_is_rung_and_takes_it_from_its_own_phone() {
    liHasIt();
    handsOver(li, county.id(), false, "g-1");
    county.hearsRinging(Cause.HANDED).accepts();
    assertEquals(List.of(county.id()), holders());
    assertEquals(Handover.End.TAKEN, ended());
  }

  @Test
  void asking_somebody_else_takes_back_what_was_asked_before() {
    liHasIt();
    handsOver(li, wang.id(), true, "g-1");
    handsOver(li, county.id(), false, "g-2");
    county.hearsRinging(Cause.HANDED);
    assertEquals(Handover.End.WITHDRAWN, ended());
    wang.asDispatcher(Reply.Answer.ACCEPT, null); // too late: beside Li, not instead
    assertEquals(List.of(li.id(), wang.id()), holders());
    assertNotNull(story.alert().handover());
  }

  @Test
  void given_back_it_rings_on_and_nobody_is_asked_any_more() {
    liHasIt();
    handsOver(li, wang.id(), true, "g-1");
    li.asDispatcher(Reply.Answer.DECLINE, null);
    assertNull(story.alert().handover());
    allAreRungOn();
  }

  @Test
  void closed_meanwhile_there_is_nothing_to_take() {
    liHasIt();
    handsOver(li, wang.id(), true, "g-1");
    li.asDispatcher(Reply.Answer.DONE, "real");
    assertNull(story.alert().handover());
    story.at("09:00:00");
  }

  @Test
  void the_same_word_twice_asks_once() {
    liHasIt();
    handsOver(li, county.id(), false, "g-1");
    county.hearsRinging();
    handsOver(li, county.id(), false, "g-1");
    assertInstanceOf(Answer.Repeated.class, story.answer());
  }

  @Test
  void only_from_hand_to_hand_and_only_to_those_who_answer_for_the_home() {
    liHasIt();
    handsOver(wang, li.id(), true, "g-1");
    assertEquals(Answer.Reason.CONFLICT, refusal(), "she has nothing to give");
    handsOver(li, daughter.id(), false, "g-2");
    assertEquals(Answer.Reason.NOT_ASKED, refusal());
    wang.asDispatcher(Reply.Answer.ACCEPT, null);
    handsOver(li, wang.id(), true, "g-3");
    assertEquals(Answer.Reason.CONFLICT, refusal(), "both have it: one of them gives back");
    daughter.accepts(10);
    handsOver(daughter, wang.id(), true, "g-4");
    assertEquals(Answer.Reason.CONFLICT, refusal(), "she is coming, and no desk");
  }

  @Test
  void no_handing_over_puts_a_promise_off_past_the_cap() {
    liHasIt();
    for (int minute = 8; minute <= 64; minute += 2) {
      String clock =
          minute < 60 ? "08:%02d:00".formatted(minute) : "09:%02d:00".formatted(minute - 60);
      story.at(clock);
      handsOver(li, wang.id(), true, "g-" + minute);
      if (minute == 64) {
        assertEquals(Story.time("09:05:00"), story.alert().holds().getFirst().until());
      } else {
        wang.asDispatcher(Reply.Answer.DECLINE, null);
      }
    }
    story.at("09:04:59");
    story.at("09:05:00"); // 60 minutes and the grace from when it was first promised
    li.hearsRinging(Cause.LAPSED);
    allAreRungOn();
    assertTrue(story.alert().holds().isEmpty());
  }

  @Test
  void after_a_standstill_all_that_is_overdue_rings_once() {
    liHasIt();
    handsOver(li, wang.id(), true, "g-1");
    story.standsStillUntil("08:30:00");
    li.hearsRinging(Cause.LAPSED);
    allAreRungOn();
    assertEquals(Alert.State.RINGING, story.alert().state());
  }
}
