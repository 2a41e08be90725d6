package io.shouwang.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.Closing;
import io.shouwang.alerts.Delivery.Cause;
import io.shouwang.model.Answer;
import io.shouwang.model.Reply;
import io.shouwang.model.Signal.Hazard.State;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What people answer, and what becomes of a promise. */
class ReplyStoryTest {
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
  void everybody_declines_and_the_next_is_rung_at_once() {
    mrsLinPresses();
    at("08:00:03");
    daughter.declines();
    story.nobodyElseIsRung();
    at("08:00:05");
    son.declines();
    neighbour.hearsRinging();
    at("08:00:07");
    neighbour.declines();
    gridWorker.hearsRinging();
    gridWorker.declines();
    rescuers.hearsRinging();
    rescuers.declines();
    story.nobodyElseIsRung(); // the town's desk rang seven seconds ago
    at("08:00:30");
    town.hearsRinging();
    at("08:00:40");
    town.declines();
    county.hearsRinging().declines();
    city.hearsRinging().declines();
    at("08:01:30");
    town.hearsRinging();
    county.hearsRinging();
    city.hearsRinging();
    story.everyMinuteUntil("10:00:30", town, county, city);
    assertEquals(Alert.State.RINGING, story.alert().state());
  }

  @Test
  void declining_again_and_again_neither_rings_nor_puts_off_the_overflow() {
    mrsLinPresses();
    daughter.declines();
    son.declines();
    neighbour.hearsRinging();
    at("08:00:59");
    daughter.declines();
    son.declines();
    at("08:01:00");
    gridWorker.hearsRinging();
    town.hearsRinging();
    at("08:01:59");
    daughter.declines();
    at("08:02:00");
    town.hearsRinging();
    at("08:02:50");
    rescuers.hearsRinging();
    daughter.declines();
    at("08:03:00");
    town.hearsRinging();
    county.hearsRinging();
  }

  @Test
  void the_one_who_accepted_never_arrives() {
    mrsLinPresses();
    at("08:00:20");
    daughter.accepts(8);
    son.isTold(Cause.COMING);
    town.isTold(Cause.COMING);
    assertEquals(List.of(Cause.TELL_RECEIVED, Cause.TELL_ACCEPTED), story.told("lin-button"));
    at("08:13:20"); // eight minutes and five of grace
    daughter.hearsRinging(Cause.LAPSED);
    son.hearsRinging(Cause.LAPSED);
    neighbour.hearsRinging(Cause.RUNG);
    town.hearsRinging(Cause.DESK);
    story.nobodyElseIsRung();
    at("08:14:20");
    gridWorker.hearsRinging();
    town.hearsRinging();
    story.nobodyElseIsRung();
    at("08:15:20");
    town.hearsRinging();
  }

  @Test
  void who_promised_and_lets_go_is_not_rung_and_all_others_are() {
    mrsLinPresses();
    daughter.accepts(8);
    at("08:00:40");
    daughter.declines();
    son.hearsRinging(Cause.LAPSED);
    neighbour.hearsRinging();
    town.hearsRinging();
  }

  @Test
  void who_declined_and_then_accepts_is_counted_on_again() {
    mrsLinPresses();
    daughter.declines();
    daughter.accepts(8);
    son.isTold(Cause.COMING);
    at("08:13:00");
    daughter.hearsRinging(Cause.LAPSED);
    son.hearsRinging(Cause.LAPSED);
    neighbour.hearsRinging();
    town.hearsRinging();
    assertFalse(story.alert().asked(daughter.id()).orElseThrow().declined());
  }

  @Test
  void two_accept_at_once_and_hear_of_each_other() {
    mrsLinPresses();
    daughter.accepts(10);
    son.isTold(Cause.COMING);
    son.accepts(20);
    daughter.isTold(Cause.COMING);
    at("08:15:00"); // the daughter's promise is over; the son's is not
    daughter.hearsRinging(Cause.LAPSED);
    story.nobodyElseIsRung();
    at("08:25:00");
    daughter.hearsRinging(Cause.LAPSED);
    son.hearsRinging(Cause.LAPSED);
    neighbour.hearsRinging();
    town.hearsRinging();
  }

