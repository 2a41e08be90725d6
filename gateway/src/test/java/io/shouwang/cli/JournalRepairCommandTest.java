package io.shouwang.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.host.RealDisk;
import io.shouwang.journal.BatchBuffer;
import io.shouwang.journal.Importance;
import io.shouwang.journal.Journal;
import io.shouwang.journal.JournalOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code scripts/gateway journal repair}: says first, does only when told to. */
class JournalRepairCommandTest {
  private static final int BATCHES = 5;
  private static final JournalOptions SMALL = new JournalOptions(64 * 1024, 1, 1024, 7);

  @TempDir private Path data;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void fiveBatches() throws IOException {
    try (Journal journal = open()) {
      for (int i = 1; i <= BATCHES; i++) {
        BatchBuffer batch = journal.newBatch();
        batch.body().put(("batch number " + i).getBytes(StandardCharsets.UTF_8));
        journal.append(batch, Importance.ALARM, Instant.EPOCH);
      }
    }
  }

  private Journal open() throws IOException {
    return Journal.open(new RealDisk(), data.resolve("journal"), SMALL, 1, Runnable::run);
  }

  private int repair(String... options) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    CommandLine command = new CommandLine(new JournalRepairCommand());
    command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    String[] arguments = new String[options.length + 2];
    arguments[0] = "--data";
    arguments[1] = data.toString();
    System.arraycopy(options, 0, arguments, 2, options.length);
    return command.execute(arguments);
  }

  private Path segment() {
    return data.resolve("journal").resolve("0000000000000001.seg");
  }

  private void damage(String text) throws IOException {
    byte[] bytes = Files.readAllBytes(segment());
    bytes[new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text)] ^= 1;
    Files.write(segment(), bytes);
  }

  private Path snapshot(long sequence) throws IOException {
    Path snapshots = Files.createDirectories(data.resolve("snapshots"));
    return Files.createFile(snapshots.resolve(String.format("%016x.snapshot", sequence)));
  }

  @Test
  void aWholeJournalIsCalledWholeAndLeftAlone() throws IOException {
    byte[] before = Files.readAllBytes(segment());
    snapshot(BATCHES + 1);
    assertEquals(0, repair("--apply"));
    assertTrue(out.toString().contains("the journal is whole"));
    assertEquals(-1, Arrays.mismatch(before, Files.readAllBytes(segment())));
  }

  @Test
  void withoutApplyItSaysWhatItWouldGiveUpAndChangesNothing() throws IOException {
    damage("batch number 3");
    byte[] before = Files.readAllBytes(segment());
    assertEquals(1, repair());
    assertTrue(out.toString().contains("gives up batches 3 to 5"), out::toString);
    assertTrue(out.toString().contains(segment().toString()), out::toString);
    assertTrue(out.toString().contains("--apply"), out::toString);
    assertEquals(-1, Arrays.mismatch(before, Files.readAllBytes(segment())));
  }

  @Test
  void withApplyTheJournalOpensAgain() throws IOException {
    damage("batch number 3");
    assertEquals(0, repair("--apply"));
    try (Journal journal = open()) {
      assertEquals(2, journal.lastSequence());
    }
    assertEquals(0, repair());
  }

  @Test
  void snapshotsThatKnowOfWhatWasGivenUpAreSetAsideToo() throws IOException {
    damage("batch number 3");
    Path usable = snapshot(3);
    Path ahead = snapshot(4);
    assertEquals(0, repair("--apply"));
    assertTrue(Files.exists(usable));
    assertFalse(Files.exists(ahead));
    assertTrue(Files.exists(ahead.resolveSibling(ahead.getFileName() + ".damaged")));
  }

  @Test
  void aJournalWhoseEndIsMissingIsNotCalledWhole() throws IOException {
    Path ahead = snapshot(BATCHES + 2);
    assertEquals(1, repair());
    assertTrue(out.toString().contains(ahead.toString()), out::toString);
    assertTrue(Files.exists(ahead));
    assertEquals(0, repair("--apply"));
    assertFalse(Files.exists(ahead));
  }

  @Test
  void itRefusesWhileAGatewayRunsAndWhereThereIsNoJournal() throws IOException {
    try (Journal _ = open()) {
      assertEquals(1, repair("--apply"));
      assertTrue(err.toString().contains("another gateway uses this journal"), err::toString);
    }
    data = data.resolve("elsewhere");
    assertEquals(1, repair());
    assertTrue(err.toString().contains("holds no journal"), err::toString);
  }
}
