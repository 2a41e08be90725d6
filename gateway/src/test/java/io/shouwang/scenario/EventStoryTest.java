package io.shouwang.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.Delivery.Cause;
import io.shouwang.model.Answer;
import io.shouwang.model.DeviceId;
import io.shouwang.model.Fix;
import io.shouwang.model.Kind;
import io.shouwang.model.Signal;
import io.shouwang.rules.Evidence;
import io.shouwang.rules.Evidence.Mark;
import io.shouwang.rules.Evidence.What;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a device says: nothing swallows an alarm (P3), and the same event is one alert (P4). */
class EventStoryTest {
  private final Story story = new Story();
  private final Person daughter = story.person("daughter");
  private final Person son = story.person("son");
  private final Person neighbour = story.person("neighbour");
  private final Person town = story.person("town desk");

  @AfterEach
  void nobodyIsRungBesides() {
    story.nobodyElseIsRung();
  }

  private Story at(String clock) {
    return story.at(clock);
  }

  private void ringsTheLins() {
    daughter.hearsRinging();
    son.hearsRinging();
    town.hearsRinging();
    story.nobodyElseIsRung();
  }

  private Evidence evidence() {
    return story.alert().evidence().getLast();
  }

  private void isRepeated() {
    assertInstanceOf(Answer.Repeated.class, story.answer());
    story.nobodyElseIsRung();
  }

  // A second press is new information.

  @Test
  void a_second_press_while_it_rings_rings_the_current_rung_every_30_seconds_at_most() {
    at("08:00:00").pressedBy("lin-button");
    ringsTheLins();
    at("08:00:29").pressedBy("lin-button");
    story.nobodyElseIsRung();
    at("08:00:30");
    neighbour.hearsRinging();
    story.pressedBy("lin-band"); // her bracelet: the same person, the same alert
    town.hearsRinging(Cause.PRESSED_AGAIN);
    at("08:00:59").pressedBy("lin-button");
    story.nobodyElseIsRung();
    at("08:01:00");
    town.hearsRinging();
    story.pressedBy("lin-button");
    neighbour.hearsRinging(Cause.PRESSED_AGAIN);
    assertEquals(5, story.alert().evidence().size());
    assertEquals(1, story.openAlerts().size());
  }

  @Test
  void a_second_press_while_the_daughter_is_coming_rings_her_and_the_desk() {
    at("08:00:00").pressedBy("lin-button");
    ringsTheLins();
    daughter.accepts(10);
    at("08:04:00").pressedBy("lin-button");
    daughter.hearsRinging(Cause.PRESSED_AGAIN);
    town.hearsRinging(Cause.PRESSED_AGAIN);
    story.nobodyElseIsRung();
    at("08:10:00");
    daughter.arrives();
    at("08:12:00").pressedBy("lin-button");
    daughter.hearsRinging(Cause.PRESSED_AGAIN);
    town.hearsRinging(Cause.PRESSED_AGAIN);
  }

  @Test
  void a_desk_that_declined_is_rung_by_a_second_press() {
    at("08:00:00").pressedBy("lin-button");
    ringsTheLins();
    town.declines();
    story.person("county desk").hearsRinging();
    daughter.accepts(10);
    at("08:00:30").pressedBy("lin-button");
    daughter.hearsRinging();
    town.hearsRinging(Cause.PRESSED_AGAIN);
    story.person("county desk").hearsRinging(Cause.PRESSED_AGAIN);
  }

  @Test
  void a_press_after_the_close_is_a_new_alert_also_in_the_same_millisecond() {
    at("08:00:00").pressedBy("lin-button");
    ringsTheLins();
    town.isDone("false_alarm");
    Alert first = story.alert();
    story.pressedBy("lin-button");
    ringsTheLins();
    assertFalse(first.id().equals(story.alert().id()));
    assertEquals(first, story.home(Village.LINS).home().alert(first.id()).orElseThrow());
  }