  @Test
  void an_eta_is_capped_at_sixty_minutes_and_renewing_it_ends_there() {
    mrsLinPresses();
    daughter.accepts(600);
    for (int minute = 10; minute <= 50; minute += 10) {
      at("08:" + minute + ":00");
      daughter.accepts(60);
    }
    at("09:04:59");
    daughter.accepts(60);
    at("09:05:00"); // sixty minutes and five of grace from the first promise
    daughter.hearsRinging(Cause.LAPSED);
    son.hearsRinging(Cause.LAPSED);
    neighbour.hearsRinging();
    town.hearsRinging();
  }

  @Test
  void a_cap_that_was_lowered_since_takes_no_promise_back() {
    mrsLinPresses();
    daughter.accepts(60);
    at("08:30:00").settings(Village.withEtaCap(10));
    daughter.accepts(10);
    at("09:05:00");
    daughter.hearsRinging(Cause.LAPSED);
    son.hearsRinging(Cause.LAPSED);
    neighbour.hearsRinging();
    town.hearsRinging();
  }

  @Test
  void nonsense_for_an_eta_is_a_promise_all_the_same() {
    mrsLinPresses();
    daughter.accepts(Integer.MIN_VALUE);
    at("08:06:00"); // one minute, the least, and five of grace
    daughter.hearsRinging(Cause.LAPSED);
    son.hearsRinging(Cause.LAPSED);
    neighbour.hearsRinging();
    town.hearsRinging();
  }

  @Test
  void the_same_reply_twice_is_one_and_renews_nothing() {
    mrsLinPresses();
    daughter.answers(Reply.Answer.ACCEPT, "r-1", 8, null);
    at("08:10:00");
    daughter.answers(Reply.Answer.ACCEPT, "r-1", 8, null);
    assertInstanceOf(Answer.Repeated.class, story.answer());
    at("08:13:00");
    daughter.hearsRinging(Cause.LAPSED);
    son.hearsRinging(Cause.LAPSED);
    neighbour.hearsRinging();
    town.hearsRinging();
    daughter.answers(Reply.Answer.ACCEPT, "r-1", 8, null);
    assertInstanceOf(Answer.Repeated.class, story.answer());
    assertFalse(story.alert().isHeld());
    son.answers(Reply.Answer.ACCEPT, "r-1", 8, null); // another one's r-1
    assertTrue(story.alert().isHeld());
  }

  @Test
  void arrived_and_then_silence_rings_on() {
    mrsLinPresses();
    daughter.accepts(10);
    at("08:09:00");
    daughter.arrives();
    at("08:30:00");
    daughter.arrives(); // renews nothing
    daughter.accepts(60); // who is there needs not promise to come
    at("09:09:00");
    daughter.hearsRinging(Cause.LAPSED);
    son.hearsRinging(Cause.LAPSED);
    neighbour.hearsRinging();
    town.hearsRinging();
  }

  @Test
  void a_relatives_done_is_a_claim_that_the_desk_closes_on() {
    mrsLinPresses();
    daughter.accepts(10);
    at("08:10:00");
    daughter.arrives();
    at("08:20:00");
    daughter.isDone("real");
    assertTrue(story.alert().isOpen(), "only a dispatcher closes an alarm");
    town.hearsRinging(Cause.CLAIMED);
    story.nobodyElseIsRung();
    story.everyMinuteUntil("08:22:00", town);
    story.everyMinuteUntil("08:25:00", town, county);
    story.everyMinuteUntil("08:30:00", town, county, city);
    town.isDone("real");
    Closing closing = story.alert().closing();
    assertEquals(new Closing(town.id(), "real", story.now()), closing);
    daughter.isTold(Cause.ENDED);
    son.isTold(Cause.ENDED);
    at("day 3 08:00:00");
  }

  @Test
  void after_a_claim_a_new_press_takes_the_ladder_up_again() {
    mrsLinPresses();
    at("08:00:10");
    daughter.arrives();
    at("08:05:00");
    daughter.isDone();
    town.hearsRinging(Cause.CLAIMED);
    at("08:05:20").pressedBy("lin-button");
    neighbour.hearsRinging(Cause.RUNG);
    story.nobodyElseIsRung(); // the desk was rung twenty seconds ago
    at("08:06:00");
    town.hearsRinging();
    at("08:06:20");
    gridWorker.hearsRinging();
  }

