package io.shouwang.backtest;

import io.shouwang.alerts.Alert;
import io.shouwang.engine.JournalledPast;
import io.shouwang.engine.Replay;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A journal decided twice: with the rules as recorded, and with others. One thread. */
public final class JournalBacktest {
  /**
   * What came of it.
   *
   * @param extent what the journal still has
   * @param from the first moment compared
   * @param to the first moment not compared any more
   * @param journalled how many alerts the journal itself raised in between
   * @param undecided inputs that one of the reruns could not decide
   */
  public record Result(
      JournalledPast.Extent extent,
      Instant from,
      Instant to,
      long journalled,
      long undecided,
      Comparison comparison) {}

  /** The journal has nothing of the time that was asked for. */
  public static final class OutsideRange extends Exception {
    private static final long serialVersionUID = 1L;

    OutsideRange(String message) {
      super(message);
    }
  }

  private final JournalledPast past;
  private final Duration handledAfter;
  private final Function<Alert, String> why;

  public JournalBacktest(JournalledPast past, Duration handledAfter, Function<Alert, String> why) {
    this.past = past;
    this.handledAfter = handledAfter;
    this.why = why;
  }

  /**
   * Runs both. Reading begins where the journal does, so that the homes are known by then.
   *
   * @param from null for the beginning of what is whole
   * @param to null for the end
   */
  public Result run(
      Replay.Worlds asRecorded, Replay.Worlds other, @Nullable Instant from, @Nullable Instant to)
      throws IOException, OutsideRange {
    JournalledAlerts journalled = new JournalledAlerts();
    JournalledPast.Extent extent = past.read((decided, _) -> journalled.note(decided));
    Instant whole = extent.wholeFrom();
    Instant until = extent.until();
    if (whole == null || until == null) {
      throw new OutsideRange("the journal is empty; name the state with --data");
    }
    Instant first = from == null || from.isBefore(whole) ? whole : from;
    Instant end = to == null || to.isAfter(until) ? until.plusMillis(1) : to;
    if (!first.isBefore(end)) {
      throw new OutsideRange(
          "nothing of that time is there to be replayed: the journal is whole from "
              + whole
              + " to "
              + until
              + "; choose --from and --to within");
    }
    Rerun before = new Rerun(journalled, asRecorded, handledAfter, why);
    Rerun after = new Rerun(journalled, other, handledAfter, why);
    List<Rerun> both = List.of(before, after);
    if (!extent.fromTheFirst()) {
      both.forEach(Rerun::begin);
    }
    boolean[] looked = {false};
    past.read(
        extent.lastSequence(),
        (decided, distilled) -> {
          if (!decided.stamp().now().isBefore(end)) {
            return;
          }
          if (!distilled && !looked[0]) {
            looked[0] = true;
            both.forEach(rerun -> rerun.lookAtAll(decided.stamp().now()));
          }
          both.forEach(rerun -> rerun.take(decided, !distilled));
        });
    both.forEach(rerun -> rerun.advance(end.minusMillis(1)));
    return new Result(
        extent,
        first,
        end,
        journalled.raised(first, end),
        before.undecided() + after.undecided(),
        Comparison.of(within(before, first), within(after, first)));
  }

  private static List<Raising> within(Rerun rerun, Instant from) {
    return rerun.raisings().stream().filter(raising -> !raising.at().isBefore(from)).toList();
  }
}
