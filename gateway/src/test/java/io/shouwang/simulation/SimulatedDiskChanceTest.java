package io.shouwang.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.shouwang.host.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A power cut is decided by the seed alone. */
class SimulatedDiskChanceTest {
  private static final Path DIRECTORY = Path.of("/data");
  private static final int FILES = 12;

  @Test
  void theSameSeedLeavesTheSameBytesInEveryFile() throws IOException {
    assertEquals(afterPowerCut(), afterPowerCut());
  }

  private static String afterPowerCut() throws IOException {
    SimulatedDisk disk = new SimulatedDisk();
    disk.makeDirectory(DIRECTORY);
    for (int i = 0; i < FILES; i++) {
      disk.put(DIRECTORY.resolve("file-" + i), new byte[20_000]);
      byte[] unsynced = new byte[20_000];
      Arrays.fill(unsynced, (byte) 1);
      try (DiskFile file = disk.open(DIRECTORY.resolve("file-" + i))) {
        file.write(ByteBuffer.wrap(unsynced), 0);
      }
    }
    disk.crash(new Random(7));
    StringBuilder left = new StringBuilder();
    for (int i = 0; i < FILES; i++) {
      left.append(Arrays.hashCode(disk.bytes(DIRECTORY.resolve("file-" + i)))).append('\n');
    }
    return left.toString();
  }
}