  @Test
  void a_desks_done_needs_a_disposition() {
    mrsLinPresses();
    town.isDone();
    assertTrue(story.alert().isOpen());
    town.hearsRinging(Cause.CLAIMED);
    town.isDone("  ");
    assertTrue(story.alert().isOpen());
    town.hearsRinging(Cause.CLAIMED);
    town.isDone("false_alarm");
    assertEquals(Alert.State.CLOSED, story.alert().state());
    daughter.isTold(Cause.ENDED);
    son.isTold(Cause.ENDED);
    assertEquals(List.of(Cause.TELL_RECEIVED, Cause.TELL_CLOSED), story.told("lin-button"));
    at("20:00:00");
  }

  @Test
  void free_text_for_a_disposition_closes_and_stays_out_of_the_facts() {
    mrsLinPresses();
    town.isDone("she fell. Her daughter's number is 138 0000 0000");
    Closing closing = story.alert().closing();
    assertEquals("other", closing == null ? null : closing.disposition());
  }

  @Test
  void the_desk_accepts_and_must_come_back_to_it() {
    mrsLinPresses();
    at("08:00:05");
    town.accepts();
    at("08:15:05");
    town.hearsRinging();
    daughter.hearsRinging(Cause.LAPSED);
    son.hearsRinging(Cause.LAPSED);
    neighbour.hearsRinging();
    town.accepts();
    at("08:20:00");
    town.accepts();
    at("08:35:00");
    town.hearsRinging();
    daughter.hearsRinging(Cause.LAPSED);
    son.hearsRinging(Cause.LAPSED);
    neighbour.hearsRinging(Cause.LAPSED);
    gridWorker.hearsRinging();
  }

  @Test
  void an_operator_who_was_never_rung_may_close() {
    mrsLinPresses();
    Person operator = story.person("operator");
    operator.asDispatcher(Reply.Answer.DONE, "test");
    assertFalse(story.alert().isOpen());
    assertNull(story.alert().deadline());
  }

  @Test
  void who_was_not_asked_changes_nothing() {
    mrsLinPresses();
    Alert before = story.alert();
    story.person("stranger").accepts(5);
    assertEquals(Answer.Reason.NOT_ASKED, reason());
    rescuers.isDone("real"); // their rung was not reached
    assertEquals(Answer.Reason.NOT_ASKED, reason());
    assertEquals(before, story.alert());
  }

  @Test
  void a_reply_after_the_close_changes_nothing() {
    mrsLinPresses();
    town.isDone("real");
    Alert before = story.alert();
    daughter.accepts(5);
    assertEquals(Answer.Reason.ALREADY_CLOSED, reason());
    assertEquals(before, story.alert());
  }

  private Answer.Reason reason() {
    return assertInstanceOf(Answer.Refused.class, story.answer()).reason();
  }

  @Test
  void spoken_by_phone_is_news_to_the_desk_and_stops_nothing() {
    mrsLinPresses();
    at("08:00:20");
    daughter.spoke();
    town.hearsRinging(Cause.CLAIMED);
    town.spoke();
    story.nobodyElseIsRung();
    at("08:00:30");
    neighbour.hearsRinging();
  }

  @Test
  void what_was_under_way_at_the_close_never_rings_again() {
    mrsLinPresses();
    town.isDone("real");
    assertTrue(
        story.alert().deliveries().stream().noneMatch(d -> d.isUnderWay() && d.cause().isRing()));
  }

  @Test
  void a_relative_may_close_what_is_no_alarm() {
    at("08:00:00").says(Said.smoke("lin-smoke", State.FAULT, "fault"));
    daughter.hearsRinging();
    son.hearsRinging();
    daughter.isDone("device_fault");
    assertFalse(story.alert().isOpen());
    at("12:00:00");
  }

  @Test
  void a_desk_once_reached_stays_reached_after_a_lapse() {
    mrsLinPresses();
    at("08:00:30");
    neighbour.hearsRinging();
    at("08:01:00");
    town.hearsRinging();
    at("08:01:30");
    gridWorker.hearsRinging();
    at("08:02:00");
    town.hearsRinging();
    at("08:03:00");
    town.hearsRinging();
    county.hearsRinging();
    daughter.accepts(10);
    at("08:18:00");
    daughter.hearsRinging(Cause.LAPSED);
    son.hearsRinging();
    neighbour.hearsRinging();
    gridWorker.hearsRinging();
    rescuers.hearsRinging();
    town.hearsRinging();
    county.hearsRinging();
  }
}
