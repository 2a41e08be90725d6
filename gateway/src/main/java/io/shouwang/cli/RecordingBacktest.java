package io.shouwang.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shouwang.backtest.BadRows;
import io.shouwang.backtest.Delay;
import io.shouwang.backtest.Measurement;
import io.shouwang.backtest.Raising;
import io.shouwang.backtest.Recording;
import io.shouwang.backtest.RecordingPlan;
import io.shouwang.backtest.RecordingRefused;
import io.shouwang.backtest.RecordingResult;
import io.shouwang.backtest.Truths;
import io.shouwang.config.Policy;
import io.shouwang.host.Clock;
import io.shouwang.registry.Registry;
import io.shouwang.rules.RuleBook;
import io.shouwang.wording.Wording;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code backtest --csv}: replays a recording and says what rang. */
final class RecordingBacktest {
  /** At so many moments a life stops where the rules are measured and nobody said how many. */
  private static final int COLLAPSES_MEASURED = 5_000;

  /** On so many homes the curves are drawn: each point replays all their rows once more. */
  private static final int HOMES_VARIED = 200;

  /** Kept of each thread. */
  private static final int ALERTS_MOST = 2_000_000;

  private final RecordingOptions options;
  private final Policy policy;
  private final @Nullable Registry registry;
  private final @Nullable Path registryFolder;
  private final ZoneId zone;

  RecordingBacktest(
      RecordingOptions options,
      Policy policy,
      @Nullable Registry registry,
      @Nullable Path registryFolder) {
    this.options = options;
    this.policy = policy;
    this.registry = registry;
    this.registryFolder = registryFolder;
    this.zone = policy.files().zone();
  }

  int run(
      @Nullable Instant from,
      @Nullable Instant to,
      Duration handledAfter,
      Wording wording,
      boolean json,
      List<String> arguments,
      PrintWriter out,
      PrintWriter err)
      throws IOException, RecordingRefused, InterruptedException {
    Path truth = options.truth;
    List<RuleBook> books =
        truth == null ? List.of(policy.ruleBook()) : MeasurementReport.variants(policy);
    int collapses =
        truth != null && options.collapses == 0 ? COLLAPSES_MEASURED : options.collapses;
    RecordingPlan plan =
        new RecordingPlan(
            registry,
            books,
            policy.ladders(),
            zone,
            from,
            to,
            handledAfter,
            collapses,
            options.seed,
            Runtime.getRuntime().availableProcessors(),
            options.badRows,
            HOMES_VARIED,
            ALERTS_MOST,
            alert -> JournalBacktestReport.why(alert, wording, zone));
    Instant began = Clock.SYSTEM.wall();
    RecordingResult result =
        options.isPiped()
            ? Recording.replay(new BufferedInputStream(System.in, 1 << 18), plan)
            : Recording.replay(options.file(), plan);
    complain(result, err);
    if (truth == null) {
      out.println(json ? json(result) : text(result, wording));
      return 0;
    }
    MeasurementReport report =
        new MeasurementReport(
            new Measurement(result, Truths.read(truth)),
            result,
            options.measuredBy == null
                ? "scripts/gateway " + String.join(" ", arguments)
                : options.measuredBy,
            options.seed,
            Clock.SYSTEM.wall().atZone(zone).toLocalDate().toString(),
            Duration.between(began, Clock.SYSTEM.wall()));
    Path file = options.report;
    if (file == null) {
      out.println(report.text());
    } else {
      report.write(file);
      out.println("wrote " + file);
    }
    return 0;
  }

  private void complain(RecordingResult result, PrintWriter err) {
    BadRows bad = result.bad();
    bad.named().forEach(row -> err.println(options.csv + " " + row));
    if (bad.count() > 0) {
      err.println(bad.count() + " rows could not be used and were skipped");
    }
    bad.unknownDevices()
        .forEach((device, rows) ->
            err.println(
                "device "
                    + JournalBacktestReport.printable(device)
                    + " is not registered with a home ("
                    + rows
                    + " rows skipped); add it to devices.csv in "
                    + registryFolder));
    if (bad.homeless() > 0) {
      err.println(bad.homeless() + " rows of devices without a home were skipped");
    }
    if (result.alertsDropped() > 0) {
      err.println(
          result.alertsDropped()
              + " alerts are left out, since more than "
              + ALERTS_MOST
              + " rang: numbers below are too low; choose fewer days with --from and --to");
    }
    if (result.undecided() > 0) {
      err.println(result.undecided() + " inputs could not be decided: a mistake of this program");
    }
  }

