package io.shouwang.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shouwang.alerts.Alert;
import io.shouwang.backtest.Comparison;
import io.shouwang.backtest.JournalBacktest;
import io.shouwang.backtest.Raising;
import io.shouwang.engine.JournalledPast;
import io.shouwang.wording.Wording;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a backtest of the journal found, as text and as JSON. */
final class JournalBacktestReport {
  private final JournalBacktest.Result result;
  private final ZoneId zone;
  private final Wording wording;

  JournalBacktestReport(JournalBacktest.Result result, ZoneId zone, Wording wording) {
    this.result = result;
    this.zone = zone;
    this.wording = wording;
  }

  /** For a person. */
  String text() {
    List<String> lines = new ArrayList<>(range());
    lines.add("");
    for (Comparison.Change change : result.comparison().changes()) {
      lines.add(line(change));
    }
    if (result.comparison().changes().isEmpty()) {
      lines.add("nothing would have rung otherwise");
    }
    lines.add("");
    lines.add(
        row("kind", "recorded", "new", "same", "more", "less", "earlier", "later", "elsewhere"));
    for (Map.Entry<String, Comparison.Sum> entry : result.comparison().sums().entrySet()) {
      Comparison.Sum sum = entry.getValue();
      lines.add(
          row(
              entry.getKey(),
              sum.before(),
              sum.after(),
              sum.same(),
              sum.more(),
              sum.less(),
              sum.earlier(),
              sum.later(),
              sum.elsewhere()));
    }
    return String.join("\n", lines);
  }

  private List<String> range() {
    List<String> lines = new ArrayList<>();
    JournalledPast.Extent extent = result.extent();
    Instant distilled = extent.distilledFrom();
    if (distilled != null) {
      lines.add(
          "distilled from "
              + time(distilled)
              + ": of that time only alarms, facts and replies are kept; it is not replayed, and"
              + " silences and habits before the journal's whole part are not known");
    } else if (!extent.fromTheFirst()) {
      lines.add("what was before the journal's whole part is gone, habits learned from it, too");
    }
    lines.add("journal whole from " + time(extent.wholeFrom()) + " to " + time(extent.until()));
    lines.add("compared from " + time(result.from()) + " to " + time(result.to()));
    long before = result.comparison().sums().values().stream().mapToInt(s -> s.before()).sum();
    if (before != result.journalled()) {
      lines.add(
          "with the rules as recorded "
              + before
              + " alerts ring in the replay, "
              + result.journalled()
              + " did: alerts that nobody closed count as handled here, and rules may have changed"
              + " with the program");
    }
    if (result.undecided() > 0) {
      lines.add(result.undecided() + " inputs could not be decided; see the log");
    }
    return lines;
  }

  private String line(Comparison.Change change) {
    Raising shown = change.shown();
    StringBuilder line = new StringBuilder();
    line.append(String.format(Locale.ROOT, "%-9s ", change.what().name().toLowerCase(Locale.ROOT)))
        .append(time(change.at()))
        .append(' ')
        .append(shown.home())
        .append(' ')
        .append(wording.kind(shown.kind()))
        .append(" (")
        .append(shown.kind())
        .append(", ")
        .append(wording.severity(shown.severity()))
        .append(", ")
        .append(shown.ladder())
        .append("): ")
        .append(printable(shown.why()));
    Raising before = change.before();
    Raising after = change.after();
    if (before != null && after != null) {
      switch (change.what()) {
        case EARLIER, LATER ->
            line.append("; was ")
                .append(time(before.at()))
                .append(", now ")
                .append(time(after.at()))
                .append(" (")
                .append(
                    Duration.between(before.at(), after.at()).abs().truncatedTo(ChronoUnit.SECONDS))
                .append(')');
        case ELSEWHERE ->
            line.append("; was ")
                .append(wording.severity(before.severity()))
                .append(" on ladder ")
                .append(before.ladder());
        case MORE, LESS -> {
          // there is one of them only
        }
      }
    }
    return line.toString();
  }

  private static String row(Object... cells) {
    StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "%-20s", cells[0]));
    for (int i = 1; i < cells.length; i++) {
      row.append(String.format(Locale.ROOT, "%10s", cells[i]));
    }
    return row.toString();
  }

  /** For a program. */
  String json() {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode root = mapper.createObjectNode();
    ObjectNode journal = root.putObject("journal");
    JournalledPast.Extent extent = result.extent();
    put(journal, "distilled_from", extent.distilledFrom());
    put(journal, "whole_from", extent.wholeFrom());
    put(journal, "until", extent.until());
    put(root, "from", result.from());
    put(root, "to", result.to());
    root.put("journalled_alerts", result.journalled());
    root.put("undecided", result.undecided());
    ArrayNode changes = root.putArray("changes");
    for (Comparison.Change change : result.comparison().changes()) {
      ObjectNode node = changes.addObject();
      node.put("what", change.what().name().toLowerCase(Locale.ROOT));
      put(node, "before", change.before());
      put(node, "after", change.after());
    }
    ObjectNode kinds = root.putObject("kinds");
    result
        .comparison()
        .sums()
        .forEach((kind, sum) ->
            kinds
                .putObject(kind)
                .put("recorded", sum.before())
                .put("new", sum.after())
                .put("same", sum.same())
                .put("more", sum.more())
                .put("less", sum.less())
                .put("earlier", sum.earlier())
                .put("later", sum.later())
                .put("elsewhere", sum.elsewhere()));
    return root.toString();
  }

  private static void put(ObjectNode node, String name, @Nullable Instant at) {
    node.put(name, at == null ? null : at.toString());
  }

  private static void put(ObjectNode node, String name, @Nullable Raising raising) {
    if (raising == null) {
      node.putNull(name);
      return;
    }
    raising(node.putObject(name), raising);
  }

  /** Fills in what a program needs of an alert. */
  static void raising(ObjectNode node, Raising raising) {
    node.put("at", raising.at().toString())
        .put("home", raising.home().value())
        .put("alert", raising.alert().value())
        .put("kind", raising.kind().value())
        .put("severity", raising.severity().name().toLowerCase(Locale.ROOT))
        .put("ladder", raising.ladder())
        .put("why", raising.why());
  }

  private String time(@Nullable Instant at) {
    return at == null ? "-" : time(at, zone);
  }

  static String time(Instant at, ZoneId zone) {
    return OffsetDateTime.ofInstant(at.truncatedTo(ChronoUnit.SECONDS), zone)
        .format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
  }

  /** Why an alert is; a rule without a phrase for it must not end a replay of a year. */
  static String why(Alert alert, Wording wording, ZoneId zone) {
    try {
      return wording.why(alert, zone);
    } catch (IllegalStateException noPhrase) {
      return String.valueOf(noPhrase.getMessage());
    }
  }

  /** What a device sent may hold anything, and a terminal obeys some of it. */
  static String printable(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> {
          if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
            safe.append(String.format(Locale.ROOT, "\\u%04x", c));
          } else {
            safe.appendCodePoint(c);
          }
        });
    return safe.toString();
  }
}
