package io.shouwang.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.shouwang.alerts.Delivery.Cause;
import io.shouwang.alerts.Ladder;
import io.shouwang.alerts.Ladders;
import io.shouwang.alerts.Rung;
import io.shouwang.alerts.World;
import io.shouwang.model.Kind;
import io.shouwang.model.Role;
import io.shouwang.model.Signal.Hazard.State;
import io.shouwang.registry.Registry;
import io.shouwang.registry.TestRegistry;
import io.shouwang.rules.LimitsBook;
import io.shouwang.rules.RuleBook;
import io.shouwang.rules.RuleSettings;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Ladders while the clock on the wall does something: shifts at midnight, days on which it is set,
 * hours that don't come or come twice. With a registry that was read from its files.
 */
final class ClockStoryTest {
  private static final Role RELATIVE = new Role("relative");
  private static final Role GRID_WORKER = new Role("grid_worker");

  private static final Ladder ALARM =
      new Ladder(
          "alarm",
          List.of(
              new Rung(Duration.ZERO, List.of(RELATIVE)),
              new Rung(Duration.ofSeconds(90), List.of(GRID_WORKER))));

  private static final Ladder GRID_FIRST =
      new Ladder("grid first", List.of(new Rung(Duration.ZERO, List.of(GRID_WORKER))));

  private static final Ladder FAULTS =
      new Ladder(
          "faults",
          List.of(
              new Rung(Duration.ZERO, List.of(RELATIVE)),
              new Rung(Duration.ofMinutes(5), List.of(Role.DUTY_DESK))));

  private final Story story = new Story();
  private final Person mei = story.person("mei");
  private final Person evening = story.person("evening");
  private final Person night = story.person("night");
  private final Person desk = story.person("desk");

  @AfterEach
  void nobodyIsRungBesides() {
    story.nobodyElseIsRung();
  }

  /** A grid's two workers take turns daily; the daughter sleeps in her own zone. */
  private static Registry registry(String zone, String handover, String quiet) {
    return TestRegistry.of(
        Map.of(
            "responders.csv",
            """
            id,name,phone,language,quiet,zone
            mei,Mei,1,zh,%s,%s
            evening,Li,2,zh,,
            night,Wang,3,zh,,
            desk,Desk,4,zh,,
            """
                .formatted(quiet, zone),
            "schedules.csv",
            """
            id,people,start,turn_days,handover,zone
            grid,evening night,2026-03-01,daily,%s,%s
            """
                .formatted(handover, zone),
            "contacts.csv",
            """
            responder,role,relation,elder,home,area
            mei,relative,daughter,e1,,
            @grid,grid_worker,,,,g
            desk,duty_desk,,,,c
            """));
  }

  private void city(Registry registry, String zone, Ladders.Special... specials) {
    RuleBook rules =
        new RuleBook(
            RuleSettings.STANDARD,
            LimitsBook.of(ZoneId.of(zone), Village.QUIET),
            RuleBook.builtIn());
    Map<Kind, Ladder> ladders = Map.of(Kind.SOS, ALARM, Kind.SMOKE, ALARM);
    story.world(
        new World(registry, rules, new Ladders(ladders, FAULTS, Village.DESK, List.of(specials))));
  }

  private Instant pressedAt(String instant) {
    story.at(Instant.parse(instant)).pressedBy("d1");
    mei.hearsRinging();
    desk.hearsRinging();
    return story.now();
  }

  @Test
  void at_midnight_the_shift_changes_and_the_rung_after_it_rings_whoever_is_on_call_then() {
    city(registry("Asia/Shanghai", "00:00", ""), "Asia/Shanghai");
    pressedAt("2026-03-03T15:59:00Z"); // 23:59 of the third day, evening's turn
    story.at(Instant.parse("2026-03-03T16:00:00Z"));
    desk.hearsRinging();
    story.at(Instant.parse("2026-03-03T16:00:30Z"));
    night.hearsRinging(Cause.RUNG);
  }

