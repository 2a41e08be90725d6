package io.shouwang.journal;

import static io.shouwang.journal.JournalFixture.SMALL;
import static io.shouwang.journal.JournalFixture.append;
import static io.shouwang.journal.JournalFixture.open;
import static io.shouwang.journal.JournalFixture.replay;
import static io.shouwang.journal.JournalFixture.segment;
import static io.shouwang.journal.JournalFixture.text;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.simulation.DiskFault.Operation;
import io.shouwang.simulation.Seed;
import io.shouwang.simulation.SimulatedDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damage, exhaustively: the exact prefix or a refusal; never an altered or a skipped batch. */
class DamageTest {
  private final TreeMap<Long, String> written = new TreeMap<>();

  /** Fills segments until the given one is begun and holds a number of batches. */
  private SimulatedDisk journal(JournalOptions options, int segments, int inLast, int bodyBytes)
      throws IOException {
    SimulatedDisk disk = new SimulatedDisk();
    try (Journal journal = open(disk, options, 1)) {
      int held = 0;
      while (journal.sealed().size() < segments - 1 || held < inLast) {
        int before = journal.sealed().size();
        String body = "batch " + (written.size() + 1) + " ";
        body += "0123456789abcdef".repeat((bodyBytes + written.size() % 40) / 16);
        written.put(append(journal, body).sequence(), body);
        held = journal.sealed().size() > before ? 1 : held + 1;
      }
    }
    return disk;
  }

