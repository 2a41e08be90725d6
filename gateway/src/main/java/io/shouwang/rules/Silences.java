package io.shouwang.rules;

import io.shouwang.senses.Places;
import io.shouwang.senses.Rhythm;

/**
 * Whether a home has been silent for too long. Pure.
 *
 * <p>Inside, by fixed limits or by the home's own {@link Rhythm}: a silence is too long when it is
 * later than the usual by so much that it would happen less often than the settings allow in a
 * month. A month's allowance is shared by the quarters of the day and given out by worth: where
 * waiting longer hardly makes false alarms rarer, more of it is spent.
 *
 * <p>A silence is too long, too, when it has outgrown all those of weeks that began at the same
 * time of day with the same device: who was last heard in the living room in the evening didn't go
 * to bed. Where the last sign came from the hall that people leave through, they may be out though
 * the door wasn't heard: nothing shorter than the limit for any time is too long then.
 */
public final class Silences {
  private static final double DAYS_PER_MONTH = 30;
  private static final long DAY_MILLIS = 86_400_000L;
  private static final double MILLIS_PER_HOUR = 3_600_000.0;

  /** The scatter, in hours, at which a quarter of the day gets just its share of the allowance. */
  private static final double SCATTER_HOURS_NORMAL = 0.5;

  /**
   * The shape of the generalized Pareto distribution that excesses are taken to have. Measured
   * lives have longer tails than the exponential's 0, which rang more often than allowed.
   */
  private static final double TAIL = 0.2;

  /** Days that a device must be known at this time of day. */
  private static final int PLACE_DAYS = 14;

  /** A silence goes beyond the longest after the same device by this and this share of it. */
  private static final double PLACE_MARGIN_HOURS = 1.3;

  private static final double PLACE_MARGIN_SHARE = 0.3;

  /** The allowance at which the margin is just that, and how it grows as that shrinks. */
  private static final double PLACE_FALSE_ALARMS_NORMAL = 0.3;

  private static final double PLACE_TAIL = 0.25;

  private Silences() {}

  /** What the last sign says about where people are. */
  public enum Whereabouts {
    /** A sign from inside. */
    INSIDE,
    /** A sign from the hall that people leave through; the door may not have been heard. */
    PASSING,
    /** The entrance door, and nothing since. */
    OUT,
    /** The entrance door at the end of an absence, and nothing since. */
    CAME_HOME
  }

  /**
   * The answer.
   *
   * @param tooLong whether it is
   * @param limitMillis the length from which this silence is too long, at most a day
   * @param probability the chance that an ordinary day of this home has so late a silence in this
   *     quarter of the day; 1 where it is usual, NaN where fixed limits decide
   * @param personal whether the home's rhythm decides
   * @param longestHours the longest silence known after the same device, where that decides; NaN
   *     where it doesn't
   * @param nextLookMillis when it becomes too long if nothing more is heard, by the offset given;
   *     {@link Long#MAX_VALUE} where it is already
   */
  public record Judged(
      boolean tooLong,
      long limitMillis,
      double probability,
      boolean personal,
      Whereabouts whereabouts,
      double longestHours,
      long nextLookMillis) {}

  /**
   * Judges a silence.
   *
   * @param places what is known of silences by the device before them
   * @param device the last sign's, as {@code places} know it
   * @param sinceMillis the last sign
   * @param afterDoor whether it came from the entrance door, or so soon after it that it was still
   *     the same passage
   * @param offsetSeconds civil time is this ahead of UTC; where it changes, ask again
   */
  public static Judged judge(
      InactivitySettings settings,
      Rhythm rhythm,
      Places places,
      int device,
      long sinceMillis,
      boolean afterDoor,
      long nowMillis,
      int offsetSeconds) {
    Whereabouts whereabouts =
        !afterDoor
            ? places.isPassage(device) ? Whereabouts.PASSING : Whereabouts.INSIDE
            : rhythm.cameHome(sinceMillis) ? Whereabouts.CAME_HOME : Whereabouts.OUT;
    boolean personal =
        settings.personal()
            && whereabouts != Whereabouts.OUT
            && rhythm.daysKnown() >= settings.daysMinimum();
    long inside =
        whereabouts == Whereabouts.OUT
            ? 0
            : inside(settings, rhythm, sinceMillis, personal, offsetSeconds);
    long limit =
        switch (whereabouts) {
          case OUT -> settings.outLimit().toMillis();
          case CAME_HOME -> Math.max(settings.cameHomeLimit().toMillis(), inside);
          case PASSING -> personal ? Math.max(settings.anyTimeLimit().toMillis(), inside) : inside;
          case INSIDE ->
              personal
                  ? Math.min(inside, byPlace(settings, places, device, sinceMillis, offsetSeconds))
                  : inside;
        };
    boolean isByPlace = whereabouts == Whereabouts.INSIDE && limit < inside;
    boolean tooLong = nowMillis - sinceMillis >= limit;
    return new Judged(
        tooLong,
        limit,
        personal ? probability(rhythm, sinceMillis, nowMillis, offsetSeconds) : Double.NaN,
        personal,
        whereabouts,
        isByPlace ? places.longestHours(device, sinceMillis, offsetSeconds) : Double.NaN,
        tooLong ? Long.MAX_VALUE : sinceMillis + limit);
  }

