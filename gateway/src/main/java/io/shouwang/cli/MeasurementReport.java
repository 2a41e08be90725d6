package io.shouwang.cli;

import io.shouwang.backtest.Delay;
import io.shouwang.backtest.Measurement;
import io.shouwang.backtest.Measurement.Point;
import io.shouwang.backtest.RecordingResult;
import io.shouwang.backtest.TradeOffCurves;
import io.shouwang.backtest.Truths;
import io.shouwang.config.Policy;
import io.shouwang.rules.Limits;
import io.shouwang.rules.LimitsBook;
import io.shouwang.rules.RuleBook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The measurement of the rules as Markdown, with its curves beside it. */
final class MeasurementReport {
  /** False alarms a home and month that silence is allowed, in turn; the first is as configured. */
  static final List<Double> BUDGETS = List.of(0.02, 0.1, 0.3, 0.8, 1.6);

  private final Measurement measurement;
  private final RecordingResult result;
  private final String command;
  private final long seed;
  private final String date;
  private final Duration took;

  MeasurementReport(
      Measurement measurement,
      RecordingResult result,
      String command,
      long seed,
      String date,
      Duration took) {
    this.measurement = measurement;
    this.result = result;
    this.command = command;
    this.seed = seed;
    this.date = date;
    this.took = took;
  }

  /** The rules as configured, then silence alone with each budget. */
  static List<RuleBook> variants(Policy policy) {
    List<RuleBook> books = new ArrayList<>(List.of(policy.ruleBook()));
    LimitsBook limits = policy.limits();
    for (double budget : BUDGETS) {
      Limits city = limits.city();
      books.add(
          new RuleBook(
              policy.replies(),
              new LimitsBook(
                  limits.zone(),
                  city.withInactivity(city.inactivity().allowing(budget)),
                  limits.byArea(),
                  limits.byHome(),
                  limits.byElder()),
              RuleBook.silenceAlone()));
    }
    return books;
  }

  /** Writes {@code file} and the curves beside it. */
  void write(Path file) throws IOException {
    String name = String.valueOf(file.getFileName());
    String picture = (name.endsWith(".md") ? name.substring(0, name.length() - 3) : name) + ".svg";
    Map<String, List<Point>> lines = lines();
    Files.writeString(file.resolveSibling(picture), TradeOffCurves.draw(lines));
    Files.writeString(file, markdown(picture, lines));
  }

  /** The report without its picture. */
  String text() {
    return markdown("rules-measured.svg", lines());
  }

  private Map<String, List<Point>> lines() {
    Map<String, List<Point>> lines = new LinkedHashMap<>();
    for (String life : measurement.lives()) {
      if (life.equals(Truths.UNWATCHED)) {
        continue; // a button says nothing of silence, and nobody can trade it off
      }
      List<Point> points = new ArrayList<>();
      for (int i = 0; i < BUDGETS.size(); i++) {
        points.add(measurement.point(i + 1, BUDGETS.get(i), life));
      }
      lines.put(life, points);
    }
    return lines;
  }