  @Test
  void a_storm_of_presses_rings_each_responder_every_30_seconds_at_most() {
    at("08:00:00").pressedBy("lin-button");
    ringsTheLins();
    for (int press = 1; press < 1_200; press++) {
      story.at(story.now().plusMillis(25)).says(Said.press("lin-button"));
      assertInstanceOf(Answer.Taken.class, story.answer());
    }
    story.nobodyElseIsRung();
    at("08:00:30");
    neighbour.hearsRinging();
    story.pressedBy("lin-button");
    town.hearsRinging(Cause.PRESSED_AGAIN);
    Alert alert = story.alert();
    assertEquals(Alert.TIMELINE_MAX, alert.timeline().size());
    assertTrue(alert.timelineOmitted() > 200);
    assertEquals(Alert.EVIDENCE_MAX, alert.evidence().size());
    assertEquals(
        List.of(Cause.TELL_RECEIVED), story.told("lin-button"), "one message that waits is enough");
  }

  // cancel and clear are evidence.

  @Test
  void a_cancel_neither_closes_nor_silences() {
    at("08:00:00").pressedBy("lin-button");
    ringsTheLins();
    at("08:00:10").says(Said.cancel("lin-button"));
    assertEquals(What.CANCEL, evidence().what());
    at("08:00:30");
    neighbour.hearsRinging();
    at("08:01:00");
    town.hearsRinging();
  }

  @Test
  void a_cancel_without_alert_raises_none() {
    at("08:00:00").says(Said.cancel("lin-button"));
    assertTrue(story.openAlerts().isEmpty());
    at("09:00:00");
  }

  @Test
  void an_action_never_heard_of_is_a_press() {
    at("08:00:00").says(Said.sos("lin-button", Signal.Sos.Action.UNKNOWN));
    ringsTheLins();
    assertTrue(evidence().marks().contains(Mark.SUBTYPE_UNKNOWN));
  }

  // Smoke: every state, known or not.

  @Test
  void smoke_rings_for_the_whole_home_and_all_its_detectors_are_one_alert() {
    at("08:00:00").says(Said.smoke("lin-smoke", Signal.Hazard.State.ALARM, "alarm"));
    ringsTheLins();
    assertEquals(Set.of(Village.MRS_LIN, Village.MR_LIN), story.alert().elders());
    at("08:00:30");
    neighbour.hearsRinging();
    story.says(Said.smoke("hall-button", Signal.Hazard.State.UNKNOWN, "hot"));
    town.hearsRinging(Cause.PRESSED_AGAIN);
    assertEquals("hot", evidence().said());
    assertEquals(1, story.openAlerts().size());
  }

  @Test
  void smoke_clear_and_test_are_evidence_only() {
    at("08:00:00").says(Said.smoke("lin-smoke", Signal.Hazard.State.CLEAR, "clear"));
    story.says(Said.smoke("lin-smoke", Signal.Hazard.State.TEST, "test"));
    assertTrue(story.openAlerts().isEmpty());
    at("08:01:00").says(Said.smoke("lin-smoke", Signal.Hazard.State.ALARM, "alarm"));
    ringsTheLins();
    at("08:01:10").says(Said.smoke("lin-smoke", Signal.Hazard.State.CLEAR, "clear"));
    assertEquals(What.CLEAR, evidence().what());
    at("08:01:30");
    neighbour.hearsRinging();
  }

  @Test
  void smoke_with_an_unknown_or_missing_state_rings() {
    at("08:00:00").says(Said.smoke("lin-smoke", Signal.Hazard.State.UNKNOWN, ""));
    ringsTheLins();
    assertTrue(evidence().marks().contains(Mark.SUBTYPE_UNKNOWN));
    town.isDone("test");
    at("08:10:00").says(Said.smoke("lin-smoke", Signal.Hazard.State.UNKNOWN, "\u001b[2J"));
    ringsTheLins();
    assertEquals("", evidence().said(), "no control characters in facts");
  }

  @Test
  void a_tampered_and_a_faulty_detector_are_one_visit() {
    at("08:00:00").says(Said.smoke("lin-smoke", Signal.Hazard.State.TAMPER, "tamper"));
    daughter.hearsRinging();
    son.hearsRinging();
    at("08:00:40").says(Said.smoke("lin-smoke", Signal.Hazard.State.FAULT, "fault"));
    story.nobodyElseIsRung();
    assertEquals(2, story.alert().evidence().size());
    // An alarm is not hidden by the fault.
    story.says(Said.smoke("lin-smoke", Signal.Hazard.State.ALARM, "alarm"));
    ringsTheLins();
  }

