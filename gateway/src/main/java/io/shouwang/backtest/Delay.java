package io.shouwang.backtest;

import io.shouwang.model.HomeId;
import java.util.Arrays;
import java.util.List;

/**
 * How long it took after a life stopped until the home's silence rang.
 *
 * @param atMillis when it stopped
 * @param afterDoor the door was the last thing heard, so they might have been out
 * @param outcome whether it rang
 * @param millis how long it took; 0 where it did not ring
 */
public record Delay(HomeId home, long atMillis, boolean afterDoor, Outcome outcome, long millis) {
  /** Silences are followed for this long. */
  public static final long FOLLOWED_MILLIS = 48 * 3_600_000L;

  /** What came of it. */
  public enum Outcome {
    RANG,
    /** Not within {@link #FOLLOWED_MILLIS}. */
    NEVER,
    /** It had rung before the life stopped, and nobody had been heard since. */
    ALREADY
  }

  /**
   * What many delays look like, in hours.
   *
   * @param count those that rang or never did
   * @param median NaN where there are none
   * @param max of those that rang
   */
  public record Distribution(
      int count, int never, int already, double median, double p90, double max) {
    /** Sums them up; what never rang counts as longer than all. */
    public static Distribution of(List<Delay> delays) {
      double[] hours =
          delays.stream()
              .filter(delay -> delay.outcome != Outcome.ALREADY)
              .mapToDouble(delay ->
                  delay.outcome == Outcome.NEVER
                      ? Double.POSITIVE_INFINITY
                      : delay.millis / 3_600_000.0)
              .sorted()
              .toArray();
      int never = (int) Arrays.stream(hours).filter(Double::isInfinite).count();
      double max = Double.NaN;
      if (never < hours.length) {
        max = hours[hours.length - never - 1];
      }
      return new Distribution(
          hours.length,
          never,
          delays.size() - hours.length,
          quantile(hours, 0.5),
          quantile(hours, 0.9),
          max);
    }
  }

  /** The same of a list. */
  public static double quantile(List<Double> sorted, double share) {
    return quantile(sorted.stream().mapToDouble(Double::doubleValue).toArray(), share);
  }

  /** The value below which a share of them lies, of values in rising order; NaN of none. */
  public static double quantile(double[] sorted, double share) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int at = (int) Math.ceil(share * sorted.length) - 1;
    return sorted[Math.clamp(at, 0, sorted.length - 1)];
  }
}
