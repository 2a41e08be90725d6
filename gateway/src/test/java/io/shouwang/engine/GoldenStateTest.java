package io.shouwang.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.Closing;
import io.shouwang.alerts.Delivery;
import io.shouwang.host.DiskFile;
import io.shouwang.journal.JournalReader;
import io.shouwang.model.Outcome;
import io.shouwang.model.Stamp;
import io.shouwang.simulation.SimulatedDisk;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A journal and a snapshot of the first format, kept for ever: every later gateway reads them and
 * finds the same alerts. {@code -Dtest.jvm=-Dgolden=write} makes them anew, which a format once
 * released forbids; a new format gets a folder of its own.
 */
final class GoldenStateTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/v1/state");
  private static final Path SECOND = Path.of("src/test/resources/golden/v2/state");
  private static final Path THIRD = Path.of("src/test/resources/golden/v3/state");
  private static final Path FOURTH = Path.of("src/test/resources/golden/v4/state");
  private static final boolean WRITE = "write".equals(System.getProperty("golden"));

  @Test
  void a_journal_of_the_first_format_gives_the_alerts_it_always_gave() throws Exception {
    if (WRITE) {
      writeGolden();
    }
    List<ByteBuffer> bodies =
        Files.readAllLines(GOLDEN.resolve("batches.hex")).stream()
            .map(line -> ByteBuffer.wrap(HexFormat.of().parseHex(line)))
            .toList();
    Recovery recovery = new Recovery();
    bodies.forEach(recovery::apply);
    assertEquals(Files.readString(GOLDEN.resolve("alerts.txt")), described(recovery.state()));
  }

  @Test
  void a_snapshot_of_the_first_format_gives_them_too() throws Exception {
    if (WRITE) {
      writeGolden();
    }
    assertEquals(
        Files.readString(GOLDEN.resolve("alerts.txt")), described(snapshot(GOLDEN).state()));
  }

  @Test
  void a_snapshot_of_the_second_format_gives_the_homes_it_always_gave() throws Exception {
    if ("write-second".equals(System.getProperty("golden"))) {
      writeSecond();
    }
    State state = snapshot(SECOND).state();
    assertEquals(Files.readString(SECOND.resolve("alerts.txt")), described(state));
    assertEquals(Files.readString(SECOND.resolve("heard.txt")), heard(state));
  }

  @Test
  void a_journal_and_a_snapshot_of_the_third_format_give_the_alerts_they_always_gave()
      throws Exception {
    assertTold(THIRD);
  }

  @Test
  void a_journal_and_a_snapshot_of_the_fourth_format_give_the_alerts_they_always_gave()
      throws Exception {
    if ("write-fourth".equals(System.getProperty("golden"))) {
      writeTold(FOURTH);
    }
    assertTold(FOURTH);
  }

  private static void assertTold(Path golden) throws Exception {
    Recovery recovery = new Recovery();
    for (String line : Files.readAllLines(golden.resolve("batches.hex"))) {
      recovery.apply(ByteBuffer.wrap(HexFormat.of().parseHex(line)));
    }
    String expected = Files.readString(golden.resolve("alerts.txt"));
    assertEquals(expected, told(recovery.state()));
    assertEquals(expected, told(snapshot(golden).state()));
  }

  /**
   * Ways, calls, counties, drills, what was merged, opened again and audited; since the fourth, who
   * hurried, handed over and took back.
   */
  private static void writeTold(Path golden) throws Exception {
    Files.createDirectories(golden);
    EngineFixture at = EngineFixture.fresh();
    LaterStory.tell(at);
    StringBuilder bodies = new StringBuilder();
    new JournalReader(at.disk, EngineFixture.DATA.resolve("journal"))
        .read(1, (sequence, body) -> bodies.append(hex(body)).append('\n'));
    Files.writeString(golden.resolve("batches.hex"), bodies.toString());
    Files.writeString(golden.resolve("alerts.txt"), told(at.engine.state()));
    SnapshotTest.snapshot(at, () -> {});
    Path newest = Snapshot.list(at.disk, EngineFixture.DATA.resolve("snapshots")).getFirst();
    Files.write(golden.resolve("state.snapshot"), at.disk.bytes(newest));
    at.close();
  }

  /** A state with what came in the third format. */
  static String told(State state) {
    return described(state)
        + state.allHomes().stream()
            .flatMap(home -> home.alerts().stream())
            .sorted(Comparator.comparing(alert -> alert.id().value()))
            .map(GoldenStateTest::told)
            .collect(Collectors.joining("\n", "", "\n"))
        + state.notes().all().stream()
            .map(note -> "note " + note.text())
            .sorted()
            .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String told(Alert alert) {
    Closing closing = alert.closing();
    return alert.id()
        + " exercise "
        + alert.marks().exercise()
        + ", synthetic "
        + alert.marks().synthetic()
        + ", ladder "
        + alert.ladder().name()
        + " stopped by "
        + alert.ladder().stoppedBy()
        + (closing == null
            ? ", open"
            : ", closed by "
                + closing.by()
                + ": "
                + closing.disposition()
                + ", goes on in "
                + closing.into()
                + (closing.passedAt() == null ? "" : ", passed on at " + closing.passedAt()))
        + (alert.handover() == null ? "" : ", to be taken over by " + alert.handover().to())
        + "\n  reached "
        + alert.asked().stream()
            .map(a ->
                a.responder()
                    + " "
                    + a.reached()
                    + " said "
                    + a.answer()
                    + " ways "
                    + a.ways()
                    + " next "
                    + a.nextWayAt())
            .toList()
        + "\n  messages "
        + alert.deliveries().stream()
            .map(d -> d.key().number() + " " + d.channel() + " " + d.way() + " " + how(d))
            .toList();
  }

  private static String how(Delivery delivery) {
    Outcome outcome = delivery.outcome();
    return outcome == null ? "under way" : outcome.getClass().getSimpleName();
  }

  private static Recovery snapshot(Path golden) throws Exception {
    SimulatedDisk disk = new SimulatedDisk();
    Path folder = Path.of("/snapshots");
    disk.makeDirectory(folder);
    try (DiskFile file = disk.create(folder.resolve(Snapshot.name(2)))) {
      file.write(ByteBuffer.wrap(Files.readAllBytes(golden.resolve("state.snapshot"))), 0);
    }
    return Recovery.fromSnapshot(disk, folder);
  }

  /** The story of the first, and what bracelets, sensors and doors said. */
  private static void writeSecond() throws Exception {
    Files.createDirectories(SECOND);
    EngineFixture at = EngineFixture.fresh();
    EngineTest.story(at);
    at.event("demo-band-001", "vitals", "{\"heart_rate_bpm\":71,\"steps\":200,\"worn\":true}");
    at.event(
        "demo-band-001",
        "location",
        "{\"lat\":32.1,\"lon\":118.9,\"accuracy_m\":12.5,\"source\":\"gnss\"}");
    Files.writeString(SECOND.resolve("alerts.txt"), described(at.engine.state()));
    Files.writeString(SECOND.resolve("heard.txt"), heard(at.engine.state()));
    SnapshotTest.snapshot(at, () -> {});
    Path newest = Snapshot.list(at.disk, EngineFixture.DATA.resolve("snapshots")).getFirst();
    Files.write(SECOND.resolve("state.snapshot"), at.disk.bytes(newest));
    at.close();
  }

  private static String heard(State state) {
    return state.allHomes().stream()
        .sorted(Comparator.comparing(home -> home.id()))
        .flatMap(home ->
            home.senses().devices().stream()
                .map(sense ->
                    home.id()
                        + " "
                        + sense.device()
                        + " heard "
                        + Instant.ofEpochMilli(sense.heardAt())
                        + ", worn "
                        + sense.worn()))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static void writeGolden() throws Exception {
    Files.createDirectories(GOLDEN);
    EngineFixture at = EngineFixture.fresh();
    EngineTest.story(at);
    StringBuilder bodies = new StringBuilder();
    new JournalReader(at.disk, EngineFixture.DATA.resolve("journal"))
        .read(1, (sequence, body) -> bodies.append(hex(body)).append('\n'));
    Files.writeString(GOLDEN.resolve("batches.hex"), bodies.toString());
    Files.writeString(GOLDEN.resolve("alerts.txt"), described(at.engine.state()));
    SnapshotTest.snapshot(at, () -> {});
    Path newest = Snapshot.list(at.disk, EngineFixture.DATA.resolve("snapshots")).getFirst();
    Files.write(GOLDEN.resolve("state.snapshot"), at.disk.bytes(newest));
    at.close();
  }

  private static String hex(ByteBuffer body) {
    byte[] bytes = new byte[body.remaining()];
    body.get(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** What of a state must never be read differently: in words of its own, not in records'. */
  private static String described(State state) {
    Stamp last = state.last();
    String head =
        "last input "
            + last.number()
            + " at "
            + last.now()
            + "\n"
            + "registry "
            + state.registryHash()
            + ", settings "
            + state.settingsHash()
            + "\n"
            + "sessions "
            + state.sessions()
            + "\n";
    return state.allHomes().stream()
        .filter(home -> !home.isBlank())
        .sorted(Comparator.comparing(home -> home.id()))
        .flatMap(home ->
            Stream.concat(
                Stream.of(
                    "home "
                        + home.id()
                        + ": "
                        + home.seen().size()
                        + " events remembered, fixes of "
                        + home.fixes().stream()
                            .map(f -> f.device() + " " + f.fix().lat())
                            .toList()),
                home.alerts().stream().map(GoldenStateTest::described)))
        .collect(Collectors.joining("\n", head, "\n"));
  }

  private static String described(Alert alert) {
    return "  "
        + alert.id()
        + " "
        + alert.kind()
        + " "
        + alert.severity()
        + " "
        + alert.state()
        + " since "
        + alert.raisedAt()
        + "\n    subject "
        + alert.subject()
        + ", deadline "
        + alert.deadline()
        + "\n    evidence "
        + alert.evidence().stream()
            .map(e -> e.what() + "" + e.marks().stream().sorted().toList())
            .toList()
        + "\n    held by "
        + alert.holds().stream()
            .map(h -> h.responder() + " " + h.phase() + " until " + h.until())
            .toList()
        + "\n    asked "
        + alert.asked().stream()
            .map(a -> a.responder() + " as " + a.role() + (a.declined() ? " declined" : ""))
            .toList()
        + "\n    under way "
        + alert.deliveries().stream()
            .filter(Delivery::isUnderWay)
            .map(d -> d.key().number() + " " + d.cause())
            .toList()
        + "\n    timeline "
        + alert.timeline().stream().map(e -> e.fact().getClass().getSimpleName()).toList();
  }
}
