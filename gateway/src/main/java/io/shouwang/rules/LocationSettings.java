package io.shouwang.rules;

import java.time.Duration;
import java.time.LocalTime;
import java.util.List;

/**
 * What a place and a journey mean.
 *
 * @param enabled false switches the rule off
 * @param marginM a safe fence is left only this far beyond its border and the position's radius,
 *     and a dangerous one is left behind only this far from it; in metres, 0 to 1,000
 * @param coarseM positions of a larger radius count only if their whole circle lies on one side; in
 *     metres, 10 to 5,000
 * @param leftDwell how long two positions that lie outside a safe fence with their whole circle, or
 *     three that lie outside by half their radius, must last; up to 2 hours
 * @param leftDwellAlone how long a single one must, when nothing newer comes; up to 6 hours
 * @param enteredDwell the same in a dangerous fence: short, since a river doesn't wait, and just
 *     long enough for the next position to take back a bad one; up to 1 hour
 * @param enteredDwellAlone how long a single one must, when nothing newer comes; up to 2 hours
 * @param speedMaxKmh what no elder travels at: a position that could only be reached faster is set
 *     aside until a second one confirms it; 30 to 1,000
 * @param lateAfter a position received later than this after it was taken is labelled late; 1
 *     minute to 12 hours
 * @param bufferWait how long nothing is made of positions while what was buffered comes in, since
 *     its beginning; up to 1 hour
 * @param believedFor an older position begins nothing; 10 minutes to 2 days
 * @param nightForAll whether night wandering is watched for everyone; if not, only for those of
 *     {@code nightCategories}
 * @param nightCategories the care categories it is watched for, at most 20
 * @param nightFrom when night begins, civil time
 * @param nightUntil when it ends; before {@code nightFrom} if it spans midnight
 * @param nightDistanceM how far from home, beyond the position's radius; in metres, 20 to 10,000
 * @param nightDwell how long two positions must lie that far; up to 2 hours
 * @param nightDwellAlone how long a single one must, when nothing newer comes; up to 6 hours
 * @param noFixAfter how long a bracelet that is heard may be without a position; 1 hour to 30 days
 * @param heardWithin what counts as heard; 10 minutes to 7 days
 */
public record LocationSettings(
    boolean enabled,
    int marginM,
    int coarseM,
    Duration leftDwell,
    Duration leftDwellAlone,
    Duration enteredDwell,
    Duration enteredDwellAlone,
    int speedMaxKmh,
    Duration lateAfter,
    Duration bufferWait,
    Duration believedFor,
    boolean nightForAll,
    List<String> nightCategories,
    LocalTime nightFrom,
    LocalTime nightUntil,
    int nightDistanceM,
    Duration nightDwell,
    Duration nightDwellAlone,
    Duration noFixAfter,
    Duration heardWithin) {

  public static final int CATEGORIES_MAX = 20;

  public static final LocationSettings STANDARD =
      new LocationSettings(
          true,
          20,
          200,
          Duration.ofMinutes(2),
          Duration.ofMinutes(6),
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          150,
          Duration.ofMinutes(10),
          Duration.ofMinutes(2),
          Duration.ofHours(6),
          false,
          List.of("dementia", "cognitive_impairment"),
          LocalTime.of(22, 0),
          LocalTime.of(5, 0),
          150,
          Duration.ofMinutes(3),
          Duration.ofMinutes(10),
          Duration.ofHours(24),
          Duration.ofHours(2));

  public LocationSettings {
    require("marginM", marginM, 0, 1_000);
    require("coarseM", coarseM, 10, 5_000);
    require("leftDwell", leftDwell, Duration.ZERO, Duration.ofHours(2));
    require("leftDwellAlone", leftDwellAlone, leftDwell, Duration.ofHours(6));
    require("enteredDwell", enteredDwell, Duration.ZERO, Duration.ofHours(1));
    require("enteredDwellAlone", enteredDwellAlone, enteredDwell, Duration.ofHours(2));
    require("speedMaxKmh", speedMaxKmh, 30, 1_000);
    require("lateAfter", lateAfter, Duration.ofMinutes(1), Duration.ofHours(12));
    require("bufferWait", bufferWait, Duration.ZERO, Duration.ofHours(1));
    require("believedFor", believedFor, Duration.ofMinutes(10), Duration.ofDays(2));
    require("nightDistanceM", nightDistanceM, 20, 10_000);
    require("nightDwell", nightDwell, Duration.ZERO, Duration.ofHours(2));
    require("nightDwellAlone", nightDwellAlone, nightDwell, Duration.ofHours(6));
    require("noFixAfter", noFixAfter, Duration.ofHours(1), Duration.ofDays(30));
    require("heardWithin", heardWithin, Duration.ofMinutes(10), Duration.ofDays(7));
    nightCategories = List.copyOf(nightCategories);
    if (nightCategories.size() > CATEGORIES_MAX) {
      throw new IllegalArgumentException("nightCategories may be " + CATEGORIES_MAX + " at most");
    }
    if (nightFrom.equals(nightUntil)) {
      throw new IllegalArgumentException("nightFrom and nightUntil must differ");
    }
  }

  private static void require(String what, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(what + " must be from " + least + " to " + most);
    }
  }

  private static void require(String what, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(what + " must be from " + least + " to " + most);
    }
  }

  /** Whether it is night by this clock. */
  boolean isNight(LocalTime time) {
    return nightFrom.isBefore(nightUntil)
        ? !time.isBefore(nightFrom) && time.isBefore(nightUntil)
        : !time.isBefore(nightFrom) || time.isBefore(nightUntil);
  }
}