  @Test
  void who_comes_on_call_at_midnight_is_rung_beside_the_one_who_was_and_may_still_come() {
    city(registry("Asia/Shanghai", "00:00", ""), "Asia/Shanghai");
    pressedAt("2026-03-03T15:57:30Z");
    story.at(Instant.parse("2026-03-03T15:58:30Z"));
    desk.hearsRinging();
    story.at(Instant.parse("2026-03-03T15:59:00Z"));
    evening.hearsRinging(Cause.RUNG);
    story.at(Instant.parse("2026-03-03T15:59:30Z"));
    desk.hearsRinging();
    story.at(Instant.parse("2026-03-03T16:00:30Z")); // the first turn after midnight
    desk.hearsRinging();
    night.hearsRinging(Cause.RUNG);
    evening.accepts(10);
    night.isTold(Cause.COMING);
    story.at(Instant.parse("2026-03-03T16:15:00Z"));
  }

  @Test
  void while_somebody_has_it_in_hand_a_change_of_shift_rings_nobody_and_at_the_lapse_the_new_one() {
    city(registry("Asia/Shanghai", "00:00", ""), "Asia/Shanghai");
    pressedAt("2026-03-03T15:57:30Z");
    mei.accepts(1);
    story.at(Instant.parse("2026-03-03T16:03:30Z"));
    mei.hearsRinging(Cause.LAPSED);
    night.hearsRinging(Cause.RUNG);
    desk.hearsRinging(Cause.DESK);
  }

  @Test
  void a_ladder_for_saturdays_is_chosen_by_when_it_began_and_kept_past_midnight() {
    Ladders.Special saturdays =
        new Ladders.Special(
            Set.of(Kind.SOS), Set.of(), Set.of(), null, Set.of(DayOfWeek.SATURDAY), GRID_FIRST);
    city(registry("Asia/Shanghai", "08:00", ""), "Asia/Shanghai", saturdays);
    pressedAt("2026-03-06T15:59:30Z"); // Friday, half a minute before midnight
    assertEquals("alarm", story.alert().ladder().name());
    story.at(Instant.parse("2026-03-06T16:00:05Z")).pressedBy("d1"); // Saturday: the same alert
    mei.hearsRinging(Cause.PRESSED_AGAIN);
    desk.hearsRinging(Cause.PRESSED_AGAIN);
    assertEquals("alarm", story.alert().ladder().name());
    desk.isDone("false_alarm");
    story.at(Instant.parse("2026-03-06T16:00:10Z")).pressedBy("d1");
    night.hearsRinging(Cause.RUNG);
    desk.hearsRinging();
    assertEquals("grid first", story.alert().ladder().name());
  }

  /** New York, 8 March 2026: at 02:00, 07:00Z, the clock is put to 03:00. */
  @Test
  void an_hour_that_does_not_come_neither_stretches_a_rung_nor_loses_a_shift() {
    city(registry("America/New_York", "02:30", "22:00-07:00"), "America/New_York");
    pressedAt("2026-03-08T06:59:00Z"); // quiet hours never apply to an alarm
    story.at(Instant.parse("2026-03-08T07:00:00Z"));
    desk.hearsRinging();
    story.at(Instant.parse("2026-03-08T07:00:30Z")); // 90 s after the press, as ever
    night.hearsRinging(Cause.RUNG); // whose turn begins at 02:30, which is when 03:00 comes
    story.everyMinuteUntil(Instant.parse("2026-03-08T07:01:00Z"), desk);
    desk.accepts();
  }

  /** Before 02:30 of that day it was the other one's turn. */
  @Test
  void before_the_clock_is_set_the_shift_of_the_day_before_is_rung() {
    city(registry("America/New_York", "02:30", ""), "America/New_York");
    pressedAt("2026-03-08T06:58:00Z");
    story.at(Instant.parse("2026-03-08T06:59:00Z"));
    desk.hearsRinging();
    story.at(Instant.parse("2026-03-08T06:59:30Z"));
    evening.hearsRinging(Cause.RUNG);
    story.at(Instant.parse("2026-03-08T07:00:00Z")); // the clock is set, the shift changes
    desk.hearsRinging();
    night.hearsRinging(Cause.RUNG);
    desk.accepts();
  }

