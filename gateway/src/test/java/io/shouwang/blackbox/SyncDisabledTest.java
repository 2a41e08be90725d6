package io.shouwang.blackbox;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.engine.JournalledInputs;
import io.shouwang.journal.JournalException;
import io.shouwang.model.DeviceEvent;
import io.shouwang.simulation.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The power cut of {@link PowerCutTest} finds what it looks for: with every sync turned into
 * nothing from outside ({@code eatmydata}), what was acknowledged is lost.
 */
class SyncDisabledTest {
  private static final int HUBS = 16;
  private static final int ACKNOWLEDGED_LEAST = 300;
  private static final int TRIES = 3;

  @Test
  void withoutSyncsAPowerCutLosesWhatWasAcknowledged(@TempDir Path directory) throws IOException {
    DiskImage.need("eatmydata", "true");
    Seed first = Seed.of("SyncDisabledTest");
    int lost = 0;
    for (int i = 0; i < TRIES && lost == 0; i++) {
      lost = lostInOneRound(directory.resolve("try-" + i), first.round(i));
    }
    System.out.println("without syncs: " + lost + " acknowledged events lost");
    assertTrue(lost > 0, "no loss in " + TRIES + " power cuts without a sync");
  }

  private static int lostInOneRound(Path directory, Seed seed) throws IOException {
    City city = City.write(directory.resolve("config"), HUBS, Campaign.PRESSES_PER_ROUND, false);
    Ledger ledger = new Ledger();
    try (DiskImage disk = DiskImage.make(directory, "xfs")) {
      Path data = disk.root().resolve("data");
      try (GatewayProcess gateway =
          GatewayProcess.launch(List.of("eatmydata"), city.directory(), data).awaitReady()) {
        String maps = Files.readString(Path.of("/proc", Long.toString(gateway.pid()), "maps"));
        assertTrue(maps.contains("eatmydata"), "its syncs are not intercepted");
        // Names and empty segments are made durable from outside: lost are batches alone.
        disk.sync();
        Map<String, String> secrets = City.secrets(data);
        Crowd crowd = new Crowd(city, HUBS, secrets, ledger, seed, Campaign.PRESSES_PER_ROUND);
        crowd.speak(gateway.mqttPort(), 0, 8);
        assertTrue(ledger.awaitMore(ACKNOWLEDGED_LEAST, 60), gateway::errors);
        disk.cutPower();
        gateway.kill();
        crowd.join();
      }
      disk.restore();
      return ledger.missingFrom(found(data)).size();
    }
  }

  /** What can still be read of the journal. */
  private static Set<String> found(Path data) throws IOException {
    Set<String> keys = new HashSet<>();
    try {
      for (DeviceEvent event : JournalledInputs.read(data).events()) {
        keys.add(Ledger.Sent.key(event));
      }
    } catch (JournalException e) {
      System.out.println("the journal is not even whole: " + e.getMessage());
    }
    return keys;
  }
}
