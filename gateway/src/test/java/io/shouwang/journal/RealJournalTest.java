package io.shouwang.journal;

import static io.shouwang.journal.JournalFixture.append;
import static io.shouwang.journal.JournalFixture.replay;
import static io.shouwang.journal.JournalFixture.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.host.RealDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal on the machine's own disk, with a background thread of its own. */
class RealJournalTest {
  private static final JournalOptions OPTIONS = new JournalOptions(16_384, 16_384, 3_000, 7);
  private static final int BATCHES = 300;

  @TempDir Path temporary = Path.of("");

  @Test
  void writtenRotatedReopenedAndReadBesideTheWriter() throws Exception {
    RealDisk disk = new RealDisk();
    Path directory = temporary.resolve("data/journal");
    Map<Long, String> written = new TreeMap<>();
    AtomicBoolean done = new AtomicBoolean();
    try (ExecutorService background = Executors.newSingleThreadExecutor();
        ExecutorService auditor = Executors.newSingleThreadExecutor()) {
      Future<Long> audited;
      try (Journal journal = Journal.open(disk, directory, OPTIONS, 1, background)) {
        assertThrows(
            JournalInUse.class, () -> Journal.open(disk, directory, OPTIONS, 1, background));
        audited = auditor.submit(() -> readUntil(done, disk, directory));
        for (int i = 1; i <= BATCHES; i++) {
          String body = i + " " + "x".repeat(i % 500);
          Receipt receipt = appendWhenThereIsRoom(journal, body);
          written.put(receipt.sequence(), body);
        }
        assertTrue(journal.sealed().size() > 2);
      } finally {
        done.set(true);
      }
      assertEquals(BATCHES, audited.get(30, TimeUnit.SECONDS));
      try (Journal journal = Journal.open(disk, directory, OPTIONS, 1, background)) {
        assertEquals(written, replay(journal, 1));
        assertEquals(java.util.Optional.empty(), journal.opening().tornTail());
      }
    }
  }

  /** The disk may be slower to make segments than we are to fill them. */
  private static Receipt appendWhenThereIsRoom(Journal journal, String body) throws IOException {
    while (true) {
      try {
        return append(journal, body);
      } catch (NoRoom e) {
        journal.checkSpace();
        Thread.onSpinWait();
      }
    }
  }

  /** Reads on and on while the writer writes; throws if it ever takes that for damage. */
  private static long readUntil(AtomicBoolean done, RealDisk disk, Path directory)
      throws IOException {
    long last = 0;
    boolean more = true;
    while (more) {
      more = !done.get();
      JournalReader.End end =
          new JournalReader(disk, directory)
              .read(1, (sequence, body) -> assertTrue(text(body).startsWith(sequence + " ")));
      assertTrue(end.lastSequence() >= last);
      last = end.lastSequence();
    }
    return last;
  }
}
