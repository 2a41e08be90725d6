package io.shouwang.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.shouwang.model.ResponderId;
import io.shouwang.registry.Schedule.Days;
import io.shouwang.registry.Schedule.Layer;
import io.shouwang.registry.Schedule.Swap;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is on call: turns, hours, holidays, swaps, and the days on which clocks are set. */
final class ScheduleTest {
  private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private static List<ResponderId> people(String... names) {
    return Stream.of(names).map(ResponderId::new).toList();
  }

  private static Layer daily(String start, String handover, String... names) {
    return new Layer(
        LocalDate.parse(start),
        1,
        LocalTime.parse(handover),
        Stream.of(names).map(name -> people(name)).toList(),
        null,
        null,
        Set.of(),
        Days.ALL);
  }

  private static Schedule schedule(ZoneId zone, Layer... layers) {
    return new Schedule(zone, List.of(layers), List.of(), Map.of());
  }

  private static String at(Schedule schedule, String local) {
    Instant at = LocalDateTime.parse(local).atZone(schedule.zone()).toInstant();
    return String.join(" ", schedule.onCall(at).stream().map(ResponderId::value).toList());
  }

  @Test
  void turns_change_at_the_handover_and_go_around() {
    Schedule schedule = schedule(CHINA, daily("2026-03-02", "08:00", "li", "wang", "zhao"));
    assertEquals("", at(schedule, "2026-03-02T07:59"), "before it begins");
    assertEquals("li", at(schedule, "2026-03-02T08:00"));
    assertEquals("li", at(schedule, "2026-03-03T07:59:59"));
    assertEquals("wang", at(schedule, "2026-03-03T08:00"));
    assertEquals("li", at(schedule, "2026-03-05T12:00"));
    Layer weekly =
        new Layer(
            LocalDate.parse("2026-03-02"),
            7,
            LocalTime.parse("08:00"),
            List.of(people("li", "wu"), people("wang")),
            null,
            null,
            Set.of(),
            Days.ALL);
    assertEquals("li wu", at(schedule(CHINA, weekly), "2026-03-09T07:59"));
    assertEquals("wang", at(schedule(CHINA, weekly), "2026-03-09T08:00"));
  }

  @Test
  void hours_over_midnight_belong_to_the_day_they_begin_on() {
    Layer fridays =
        new Layer(
            LocalDate.parse("2026-01-01"),
            1,
            LocalTime.MIDNIGHT,
            List.of(people("night")),
            LocalTime.parse("22:00"),
            LocalTime.parse("06:00"),
            Set.of(DayOfWeek.FRIDAY),
            Days.ALL);
    Schedule schedule = schedule(CHINA, fridays, daily("2026-01-01", "00:00", "day"));
    assertEquals("day", at(schedule, "2026-03-06T21:59"));
    assertEquals("night", at(schedule, "2026-03-06T22:00"));
    assertEquals("night", at(schedule, "2026-03-07T05:59"), "Saturday, of Friday's night");
    assertEquals("day", at(schedule, "2026-03-07T06:00"));
    assertEquals("day", at(schedule, "2026-03-07T23:00"));
  }

  @Test
  void days_worked_in_place_of_a_holiday_are_workdays() {
    Layer office =
        new Layer(
            LocalDate.parse("2026-01-01"),
            1,
            LocalTime.MIDNIGHT,
            List.of(people("office")),
            null,
            null,
            Set.of(),
            Days.WORKDAYS);
    Schedule schedule =
        new Schedule(
            CHINA,
            List.of(office, daily("2026-01-01", "00:00", "guard")),
            List.of(),
            Map.of(LocalDate.parse("2026-10-01"), false, LocalDate.parse("2026-10-10"), true));
    assertEquals("guard", at(schedule, "2026-10-01T12:00"), "a Thursday, National Day");
    assertEquals("office", at(schedule, "2026-10-02T12:00"), "a Friday that nobody named");
    assertEquals("office", at(schedule, "2026-10-10T12:00"), "a Saturday worked in its place");
    assertEquals("guard", at(schedule, "2026-10-11T12:00"));
  }

  @Test
  void a_swap_goes_before_all_and_may_be_nobody() {
    Schedule schedule =
        new Schedule(
            CHINA,
            List.of(daily("2026-03-02", "08:00", "li")),
            List.of(
                new Swap(
                    LocalDateTime.parse("2026-03-04T08:00"),
                    LocalDateTime.parse("2026-03-05T08:00"),
                    people("wang")),
                new Swap(
                    LocalDateTime.parse("2026-03-04T12:00"),
                    LocalDateTime.parse("2026-03-04T13:00"),
                    List.of())),
            Map.of());
    assertEquals("li", at(schedule, "2026-03-04T07:59"));
    assertEquals("wang", at(schedule, "2026-03-04T08:00"));
    assertEquals("", at(schedule, "2026-03-04T12:30"));
    assertEquals("wang", at(schedule, "2026-03-04T13:00"));
    assertEquals("li", at(schedule, "2026-03-05T08:00"));
  }

  /** Europe sets clocks on 2026-03-29 (02:00 is skipped) and 2026-10-25 (02:00 comes twice). */
  @ParameterizedTest
  @CsvSource({
    "2026-03-28T00:00:00Z, 2026-03-30T00:00:00Z, 02:30",
    "2026-10-24T00:00:00Z, 2026-10-26T00:00:00Z, 02:30",
    "2026-10-24T00:00:00Z, 2026-10-26T00:00:00Z, 03:00",
    "2026-03-28T00:00:00Z, 2026-03-30T00:00:00Z, 03:00"
  })
  void whoever_is_relieved_is_relieved_once_a_day_also_when_clocks_are_set(
      Instant from, Instant to, String handover) {
    Schedule schedule = schedule(BERLIN, daily("2026-01-01", handover, "a", "b", "c"));
    int changes = 0;
    List<ResponderId> before = schedule.onCall(from);
    for (Instant at = from; at.isBefore(to); at = at.plus(Duration.ofMinutes(1))) {
      List<ResponderId> now = schedule.onCall(at);
      assertEquals(1, now.size(), "nobody, or two, at " + at);
      changes += now.equals(before) ? 0 : 1;
      before = now;
    }
    assertEquals(2, changes, "two days, two handovers");
  }

  @Test
  void a_night_shift_over_the_change_lasts_an_hour_less_or_more_and_has_no_hole() {
    Layer night =
        new Layer(
            LocalDate.parse("2026-01-01"),
            1,
            LocalTime.NOON,
            List.of(people("night")),
            LocalTime.parse("22:00"),
            LocalTime.parse("06:00"),
            Set.of(),
            Days.ALL);
    Schedule schedule = schedule(BERLIN, night);
    for (String day : List.of("2026-03-28", "2026-10-24", "2026-06-01")) {
      Instant begin = LocalDate.parse(day).atTime(21, 0).atZone(BERLIN).toInstant();
      long minutes = 0;
      boolean isOver = false;
      for (int minute = 0; minute < 12 * 60; minute++) {
        boolean on = !schedule.onCall(begin.plus(Duration.ofMinutes(minute))).isEmpty();
        assertEquals(false, on && isOver, "a hole in the night of " + day);
        isOver |= minutes > 0 && !on;
        minutes += on ? 1 : 0;
      }
      long hours = day.equals("2026-03-28") ? 7 : day.equals("2026-10-24") ? 9 : 8;
      assertEquals(hours * 60, minutes, day);
    }
  }
}
