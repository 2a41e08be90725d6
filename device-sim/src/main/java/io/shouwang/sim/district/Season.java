package io.shouwang.sim.district;

import java.time.LocalDate;

/** The year as everybody in the district feels it. */
final class Season {
  private static final double MONTH_DAYS = 29.530588853;

  /** A new moon, in days since 1970 by China's clock; mean moons suffice for a made-up life. */
  private static final double NEW_MOON = 10_962.76 + 8 / 24.0;

  private Season() {}

  /** 1 at midsummer, -1 at midwinter. */
  static double of(long day) {
    return StrictMath.cos((LocalDate.ofEpochDay(day).getDayOfYear() - 172) * 2 * Math.PI / 365.25);
  }

  static boolean isWeekend(long day) {
    return LocalDate.ofEpochDay(day).getDayOfWeek().getValue() >= 6;
  }

  /**
   * Days since this calendar year's Spring Festival, negative before it: the new moon from 21
   * January on, within a day.
   */
  static long daysSinceSpringFestival(long day) {
    long from = LocalDate.ofEpochDay(day).withDayOfYear(21).toEpochDay();
    double moons = Math.ceil((from - NEW_MOON) / MONTH_DAYS);
    return day - (long) Math.floor(NEW_MOON + moons * MONTH_DAYS);
  }

  static boolean isFestival(long day) {
    long since = daysSinceSpringFestival(day);
    return since >= -1 && since <= 6;
  }
}
