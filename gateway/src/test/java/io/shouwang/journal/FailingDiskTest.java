package io.shouwang.journal;

import static io.shouwang.journal.JournalFixture.SMALL;
import static io.shouwang.journal.JournalFixture.append;
import static io.shouwang.journal.JournalFixture.open;
import static io.shouwang.journal.JournalFixture.replay;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.simulation.DiskFault;
import io.shouwang.simulation.DiskFault.Kind;
import io.shouwang.simulation.DiskFault.Operation;
import io.shouwang.simulation.SimulatedDisk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each call to the disk fails in turn, from opening to many segments later. */
class FailingDiskTest {
  private static final int BATCHES = 60;

  private final Random random = new Random(1);

  static Stream<Arguments> faults() {
    List<Arguments> all = new ArrayList<>();
    for (Operation operation : Operation.values()) {
      for (Kind kind : Kind.values()) {
        all.add(Arguments.of(operation, kind, false));
        all.add(Arguments.of(operation, kind, true));
      }
    }
    return all.stream();
  }

  @ParameterizedTest(name = "{0} {1} persistent={2}")
  @MethodSource("faults")
  void everyNthCallFailsUntilARunPassesClean(Operation operation, Kind kind, boolean persistent)
      throws IOException {
    boolean reached = true;
    for (int nth = 1; reached; nth++) {
      assertTrue(nth < 10_000, "the run never passes clean");
      SimulatedDisk disk = new SimulatedDisk();
      open(disk).close();
      Map<Long, String> acknowledged = new TreeMap<>();
      disk.fail(new DiskFault(operation, nth, persistent, kind));
      String failed = live(disk, acknowledged);
      reached = disk.count(operation) >= nth;
      if (reached && persistent) {
        disk.heal();
      }
      checkAfterRestart(disk.copy(), acknowledged, failed, "restart, call " + nth);
      disk.crash(random);
      checkAfterRestart(disk, acknowledged, failed, "power cut, call " + nth);
    }
  }

  /** Appends until something fails; returns the body that got no receipt, or "". */
  private static String live(SimulatedDisk disk, Map<Long, String> acknowledged) {
    String body = "";
    try (Journal journal = open(disk)) {
      for (int i = 1; i <= BATCHES; i++) {
        body = "batch " + i + " " + "x".repeat(300);
        acknowledged.put(append(journal, body).sequence(), body);
        body = "";
      }
    } catch (JournalFailed e) {
      return body;
    } catch (NoRoom e) {
      return ""; // nothing was written
    } catch (IOException e) {
      assertEquals(Map.of(), acknowledged, "only opening may fail in another way: " + e);
    }
    return "";
  }

  private void checkAfterRestart(
      SimulatedDisk disk, Map<Long, String> acknowledged, String failed, String when)
      throws IOException {
    disk.restart();
    for (int opening = 1; opening <= 2; opening++) {
      try (Journal journal = open(disk)) {
        Map<Long, String> found = replay(journal, 1);
        Map<Long, String> expected = new TreeMap<>(acknowledged);
        if (opening == 1 && !failed.isEmpty() && found.size() == acknowledged.size() + 1) {
          expected.put((long) found.size(), failed);
          acknowledged = expected;
        }
        assertEquals(expected, found, when);
        if (opening == 1) {
          String more = "after " + when;
          acknowledged = new TreeMap<>(acknowledged);
          acknowledged.put(append(journal, more).sequence(), more);
        }
      }
      // what opening took for granted must by now be on the platter
      disk.crash(random);
    }
  }

  @Test
  void aFailedSyncKillsTheJournalAndThatFileIsNeverSyncedAgain() throws IOException {
    SimulatedDisk disk = new SimulatedDisk();
    Journal journal = open(disk);
    append(journal, "one");
    disk.fail(new DiskFault(Operation.SYNC, 1, false, Kind.EIO));
    JournalFailed failed = assertThrows(JournalFailed.class, () -> append(journal, "two"));
    assertEquals(failed, assertThrows(JournalFailed.class, () -> append(journal, "three")));
    int writes = disk.count(Operation.WRITE);
    journal.checkSpace();
    journal.close();
    assertEquals(1, disk.count(Operation.SYNC));
    assertEquals(writes, disk.count(Operation.WRITE));
  }

