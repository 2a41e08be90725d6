package io.shouwang.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More than it can take: presses are acknowledged all the same, and what was is on disk. */
final class OverloadTest {
  private static final boolean FULL = Boolean.getBoolean("full");
  private static final int PRESSES = FULL ? 300 : 60;

  private static final String LIMITS =
      """
      limits:
        alarm_lane: 1024
        telemetry_lane: 1024
        held_bytes: 4MiB
      """;

  @TempDir Path folder;

  private static long[] presses(Peer button, String name, int from, List<String> acknowledged)
      throws IOException {
    long[] nanos = new long[PRESSES];
    for (int i = 0; i < PRESSES; i++) {
      String id = name + "-" + (from + i) + "-";
      long begun = System.nanoTime();
      button.mustPublish("v1/devices/button-1/sos", from + i, "{\"id\":\"" + id + "\"}");
      nanos[i] = System.nanoTime() - begun;
      acknowledged.add(id);
    }
    Arrays.sort(nanos);
    return nanos;
  }

  /** Publishes as fast as it may, and reads what comes back. */
  private static Thread flood(Peer peer, int qos, String topic, AtomicBoolean on, AtomicLong sent) {
    Thread.ofVirtual()
        .start(() -> {
          try {
            while (peer.read() != null) {
              // acknowledgements are of no interest
            }
          } catch (IOException | AssertionError e) {
            // closed in the end
          }
        });
    return Thread.ofVirtual()
        .start(() -> {
          byte[] payload =
              "{\"heart_rate_bpm\":72,\"flood\":true}".getBytes(StandardCharsets.UTF_8);
          try {
            for (int id = 1; on.get(); id = id % 65_535 + 1) {
              byte[][] some = new byte[50][];
              Arrays.fill(some, peer.publishing(qos << 1, topic, id, payload));
              peer.send(Peer.join(some));
              sent.addAndGet(some.length);
            }
          } catch (IOException e) {
            // closed in the end
          }
        });
  }

  @Test
  void pressesAreAcknowledgedQuicklyWhileOthersFloodAndNoneOfThemIsLost() throws Exception {
    List<String> acknowledged = new ArrayList<>();
    AtomicBoolean on = new AtomicBoolean(true);
    AtomicLong sent = new AtomicLong();
    double held;
    try (Town town = Town.open(folder, "", LIMITS);
        Peer button = town.connects(MqttVersion.V3_1_1, Town.BUTTON);
        Peer readings = town.connects(MqttVersion.V3_1_1, Town.HUB);
        Peer confirmed = town.connects(MqttVersion.V3_1_1, Town.CHILD);
        Peer alarms = town.connects(MqttVersion.V3_1_1, Town.OTHER_BUTTON)) {
      long[] idle = presses(button, "idle", 1, acknowledged);
      List<Thread> floods =
          List.of(
              flood(readings, 0, "v1/devices/hub-1/vitals", on, sent),
              flood(confirmed, 1, "v1/devices/child-1/vitals", on, sent),
              flood(alarms, 0, "v1/devices/button-2/sos", on, sent));
      Town.await("the telemetry lane is full", () -> town.metric("shouwang_mqtt_held_total") > 0);
      long[] flooded = presses(button, "flooded", 1_001, acknowledged);
      held = town.metric("shouwang_mqtt_held_bytes");
      on.set(false);
      long median = flooded[PRESSES / 2];
      long idleMedian = idle[PRESSES / 2];
      Runtime.getRuntime().gc();
      System.out.printf(
          "press median idle %d us, flooded %d us (worst %d us); %d messages of the flood%n",
          idleMedian / 1_000, median / 1_000, flooded[PRESSES - 1] / 1_000, sent.get());
      // Of the same run, and with room for a machine that does other things as well.
      assertTrue(median < 200 * idleMedian, "idle " + idleMedian + ", flooded " + median);
      assertTrue(held <= 6 << 20, "held " + held);
      assertEquals(0, town.metric("shouwang_inputs_undecided"));
      alarms.vanish();
      readings.vanish();
      confirmed.vanish();
      for (Thread flood : floods) {
        flood.join();
      }
      assertTrue(town.isAlive());
    }
    assertEquals(List.of(), missing(acknowledged));
  }

  /** Which of the ids is in no file of the journal: read as bytes, without the journal's code. */
  private List<String> missing(List<String> ids) throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        for (int at = text.indexOf("{\"id\":\"");
            at >= 0;
            at = text.indexOf("{\"id\":\"", at + 1)) {
          all.append(text, at, Math.min(text.length(), at + 40)).append('\n');
        }
      }
    }
    String found = all.toString();
    return ids.stream().filter(id -> !found.contains("\"" + id + "\"")).toList();
  }
}
