package io.shouwang.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.simulation.SimulatedDisk;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** What comes in as a zip is bounded by what comes out of it. */
class IncomingTest {
  @Test
  void aBombIsRefusedWhileItUnpacks() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("homes.csv"));
      byte[] zeros = new byte[1 << 16];
      for (int i = 0; i < 64; i++) {
        zip.write(zeros);
      }
    }
    assertTrue(bytes.size() < 16_384, "some 4 MiB in " + bytes.size());
    Incoming incoming = new Incoming(new SimulatedDisk(), Path.of("incoming"), 1 << 20, 1 << 21);
    IncomingRefused refused =
        assertThrows(
            IncomingRefused.class,
            () -> incoming.receive(new ByteArrayInputStream(bytes.toByteArray())));
    assertTrue(String.valueOf(refused.getMessage()).contains("larger than 1 MiB"), refused + "");
  }

  @Test
  void allFilesTogetherAreBoundedToo() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String file : List.of("areas.csv", "homes.csv", "elders.csv")) {
        zip.putNextEntry(new ZipEntry(file));
        zip.write(new byte[900_000]);
      }
    }
    SimulatedDisk disk = new SimulatedDisk();
    Incoming incoming = new Incoming(disk, Path.of("incoming"), 1 << 20, 1 << 21);
    assertThrows(
        IncomingRefused.class,
        () -> incoming.receive(new ByteArrayInputStream(bytes.toByteArray())));
    incoming.clear();
    assertEquals(List.of(), disk.list(Path.of("incoming")));
  }
}