  @Test
  void aFullDiskShedsTelemetryKeepsTenThousandAlarmsAndHeals() throws IOException {
    JournalOptions options = new JournalOptions(4 * 1024 * 1024, 16 * 1024 * 1024, 64 * 1024, 1);
    SimulatedDisk disk = new SimulatedDisk();
    try (Journal journal = open(disk, options, 1)) {
      append(journal, "the first");
      disk.capacity(disk.usedBytes());
      String alarm = "sos".repeat(400);
      long telemetry = 0;
      while (journal.space() == Space.AMPLE) {
        append(journal, "x".repeat(60_000), Importance.TELEMETRY);
        telemetry++;
      }
      assertTrue(telemetry > 60, "telemetry had what the reserve didn't need: " + telemetry);
      assertThrows(
          NoRoom.class,
          () -> {
            for (int i = 0; i < 100; i++) {
              append(journal, "x".repeat(60_000), Importance.TELEMETRY);
            }
          });
      assertEquals(Space.RESERVE, journal.space());
      long before = journal.lastSequence();
      for (int i = 0; i < 10_000; i++) {
        append(journal, alarm);
      }
      assertEquals(before + 10_000, journal.lastSequence());
      assertTrue(String.valueOf(journal.spaceTrouble()).contains("No space left"));
      assertThrows(NoRoom.class, () -> append(journal, "reading", Importance.TELEMETRY));
      NoRoom spent = assertThrows(NoRoom.class, () -> spend(journal, alarm));
      assertTrue(String.valueOf(spent.getMessage()).contains("No space left"));
      assertEquals(Space.EXHAUSTED, journal.space());

      disk.capacity(Long.MAX_VALUE);
      journal.checkSpace();
      assertEquals(Space.AMPLE, journal.space());
      append(journal, "reading", Importance.TELEMETRY);
    }
    disk.crash(new Random(3));
    try (Journal journal = open(disk, options, 1)) {
      assertTrue(journal.lastSequence() > 10_000);
    }
  }

  private static void spend(Journal journal, String alarm) throws IOException {
    while (true) {
      append(journal, alarm);
    }
  }

  @Test
  void aJournalOnAFullDiskOpensAndTakesAlarms() throws IOException {
    SimulatedDisk disk = new SimulatedDisk();
    try (Journal journal = open(disk)) {
      append(journal, "one");
      disk.capacity(disk.usedBytes());
      for (int i = 0; i < 8; i++) {
        append(journal, "x".repeat(900));
      }
      assertEquals(Space.RESERVE, journal.space());
    }
    try (Journal journal = open(disk, SMALL, 1)) {
      assertEquals(Space.RESERVE, journal.space());
      assertEquals(10, append(journal, "an alarm").sequence());
      disk.capacity(Long.MAX_VALUE);
      journal.checkSpace();
      assertEquals(Space.AMPLE, journal.space());
    }
  }

  @Test
  void distillingMakesRoomOnAFullDisk() throws IOException {
    SimulatedDisk disk = new SimulatedDisk();
    try (Journal journal = open(disk)) {
      append(journal, "one");
      while (journal.sealed().size() < 3) {
        append(journal, "x".repeat(900));
      }
      disk.capacity(disk.usedBytes() + 512);
      while (journal.space() == Space.AMPLE) {
        append(journal, "x".repeat(900));
      }
      journal.distil(journal.sealed().getFirst(), JournalFixture.ARCHIVE, (sequence, body) -> null);
      assertEquals(Space.AMPLE, journal.space());
    }
  }
}