  private String markdown(String picture, Map<String, List<Point>> lines) {
    List<String> out = new ArrayList<>();
    out.add("# The rules, measured");
    out.add("");
    out.add(
        "Written by the command below; do not edit. The lives are simulated and their truth is");
    out.add("known; they say what the rules do with lives like these, not what a city will see.");
    out.add("");
    out.add("- date: " + date);
    out.add(
        "- machine: "
            + Runtime.getRuntime().availableProcessors()
            + " cores, "
            + (Runtime.getRuntime().maxMemory() >> 20)
            + " MiB heap, Java "
            + Runtime.version().feature());
    out.add("- command: `" + command.replace("`", "'") + "`");
    out.add("- seed of the moments at which a life stops: " + seed);
    out.add(
        String.format(
            Locale.ROOT,
            "- measured: %,d homes, %,d rows, %,.1f home-months, counted from %s to %s",
            result.observedMillis().size(),
            result.rows(),
            result.homeMonths(),
            result.from().truncatedTo(ChronoUnit.SECONDS),
            result.to().truncatedTo(ChronoUnit.SECONDS)));
    out.add(
        String.format(
            Locale.ROOT,
            "- took %,d s (reading, deciding; without making the lives)",
            took.toSeconds()));
    if (result.alertsDropped() > 0) {
      out.add(
          String.format(
              Locale.ROOT,
              "- %,d alerts were too many and are left out: the numbers below are too low",
              result.alertsDropped()));
    }
    out.add("");
    List<String> lives = measurement.lives();
    happened(out);
    falseAlarms(out, lives);
    collapses(out, lives);
    out.add("## Silence: how soon against how often for nothing");
    out.add("");
    out.add("At seeded moments of the recording a life stops and nothing is heard of the home any");
    out.add(
        "more; how many hours until its silence rings? Not counted are moments at which nobody");
    out.add("was at home for days, or the silence had rung before. By hours, as configured:");
    out.add("");
    out.add("| life | moments | median h | 90 % h | max h | never in 48 h |");
    out.add("|---|--:|--:|--:|--:|--:|");
    for (String life : lives) {
      Delay.Distribution delays = measurement.delays(0, life);
      out.add(
          String.format(
              Locale.ROOT,
              "| %s | %d | %s | %s | %s | %d |",
              life,
              delays.count(),
              RecordingBacktest.number(delays.median()),
              RecordingBacktest.number(delays.p90()),
              RecordingBacktest.number(delays.max()),
              delays.never()));
    }
    out.add("");
    out.add("The curves sweep the setting that bounds false alarms (`false_alarms_per_month`), on");
    out.add(
        String.format(
            Locale.ROOT,
            "%,d of the homes, with the rule for silence alone.",
            result.varied().size()));
    out.add("");
    out.add("![False alarms against delay, a line for each kind of life](" + picture + ")");
    out.add("");
    out.add("| life | budget | false per home and month | median h | 90 % h | moments |");
    out.add("|---|--:|--:|--:|--:|--:|");
    lines.forEach((life, points) -> {
      for (Point point : points) {
        out.add(
            String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %s | %d |",
                life,
                point.budget(),
                RecordingBacktest.number(point.falsePerHomeMonth()),
                RecordingBacktest.number(point.medianHours()),
                RecordingBacktest.number(point.p90Hours()),
                point.moments()));
      }
    });
    return String.join("\n", out) + "\n";
  }

  private void happened(List<String> out) {
    out.add("## What happened, and what rang");
    out.add("");
    out.add("Noticed: an alert rang while it lasted (within an hour for what takes an instant). A");
    out.add("bracelet gives a position every quarter of an hour or so: it can't see a crossing of");
    out.add("three minutes. A battery is low by the device's word and the rule's limit; the truth");
    out.add("calls it low later, so most ring before and took no time. Silent devices ring only");
    out.add("after `offline_dwell`.");
    out.add("");
    out.add("| what | happened | noticed | recall | median | 90 % | max |");
    out.add("|---|--:|--:|--:|--:|--:|--:|");
    for (Measurement.Subject subject : Measurement.SUBJECTS) {
      row(subject.name(), measurement.row(subject, Measurement.ALL)).ifPresent(out::add);
    }
    out.add("");
  }

  private void falseAlarms(List<String> out, List<String> lives) {
    out.add("## False alarms");
    out.add("");
    out.add(
        "Alerts per home and month that nothing in the truth had led to. The truth says nothing");
    out.add(
        "of a bracelet's battery, so its `battery_low` counts here; `sos` also comes from watches");
    out.add(
        "that press when they leave their charger. `unwatched` are homes without a device that");
    out.add("could notice silence, such as those with a button alone. A recording has none of the");
    out.add("modes an office sets: who is away or in hospital rings here, though the office knew.");
    out.add("");
    out.add("| kind | alerts | " + String.join(" | ", lives) + " |");
    out.add("|---|--:|" + "--:|".repeat(lives.size()));
    for (String kind : measurement.kinds()) {
      StringBuilder line = new StringBuilder("| " + kind + " | ");
      line.append(measurement.falseAlarms(kind, Measurement.ALL).alerts()).append(" | ");
      for (String life : lives) {
        double rate = measurement.falseAlarms(kind, life).perHomeMonth();
        line.append(RecordingBacktest.number(rate)).append(" | ");
      }
      out.add(line.toString().strip());
    }
    out.add("");
    out.add("What was going on when silence rang for nothing:");
    out.add("");
    out.add("| | alerts | per home and month |");
    out.add("|---|--:|--:|");
    measurement
        .falseSilences()
        .forEach((name, count) ->
            out.add(
                String.format(
                    Locale.ROOT,
                    "| %s | %d | %.3f |",
                    name.isEmpty() ? "none of these" : name,
                    count,
                    count / result.homeMonths())));
    out.add("");
  }

  private void collapses(List<String> out, List<String> lives) {
    out.add("## Collapses");
    out.add("");
    out.add(
        "Somebody went down without a press and lay until a person came: by chance, on a visit,");
    out.add(
        "after the daily call. Noticed, if an alert rang before. Where a person was faster, the");
    out.add(
        "last columns say how long the elder lay. Two persons or a pet are not silent meanwhile.");
    out.add("");
    out.add(
        "| life | watched | bracelet noticed the fall | silence rang | median | 90 % | max |"
            + " person was faster | lay, median | lay, max | not watched |");
    out.add("|---|" + "--:|".repeat(10));
    for (String life : lives) {
      Measurement.Collapsed all = measurement.collapsed(life);
      if (all.watched() + all.unwatched() > 0) {
        out.add(
            String.format(
                Locale.ROOT,
                "| %s | %d | %d | %d | %s | %s | %s | %d | %s | %s | %d |",
                life,
                all.watched(),
                all.byFall(),
                all.bySilence(),
                duration(Delay.quantile(all.delays(), 0.5)),
                duration(Delay.quantile(all.delays(), 0.9)),
                duration(Delay.quantile(all.delays(), 1)),
                all.foundFirst(),
                duration(Delay.quantile(all.lay(), 0.5)),
                duration(Delay.quantile(all.lay(), 1)),
                all.unwatched()));
      }
    }
    out.add("");
  }

  private static java.util.Optional<String> row(String name, Measurement.Row row) {
    if (row.happened() == 0) {
      return java.util.Optional.empty();
    }
    return java.util.Optional.of(
        String.format(
            Locale.ROOT,
            "| %s | %d | %d | %.1f %% | %s | %s | %s |",
            name,
            row.happened(),
            row.noticed(),
            100.0 * row.noticed() / row.happened(),
            duration(row.medianHours()),
            duration(row.p90Hours()),
            duration(row.maxHours())));
  }

  private static String duration(double hours) {
    if (Double.isNaN(hours)) {
      return "-";
    }
    double seconds = hours * 3600;
    return seconds < 120
        ? String.format(Locale.ROOT, "%.0f s", seconds)
        : seconds < 7200
            ? String.format(Locale.ROOT, "%.0f min", seconds / 60)
            : hours < 72
                ? String.format(Locale.ROOT, "%.1f h", hours)
                : String.format(Locale.ROOT, "%.1f d", hours / 24);
  }
}
