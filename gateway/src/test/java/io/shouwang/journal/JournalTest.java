package io.shouwang.journal;

import static io.shouwang.journal.JournalFixture.DIRECTORY;
import static io.shouwang.journal.JournalFixture.SMALL;
import static io.shouwang.journal.JournalFixture.append;
import static io.shouwang.journal.JournalFixture.open;
import static io.shouwang.journal.JournalFixture.read;
import static io.shouwang.journal.JournalFixture.replay;
import static io.shouwang.journal.JournalFixture.segment;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.simulation.DiskFault.Operation;
import io.shouwang.simulation.SimulatedDisk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class JournalTest {
  private final SimulatedDisk disk = new SimulatedDisk();

  @Test
  void aNewJournalIsEmptyAndHasAmpleSpace() throws IOException {
    try (Journal journal = open(disk)) {
      assertEquals(0, journal.opening().lastSequence());
      assertEquals(1, journal.opening().firstSequence());
      assertEquals(Optional.empty(), journal.opening().tornTail());
      assertEquals(Space.AMPLE, journal.space());
      assertEquals(Map.of(), replay(journal, 1));
    }
  }

  @Test
  void whatWasReceiptedIsReplayedInOrderOverManySegments() throws IOException {
    Map<Long, String> written = new TreeMap<>();
    try (Journal journal = open(disk)) {
      for (int i = 1; i <= 200; i++) {
        String body = "batch " + i + " " + "x".repeat(i % 97);
        assertEquals(i, append(journal, body).sequence());
        written.put((long) i, body);
      }
      assertTrue(journal.sealed().size() > 3);
    }
    disk.crash(new Random(1));
    try (Journal journal = open(disk)) {
      assertEquals(200, journal.opening().lastSequence());
      assertEquals(JournalFixture.NOON.plusSeconds(199), journal.opening().lastAt());
      assertEquals(written, replay(journal, 1));
      assertEquals(written, read(disk));
      written.keySet().removeIf(sequence -> sequence < 150);
      assertEquals(written, replay(journal, 150));
      assertEquals(201, append(journal, "next").sequence());
    }
  }

  @Test
  void aBatchIsOneWriteAndOneSyncAndRotationAddsNoneForTheWriter() throws IOException {
    Executor shut =
        task -> {
          throw new RejectedExecutionException("no background: only the writer's work is counted");
        };
    try (Journal journal = Journal.open(disk, DIRECTORY, SMALL, 1, shut)) {
      append(journal, "first");
      disk.heal();
      append(journal, "x".repeat(900));
      append(journal, "x".repeat(900));
      append(journal, "x".repeat(900));
      append(journal, "x".repeat(900));
      append(journal, "x".repeat(900));
      assertEquals(1, journal.sealed().size());
      assertEquals(5, disk.count(Operation.WRITE));
      assertEquals(5, disk.count(Operation.SYNC));
      assertEquals(0, disk.count(Operation.OPEN));
      assertEquals(0, disk.count(Operation.RENAME));
      assertEquals(0, disk.count(Operation.SYNC_DIRECTORY));
    }
  }

  @Test
  void closingDoesNotWaitForWhatTheBackgroundHasNotBegunAndItIsNotBegunAnyMore()
      throws IOException {
    List<Runnable> waiting = new ArrayList<>();
    try (Journal journal = Journal.open(disk, DIRECTORY, SMALL, 1, waiting::add)) {
      for (int i = 0; i < 5; i++) {
        append(journal, "x".repeat(900));
      }
      assertEquals(1, journal.sealed().size());
    }
    assertFalse(waiting.isEmpty(), "a segment was taken, another is to be made");
    disk.heal();
    waiting.forEach(Runnable::run);
    assertEquals(0, disk.count(Operation.CREATE));
    assertEquals(0, disk.count(Operation.WRITE));
  }

  @Test
  void aSegmentMadeAheadIsWholeOnDiskWhenItHasItsName() throws IOException {
    for (int seed = 0; seed < 20; seed++) {
      SimulatedDisk fresh = new SimulatedDisk();
      open(fresh).close();
      fresh.crash(new Random(seed));
      assertEquals(SMALL.segmentBytes(), fresh.bytes(segment(1)).length);
      assertEquals(SMALL.segmentBytes(), fresh.bytes(segment(2)).length);
    }
  }

  @Test
  void aSecondOwnerIsKeptOut() throws IOException {
    try (Journal journal = open(disk)) {
      JournalInUse refused = assertThrows(JournalInUse.class, () -> open(disk));
      assertTrue(String.valueOf(refused.getMessage()).contains("--data"));
      append(journal, "still mine");
    }
    open(disk).close();
  }

  @Test
  void aDamagedMiddleIsRefusedWithFileOffsetAndRemedy() throws IOException {
    try (Journal journal = open(disk)) {
      append(journal, "one");
      append(journal, "two");
      append(journal, "three");
    }
    long offset = SegmentHeader.BYTES + BatchFrame.HEADER_BYTES + 3;
    disk.flipBit(segment(1), 8 * (offset + BatchFrame.HEADER_BYTES));
    JournalCorrupt corrupt = assertThrows(JournalCorrupt.class, () -> open(disk));
    assertEquals(segment(1), corrupt.file());
    assertEquals(offset, corrupt.offset());
    assertTrue(String.valueOf(corrupt.getMessage()).contains("scripts/gateway journal repair"));
    assertThrows(JournalCorrupt.class, () -> read(disk));
  }

  @Test
  void theSnapshotDecidesHowMuchIsReadAndWhatMustBeThere() throws IOException {
    try (Journal journal = open(disk)) {
      for (int i = 1; i <= 100; i++) {
        append(journal, "x".repeat(300));
      }
    }
    disk.flipBit(segment(1), 8 * 500);
    assertThrows(JournalCorrupt.class, () -> open(disk));
    try (Journal journal = open(disk, SMALL, 90)) {
      assertEquals(11, replay(journal, 90).size());
    }
    JournalCorrupt ends = assertThrows(JournalCorrupt.class, () -> open(disk, SMALL, 102));
    assertTrue(ends.reason().contains("ends with batch 100"), ends.reason());
    disk.lose(segment(1));
    JournalCorrupt begins = assertThrows(JournalCorrupt.class, () -> open(disk, SMALL, 5));
    assertTrue(begins.reason().contains("begins with batch"), begins.reason());
    open(disk, SMALL, 90).close();
    disk.lose(segment(4));
    JournalCorrupt missing = assertThrows(JournalCorrupt.class, () -> open(disk, SMALL, 90));
    assertEquals(segment(4), missing.file());
  }

  @Test
  void aTornLastBatchIsCutReportedAndNeverComesBack() throws IOException {
    try (Journal journal = open(disk)) {
      append(journal, "one");
      append(journal, "two");
    }
    long two = SegmentHeader.BYTES + BatchFrame.HEADER_BYTES + 3;
    disk.flipBit(segment(1), 8 * (two + BatchFrame.HEADER_BYTES));
    try (Journal journal = open(disk)) {
      TornTail torn = journal.opening().tornTail().orElseThrow();
      assertEquals(segment(1), torn.file());
      assertEquals(two, torn.offset());
      assertEquals(1, torn.afterSequence());
      assertEquals(BatchFrame.HEADER_BYTES + 3, torn.bytes());
      assertEquals(2, append(journal, "2").sequence());
    }
    try (Journal journal = open(disk)) {
      assertEquals(Optional.empty(), journal.opening().tornTail());
      assertEquals(Map.of(1L, "one", 2L, "2"), replay(journal, 1));
    }
  }
}
