package io.shouwang.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.model.Payload;
import io.shouwang.simulation.Seed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** P1, P2 and P4 when the power fails under load. */
class PowerCutTest {
  private static final int HUBS = 32;
  private static final int ROUNDS_PER_CAMPAIGN = 10;
  private static final int DELAY_NANOS_MAX = 20_000_000;
  private static final Payload PRESS =
      Payload.of("{\"id\":\"too late\"}".getBytes(StandardCharsets.UTF_8));

  /** The disk dies under a gateway that works. */
  private record PowerCut(Campaign campaign, DiskImage disk, Random random)
      implements Campaign.End {
    @Override
    public void strike(GatewayProcess gateway) throws IOException {
      try (Line late = campaign.silentHub()) {
        LockSupport.parkNanos(random.nextInt(DELAY_NANOS_MAX)); // the moment is chance's
        disk.cutPower();
        assertNeverAcknowledged(late);
      }
      assertEquals(1, gateway.awaitExit(Duration.ofMinutes(1)), gateway::errors);
      assertTrue(gateway.errors().contains("the gateway stops: "), gateway::errors);
    }

    /** What is said after the disk died: the line ends without an answer. */
    private static void assertNeverAcknowledged(Line late) {
      assertThrows(
          IOException.class,
          () -> {
            late.publish(1, "v1/devices/" + late.id() + "/sos", PRESS);
            late.flush();
            Line.Packet answer = late.read();
            assertFalse(
                answer instanceof Line.Packet.Acknowledged, "acknowledged after the disk was dead");
          });
    }

    @Override
    public void recover() {
      disk.restore();
    }
  }

  @Test
  void nothingAcknowledgedIsLost(@TempDir Path directory) throws IOException {
    cut("xfs", Seed.full() ? 50 : 1, directory);
  }

  @Test
  @Tag("long")
  void nothingAcknowledgedIsLostOnExt4(@TempDir Path directory) throws IOException {
    cut("ext4", Seed.full() ? 20 : 1, directory);
  }

  private static void cut(String fileSystem, int rounds, Path directory) throws IOException {
    Seed first = Seed.of("PowerCutTest " + fileSystem);
    int left = rounds;
    for (int i = 0; left > 0; i++) {
      Seed seed = first.round(i);
      int now = Math.min(left, ROUNDS_PER_CAMPAIGN);
      left -= now;
      try (DiskImage disk = DiskImage.make(directory, fileSystem);
          Campaign campaign =
              new Campaign(
                  directory.resolve("config-" + i), disk.root().resolve("data"), HUBS, now, seed)) {
        for (int round = 0; round < now; round++) {
          campaign.round(new PowerCut(campaign, disk, seed.round(round).random()));
        }
      }
    }
  }
}
