package io.shouwang.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.Closing;
import io.shouwang.alerts.Core;
import io.shouwang.alerts.Fact;
import io.shouwang.alerts.Subject;
import io.shouwang.model.Answer;
import io.shouwang.model.AreaId;
import io.shouwang.model.ElderId;
import io.shouwang.model.HomeId;
import io.shouwang.model.Input;
import io.shouwang.model.Input.CallPhase;
import io.shouwang.model.ResponderId;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Somebody calls the hotline: taken, missed, again, while something else is going on. */
class CallStoryTest {
  private final Story story = new Story();
  private final Person daughter = story.person("daughter");
  private final Person son = story.person("son");
  private final Person town = story.person("town desk");
  private final Person county = story.person("county desk");

  @AfterEach
  void nobodyIsRungBesides() {
    story.nobodyElseIsRung();
  }

  private static Input.CallReported call(
      HomeId home, @Nullable ElderId elder, String id, CallPhase phase) {
    return new Input.CallReported(
        "hotline",
        id,
        phase,
        home,
        home.isStandIn() ? List.of() : List.of(home),
        elder,
        Duration.ofSeconds(20),
        phase == CallPhase.TAKEN ? new ResponderId("ext-8001") : null,
        "+8651385550101");
  }

  private Story lin(String id, CallPhase phase) {
    return story.input(Village.LINS, call(Village.LINS, Village.MRS_LIN, id, phase));
  }

  private List<Alert> calls() {
    return story.openAlerts().stream().filter(a -> a.kind().equals(Core.CALL)).toList();
  }

  @Test
  void a_call_that_is_taken_rings_nobody_and_says_who_took_it() {
    story.at("08:00:00");
    lin("c1", CallPhase.RINGING);
    assertEquals(1, calls().size());
    assertEquals(new Subject.OfElder(Village.MRS_LIN), calls().getFirst().subject());
    story.at("08:00:19");
    lin("c1", CallPhase.TAKEN);
    Closing closing = story.alert().closing();
    assertTrue(closing != null && closing.by().equals(new ResponderId("ext-8001")));
    assertEquals(Closing.CALL_TAKEN, closing.disposition());
    story.at("09:00:00");
    lin("c1", CallPhase.MISSED); // the end of a call that was taken
    assertInstanceOf(Answer.Repeated.class, story.answer());
    lin("c1", CallPhase.RINGING);
    assertInstanceOf(Answer.Repeated.class, story.answer());
    assertEquals(0, calls().size());
  }

  @Test
  void one_nobody_takes_rings_the_desk_after_the_operators_and_then_the_desks_above() {
    story.at("08:00:00");
    lin("c1", CallPhase.RINGING);
    lin("c1", CallPhase.RINGING);
    assertInstanceOf(Answer.Repeated.class, story.answer());
    story.at("08:00:20");
    town.hearsRinging();
    story.at("08:01:20");
    town.hearsRinging();
    story.at("08:02:20");
    town.hearsRinging();
    story.at("08:03:20");
    town.hearsRinging();
    county.hearsRinging();
    lin("c1", CallPhase.TAKEN); // late, and still
    assertFalse(story.alert().isOpen());
    story.at("09:00:00");
  }

  @Test
  void one_that_is_left_rings_the_desk_at_once_and_only_once() {
    story.at("08:00:00");
    lin("c1", CallPhase.RINGING);
    story.at("08:00:05");
    lin("c1", CallPhase.MISSED);
    town.hearsRinging();
    lin("c1", CallPhase.MISSED);
    story.nobodyElseIsRung();
    story.at("08:01:05");
    town.hearsRinging();
    town.accepts();
    story.at("08:01:30");
    assertTrue(story.alert().isHeld());
  }

  @Test
  void a_stop_in_between_loses_nothing() {
    story.at("08:00:00");
    lin("c1", CallPhase.RINGING);
    story.standsStillUntil("08:30:00");
    town.hearsRinging();
    county.hearsRinging();
    story.person("city desk").hearsRinging();
  }

  @Test
  void what_comes_out_of_turn_is_understood() {
    story.at("08:00:00");
    lin("c1", CallPhase.TAKEN);
    lin("c1", CallPhase.RINGING);
    assertInstanceOf(Answer.Repeated.class, story.answer());
    assertEquals(0, calls().size());
    lin("c2", CallPhase.MISSED);
    town.hearsRinging();
    lin("c2", CallPhase.RINGING);
    assertInstanceOf(Answer.Repeated.class, story.answer());
  }

