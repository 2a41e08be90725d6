package io.shouwang.sim.load;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each figure of the table stands for what was measured. */
final class BenchTableTest {
  private final ObjectMapper json = new ObjectMapper();

  @Test
  void eachLatencyStandsBesideItsRatioToTheDisk() throws Exception {
    String text =
        new BenchTable(
                List.of(read("{'p50':1,'p99':2,'p99_9':4}"), read("{'p50':3,'p99':2,'p99_9':4}")),
                read("{'p50':0.5,'p99':4,'p99_9':8}"),
                read(
                    "{'readings':{'puback_ms':{'p50':1,'p99':6,'p99_9':8}},"
                        + "'presses':{'puback_ms':{'p50':1,'p99':4,'p99_9':8}},"
                        + "'rings':{'press_to_responder_ms':{'p50':0.6,'p99':12,'p99_9':16}}}"),
                read(
                    "{'devices':1000,'in_flight':16,'acknowledged':300000,'seconds':10,"
                        + "'acknowledged_per_s':30000,'own_cpu_s':2,'watched_cpu_s':15}"),
                500,
                400_000)
            .text(2);
    line(text, "press to responder", "0.60 x1.2 12.00 x3.0 16.00 x2.0");
    line(text, "acknowledged a second", "30,000");
    line(text, "messages made durable by one sync", "800");
    line(text, "gateway: processor seconds per 1,000", "0.0500");
    line(text, "gateway: share of all processors", "75 %");
    line(text, "load generator: the same", "10 %");
  }

  private JsonNode read(String text) throws Exception {
    return json.readTree(text.replace('\'', '"'));
  }

  private static void line(String text, String label, String figures) {
    assertTrue(
        text.lines().anyMatch(line -> line.replaceAll(" +", " ").equals(label + " " + figures)),
        () -> label + ": " + figures + " isn't in\n" + text);
  }
}
