package io.shouwang.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.shouwang.host.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Small journals for tests: 4 KiB segments unless said otherwise, one of them the reserve. */
final class JournalFixture {
  static final Path DIRECTORY = Path.of("/data/journal");
  static final Path ARCHIVE = Path.of("/data/archive");
  static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  static final JournalOptions SMALL = new JournalOptions(4096, 4096, 900, 0x5eed);

  private JournalFixture() {}

  static Journal open(Disk disk) throws IOException {
    return open(disk, SMALL, 1);
  }

  static Journal open(Disk disk, JournalOptions options, long neededFrom) throws IOException {
    return Journal.open(disk, DIRECTORY, options, neededFrom, Runnable::run);
  }

  static Receipt append(Journal journal, String body) throws IOException {
    return append(journal, body, Importance.ALARM);
  }

  static Receipt append(Journal journal, String body, Importance importance) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    BatchBuffer batch = new BatchBuffer(bytes.length);
    batch.body().put(bytes);
    return journal.append(batch, importance, NOON.plusSeconds(journal.lastSequence()));
  }

  static Map<Long, String> replay(Journal journal, long from) throws IOException {
    Map<Long, String> batches = new TreeMap<>();
    journal.replay(from, (sequence, body) -> batches.put(sequence, text(body)));
    return batches;
  }

  static Map<Long, String> read(Disk disk) throws IOException {
    Map<Long, String> batches = new TreeMap<>();
    JournalReader reader = new JournalReader(disk, DIRECTORY);
    reader.read(
        reader.firstSequence().orElse(1), (sequence, body) -> batches.put(sequence, text(body)));
    return batches;
  }

  static String text(ByteBuffer body) {
    return UTF_8.decode(body).toString();
  }

  static Path segment(long number) {
    return SegmentFiles.segment(DIRECTORY, number);
  }
}
