package io.shouwang.sim.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;

/**
 * One machine's figures from one run, for people: each latency beside its ratio to what the disk
 * takes.
 *
 * @param disk sync times of the disk alone, measured before and after, with {@code p50}, {@code
 *     p99}, {@code p99_9} in milliseconds
 * @param meanwhile the same during the steady load, a sync now and then: what ratios are to
 * @param steady a {@link Report} as JSON
 * @param flood a {@link FloodReport} as JSON
 * @param syncs how many times the gateway synced during the flood, warm-up included
 * @param inputs how many inputs it took in meanwhile
 */
public record BenchTable(
    List<JsonNode> disk,
    JsonNode meanwhile,
    JsonNode steady,
    JsonNode flood,
    double syncs,
    double inputs) {
  private static final List<String> QUANTILES = List.of("p50", "p99", "p99_9");

  /** The table. */
  public String text(int cores) {
    StringBuilder text = new StringBuilder();
    line(text, "milliseconds, and as multiples of the disk's", "p50", "", "p99", "", "p99.9", "");
    for (int i = 0; i < disk.size(); i++) {
      row(text, i == 0 ? "disk alone, before: write and sync" : "disk alone, after", disk.get(i));
    }
    row(text, "disk meanwhile: what a sync beside them took", meanwhile);
    row(text, "PUBACK of a reading", steady.path("readings").path("puback_ms"));
    row(text, "PUBACK of a press", steady.path("presses").path("puback_ms"));
    row(text, "press to responder", steady.path("rings").path("press_to_responder_ms"));
    double acknowledged = flood.path("acknowledged").asDouble();
    double seconds = flood.path("seconds").asDouble();
    double gateway = flood.path("watched_cpu_s").asDouble();
    double clients = flood.path("own_cpu_s").asDouble();
    text.append(
        String.format(
            Locale.ROOT,
            "%nas many readings as go, %d devices with %d unanswered each%n",
            flood.path("devices").asInt(),
            flood.path("in_flight").asInt()));
    figure(text, "acknowledged a second", "%,.0f", flood.path("acknowledged_per_s").asDouble());
    figure(text, "messages made durable by one sync", "%,.0f", inputs / Math.max(syncs, 1));
    figure(text, "gateway: processor seconds per 1,000", "%.4f", gateway / acknowledged * 1_000);
    figure(text, "gateway: share of all processors", "%.0f %%", gateway / seconds / cores * 100);
    figure(text, "load generator: the same", "%.0f %%", clients / seconds / cores * 100);
    return text.toString().stripTrailing();
  }

  private void row(StringBuilder text, String label, JsonNode latency) {
    String[] cells = new String[2 * QUANTILES.size()];
    for (int i = 0; i < QUANTILES.size(); i++) {
      double millis = latency.path(QUANTILES.get(i)).asDouble();
      double base = meanwhile.path(QUANTILES.get(i)).asDouble();
      cells[2 * i] = String.format(Locale.ROOT, "%.2f", millis);
      cells[2 * i + 1] = base > 0 ? String.format(Locale.ROOT, "x%.1f", millis / base) : "";
    }
    line(text, label, cells);
  }

  private static void line(StringBuilder text, String label, String... cells) {
    text.append(String.format("%-46s", label));
    for (int i = 0; i < cells.length; i += 2) {
      text.append(String.format("%9s %6s", cells[i], cells[i + 1]));
    }
    text.append(System.lineSeparator());
  }

  private static void figure(StringBuilder text, String label, String format, double value) {
    text.append(String.format(Locale.ROOT, "%-46s %12s%n", label, String.format(format, value)));
  }
}
