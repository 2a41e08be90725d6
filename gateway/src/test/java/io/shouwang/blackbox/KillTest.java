package io.shouwang.blackbox;

import io.shouwang.simulation.Seed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** P1, P2 and P4 when the process is killed at any moment, under load. */
class KillTest {
  private static final int HUBS = 64;
  private static final int CAMPAIGNS = Seed.full() ? 10 : 1;
  private static final int ROUNDS = Seed.full() ? 10 : 2;
  private static final int DELAY_NANOS_MAX = 20_000_000;

  @Test
  void nothingAcknowledgedIsLostAndNothingRingsTwice(@TempDir Path directory) throws IOException {
    Seed first = Seed.of("KillTest");
    for (int i = 0; i < CAMPAIGNS; i++) {
      Seed seed = first.round(i);
      Random random = seed.random();
      Path home = directory.resolve("campaign-" + i);
      try (Campaign campaign =
          new Campaign(home.resolve("config"), home.resolve("data"), HUBS, ROUNDS, seed)) {
        for (int round = 0; round < ROUNDS; round++) {
          campaign.round(gateway -> {
            LockSupport.parkNanos(random.nextInt(DELAY_NANOS_MAX)); // the moment is chance's
            gateway.kill();
          });
        }
      }
    }
  }
}