  /** New York, 1 November 2026: at 02:00, 06:00Z, the clock is put back to 01:00. */
  @Test
  void in_the_hour_that_comes_twice_nobody_is_relieved_twice() {
    city(registry("America/New_York", "01:30", ""), "America/New_York");
    pressedAt("2026-11-01T05:28:00Z"); // 01:28, for the first time
    story.at(Instant.parse("2026-11-01T05:29:00Z"));
    desk.hearsRinging();
    story.at(Instant.parse("2026-11-01T05:29:30Z"));
    Person first = turnOf("2026-11-01T05:29:30Z");
    first.hearsRinging(Cause.RUNG);
    story.at(Instant.parse("2026-11-01T05:30:00Z"));
    desk.hearsRinging();
    Person second = turnOf("2026-11-01T05:30:00Z");
    second.hearsRinging(Cause.RUNG);
    // 01:30 comes again at 06:30Z, 02:00 at 07:00Z: no more than the desk rings.
    story.everyMinuteUntil(Instant.parse("2026-11-01T07:01:00Z"), desk);
    assertEquals(4, story.alert().asked().size());
  }

  private Person turnOf(String instant) {
    boolean isEvening =
        story
            .world()
            .directory()
            .contacts(story.alert().home(), Set.of(), GRID_WORKER, Instant.parse(instant))
            .getFirst()
            .responder()
            .equals(evening.id());
    return isEvening ? evening : night;
  }

  @Test
  void quiet_hours_end_by_the_wall_clock_of_the_sleeper_also_on_the_long_night() {
    city(registry("America/New_York", "08:00", "22:00-03:00"), "Asia/Shanghai");
    story.at(Instant.parse("2026-11-01T06:56:00Z")).says(Said.smoke("d1", State.FAULT, "fault"));
    desk.hearsRinging(); // the only rung rang nobody
    story.everyMinuteUntil(Instant.parse("2026-11-01T07:57:00Z"), desk); // 02:57, the second time
    story.everyMinuteUntil(Instant.parse("2026-11-01T07:59:00Z"), desk);
    story.at(Instant.parse("2026-11-01T08:00:00Z")); // 03:00
    desk.hearsRinging();
    mei.hearsRinging(Cause.RUNG);
    mei.isDone("device_fault");
  }

  @Test
  void a_ladder_for_an_hour_that_does_not_come_fits_nothing_that_day_and_twice_where_it_does() {
    Ladders.Special small =
        new Ladders.Special(
            Set.of(Kind.SOS),
            Set.of(),
            Set.of(),
            new Ladders.Hours(LocalTime.of(1, 0), LocalTime.of(2, 0)),
            Set.of(),
            GRID_FIRST);
    Ladders.Special lost =
        new Ladders.Special(
            Set.of(Kind.SOS),
            Set.of(),
            Set.of(),
            new Ladders.Hours(LocalTime.of(2, 0), LocalTime.of(3, 0)),
            Set.of(),
            FAULTS);
    ZoneId zone = ZoneId.of("America/New_York");
    Ladders ladders = new Ladders(Map.of(), ALARM, Village.DESK, List.of(small, lost));
    Map<String, String> expected =
        Map.of(
            "2026-03-08T06:59:59Z", "grid first",
            "2026-03-08T07:00:00Z", "alarm",
            "2026-11-01T05:00:00Z", "grid first",
            "2026-11-01T06:59:59Z", "grid first",
            "2026-11-01T07:00:00Z", "faults");
    expected.forEach((at, name) ->
        assertEquals(
            name,
            ladders
                .pick(
                    Kind.SOS,
                    io.shouwang.model.Severity.CRITICAL,
                    List.of(),
                    Instant.parse(at).atZone(zone))
                .name(),
            at));
  }
}
