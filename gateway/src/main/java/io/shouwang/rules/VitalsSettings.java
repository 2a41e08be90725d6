package io.shouwang.rules;

import io.shouwang.senses.Measure;
import io.shouwang.senses.Series;
import java.time.Duration;

/**
 * What measurements may be. The standard values are cautious ones for old people at rest, wide
 * enough for a bracelet's own errors: a beginning, to be set by a doctor for each elder.
 *
 * @param enabled false switches the rule off
 * @param heartRate beats a minute
 * @param spo2 per cent
 * @param bodyTemp degrees Celsius, at the wrist
 * @param systolic mmHg
 * @param diastolic mmHg
 * @param needed so many readings beyond a limit ...
 * @param of ... of so many latest ones ring
 * @param lasting and the first and the last of them lie at least so far apart
 * @param criticalNeeded so many in a row beyond a critical limit ring however close they lie
 * @param maxAge a reading older than this says nothing about now
 * @param trend whether the recent level is compared with the elder's own usual one
 * @param trendHours so many hours with readings must be known before it is
 * @param trendDeviations so many of the elder's usual deviations away is another level
 */
public record VitalsSettings(
    boolean enabled,
    Bounds heartRate,
    Bounds spo2,
    Bounds bodyTemp,
    Bounds systolic,
    Bounds diastolic,
    int needed,
    int of,
    Duration lasting,
    int criticalNeeded,
    Duration maxAge,
    boolean trend,
    int trendHours,
    double trendDeviations) {

  /**
   * The limits of one measure. A limit that no reading can reach is none.
   *
   * @param criticalLow critical at this and below
   * @param low too low at this and below
   * @param high too high at this and above
   * @param criticalHigh critical at this and above
   * @param hysteresis well again only so far inside low and high
   * @param trendLeast a level nearer than this to the usual one is never another
   */
  public record Bounds(
      double criticalLow,
      double low,
      double high,
      double criticalHigh,
      double hysteresis,
      double trendLeast) {
    public Bounds {
      boolean ascending = criticalLow <= low && low + 2 * hysteresis < high && high <= criticalHigh;
      if (!ascending || !(hysteresis >= 0) || !(trendLeast > 0)) {
        throw new IllegalArgumentException(
            "limits must rise: criticalLow, low, high, criticalHigh, with room for hysteresis");
      }
    }
  }

  public VitalsSettings {
    if (of < 1 || of > Series.READINGS_MAX || needed < 1 || needed > of) {
      throw new IllegalArgumentException(
          "needed must be from 1 to of, of at most " + Series.READINGS_MAX);
    }
    if (criticalNeeded < 1 || criticalNeeded > Series.READINGS_MAX) {
      throw new IllegalArgumentException("criticalNeeded must be from 1 to " + Series.READINGS_MAX);
    }
    if (lasting.isNegative() || lasting.compareTo(maxAge) >= 0) {
      throw new IllegalArgumentException("lasting must be shorter than maxAge");
    }
    if (maxAge.compareTo(Duration.ofDays(7)) > 0) {
      throw new IllegalArgumentException("maxAge must be at most " + Duration.ofDays(7));
    }
    if (trendHours < 24 || trendHours > Series.BASELINE_HOURS || !(trendDeviations >= 1)) {
      throw new IllegalArgumentException(
          "trendHours must be from 24 to "
              + Series.BASELINE_HOURS
              + ", trendDeviations at least 1");
    }
  }

  public static final VitalsSettings STANDARD =
      new VitalsSettings(
          true,
          new Bounds(40, 48, 120, 150, 4, 10),
          new Bounds(85, 90, 200, 200, 1, 3),
          new Bounds(32, 34, 38, 39.5, 0.3, 0.6),
          new Bounds(80, 90, 165, 185, 5, 15),
          new Bounds(40, 50, 100, 120, 4, 10),
          3,
          5,
          Duration.ofMinutes(10),
          2,
          Duration.ofHours(6),
          true,
          168,
          3);

  /** The limits of a measure. */
  public Bounds bounds(Measure measure) {
    return switch (measure) {
      case HEART_RATE -> heartRate;
      case SPO2 -> spo2;
      case BODY_TEMP -> bodyTemp;
      case SYSTOLIC -> systolic;
      case DIASTOLIC -> diastolic;
    };
  }
}
