package io.shouwang.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.shouwang.model.CareContact;
import io.shouwang.model.CareContact.Means;
import io.shouwang.model.Directory;
import io.shouwang.model.ElderId;
import io.shouwang.model.HomeId;
import io.shouwang.model.Mode;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Role;
import io.shouwang.rules.OwedContact.State;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is owed to whom, in civil days, weeks and months. */
class DutiesTest {
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Role GRID = new Role("grid_worker");
  private static final ElderId LIN = new ElderId("e-1");

  private final List<CareContact> contacts = new ArrayList<>();
  private final List<Mode> modes = new ArrayList<>();
  private ZoneId zone = SHANGHAI;
  private Set<String> categories = Set.of("living_alone");

  private void contact(Means means, String local, String result, Role... roles) {
    contacts.add(
        new CareContact(LIN, means, "x", at(local), Set.of(roles), result, contacts.size()));
  }

  private Instant at(String local) {
    return java.time.LocalDateTime.parse(local).atZone(zone).toInstant();
  }

  private static Duty duty(int count, Duty.Per per, Set<Role> by) {
    return new Duty("d", Set.of(), count, per, Set.of(Means.VISIT), by, Duration.ofDays(2));
  }

  private List<OwedContact> owed(DutySettings settings, String local) {
    ZonedDateTime now = java.time.LocalDateTime.parse(local).atZone(zone);
    return new Duties(settings, contacts, modes, now)
        .of(
            new Directory.Elder(
                LIN, new HomeId("h-1"), "", null, "", "", categories, "partly_dependent"));
  }

  private OwedContact owed(Duty duty, String from, String local) {
    DutySettings settings =
        DutySettings.STANDARD.withDuties(List.of(duty)).countedFrom(LocalDate.parse(from));
    return owed(settings, local).getFirst();
  }

  @Test
  void duties_follow_the_categories_of_the_elder() {
    assertEquals(
        List.of("weekly_contacts", "monthly_visit"),
        owed(DutySettings.STANDARD, "2026-03-04T12:00:00").stream().map(o -> o.duty()).toList());
    categories = Set.of("over_80", "disabled");
    assertEquals(
        List.of("weekly_visit", "monthly_visit"),
        owed(DutySettings.STANDARD, "2026-03-04T12:00:00").stream().map(o -> o.duty()).toList());
  }

  @Test
  void a_week_begins_on_monday_and_is_due_two_days_before_its_end() {
    Duty weekly = duty(1, Duty.Per.WEEK, Set.of());
    contact(Means.VISIT, "2026-03-08T23:59:59", "well");
    assertEquals(State.DONE, owed(weekly, "2026-03-02", "2026-03-08T23:59:59").state());
    OwedContact next = owed(weekly, "2026-03-02", "2026-03-09T00:00:00");
    assertEquals(State.OPEN, next.state());
    assertEquals("2026-W11", next.period());
    assertEquals(at("2026-03-16T00:00:00"), next.dueAt());
    assertEquals(State.OPEN, owed(weekly, "2026-03-02", "2026-03-13T23:59:59").state());
    assertEquals(State.DUE, owed(weekly, "2026-03-02", "2026-03-14T00:00:00").state());
    OwedContact missed = owed(weekly, "2026-03-02", "2026-03-16T00:00:00");
    assertEquals(State.OVERDUE, missed.state());
    assertEquals("2026-W11", missed.period());
    assertEquals(0, missed.done());
  }

  @Test
  void a_month_has_as_many_days_as_it_has_in_leap_years_too() {
    Duty monthly = duty(1, Duty.Per.MONTH, Set.of());
    contact(Means.VISIT, "2028-02-29T23:30:00", "well");
    assertEquals(State.DONE, owed(monthly, "2028-01-01", "2028-02-29T23:59:00").state());
    assertEquals(State.OPEN, owed(monthly, "2028-01-01", "2028-03-01T00:00:00").state());
    OwedContact april = owed(monthly, "2028-01-01", "2028-04-01T00:00:00");
    assertEquals(State.OVERDUE, april.state());
    assertEquals("2028-03", april.period());
    assertEquals(at("2028-04-01T00:00:00"), april.missedAt());
    assertEquals(at("2028-05-01T00:00:00"), april.dueAt());
  }

  @Test
  void days_weeks_and_months_are_civil_ones_over_daylight_saving() {
    zone = BERLIN;
    Duty daily = duty(1, Duty.Per.DAY, Set.of());
    contact(Means.VISIT, "2026-03-29T00:10:00", "well");
    // The 29th has 23 hours: its last minute still counts, the next one begins the 30th.
    assertEquals(State.DONE, owed(daily, "2026-03-01", "2026-03-29T23:59:59").state());
    assertEquals(State.DUE, owed(daily, "2026-03-01", "2026-03-30T00:00:00").state());
    OwedContact summer = owed(daily, "2026-03-01", "2026-03-31T00:00:00");
    assertEquals(State.OVERDUE, summer.state());
    assertEquals(Instant.parse("2026-03-30T22:00:00Z"), summer.missedAt());
    DutySettings checkin =
        DutySettings.STANDARD
            .withDuties(List.of())
            .withCheckin(LocalTime.of(2, 30), Duration.ZERO)
            .countedFrom(LocalDate.parse("2026-03-01"));
    contacts.clear();
    // 02:30 is skipped that night: the clock that jumps to 03:30 is the one that counts.
    assertEquals(State.OPEN, owed(checkin, "2026-03-29T01:59:00").getFirst().state());
    assertEquals(State.OPEN, owed(checkin, "2026-03-29T03:29:00").getFirst().state());
    assertEquals(State.OVERDUE, owed(checkin, "2026-03-29T03:30:00").getFirst().state());
  }

