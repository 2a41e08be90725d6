package io.shouwang.sim.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * The outcome of a closed loop: how many messages the gateway took, and what each cost.
 *
 * @param span what was measured after the warm-up
 */
public record FloodReport(
    int devices, int inFlight, Tally tally, ClosedLoop.Span span, long disconnects) {

  /** What was promised and not kept; empty when all is well. */
  public List<String> failures() {
    List<String> failures = new ArrayList<>();
    Throwable first = tally.firstFailure();
    if (first != null) {
      failures.add(tally.failed() + " failed, the first with: " + first.getMessage());
    }
    if (tally.unanswered() > 0) {
      failures.add(tally.unanswered() + " were not acknowledged");
    }
    if (tally.acknowledgedTwice() > 0) {
      failures.add(tally.acknowledgedTwice() + " were acknowledged more than once");
    }
    if (disconnects > 0) {
      failures.add(disconnects + " connections broke");
    }
    return failures;
  }

  /** Acknowledged messages a second. */
  public double perSecond() {
    return span.acknowledged() / Math.max(span.seconds(), 1e-9);
  }

  private double cpuMicros(double cpuSeconds) {
    return cpuSeconds * 1e6 / Math.max(span.acknowledged(), 1);
  }

  /** For people. */
  public String text() {
    List<String> failures = failures();
    Histogram latency = tally.latency();
    return String.format(
        Locale.ROOT,
        "%d devices with %d unanswered each, %.1f s: %.0f acknowledged a second%n"
            + "PUBACK p50 %.2f ms, p99 %.2f ms, p99.9 %.2f ms (the queue's length, not the disk's)%n"
            + "processor time a message: %.1f us here, %.1f us of the watched process%n%s",
        devices,
        inFlight,
        span.seconds(),
        perSecond(),
        latency.getValueAtPercentile(50) / 1e6,
        latency.getValueAtPercentile(99) / 1e6,
        latency.getValueAtPercentile(99.9) / 1e6,
        cpuMicros(span.ownCpuSeconds()),
        cpuMicros(span.peerCpuSeconds()),
        failures.isEmpty()
            ? "check: each message acknowledged exactly once"
            : "check FAILED: " + String.join("; ", failures));
  }

  /** For machines: one JSON object. */
  public String json() {
    ObjectNode report = new ObjectMapper().createObjectNode();
    report.put("devices", devices).put("in_flight", inFlight);
    report.put("acknowledged", span.acknowledged()).put("seconds", span.seconds());
    report.put("acknowledged_per_s", perSecond());
    report.put("own_cpu_s", span.ownCpuSeconds()).put("watched_cpu_s", span.peerCpuSeconds());
    Report.latency(report.putObject("puback_ms"), tally.latency());
    var list = report.putArray("failures");
    failures().forEach(list::add);
    return report.toString();
  }
}
