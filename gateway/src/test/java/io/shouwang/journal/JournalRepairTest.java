package io.shouwang.journal;

import static io.shouwang.journal.JournalFixture.DIRECTORY;
import static io.shouwang.journal.JournalFixture.append;
import static io.shouwang.journal.JournalFixture.open;
import static io.shouwang.journal.JournalFixture.replay;
import static io.shouwang.journal.JournalFixture.segment;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.simulation.DiskFault.Operation;
import io.shouwang.simulation.PowerCut;
import io.shouwang.simulation.SimulatedDisk;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JournalRepairTest {
  private static final long SECOND_BATCH_AT =
      SegmentHeader.BYTES + (long) BatchFrame.HEADER_BYTES + "1 ".length() + 400;

  private SimulatedDisk disk = new SimulatedDisk();
  private final TreeMap<Long, String> written = new TreeMap<>();

  @BeforeEach
  void threeSegments() throws IOException {
    try (Journal journal = open(disk)) {
      for (int i = 1; i <= 20; i++) {
        String body = i + " " + "x".repeat(400);
        written.put(append(journal, body).sequence(), body);
      }
      assertEquals(2, journal.sealed().size());
    }
  }

  private JournalRepair.Plan examine() throws IOException {
    disk.heal();
    Optional<JournalRepair.Plan> plan = new JournalRepair(disk, DIRECTORY).examine();
    assertEquals(0, disk.count(Operation.WRITE) + disk.count(Operation.RENAME));
    return plan.orElseThrow();
  }

  @Test
  void aWholeJournalNeedsNone() throws IOException {
    assertEquals(Optional.empty(), new JournalRepair(disk, DIRECTORY).examine());
  }

  @Test
  void itSaysWhatItGivesUpAndKeepsItAside() throws IOException {
    disk.flipBit(segment(1), 8 * (SECOND_BATCH_AT + 100));
    byte[] damaged = disk.bytes(segment(1));
    byte[] third = disk.bytes(segment(3));
    JournalRepair.Plan plan = examine();
    assertEquals(segment(1), plan.file());
    assertEquals(SECOND_BATCH_AT, plan.offset());
    assertEquals(2, plan.fromSequence());
    assertEquals(OptionalLong.of(20), plan.toSequence());
    assertEquals(List.of(segment(2), segment(3)), plan.laterFiles());
    assertTrue(plan.describe().contains("gives up batches 2 to 20"), plan.describe());
    assertThrows(JournalCorrupt.class, () -> open(disk));

    new JournalRepair(disk, DIRECTORY).apply(plan);
    disk.crash(new Random(1));
    byte[] aside = disk.bytes(DIRECTORY.resolve(segment(1).getFileName() + ".damaged"));
    assertArrayEquals(
        Arrays.copyOfRange(damaged, (int) SECOND_BATCH_AT, (int) SECOND_BATCH_AT + aside.length),
        aside);
    assertArrayEquals(third, disk.bytes(DIRECTORY.resolve(segment(3).getFileName() + ".damaged")));
    try (Journal journal = open(disk)) {
      assertEquals(written.headMap(2L), replay(journal, 1));
      assertEquals(2, append(journal, "goes on").sequence());
    }
  }

  @Test
  void aDamagedHeaderIsWrittenAnewAndNothingIsLost() throws IOException {
    for (int number = 1; number <= 3; number++) {
      for (int bit = 0; bit < 8 * SegmentHeader.BYTES; bit += 5) {
        disk.flipBit(segment(number), bit);
        JournalRepair.Plan plan = examine();
        assertTrue(plan.losesNothing(), plan.toString());
        new JournalRepair(disk, DIRECTORY).apply(plan);
        try (Journal journal = open(disk)) {
          assertEquals(written, replay(journal, 1));
        }
      }
    }
  }

  @Test
  void aMissingSegmentGivesUpWhatFollowsIt() throws IOException {
    disk.lose(segment(2));
    JournalRepair.Plan plan = examine();
    assertEquals(segment(1), plan.file());
    assertEquals(List.of(segment(3)), plan.laterFiles());
    assertEquals(OptionalLong.of(20), plan.toSequence());
    new JournalRepair(disk, DIRECTORY).apply(plan);
    try (Journal journal = open(disk)) {
      assertEquals(written.headMap(plan.fromSequence()), replay(journal, 1));
      append(journal, "goes on");
    }
  }

  @Test
  void aPowerCutAtAnyCallLeavesARepairThatCanBeRepeated() throws IOException {
    disk.flipBit(segment(1), 8 * (SECOND_BATCH_AT + 100));
    SimulatedDisk damaged = disk.copy();
    Random random = new Random(1);
    boolean cut = true;
    for (int nth = 1; cut; nth++) {
      disk = damaged.copy();
      JournalRepair.Plan plan = examine();
      disk.cutPowerAt(nth);
      try {
        new JournalRepair(disk, DIRECTORY).apply(plan);
        cut = false;
        disk.restart();
      } catch (PowerCut e) {
        disk.crash(random);
      }
      Optional<JournalRepair.Plan> again = new JournalRepair(disk, DIRECTORY).examine();
      if (again.isPresent()) {
        new JournalRepair(disk, DIRECTORY).apply(again.get());
      }
      try (Journal journal = open(disk)) {
        assertEquals(Map.of(1L, String.valueOf(written.get(1L))), replay(journal, 1));
      }
    }
  }

  @Test
  void itKeepsOffARunningGatewayAndAChangedJournal() throws IOException {
    disk.flipBit(segment(1), 8 * (SECOND_BATCH_AT + 100));
    JournalRepair repair = new JournalRepair(disk, DIRECTORY);
    JournalRepair.Plan plan = examine();
    disk.flipBit(segment(1), 8 * (SECOND_BATCH_AT + 100));
    assertThrows(IllegalStateException.class, () -> repair.apply(plan));
    try (Journal journal = open(disk)) {
      assertThrows(JournalInUse.class, repair::examine);
      assertFalse(replay(journal, 1).isEmpty());
    }
  }
}