  private String text(RecordingResult result, Wording wording) {
    List<String> lines = new ArrayList<>();
    lines.add(
        result.rows()
            + " rows from "
            + JournalBacktestReport.time(result.first(), zone)
            + " to "
            + JournalBacktestReport.time(result.last(), zone)
            + ", "
            + result.observedMillis().size()
            + " homes, "
            + number(result.homeMonths())
            + " home-months counted from "
            + JournalBacktestReport.time(result.from(), zone));
    if (result.derived()) {
      lines.add("no registry beside the file: all its devices are taken to be in one home");
    }
    if (result.sorted()) {
      lines.add("the rows were not in order and were sorted");
    }
    List<Raising> shown = result.raisings().getFirst();
    if (!options.summary) {
      lines.add("");
      for (Raising raising : shown) {
        lines.add(
            JournalBacktestReport.time(raising.at(), zone)
                + " "
                + raising.home()
                + " "
                + wording.kind(raising.kind())
                + " ("
                + raising.kind()
                + ", "
                + wording.severity(raising.severity())
                + "): "
                + JournalBacktestReport.printable(raising.why()));
      }
    }
    lines.add("");
    lines.add(String.format(Locale.ROOT, "%-20s%10s%22s", "kind", "alerts", "per home and month"));
    kinds(shown)
        .forEach((kind, count) ->
            lines.add(
                String.format(Locale.ROOT, "%-20s%10d%22s", kind, count, rate(count, result))));
    if (options.collapses > 0) {
      lines.add("");
      lines.addAll(collapses(result.delays().getFirst()));
    }
    return String.join("\n", lines);
  }

  private static String rate(long count, RecordingResult result) {
    return result.homeMonths() > 0 ? number(count / result.homeMonths()) : "-";
  }

  private static Map<String, Integer> kinds(List<Raising> raisings) {
    Map<String, Integer> kinds = new TreeMap<>();
    raisings.forEach(raising -> kinds.merge(raising.kind().value(), 1, Integer::sum));
    return kinds;
  }

  private List<String> collapses(List<Delay> delays) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "a life stops at "
            + delays.size()
            + " moments (seed "
            + options.seed
            + "): hours until the silence rings; never means not within 48 h; already rung ones"
            + " are left out");
    lines.add(
        String.format(
            Locale.ROOT,
            "%-20s%8s%8s%8s%8s%8s%9s",
            "",
            "moments",
            "median",
            "90 %",
            "max",
            "never",
            "already"));
    lines.add(row("all", delays));
    lines.add(row("last heard inside", delays.stream().filter(d -> !d.afterDoor()).toList()));
    lines.add(row("last heard the door", delays.stream().filter(Delay::afterDoor).toList()));
    for (int hour = 0; hour < 24; hour++) {
      int at = hour;
      List<Delay> within = delays.stream().filter(delay -> hourOf(delay) == at).toList();
      lines.add(row(String.format(Locale.ROOT, "%02d:00 to %02d:00", at, at + 1), within));
    }
    return lines;
  }

  private int hourOf(Delay delay) {
    return Instant.ofEpochMilli(delay.atMillis()).atZone(zone).getHour();
  }

  private static String row(String name, List<Delay> delays) {
    Delay.Distribution all = Delay.Distribution.of(delays);
    return String.format(
        Locale.ROOT,
        "%-20s%8d%8s%8s%8s%8d%9d",
        name,
        all.count(),
        number(all.median()),
        number(all.p90()),
        number(all.max()),
        all.never(),
        all.already());
  }

  static String number(double value) {
    if (Double.isNaN(value)) {
      return "-";
    }
    return Double.isInfinite(value) ? "never" : String.format(Locale.ROOT, "%.2f", value);
  }

  private String json(RecordingResult result) {
    ObjectNode root = new ObjectMapper().createObjectNode();
    root.put("rows", result.rows())
        .put("first", result.first().toString())
        .put("last", result.last().toString())
        .put("from", result.from().toString())
        .put("homes", result.observedMillis().size())
        .put("home_months", result.homeMonths())
        .put("registry_derived", result.derived())
        .put("sorted", result.sorted())
        .put("bad_rows", result.bad().count())
        .put("unregistered_rows", result.bad().homeless());
    ArrayNode alerts = root.putArray("alerts");
    if (!options.summary) {
      for (Raising raising : result.raisings().getFirst()) {
        JournalBacktestReport.raising(alerts.addObject(), raising);
      }
    }
    ObjectNode kinds = root.putObject("kinds");
    kinds(result.raisings().getFirst())
        .forEach((kind, count) ->
            kinds
                .putObject(kind)
                .put("alerts", count)
                .put("per_home_month", count / Math.max(1e-9, result.homeMonths())));
    if (options.collapses > 0) {
      ObjectNode collapse = root.putObject("collapse");
      distribution(collapse, result.delays().getFirst());
      ArrayNode hours = collapse.putArray("by_hour");
      for (int hour = 0; hour < 24; hour++) {
        int at = hour;
        distribution(
            hours.addObject().put("hour", at),
            result.delays().getFirst().stream().filter(delay -> hourOf(delay) == at).toList());
      }
    }
    return root.toString();
  }

  private static void distribution(ObjectNode node, List<Delay> delays) {
    Delay.Distribution all = Delay.Distribution.of(delays);
    node.put("moments", all.count()).put("never", all.never()).put("already", all.already());
    hours(node, "median_h", all.median());
    hours(node, "p90_h", all.p90());
    hours(node, "max_h", all.max());
  }

  private static void hours(ObjectNode node, String name, double hours) {
    if (Double.isFinite(hours)) {
      node.put(name, hours);
    } else {
      node.putNull(name);
    }
  }
}
