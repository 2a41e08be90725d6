package io.shouwang.backtest;

import io.shouwang.model.HomeId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What came of a recording.
 *
 * @param rows replayed
 * @param first when the first was received, and the last
 * @param from what is counted begins here, and ends at {@code to}
 * @param observedMillis how long each home was observed within that
 * @param raisings under each of the rules, in the order of time
 * @param delays of lives that stopped, under each of the rules
 * @param derived there was no registry
 * @param varied the homes on which the rules beside the first ran
 * @param alertsDropped alerts that were not kept since there were too many
 * @param undecided inputs that could not be decided
 * @param sorted the rows had to be sorted
 */
public record RecordingResult(
    long rows,
    Instant first,
    Instant last,
    Instant from,
    Instant to,
    Map<HomeId, Long> observedMillis,
    List<List<Raising>> raisings,
    List<List<Delay>> delays,
    boolean derived,
    Set<HomeId> varied,
    long alertsDropped,
    long undecided,
    boolean sorted,
    BadRows bad) {
  private static final double MONTH_MILLIS = 365.25 / 12 * 86_400_000;

  /** The observed time of all homes, in months. */
  public double homeMonths() {
    return months(observedMillis.values().stream().mapToLong(Long::longValue).sum());
  }

  /** The observed time of one home, in months. */
  public double homeMonths(HomeId home) {
    return months(observedMillis.getOrDefault(home, 0L));
  }

  private static double months(long millis) {
    return millis / MONTH_MILLIS;
  }
}
