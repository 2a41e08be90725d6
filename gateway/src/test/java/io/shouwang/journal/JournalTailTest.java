package io.shouwang.journal;

import static io.shouwang.journal.JournalFixture.ARCHIVE;
import static io.shouwang.journal.JournalFixture.DIRECTORY;
import static io.shouwang.journal.JournalFixture.append;
import static io.shouwang.journal.JournalFixture.open;
import static io.shouwang.journal.JournalFixture.segment;
import static io.shouwang.journal.JournalFixture.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.simulation.SimulatedDisk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class JournalTailTest {
  private final SimulatedDisk disk = new SimulatedDisk();
  private final List<Long> shown = new ArrayList<>();

  private boolean read(JournalTail tail, long upTo, long bytes) throws IOException {
    return tail.read(
        upTo,
        bytes,
        (sequence, body) -> {
          assertTrue(text(body).startsWith("b" + sequence + " "));
          shown.add(sequence);
        });
  }

  private static void appendTo(Journal journal, long sequence) throws IOException {
    while (journal.lastSequence() < sequence) {
      append(journal, "b" + (journal.lastSequence() + 1) + " " + "x".repeat(200));
    }
  }

  private static List<Long> all(long from, long to) {
    return LongStream.rangeClosed(from, to).boxed().toList();
  }

  @Test
  void itFollowsOverManySegmentsHoweverOftenItLooksAndHoweverLittleItMayRead() throws IOException {
    Random random = new Random(7);
    try (Journal journal = open(disk)) {
      JournalTail tail = new JournalTail(disk, DIRECTORY, 1);
      assertTrue(read(tail, 0, 1), "nothing is synced yet");
      while (journal.lastSequence() < 200) {
        appendTo(journal, journal.lastSequence() + random.nextInt(9));
        read(tail, journal.synced(), 1 + random.nextInt(2_000));
      }
      while (!read(tail, journal.synced(), 500)) {
        assertTrue(tail.lastSequence() < journal.synced());
      }
      assertEquals(all(1, journal.synced()), shown);
      assertFalse(tail.hasMissed());
    }
  }

  @Test
  void itShowsNothingBeyondWhatIsSynced() throws IOException {
    try (Journal journal = open(disk)) {
      appendTo(journal, 30);
      JournalTail tail = new JournalTail(disk, DIRECTORY, 1);
      assertTrue(read(tail, 17, Long.MAX_VALUE));
      assertEquals(all(1, 17), shown);
    }
  }

  @Test
  void itBeginsInTheMiddleOfASegment() throws IOException {
    try (Journal journal = open(disk)) {
      appendTo(journal, 60);
      JournalTail tail = new JournalTail(disk, DIRECTORY, 40);
      assertTrue(read(tail, 60, Long.MAX_VALUE));
      assertEquals(all(40, 60), shown);
    }
  }

  @Test
  void whatWasDistilledBeforeItWasReadIsSaidToBeMissed() throws IOException {
    try (Journal journal = open(disk)) {
      appendTo(journal, 60);
      JournalTail tail = new JournalTail(disk, DIRECTORY, 1);
      assertFalse(read(tail, 60, 300));
      long kept = 0;
      for (int i = 0; i < 2; i++) {
        SegmentInfo oldest = journal.sealed().getFirst();
        journal.distil(oldest, ARCHIVE, (_, _) -> null);
        kept = oldest.lastSequence() + 1;
      }
      shown.clear();
      assertTrue(read(tail, 60, Long.MAX_VALUE));
      assertTrue(tail.hasMissed());
      assertEquals(all(kept, 60), shown);
    }
  }

  @Test
  void aSyncedBatchThatRottedIsRefusedAndReadOnceItIsWholeAgain() throws IOException {
    try (Journal journal = open(disk)) {
      appendTo(journal, 60);
      disk.flipBit(segment(2), 8 * 500);
      JournalTail tail = new JournalTail(disk, DIRECTORY, 1);
      assertThrows(JournalCorrupt.class, () -> read(tail, 60, Long.MAX_VALUE));
      assertThrows(JournalCorrupt.class, () -> read(tail, 60, Long.MAX_VALUE));
      disk.flipBit(segment(2), 8 * 500);
      assertTrue(read(tail, 60, Long.MAX_VALUE));
      assertEquals(all(1, 60), shown);
    }
  }
}