  /** Where each batch of a segment ends. */
  private static List<Long> ends(SimulatedDisk disk, Path file) throws IOException {
    List<Long> ends = new ArrayList<>();
    BatchCursor cursor = new BatchCursor(file, disk.openReadOnly(file), new BatchCursor.Window());
    cursor.seek(SegmentHeader.BYTES);
    while (cursor.read()) {
      cursor.advance();
      ends.add(cursor.position());
    }
    return ends;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 6})
  void theTailCutAtEveryByteOfTheLastThreeBatches(int inLast) throws IOException {
    SimulatedDisk pristine = journal(SMALL, 2, inLast, 100);
    Path file = segment(2);
    List<Long> ends = ends(pristine, file);
    assertEquals(inLast, ends.size());
    byte[] bytes = pristine.bytes(file);
    int from = inLast > 3 ? ends.get(inLast - 4).intValue() : 0;
    for (int length = from; length <= ends.getLast(); length++) {
      for (boolean zeroed : new boolean[] {false, true}) {
        SimulatedDisk disk = pristine.copy();
        byte[] cut = Arrays.copyOf(bytes, length);
        disk.put(file, zeroed ? Arrays.copyOf(cut, bytes.length) : cut);
        int cutAt = length;
        long whole = ends.stream().filter(end -> end <= cutAt).count();
        long last = written.lastKey() - inLast + whole;
        Map<Long, String> prefix = new TreeMap<>(written.headMap(last, true));
        String what = "cut at " + length + (zeroed ? ", zeros after it" : "");
        try (Journal journal = open(disk)) {
          assertEquals(prefix, replay(journal, 1), what);
          if (tells(bytes, length, ends, zeroed)) {
            TornTail torn = journal.opening().tornTail().orElseThrow(() -> fail(what));
            assertEquals(file, torn.file(), what);
            assertTrue(torn.offset() <= length, what);
          }
          assertEquals(last + 1, append(journal, "next").sequence());
          prefix.put(last + 1, "next");
        }
        try (Journal journal = open(disk)) {
          assertEquals(prefix, replay(journal, 1), what);
        }
      }
    }
  }

  /** A cut that leaves zeros alone after a whole batch can't be told from nothing written. */
  private static boolean tells(byte[] bytes, int length, List<Long> ends, boolean zeroed) {
    if (!zeroed) {
      return true;
    }
    int start = length < SegmentHeader.BYTES ? 0 : SegmentHeader.BYTES;
    for (long end : ends) {
      if (end <= length) {
        start = (int) end;
      }
    }
    return !isZero(Arrays.copyOfRange(bytes, start, length), length - start);
  }

  private static boolean isZero(byte[] bytes, int length) {
    for (int i = 0; i < Math.min(length, bytes.length); i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private static AssertionError fail(String what) {
    return new AssertionError("no torn tail was reported: " + what);
  }

  @Test
  void everyBitFlippedOfAFullSegmentOf64KiB() throws IOException {
    JournalOptions options = new JournalOptions(65_536, 1, 15_000, 0x5eed);
    SimulatedDisk pristine = journal(options, 2, 1, 200);
    // one full segment, and no later one that would vouch for it
    pristine.lose(segment(2));
    written.pollLastEntry();
    flipEveryBit(pristine, options, List.of(segment(1)), Seed.full() ? 1 : 251);
  }

  @Test
  void everyBitFlippedOfAJournalOfThreeSegments() throws IOException {
    SimulatedDisk pristine = journal(SMALL, 3, 3, 400);
    List<Path> files = List.of(segment(1), segment(2), segment(3));
    flipEveryBit(pristine, SMALL, files, Seed.full() ? 1 : 53);
  }

  private void flipEveryBit(
      SimulatedDisk pristine, JournalOptions options, List<Path> files, int stride)
      throws IOException {
    Path lastFile = files.getLast();
    List<Long> ends = ends(pristine, lastFile);
    long lastBatchAt = ends.size() > 1 ? ends.get(ends.size() - 2) : SegmentHeader.BYTES;
    SimulatedDisk disk = pristine.copy();
    long lastEnd = ends.getLast();
    int refused = 0;
    int cut = 0;
    for (Path file : files) {
      long size = pristine.bytes(file).length;
      for (long bit = 0; bit < 8 * size; bit += step(bit / 8, lastBatchAt, lastEnd, stride)) {
        String what = "bit " + bit % 8 + " of byte " + bit / 8 + " of " + file.getFileName();
        disk.heal();
        disk.flipBit(file, bit);
        Map<Long, String> shown = new TreeMap<>();
        boolean readerRefused = readerRefuses(disk, shown);
        assertPrefix(shown, what);
        try (Journal journal = open(disk, options, 1)) {
          assertFalse(readerRefused, what);
          Map<Long, String> found = replay(journal, 1);
          assertEquals(shown, found, what);
          assertPrefix(found, what);
          if (found.size() < written.size()) {
            assertEquals(written.size() - 1, found.size(), what);
            assertTrue(file.equals(lastFile) && bit / 8 >= lastBatchAt, what);
            assertEquals(lastBatchAt, journal.opening().tornTail().orElseThrow().offset(), what);
            cut++;
          }
          disk = pristine.copy();
        } catch (JournalCorrupt e) {
          assertTrue(readerRefused, what);
          assertEquals(0, disk.count(Operation.WRITE), what);
          assertTrue(e.offset() <= bit / 8 || !e.file().equals(file), what + ": " + e);
          assertTrue(files.contains(e.file()), what);
          refused++;
          disk.restart();
          disk.flipBit(file, bit);
        }
      }
    }
    assertTrue(refused > 300 && cut > 100, refused + " refused, " + cut + " cut");
  }

  /** The full run tries every bit; the short one all of the header and some of each other part. */
  private static int step(long offset, long lastBatchAt, long lastEnd, int stride) {
    if (offset < SegmentHeader.BYTES) {
      return 1;
    }
    return offset >= lastBatchAt && offset < lastEnd ? Math.min(stride, 5) : stride;
  }

  private static boolean readerRefuses(SimulatedDisk disk, Map<Long, String> shown)
      throws IOException {
    try {
      new JournalReader(disk, JournalFixture.DIRECTORY)
          .read(1, (sequence, body) -> shown.put(sequence, text(body)));
      return false;
    } catch (JournalCorrupt e) {
      return true;
    }
  }

  private void assertPrefix(Map<Long, String> found, String what) {
    assertEquals(written.headMap(found.size() + 1L), found, what);
  }

  @Test
  void aNewerFormatIsRefusedUntouched() throws IOException {
    SimulatedDisk disk = journal(SMALL, 1, 2, 50);
    byte[] bytes = disk.bytes(segment(1));
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    buffer.putShort(4, (short) 2);
    buffer.putInt(BatchFrame.CRC_AT, new BatchFrame().crc(buffer, 0, SegmentHeader.BYTES));
    disk.put(segment(1), bytes);
    JournalTooNew refused = assertThrows(JournalTooNew.class, () -> open(disk));
    assertTrue(String.valueOf(refused.getMessage()).contains("format 2"));
    assertArrayEquals(bytes, disk.bytes(segment(1)));
  }
}
