package io.shouwang.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.model.Payload;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A full disk: readings wait, alarms go on, it is said aloud, and it heals. */
class FullDiskTest {
  /** Room for four segments of 20 MiB: one full, one in use, two made ahead. */
  private static final String TMPFS_SIZE = "size=96m";

  private static final int GENEROUS_SECONDS = 60;
  private static final int READING_BYTES = 8_000;
  private static final int WINDOW = 64;
  private static final int READINGS_MAX = 20_000;

  @Test
  void alarmsGoOnWhenReadingsHaveToWait(@TempDir Path directory) throws IOException {
    Path mountPoint = Files.createDirectory(directory.resolve("small"));
    DiskImage.need("mount", "-t", "tmpfs", "-o", TMPFS_SIZE, "tmpfs", mountPoint.toString());
    try {
      Path data = mountPoint.resolve("data");
      City city = City.write(directory.resolve("config"), 2, 1, false);
      try (GatewayProcess gateway = GatewayProcess.start(city.directory(), data);
          Ears desk = new Ears(City.DESK)) {
        Map<String, String> secrets = City.secrets(data);
        desk.listen(gateway.mqttPort(), secrets.getOrDefault(City.DESK, ""));
        try (Api api = new Api(gateway.http(), secrets.getOrDefault(City.OPERATOR, ""));
            Line readings = line(gateway, secrets, City.hub(0));
            Line alarms = line(gateway, secrets, City.hub(1))) {
          Path ballast = mountPoint.resolve("ballast");
          fill(ballast);
          int waiting = sendUntilItWaits(readings, desk);

          // An alarm is taken in while the readings wait.
          alarms.publish(1, "v1/devices/" + city.button(1, 0) + "/sos", json("{\"id\":\"1\"}"));
          alarms.flush();
          assertEquals(new Line.Packet.Acknowledged(1), alarms.read());
          String home = City.home(city.button(1, 0));
          assertNotNull(desk.await(ring -> ring.home().equals(home), GENEROUS_SECONDS));
          Api.Answer ready = api.get("/readyz");
          assertEquals(200, ready.status(), "alarms are taken in");
          assertTrue(ready.body().path("troubles").toString().contains("disk is full"));

          // Space returns, and the readings go on.
          Files.delete(ballast);
          Instant roomAgain = Instant.now();
          for (int i = 0; i < waiting; i++) {
            assertTrue(readings.read() instanceof Line.Packet.Acknowledged);
          }
          System.out.println(
              "healed after " + Duration.between(roomAgain, Instant.now()).toMillis() + " ms");
          awaitNoTrouble(api);
        }
      }
    } finally {
      Shell.run("umount", "-l", mountPoint.toString());
    }
  }

  private static Line line(GatewayProcess gateway, Map<String, String> secrets, String id)
      throws IOException {
    return Line.connect(gateway.mqttPort(), id, secrets.getOrDefault(id, ""));
  }

  private static Payload json(String text) {
    return Payload.of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Somebody else's file takes all the room there is. */
  private static void fill(Path ballast) throws IOException {
    byte[] chunk = new byte[64 * 1024];
    try (OutputStream out = Files.newOutputStream(ballast)) {
      while (true) {
        out.write(chunk);
      }
    } catch (IOException e) {
      assertTrue(String.valueOf(e.getMessage()).contains("No space"), e::toString);
    }
  }

  /** Sends readings until the desk hears of the full disk; returns how many have no answer. */
  private static int sendUntilItWaits(Line readings, Ears desk) throws IOException {
    String pad = "x".repeat(READING_BYTES);
    int waiting = 0;
    for (int i = 0; i < READINGS_MAX; i++) {
      if (desk.rings().stream().anyMatch(ring -> ring.kind().equals("gateway_trouble"))) {
        // What was answered before the lane was shut is on its way.
        while (readings.hasMore()) {
          waiting -= readings.read() instanceof Line.Packet.Acknowledged ? 1 : 0;
        }
        readings.publish(
            i % 60_000 + 1, "v1/devices/" + City.hub(0) + "/motion", json("{\"id\":\"last\"}"));
        readings.flush();
        return waiting + 1;
      }
      readings.publish(
          i % 60_000 + 1,
          "v1/devices/" + City.hub(0) + "/motion",
          json("{\"id\":\"" + i + "\",\"pad\":\"" + pad + "\"}"));
      waiting++;
      readings.flush();
      while (waiting >= WINDOW && !isStuck(readings, desk)) {
        waiting -= readings.read() instanceof Line.Packet.Acknowledged ? 1 : 0;
      }
      if (waiting >= WINDOW) {
        return waiting;
      }
    }
    throw new AssertionError("the disk is never full");
  }

  /** Whether no answer comes because the disk is full; waits until one of the two is certain. */
  private static boolean isStuck(Line readings, Ears desk) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(GENEROUS_SECONDS);
    while (!readings.hasMore()) {
      if (desk.rings().stream().anyMatch(ring -> ring.kind().equals("gateway_trouble"))) {
        return !readings.hasMore();
      }
      assertTrue(System.nanoTime() < deadline, "no answer, and nobody was told why");
      Thread.onSpinWait();
    }
    return false;
  }

  private static void awaitNoTrouble(Api api) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(GENEROUS_SECONDS);
    while (api.get("/readyz").body().toString().contains("disk is full")) {
      assertTrue(System.nanoTime() < deadline, "the trouble doesn't end");
      Thread.onSpinWait();
    }
  }
}