  // Unreadable, late, early, undated.

  @Test
  void an_unreadable_sos_rings_each_time() {
    at("08:00:00").says(Said.garbage("lin-button", Kind.SOS));
    ringsTheLins();
    assertEquals(Set.of(Mark.UNREADABLE), evidence().marks());
    at("08:00:30");
    neighbour.hearsRinging();
    story.says(Said.garbage("lin-button", Kind.SOS));
    town.hearsRinging(Cause.PRESSED_AGAIN);
  }

  @Test
  void whatever_an_alarm_kind_was_taken_for_it_rings() {
    at("08:00:00").says(Said.of("lin-button", Kind.SOS, new Signal.Reading(), "{}"));
    ringsTheLins();
    assertEquals(What.UNREADABLE, evidence().what());
  }

  @Test
  void an_unreadable_reading_rings_nobody() {
    at("08:00:00").says(Said.garbage("lin-band", new Kind("vitals")));
    assertTrue(story.openAlerts().isEmpty());
  }

  @Test
  void a_late_press_rings_and_says_so() {
    at("14:31:00").says(Said.press("lin-button").withId("7").happenedAt(Story.time("14:02:00")));
    ringsTheLins();
    assertEquals(Set.of(Mark.LATE), evidence().marks());
    assertEquals(Story.time("14:02:00"), evidence().at());
    assertEquals(Story.time("14:31:00"), evidence().receivedAt());
  }

  @Test
  void a_press_from_the_future_and_one_with_an_unreadable_time_ring() {
    at("08:00:00").says(Said.press("lin-button").happenedAt(Instant.MAX));
    ringsTheLins();
    assertEquals(Set.of(Mark.AHEAD), evidence().marks());
    town.isDone("test");
    story.says(Said.press("lin-button").happenedAt(Instant.MIN));
    ringsTheLins();
    assertEquals(Set.of(Mark.LATE), evidence().marks());
    town.isDone("test");
    story.says(Said.press("lin-button").withUnreadableTime("yesterday"));
    ringsTheLins();
    assertEquals(Set.of(Mark.TIME_UNREADABLE), evidence().marks());
  }

  // The same event is one alert (P4).

  @Test
  void a_resend_is_one_alert_for_seven_days() {
    Said press = Said.press("lin-button").withId("17").happenedAt(Story.time("08:00:00"));
    at("08:00:00").says(press);
    ringsTheLins();
    at("08:00:10").says(press);
    isRepeated();
    town.isDone("real");
    at("day 7 08:00:00").says(press);
    isRepeated();
    at("day 8 07:59:59").says(press);
    isRepeated();
    at("day 8 08:00:01").says(press);
    ringsTheLins();
  }

  @Test
  void an_id_with_other_content_or_time_is_a_new_event_and_flagged() {
    at("08:00:00").says(Said.press("lin-button").withId("17"));
    ringsTheLins();
    at("08:00:10").says(Said.press("lin-button").withId("17").with("{\"battery_pct\":3}"));
    assertEquals(Set.of(Mark.ID_REUSED), evidence().marks());
    assertEquals(2, story.alert().evidence().size());
    story.says(Said.press("lin-button").withId("18"));
    assertEquals(Set.of(), evidence().marks());
  }

  @Test
  void with_neither_id_nor_time_every_press_counts() {
    at("08:00:00").pressedBy("lin-button").pressedBy("lin-button").pressedBy("lin-button");
    ringsTheLins();
    assertEquals(3, story.alert().evidence().size());
  }

  @Test
  void a_time_alone_tells_a_resend() {
    Said press = Said.press("lin-button").happenedAt(Story.time("07:40:00"));
    at("08:00:00").says(press);
    ringsTheLins();
    story.says(press);
    isRepeated();
  }

