package io.shouwang.journal;

import static io.shouwang.journal.JournalFixture.ARCHIVE;
import static io.shouwang.journal.JournalFixture.SMALL;
import static io.shouwang.journal.JournalFixture.append;
import static io.shouwang.journal.JournalFixture.open;
import static io.shouwang.journal.JournalFixture.segment;
import static io.shouwang.journal.JournalFixture.text;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.shouwang.simulation.SimulatedDisk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Files of the first format, kept for ever: every later gateway reads them, exactly. {@code
 * -Dgolden=write} makes them anew, which a format once released forbids.
 */
class GoldenSegmentTest {
  private static final Path RESOURCES = Path.of("src/test/resources/golden/v1");
  private static final String SEALED = "0000000000000001.seg";
  private static final String LAST = "0000000000000002.seg";
  private static final String ARCHIVED = "0000000000000001.archive";

  /** What the golden files hold: readings and alarms, ASCII, Chinese, and a body of one byte. */
  private static Map<Long, String> bodies() {
    Map<Long, String> bodies = new TreeMap<>();
    bodies.put(1L, "alarm-1 按下 pressed by 王奶奶");
    bodies.put(2L, "x");
    for (long i = 3; i <= 30; i++) {
      bodies.put(i, (i % 4 == 0 ? "alarm-" : "reading-") + i + " " + "0123456789".repeat((int) i));
    }
    return bodies;
  }

  private static SimulatedDisk written() throws IOException {
    SimulatedDisk disk = new SimulatedDisk();
    try (Journal journal = open(disk)) {
      for (String body : bodies().values()) {
        append(journal, body);
      }
    }
    return disk;
  }

  private static byte[] archived(SimulatedDisk disk) throws IOException {
    try (Journal journal = open(disk)) {
      ArchiveInfo info = journal.distil(journal.sealed().getFirst(), ARCHIVE, DistilTest.ALARMS);
      return disk.bytes(info.file());
    }
  }

  private static byte[] golden(String name) throws IOException {
    try (InputStream resource = GoldenSegmentTest.class.getResourceAsStream("/golden/v1/" + name)) {
      if (resource == null) {
        throw new IOException("no golden file " + name);
      }
      return resource.readAllBytes();
    }
  }

  @Test
  void theEncoderStillMakesTheSameBytes() throws IOException {
    SimulatedDisk disk = written();
    byte[] sealed = disk.bytes(segment(1));
    byte[] last = disk.bytes(segment(2));
    byte[] archive = archived(disk);
    if ("write".equals(System.getProperty("golden"))) {
      Files.write(RESOURCES.resolve(SEALED), sealed);
      Files.write(RESOURCES.resolve(LAST), last);
      Files.write(RESOURCES.resolve(ARCHIVED), archive);
      return;
    }
    assertArrayEquals(golden(SEALED), sealed);
    assertArrayEquals(golden(LAST), last);
    assertArrayEquals(golden(ARCHIVED), archive);
  }

  @Test
  void segmentsOfTheFirstFormatAreReadExactly() throws IOException {
    SimulatedDisk disk = new SimulatedDisk();
    disk.put(segment(1), golden(SEALED));
    disk.put(segment(2), golden(LAST));
    try (Journal journal = open(disk, SMALL, 1)) {
      assertEquals(bodies(), JournalFixture.replay(journal, 1));
      assertEquals("2026-11-22T12:00:29Z", journal.opening().lastAt().toString());
      assertEquals(31, append(journal, "and it goes on").sequence());
    }
    assertEquals(31, JournalFixture.read(disk).size());
  }

  @Test
  void anArchiveOfTheFirstFormatIsReadExactly() throws IOException {
    SimulatedDisk disk = new SimulatedDisk();
    Path file = ARCHIVE.resolve(ARCHIVED);
    disk.put(file, golden(ARCHIVED));
    Map<Long, String> kept = new TreeMap<>();
    ArchiveInfo info =
        new Archive(disk, ARCHIVE).read(file, (sequence, body) -> kept.put(sequence, text(body)));
    Map<Long, String> expected = new TreeMap<>();
    bodies()
        .forEach((sequence, body) -> {
          if (sequence <= info.lastSequence() && body.startsWith("alarm")) {
            expected.put(sequence, body.substring(0, body.indexOf(' ')));
          }
        });
    assertEquals(expected, kept);
    assertEquals(expected.size(), info.batches());
  }
}
