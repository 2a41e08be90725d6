package io.shouwang.rules;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * The part of a day in which people are up, in civil time.
 *
 * @param from before {@code to}, on the same day
 */
record WakingHours(LocalTime from, LocalTime to) {
  private static final int DAYS_MAX = 366;

  boolean contains(LocalTime time) {
    return !time.isBefore(from) && time.isBefore(to);
  }

  /** The moment by which so much waking time has passed since then; a year later at most. */
  Instant after(Instant since, Duration waking, ZoneId zone) {
    LocalDate day = since.atZone(zone).toLocalDate();
    Duration left = waking;
    Instant at = since;
    for (int i = 0; i < DAYS_MAX; i++) {
      Instant begin = later(day.atTime(from).atZone(zone).toInstant(), since);
      Instant end = day.atTime(to).atZone(zone).toInstant();
      if (begin.isBefore(end)) {
        Duration today = Duration.between(begin, end);
        if (today.compareTo(left) >= 0) {
          return begin.plus(left);
        }
        left = left.minus(today);
        at = end;
      }
      day = day.plusDays(1);
    }
    return at;
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
