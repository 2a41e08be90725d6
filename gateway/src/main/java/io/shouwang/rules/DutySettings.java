package io.shouwang.rules;

import io.shouwang.model.CareContact.Means;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How often an elder must be contacted, and by whom; and whether a daily "I'm well" is expected.
 *
 * @param enabled false switches the rule off
 * @param duties what is owed, at most {@link #DUTIES_MAX}
 * @param countedFrom from this day on a period without a contact is missed, for everybody. While it
 *     isn't set, periods count from the first contact that was recorded with the elder: an office
 *     that doesn't record them yet is not told that all were missed
 * @param reportFrom what was missed is reported on the day after the period from this time on: when
 *     people are at work
 * @param reportSpread the homes' reports are spread over so long after it: 0 to 12 hours
 * @param checkinExpected an "I'm well" is expected each day
 * @param checkinBy until when
 * @param checkinGrace so long after it the alert is raised: 0 to 12 hours
 */
public record DutySettings(
    boolean enabled,
    List<Duty> duties,
    @Nullable LocalDate countedFrom,
    LocalTime reportFrom,
    Duration reportSpread,
    boolean checkinExpected,
    LocalTime checkinBy,
    Duration checkinGrace) {
  public static final int DUTIES_MAX = 16;

  /** As cities ask it: three contacts a week, a visit a week, and one a month with everybody. */
  public static final DutySettings STANDARD =
      new DutySettings(
          true,
          List.of(
              new Duty(
                  "weekly_contacts",
                  Set.of("living_alone", "special_difficulty"),
                  3,
                  Duty.Per.WEEK,
                  Set.of(Means.CALL, Means.VISIT),
                  Set.of(),
                  Duration.ofDays(2)),
              new Duty(
                  "weekly_visit",
                  Set.of("over_80", "disabled", "special_difficulty"),
                  1,
                  Duty.Per.WEEK,
                  Set.of(Means.VISIT),
                  Set.of(),
                  Duration.ofDays(2)),
              new Duty(
                  "monthly_visit",
                  Set.of(),
                  1,
                  Duty.Per.MONTH,
                  Set.of(Means.VISIT),
                  Set.of(),
                  Duration.ofDays(7))),
          null,
          LocalTime.of(8, 30),
          Duration.ofHours(3),
          false,
          LocalTime.of(10, 0),
          Duration.ofHours(1));

  public DutySettings {
    duties = List.copyOf(duties);
    if (duties.size() > DUTIES_MAX) {
      throw new IllegalArgumentException("at most " + DUTIES_MAX + " duties");
    }
    Set<String> names = new HashSet<>();
    for (Duty duty : duties) {
      if (!names.add(duty.name()) || duty.name().equals(Duties.CHECKIN)) {
        throw new IllegalArgumentException("the duty " + duty.name() + " is there already");
      }
    }
    require("report_spread", reportSpread);
    require("checkin_grace", checkinGrace);
  }

  private static void require(String what, Duration value) {
    if (value.isNegative() || value.compareTo(Duration.ofHours(12)) > 0) {
      throw new IllegalArgumentException(what + " must be from 0 to 12 hours");
    }
  }

  public DutySettings withDuties(List<Duty> other) {
    return new DutySettings(
        enabled,
        other,
        countedFrom,
        reportFrom,
        reportSpread,
        checkinExpected,
        checkinBy,
        checkinGrace);
  }

  public DutySettings countedFrom(LocalDate day) {
    return new DutySettings(
        enabled, duties, day, reportFrom, reportSpread, checkinExpected, checkinBy, checkinGrace);
  }

  /** An "I'm well" is expected each day until then. */
  public DutySettings withCheckin(LocalTime by, Duration grace) {
    return new DutySettings(
        enabled, duties, countedFrom, reportFrom, reportSpread, true, by, grace);
  }
}
