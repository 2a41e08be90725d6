package io.shouwang.backtest;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.Ladders;
import io.shouwang.model.Directory;
import io.shouwang.rules.RuleBook;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a recording is to be replayed.
 *
 * @param registry null for none: all devices are in one home
 * @param rules the first are those to be shown; the others run beside them on the same rows
 * @param zone of times that name no offset
 * @param from alerts before this are not counted: the homes are learned from what comes before;
 *     null for the beginning
 * @param to null for the end
 * @param handledAfter an alert counts as closed after this
 * @param collapses at so many moments a life stops
 * @param seed draws the moments
 * @param threads that decide, beside the one that reads
 * @param badRowsMost more end the reading
 * @param homesVaried the rules beside the first run on about so many homes, drawn evenly
 * @param alertsMost of each of the rules, each thread keeps so many; what is beyond is counted
 * @param why says why an alert is
 */
public record RecordingPlan(
    @Nullable Directory registry,
    List<RuleBook> rules,
    Ladders ladders,
    ZoneId zone,
    @Nullable Instant from,
    @Nullable Instant to,
    Duration handledAfter,
    int collapses,
    long seed,
    int threads,
    long badRowsMost,
    int homesVaried,
    int alertsMost,
    Function<Alert, String> why) {
  public RecordingPlan {
    rules = List.copyOf(rules);
  }
}