  @Test
  void only_who_is_asked_counts_and_only_if_somebody_was_reached() {
    Duty byGrid = duty(1, Duty.Per.WEEK, Set.of(GRID));
    contact(Means.VISIT, "2026-03-02T10:00:00", "well", new Role("relative"));
    contact(Means.VISIT, "2026-03-03T10:00:00", "not_home", GRID);
    contact(Means.CALL, "2026-03-03T10:00:00", "well", GRID);
    assertEquals(0, owed(byGrid, "2026-03-02", "2026-03-04T00:00:00").done());
    contact(Means.VISIT, "2026-03-03T11:00:00", "reached", GRID);
    assertEquals(State.DONE, owed(byGrid, "2026-03-02", "2026-03-04T00:00:00").state());
  }

  @Test
  void nothing_is_missed_before_anything_was_recorded() {
    Duty weekly = duty(2, Duty.Per.WEEK, Set.of());
    DutySettings settings = DutySettings.STANDARD.withDuties(List.of(weekly));
    assertEquals(State.OPEN, owed(settings, "2026-03-09T12:00:00").getFirst().state());
    contact(Means.VISIT, "2026-03-04T10:00:00", "well");
    assertEquals(State.OPEN, owed(settings, "2026-03-09T12:00:00").getFirst().state());
    // The first whole week after the first contact counts.
    assertEquals(State.OVERDUE, owed(settings, "2026-03-16T12:00:00").getFirst().state());
    assertEquals(State.OPEN, owed(weekly, "2026-03-16", "2026-03-16T12:00:00").state());
  }

  @Test
  void while_nobody_is_at_home_nothing_is_owed_and_an_absence_excuses_most_of_a_period() {
    Duty weekly = duty(1, Duty.Per.WEEK, Set.of());
    modes.add(away("2026-03-03T00:00:00", "2026-03-20T00:00:00"));
    assertEquals(State.PAUSED, owed(weekly, "2026-03-02", "2026-03-09T12:00:00").state());
    modes.set(0, modes.getFirst().ended(at("2026-03-08T00:00:00")));
    assertEquals(State.OPEN, owed(weekly, "2026-03-02", "2026-03-09T12:00:00").state());
    modes.set(
        0, away("2026-03-03T00:00:00", "2026-03-20T00:00:00").ended(at("2026-03-04T00:00:00")));
    assertEquals(State.OVERDUE, owed(weekly, "2026-03-02", "2026-03-09T12:00:00").state());
  }

  private Mode away(String since, String until) {
    return new Mode(Mode.Kind.AWAY, null, at(since), at(until), new ResponderId("op"));
  }

  @Test
  void who_comes_home_at_noon_is_not_asked_for_a_word_of_the_morning() {
    DutySettings checkin =
        DutySettings.STANDARD
            .withDuties(List.of())
            .withCheckin(LocalTime.of(10, 0), Duration.ofHours(1))
            .countedFrom(LocalDate.parse("2026-03-01"));
    modes.add(away("2026-03-03T00:00:00", "2026-03-20T00:00:00").ended(at("2026-03-04T10:30:00")));
    assertEquals(State.OPEN, owed(checkin, "2026-03-04T12:00:00").getFirst().state());
    assertEquals(State.DUE, owed(checkin, "2026-03-05T10:00:00").getFirst().state());
    assertEquals(State.OVERDUE, owed(checkin, "2026-03-05T11:00:00").getFirst().state());
    contact(Means.VISIT, "2026-03-05T11:05:00", "reached");
    assertEquals(State.OVERDUE, owed(checkin, "2026-03-05T11:05:00").getFirst().state());
    contact(Means.CALL, "2026-03-05T11:06:00", "well");
    assertEquals(State.DONE, owed(checkin, "2026-03-05T11:06:00").getFirst().state());
  }

  @Test
  void contacts_are_kept_as_long_as_a_duty_asks_for_their_means() {
    ZonedDateTime now = ZonedDateTime.of(2026, 3, 31, 12, 0, 0, 0, SHANGHAI);
    DutySettings settings = DutySettings.STANDARD;
    assertEquals(
        at("2026-02-01T00:00:00"), Duties.forgetBefore(settings, Means.VISIT, now), "a month");
    assertEquals(at("2026-03-23T00:00:00"), Duties.forgetBefore(settings, Means.CALL, now));
    assertEquals(at("2026-03-30T00:00:00"), Duties.forgetBefore(settings, Means.CHECKIN, now));
  }

  @Test
  void settings_that_make_no_sense_are_refused() {
    assertThrows(IllegalArgumentException.class, () -> duty(0, Duty.Per.DAY, Set.of()));
    assertThrows(IllegalArgumentException.class, () -> duty(21, Duty.Per.DAY, Set.of()));
    Duty one = duty(1, Duty.Per.DAY, Set.of());
    assertThrows(
        IllegalArgumentException.class, () -> DutySettings.STANDARD.withDuties(List.of(one, one)));
  }
}