  @Test
  void a_clock_that_stands_at_1970_swallows_no_press() {
    Said press = Said.press("lin-button").happenedAt(Instant.ofEpochSecond(10));
    at("08:00:00").says(press);
    ringsTheLins();
    town.isDone("real");
    at("20:00:00").says(press);
    ringsTheLins();
  }

  @Test
  void a_redelivery_of_mqtt_is_the_same_event_and_a_new_packet_is_not() {
    at("08:00:00").says(Said.press("lin-button").inPacket(1));
    ringsTheLins();
    at("08:00:05").says(Said.press("lin-button").redelivered(1));
    isRepeated();
    story.says(Said.press("lin-button").redelivered(2));
    assertEquals(2, story.alert().evidence().size());
    story.says(Said.press("lin-button").inPacket(1));
    assertEquals(3, story.alert().evidence().size());
  }

  @Test
  void a_packet_id_that_comes_around_swallows_no_press() {
    at("08:00:00").says(Said.press("lin-button").inPacket(1));
    ringsTheLins();
    town.isDone("real");
    // The next day's press got lost on its first try; this device's packets are all number 1.
    at("day 2 08:00:00").says(Said.press("lin-button").redelivered(1));
    ringsTheLins();
  }

  @Test
  void a_press_is_remembered_only_within_its_bound_and_then_rings_twice_rather_than_never() {
    Said first = Said.press("lin-button").withId("first");
    at("08:00:00").says(first);
    ringsTheLins();
    town.isDone("test");
    for (int i = 0; i < 2_047; i++) {
      story.says(Said.cancel("lin-button").withId("c" + i));
    }
    story.says(first);
    isRepeated();
    story.says(Said.cancel("lin-button").withId("one more"));
    story.says(first);
    ringsTheLins();
  }

  @Test
  void an_alert_can_be_closed_after_many_later_ones_were() {
    at("08:00:00").says(Said.smoke("lin-smoke", Signal.Hazard.State.ALARM, "alarm"));
    ringsTheLins();
    Alert smoke = story.alert();
    for (int i = 0; i < 9; i++) {
      story.pressedBy("lin-button");
      ringsTheLins();
      town.isDone("test");
    }
    Person dispatcher = story.person("town desk");
    story.replies(
        dispatcher.id(),
        new io.shouwang.model.Reply(
            null, smoke.id(), io.shouwang.model.Reply.Answer.DONE, null, "real", "saw to it"),
        true);
    assertTrue(story.openAlerts().isEmpty());
    assertFalse(story.home(Village.LINS).home().alert(smoke.id()).orElseThrow().isOpen());
  }

  @Test
  void a_hub_that_invents_children_fills_no_memory_and_rings_all_the_same() {
    at("08:00:00");
    for (int i = 0; i < 500; i++) {
      story.says(Said.press("child-" + i).through("lin-hub"));
      if (i <= 64) {
        ringsTheLins();
      }
    }
    assertEquals(65, story.openAlerts().size());
    // Mrs Lin's own press is hers alone, full or not.
    story.pressedBy("lin-button");
    ringsTheLins();
    assertEquals(66, story.openAlerts().size());
  }

  @Test
  void a_position_that_comes_late_replaces_no_newer_one() {
    Fix old = new Fix(32.0, 120.9, 10.0, Story.time("07:00:00"), "gnss", "wgs84");
    Fix fresh = new Fix(32.1, 120.8, 10.0, Story.time("08:00:00"), "gnss", "wgs84");
    at("08:00:00").says(Said.position("lin-band", fresh));
    story.says(Said.position("lin-band", old));
    assertEquals(fresh, known());
    Fix wrong =
        new Fix(0, 0, null, Story.time("08:00:00").plus(Duration.ofDays(3_650)), null, "wgs84");
    story.says(Said.position("lin-band", wrong));
    assertEquals(wrong, known());
    story.says(Said.position("lin-band", fresh));
    assertEquals(fresh, known(), "a clock that was ahead once blocks nothing");
  }

  private Fix known() {
    return story.home(Village.LINS).home().fixOf(new DeviceId("lin-band")).orElseThrow().fix();
  }
}