  private static long inside(
      InactivitySettings settings, Rhythm rhythm, long since, boolean personal, int offset) {
    if (personal) {
      return byRhythm(settings, rhythm, since, offset);
    }
    long fixed = fixed(settings, since, offset);
    return settings.personal() && rhythm.daysKnown() > 0
        ? Math.max(fixed, byRhythm(settings, rhythm, since, offset))
        : fixed;
  }

  /** Waking hours are counted from when they begin, so that a night's sleep isn't held against. */
  private static long fixed(InactivitySettings settings, long since, int offset) {
    long midnight = since - Math.floorMod(since + offset * 1000L, DAY_MILLIS);
    long from = settings.wakingFrom().toNanoOfDay() / 1_000_000;
    long to = settings.wakingTo().toNanoOfDay() / 1_000_000;
    long left = settings.wakingLimit().toMillis();
    long anyTime = settings.anyTimeLimit().toMillis();
    for (long day = midnight; day - since < anyTime; day += DAY_MILLIS) {
      long awake = Math.max(since, day + from);
      long asleep = day + to;
      if (awake + left <= asleep) {
        return Math.min(anyTime, awake + left - since);
      }
      left -= Math.max(0, asleep - awake);
    }
    return anyTime;
  }

  /** The first moment, half hour by half hour, at which the silence outgrows that one's limit. */
  private static long byRhythm(InactivitySettings settings, Rhythm rhythm, long since, int offset) {
    long most = InactivitySettings.LIMIT_MOST.toMillis();
    long least = settings.personalLeast().toMillis();
    double[] late = new double[Rhythm.QUARTERS];
    for (int q = 0; q < late.length; q++) {
      late[q] = lateHoursAllowed(settings, rhythm, q);
    }
    for (long start = Rhythm.binStartMillis(since + least, offset);
        start - since < most;
        start += Rhythm.BIN_MILLIS) {
      int bin = Rhythm.bin(start, offset);
      double hours = rhythm.hoursWhenLate(bin, late[Rhythm.quarter(bin)]);
      long limit = Math.max(least, (long) Math.ceil(hours * MILLIS_PER_HOUR));
      long outgrown = Math.max(limit, start - since);
      if (outgrown < start + Rhythm.BIN_MILLIS - since) {
        return Math.min(most, outgrown);
      }
    }
    return most;
  }

  /**
   * Excesses over the usual come so often a day and go so far on average. The allowance a quarter
   * gets is in proportion to its scatter, which makes the last hour of waiting buy the same in
   * every home and quarter.
   */
  private static double lateHoursAllowed(InactivitySettings settings, Rhythm rhythm, int quarter) {
    double scatter = rhythm.excessHours(quarter);
    double allowedPerDay =
        settings.falseAlarmsPerMonth()
            / DAYS_PER_MONTH
            / Rhythm.QUARTERS
            * (scatter / SCATTER_HOURS_NORMAL);
    double rarer = Math.max(1, rhythm.excessesPerDay(quarter) / allowedPerDay);
    return scatter * (Math.pow(rarer, TAIL) - 1) / TAIL;
  }

  /** Longer than any that began there at this time of day; as long as can be if none is known. */
  private static long byPlace(
      InactivitySettings settings, Places places, int device, long since, int offset) {
    if (places.daysKnown(device, since, offset) < PLACE_DAYS) {
      return InactivitySettings.LIMIT_MOST.toMillis();
    }
    double longest = places.longestHours(device, since, offset);
    double patience =
        Math.pow(PLACE_FALSE_ALARMS_NORMAL / settings.falseAlarmsPerMonth(), PLACE_TAIL);
    double hours = longest + patience * (PLACE_MARGIN_HOURS + PLACE_MARGIN_SHARE * longest);
    long here = (long) Math.ceil(hours * MILLIS_PER_HOUR);
    return Math.max(settings.personalLeast().toMillis(), here);
  }

  private static double probability(Rhythm rhythm, long since, long now, int offset) {
    int bin = Rhythm.bin(now, offset);
    double late = rhythm.lateHours(bin, (now - since) / MILLIS_PER_HOUR);
    int quarter = Rhythm.quarter(bin);
    return late <= 0
        ? 1
        : rhythm.excessesPerDay(quarter)
            * Math.pow(1 + TAIL * late / rhythm.excessHours(quarter), -1 / TAIL);
  }
}
