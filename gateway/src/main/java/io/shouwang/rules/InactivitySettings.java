package io.shouwang.rules;

import java.time.Duration;
import java.time.LocalTime;

/**
 * When a home has been silent for too long, from {@code rules.yaml}.
 *
 * @param enabled false switches the rule off
 * @param withoutMotion infrared says nothing about the elder, since a pet moves too: only doors,
 *     water, beds, steps and presses count
 * @param wakingFrom civil time at which waking hours begin
 * @param wakingTo and end, later on the same day
 * @param wakingLimit so much silence within waking hours is too long
 * @param anyTimeLimit so much silence is too long at any time; nothing shorter is after the hall
 *     that people leave through
 * @param cameHomeLimit after the entrance door ended an absence nothing shorter is too long
 * @param outLimit so much silence is too long after the entrance door: nobody came back
 * @param personal whether the home's own rhythm decides once it is known
 * @param falseAlarmsPerMonth how often silences that mean nothing may be too long by the rhythm
 * @param daysMinimum days to know before the rhythm decides alone; until then it can only wait
 *     longer than the fixed limits
 * @param personalLeast the shortest limit of rhythm and places
 */
public record InactivitySettings(
    boolean enabled,
    boolean withoutMotion,
    LocalTime wakingFrom,
    LocalTime wakingTo,
    Duration wakingLimit,
    Duration anyTimeLimit,
    Duration cameHomeLimit,
    Duration outLimit,
    boolean personal,
    double falseAlarmsPerMonth,
    int daysMinimum,
    Duration personalLeast) {

  /** No silence is shorter than too long after this, whatever is configured or learned. */
  public static final Duration LIMIT_MOST = Duration.ofHours(24);

  private static final Duration LIMIT_LEAST = Duration.ofMinutes(30);

  public InactivitySettings {
    if (!wakingFrom.isBefore(wakingTo)) {
      throw new IllegalArgumentException("wakingTo must be later than wakingFrom");
    }
    require("wakingLimit", wakingLimit);
    require("anyTimeLimit", anyTimeLimit);
    require("cameHomeLimit", cameHomeLimit);
    require("outLimit", outLimit);
    require("personalLeast", personalLeast);
    if (!(falseAlarmsPerMonth >= 0.001 && falseAlarmsPerMonth <= 30)) {
      throw new IllegalArgumentException("falseAlarmsPerMonth must be from 0.001 to 30");
    }
    if (daysMinimum < 7 || daysMinimum > 56) {
      throw new IllegalArgumentException("daysMinimum must be from 7 to 56");
    }
  }

  private static void require(String what, Duration value) {
    if (value.compareTo(LIMIT_LEAST) < 0 || value.compareTo(LIMIT_MOST) > 0) {
      throw new IllegalArgumentException(
          what + " must be from " + LIMIT_LEAST + " to " + LIMIT_MOST);
    }
  }

  /**
   * No silence shorter than this is too long: a timer set so far ahead of each sign is never late,
   * and only when it comes need anything be judged.
   */
  public long leastLimitMillis() {
    Duration least = wakingLimit.compareTo(anyTimeLimit) < 0 ? wakingLimit : anyTimeLimit;
    least = least.compareTo(cameHomeLimit) < 0 ? least : cameHomeLimit;
    least = least.compareTo(outLimit) < 0 ? least : outLimit;
    least = personal && personalLeast.compareTo(least) < 0 ? personalLeast : least;
    return least.toMillis();
  }

  /** What an empty {@code rules.yaml} means. */
  public static final InactivitySettings STANDARD =
      new InactivitySettings(
          true,
          false,
          LocalTime.of(7, 0),
          LocalTime.of(22, 0),
          Duration.ofHours(4),
          Duration.ofHours(12),
          Duration.ofHours(12),
          Duration.ofHours(24),
          true,
          0.3,
          14,
          Duration.ofHours(3));

  /** The same with another allowance. */
  public InactivitySettings allowing(double perMonth) {
    return new InactivitySettings(
        enabled,
        withoutMotion,
        wakingFrom,
        wakingTo,
        wakingLimit,
        anyTimeLimit,
        cameHomeLimit,
        outLimit,
        personal,
        perMonth,
        daysMinimum,
        personalLeast);
  }
}
