package io.shouwang.sim.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a run: numbers for people or machines, and what failed.
 *
 * @param telemetry the readings
 * @param presses the presses' acknowledgements
 * @param book the presses' rings
 * @param seconds from the first intended time to the last acknowledgement
 */
public record Report(
    int devices, Tally telemetry, Tally presses, PressBook book, double seconds, long disconnects) {

  /** What was promised and not kept; empty when all is well. */
  public List<String> failures() {
    List<String> failures = new ArrayList<>();
    missing(failures, "readings", telemetry);
    missing(failures, "presses", presses);
    if (book.rung() < book.presses()) {
      failures.add((book.presses() - book.rung()) + " presses did not ring");
    }
    if (book.doubled() > 0) {
      failures.add(book.doubled() + " presses opened a second alert");
    }
    if (book.unreadableCount() > 0) {
      failures.add(book.unreadableCount() + " messages to the responder can't be read");
    }
    return failures;
  }

  private static void missing(List<String> failures, String what, Tally tally) {
    count(failures, tally.unanswered(), what + " were not acknowledged");
    count(failures, tally.acknowledgedTwice(), what + " were acknowledged more than once");
    count(failures, tally.withheldCount(), what + " were not sent: too many waited for an answer");
    Throwable first = tally.firstFailure();
    if (first != null) {
      count(failures, tally.failed(), what + " failed, the first with: " + first.getMessage());
    }
  }

  private static void count(List<String> failures, long number, String words) {
    if (number > 0) {
      failures.add(number + " " + words);
    }
  }

  private double perSecond() {
    return (telemetry.acknowledged() + presses.acknowledged()) / Math.max(seconds, 1e-9);
  }

  /** For people. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%d devices, %.1f s, %.1f acknowledged a second, %d connections broken%n",
            devices,
            seconds,
            perSecond(),
            disconnects));
    text.append(
        String.format(
            Locale.ROOT,
            "%-20s %9s %9s %9s %9s %9s %9s%n",
            "milliseconds",
            "count",
            "p50",
            "p99",
            "p99.9",
            "max",
            "errors"));
    row(text, "PUBACK of readings", telemetry.latency(), telemetry);
    if (presses.sent() > 0) {
      row(text, "PUBACK of presses", presses.latency(), presses);
      row(text, "press to responder", book.latency(), null);
      text.append(
          String.format(
              Locale.ROOT,
              "presses: %d, rung: %d (on an older alert: %d), deliveries repeated: %d%n",
              book.presses(),
              book.rung(),
              book.older(),
              book.redelivered()));
    }
    List<String> failures = failures();
    if (failures.isEmpty()) {
      text.append("check: each message acknowledged exactly once, each press rung");
    } else {
      text.append("check FAILED: ").append(String.join("; ", failures));
    }
    return text.toString();
  }

  private static void row(
      StringBuilder text, String label, Histogram latency, @Nullable Tally tally) {
    text.append(
        String.format(
            Locale.ROOT,
            "%-20s %9d %9.2f %9.2f %9.2f %9.2f %9s%n",
            label,
            latency.getTotalCount(),
            millis(latency, 50),
            millis(latency, 99),
            millis(latency, 99.9),
            millis(latency, 100),
            tally == null ? "" : String.valueOf(tally.failed() + tally.unanswered())));
  }

  private static double millis(Histogram latency, double percentile) {
    return latency.getValueAtPercentile(percentile) / 1e6;
  }

  /** For machines: one JSON object, latencies in milliseconds. */
  public String json() {
    ObjectNode report = new ObjectMapper().createObjectNode();
    report.put("devices", devices).put("seconds", seconds).put("acknowledged_per_s", perSecond());
    report.put("disconnects", disconnects);
    tally(report.putObject("readings"), telemetry);
    tally(report.putObject("presses"), presses);
    ObjectNode rings = report.putObject("rings");
    rings.put("pressed", book.presses()).put("rung", book.rung()).put("older", book.older());
    rings.put("doubled", book.doubled()).put("redelivered", book.redelivered());
    latency(rings.putObject("press_to_responder_ms"), book.latency());
    var list = report.putArray("failures");
    failures().forEach(list::add);
    return report.toString();
  }

  private static void tally(ObjectNode object, Tally tally) {
    object.put("sent", tally.sent()).put("acknowledged", tally.acknowledged());
    object.put("acknowledged_twice", tally.acknowledgedTwice()).put("failed", tally.failed());
    object.put("unanswered", tally.unanswered()).put("withheld", tally.withheldCount());
    latency(object.putObject("puback_ms"), tally.latency());
  }

  static void latency(ObjectNode object, Histogram latency) {
    object.put("count", latency.getTotalCount());
    object.put("p50", millis(latency, 50)).put("p99", millis(latency, 99));
    object.put("p99_9", millis(latency, 99.9)).put("max", millis(latency, 100));
  }
}