  @Test
  void who_calls_again_and_is_talked_with_leaves_nothing_open() {
    story.at("08:00:00");
    lin("c1", CallPhase.MISSED);
    town.hearsRinging();
    story.at("08:00:30");
    lin("c2", CallPhase.RINGING);
    lin("c2", CallPhase.TAKEN);
    assertEquals(List.of(), calls());
  }

  @Test
  void strangers_have_nothing_in_common() {
    HomeId town7 = HomeId.ofArea(new AreaId("town-3"));
    story.at("08:00:00");
    story.input(town7, call(town7, null, "c1", CallPhase.MISSED));
    story.person("city desk").hearsRinging(); // of an area that is in no registry
    story.input(town7, call(town7, null, "c2", CallPhase.RINGING));
    story.input(town7, call(town7, null, "c2", CallPhase.TAKEN));
    assertEquals(1, calls().size());
  }

  @Test
  void a_call_during_an_alarm_is_shown_at_it_and_rings_nobody_of_its_own() {
    story.at("08:00:00").pressedBy("lin-button");
    daughter.hearsRinging();
    son.hearsRinging();
    town.hearsRinging();
    Alert alarm = story.alert();
    lin("c1", CallPhase.RINGING);
    story.at("08:00:10");
    lin("c1", CallPhase.MISSED);
    town.hearsRinging();
    List<String> said =
        story.home(Village.LINS).home().alert(alarm.id()).orElseThrow().timeline().stream()
            .filter(e -> e.fact() instanceof Fact.CallRang || e.fact() instanceof Fact.CallWent)
            .map(entry -> entry.fact().getClass().getSimpleName())
            .toList();
    assertEquals(List.of("CallRang", "CallWent"), said);
    assertNull(alarm.closing());
  }

  @Test
  void a_flood_of_calls_is_bounded_and_each_still_rings() {
    story.at("08:00:00");
    for (int i = 0; i < 200; i++) {
      lin("flood-" + i, CallPhase.RINGING);
    }
    assertEquals(16, calls().size());
    lin("flood-150", CallPhase.TAKEN);
    assertEquals(16, calls().size(), "one of many that share an alert ends nothing");
    lin("flood-151", CallPhase.MISSED);
    town.hearsRinging();
  }

  @Test
  void who_began_a_shared_alert_being_taken_leaves_those_who_share_it_ringing() {
    story.at("08:00:00");
    for (int i = 0; i < 18; i++) {
      lin("flood-" + i, CallPhase.RINGING);
    }
    assertEquals(16, calls().size());
    lin("flood-15", CallPhase.TAKEN); // the latest with an alert of its own: 16 and 17 share it
    lin("flood-16", CallPhase.TAKEN);
    for (int i = 0; i < 15; i++) {
      lin("flood-" + i, CallPhase.TAKEN);
    }
    assertEquals(1, calls().size(), "17 still rings");
    lin("flood-17", CallPhase.MISSED);
    town.hearsRinging();
    lin("flood-17", CallPhase.TAKEN);
    assertEquals(0, calls().size());
  }

  @Test
  void taking_the_call_closes_nothing_that_a_dispatcher_added_to_it() {
    story.at("08:00:00");
    lin("c1", CallPhase.RINGING);
    lin("c2", CallPhase.RINGING);
    Alert first = calls().getFirst();
    story.merged(calls().getLast(), first);
    assertEquals(List.of(first.id()), calls().stream().map(Alert::id).toList());
    lin("c1", CallPhase.TAKEN);
    assertEquals(1, calls().size(), "the other call was merged into it, and still waits");
    lin("c2", CallPhase.MISSED);
    assertInstanceOf(Answer.Taken.class, story.answer());
    lin("c2", CallPhase.TAKEN);
    assertEquals(
        List.of(CallPhase.TAKEN, CallPhase.MISSED, CallPhase.TAKEN),
        calls().getFirst().timeline().stream()
            .filter(entry -> entry.fact() instanceof Fact.CallWent)
            .map(entry -> ((Fact.CallWent) entry.fact()).phase())
            .toList(),
        "shown where it goes on");
    story.at("08:00:20");
    town.hearsRinging();
  }
}
