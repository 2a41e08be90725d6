package io.shouwang.journal;

import static io.shouwang.journal.JournalFixture.ARCHIVE;
import static io.shouwang.journal.JournalFixture.SMALL;
import static io.shouwang.journal.JournalFixture.append;
import static io.shouwang.journal.JournalFixture.open;
import static io.shouwang.journal.JournalFixture.replay;
import static io.shouwang.journal.JournalFixture.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.simulation.DiskFault;
import io.shouwang.simulation.DiskFault.Kind;
import io.shouwang.simulation.DiskFault.Operation;
import io.shouwang.simulation.PowerCut;
import io.shouwang.simulation.SimulatedDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DistilTest {
  /** Keeps the first word of what begins with "alarm", and nothing else. */
  static final Distiller ALARMS =
      (sequence, body) -> {
        String text = text(body);
        return text.startsWith("alarm")
            ? ByteBuffer.wrap(text.substring(0, text.indexOf(' ')).getBytes(UTF_8))
            : null;
      };

  private final SimulatedDisk disk = new SimulatedDisk();

  private static void fill(Journal journal) throws IOException {
    for (int i = 1; i <= 60; i++) {
      append(journal, (i % 3 == 0 ? "alarm-" : "reading-") + i + " " + "x".repeat(200));
    }
  }

  static Map<Long, String> archived(SimulatedDisk disk) throws IOException {
    Map<Long, String> kept = new TreeMap<>();
    Archive archive = new Archive(disk, ARCHIVE);
    for (ArchiveInfo info : archive.list()) {
      archive.read(info.file(), (sequence, body) -> kept.put(sequence, text(body)));
    }
    return kept;
  }

  @Test
  void theArchiveKeepsWhatTheDistillerKeepsUnderItsOldSequence() throws IOException {
    try (Journal journal = open(disk)) {
      fill(journal);
      List<SegmentInfo> sealed = journal.sealed();
      SegmentInfo oldest = sealed.getFirst();
      ArchiveInfo info = journal.distil(oldest, ARCHIVE, ALARMS);
      assertEquals(oldest.lastSequence(), info.lastSequence());
      assertFalse(disk.exists(oldest.file()));
      journal.distil(sealed.get(1), ARCHIVE, ALARMS);
      Map<Long, String> expected = new TreeMap<>();
      for (long i = 3; i <= sealed.get(1).lastSequence(); i += 3) {
        expected.put(i, "alarm-" + i);
      }
      assertEquals(expected, archived(disk));
      assertEquals(sealed.subList(2, sealed.size()), journal.sealed());
      append(journal, "and on");
    }
    long from = new JournalReader(disk, JournalFixture.DIRECTORY).firstSequence().orElseThrow();
    try (Journal journal = open(disk, SMALL, from)) {
      assertEquals(61 - from + 1, replay(journal, from).size());
    }
  }

  @Test
  void onlyTheOldestSealedSegmentMayGo() throws IOException {
    try (Journal journal = open(disk)) {
      fill(journal);
      SegmentInfo second = journal.sealed().get(1);
      assertThrows(IllegalArgumentException.class, () -> journal.distil(second, ARCHIVE, ALARMS));
    }
  }

  @Test
  void aDamagedSegmentStays() throws IOException {
    try (Journal journal = open(disk)) {
      fill(journal);
      SegmentInfo oldest = journal.sealed().getFirst();
      disk.flipBit(oldest.file(), 8 * 700);
      assertThrows(JournalCorrupt.class, () -> journal.distil(oldest, ARCHIVE, ALARMS));
      assertTrue(disk.exists(oldest.file()));
      assertEquals(List.of(), new Archive(disk, ARCHIVE).list());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Operation.class,
      names = {"READ"},
      mode = EnumSource.Mode.EXCLUDE)
  void distillingGoesOnAfterAnyFailedCall(Operation operation) throws IOException {
    boolean failed = true;
    for (int nth = 1; failed; nth++) {
      SimulatedDisk faulty = new SimulatedDisk();
      try (Journal journal = open(faulty)) {
        fill(journal);
        List<SegmentInfo> sealed = journal.sealed();
        faulty.fail(new DiskFault(operation, nth, false, Kind.EIO));
        failed = distilAll(journal, sealed);
        faulty.heal();
        distilAll(journal, journal.sealed());
        assertEquals(List.of(), journal.sealed());
        append(journal, "the writer never noticed");
        assertEquals(sealed.getLast().lastSequence() / 3, archived(faulty).size());
      }
    }
  }

  @Test
  void segmentsDisappearInOrderWhateverFailsAndWhereverThePowerIsCut() throws IOException {
    Random random = new Random(1); // one for all: the first draws of small seeds are all alike
    for (int failing = 1; failing <= 3; failing++) {
      for (int call = 1; call <= 12; call++) {
        for (int round = 0; round < 6; round++) {
          SimulatedDisk faulty = new SimulatedDisk();
          Journal journal = open(faulty);
          fill(journal);
          faulty.fail(new DiskFault(Operation.SYNC_DIRECTORY, failing, false, Kind.EIO));
          distilAll(journal, journal.sealed().subList(0, 1));
          faulty.heal();
          faulty.cutPowerAt(call);
          try {
            distilAll(journal, journal.sealed().subList(0, 2));
          } catch (PowerCut e) {
            assertFalse(journal.sealed().isEmpty());
          }
          faulty.crash(random);
          long from =
              new JournalReader(faulty, JournalFixture.DIRECTORY).firstSequence().orElseThrow();
          open(faulty, SMALL, from).close();
        }
      }
    }
  }

  private static boolean distilAll(Journal journal, List<SegmentInfo> segments) {
    try {
      for (SegmentInfo segment : segments) {
        journal.distil(segment, ARCHIVE, ALARMS);
      }
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void everyBitOfAnArchiveCounts() throws IOException {
    try (Journal journal = open(disk)) {
      fill(journal);
      journal.distil(journal.sealed().getFirst(), ARCHIVE, ALARMS);
    }
    ArchiveInfo info = new Archive(disk, ARCHIVE).list().getFirst();
    for (long bit = 0; bit < 8 * info.bytes(); bit++) {
      disk.flipBit(info.file(), bit);
      assertThrows(JournalException.class, () -> archived(disk), "bit " + bit);
      disk.flipBit(info.file(), bit);
    }
    assertEquals(info.batches(), archived(disk).size());
  }

  @Test
  void segmentsGoByAgeOrSizeInOrderAndNeverBeforeASnapshotCoversThem() {
    Instant now = JournalFixture.NOON;
    List<SegmentInfo> sealed =
        List.of(
            info(1, 10, now.minusSeconds(300)),
            info(11, 20, now.minusSeconds(200)),
            info(21, 30, now.minusSeconds(100)));
    RetentionPolicy byAge = new RetentionPolicy(Duration.ofSeconds(150), 1_000_000);
    assertEquals(sealed.subList(0, 2), byAge.expired(sealed, now, 30));
    assertEquals(sealed.subList(0, 1), byAge.expired(sealed, now, 19));
    assertEquals(List.of(), byAge.expired(sealed, now, 0));
    RetentionPolicy bySize = new RetentionPolicy(Duration.ofDays(1), 1000);
    assertEquals(sealed.subList(0, 2), bySize.expired(sealed, now, 30));
    assertEquals(sealed.subList(0, 1), bySize.expired(sealed, now, 10));
    assertEquals(List.of(), new RetentionPolicy(Duration.ofDays(1), 3000).expired(sealed, now, 30));
  }

  private static SegmentInfo info(long first, long last, Instant until) {
    return new SegmentInfo(
        last / 10, JournalFixture.segment(last / 10), first, last, 1000, until, until);
  }
}
