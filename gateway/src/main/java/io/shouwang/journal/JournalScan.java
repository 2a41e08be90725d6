package io.shouwang.journal;

import io.shouwang.host.Disk;
import io.shouwang.host.DiskFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Looks over a journal's files without changing one, and says what is there: which segments have
 * begun, where the last batch ends, what is torn; or throws {@link JournalCorrupt} at the first
 * thing that a power cut can't explain.
 *
 * <p>The rule: at most one batch is ever unsynced, the last. So what follows the last whole batch
 * is either zero or one torn batch, and a damaged batch before a whole one was damaged after its
 * sync.
 *
 * <p>Segments that end before the first batch needed are checked by their headers alone, so that a
 * start needn't read a year; the rest is read and checked in full.
 */
final class JournalScan {
  /** A segment file that has begun. */
  record Begun(Path file, long fileBytes, SegmentHeader header) {}

  /** A segment file made ahead, still without a batch. */
  record Prepared(Path file, long fileBytes, long number) {}

  /** Bytes to be made zero before anything is appended. */
  record Torn(TornTail tail, long end) {}

  private record Entry(Path file, long number, long fileBytes, @Nullable SegmentHeader header) {}

  private final Disk disk;
  private final Path directory;
  private long neededFrom;
  private final BatchCursor.Window window = new BatchCursor.Window();

  private final List<Begun> begun = new ArrayList<>();
  private final List<Prepared> prepared = new ArrayList<>();
  private final List<Path> leftovers = new ArrayList<>();
  private final List<Torn> torn = new ArrayList<>();
  private @Nullable Long journalId;
  private long lastSequence;
  private BatchHash lastHash = BatchHash.NONE;
  private long lastAtMillis;
  private long lastBatchAt;
  private long end;

  private JournalScan(Disk disk, Path directory, long neededFrom) {
    this.disk = disk;
    this.directory = directory;
    this.neededFrom = neededFrom;
  }

  /**
   * @param neededFrom the first batch the caller needs: all from there on must be there and whole
   */
  static JournalScan of(Disk disk, Path directory, long neededFrom) throws IOException {
    JournalScan scan = new JournalScan(disk, directory, neededFrom);
    scan.run();
    return scan;
  }

  /** Reads and checks all that is there, from the first segment on. */
  static JournalScan ofAll(Disk disk, Path directory) throws IOException {
    return of(disk, directory, 0);
  }

  /** The segments that hold batches, oldest first. */
  List<Begun> begun() {
    return begun;
  }

  /** The segments ready to be begun, numbered on from the last begun one without a gap. */
  List<Prepared> prepared() {
    return prepared;
  }

  /** Files of no use: half made segments and such as lie behind a gap. They hold no batch. */
  List<Path> leftovers() {
    return leftovers;
  }

  List<Torn> torn() {
    return torn;
  }

  @Nullable Long journalId() {
    return journalId;
  }

  long lastSequence() {
    return lastSequence;
  }

  BatchHash lastHash() {
    return lastHash;
  }

  long lastAtMillis() {
    return lastAtMillis;
  }

  /** Where the last batch starts in the last begun segment; {@link #end} if it has none. */
  long lastBatchAt() {
    return lastBatchAt;
  }

  /** Where the next batch goes in the last begun segment. */
  long end() {
    return end;
  }

  private void run() throws IOException {
    List<Entry> entries = entries();
    int begunCount = 0;
    for (int i = 0; i < entries.size(); i++) {
      SegmentHeader header = entries.get(i).header;
      if (header != null) {
        begunCount = i + 1;
        journalId = journalId == null ? header.journalId() : journalId;
      }
    }
    for (Entry entry : entries.subList(0, begunCount)) {
      checkHeader(entry, begun.isEmpty() ? null : begun.getLast());
    }
    if (neededFrom == 0) {
      neededFrom = begun.isEmpty() ? 1 : begun.getFirst().header.firstSequence();
    }
    if (!begun.isEmpty() && begun.getFirst().header.firstSequence() > neededFrom) {
      throw new JournalCorrupt(
          begun.getFirst().file,
          0,
          "the journal begins with batch "
              + begun.getFirst().header.firstSequence()
              + ", but batch "
              + neededFrom
              + " is needed: segments before this one are missing");
    }
    verify();
    lookAhead(entries.subList(begunCount, entries.size()));
    if (lastSequence + 1 < neededFrom) {
      throw new JournalCorrupt(
          begun.isEmpty() ? directory : begun.getLast().file,
          end,
          "the journal ends with batch "
              + lastSequence
              + ", but a snapshot knows of batch "
              + (neededFrom - 1)
              + ": the journal's end is missing");
    }
  }

  private List<Entry> entries() throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (String name : disk.list(directory)) {
      Path file = directory.resolve(name);
      if (SegmentFiles.isPreparing(name)) {
        leftovers.add(file);
      }
      OptionalLong number = SegmentFiles.number(name);
      if (number.isPresent()) {
        try (DiskFile open = disk.openReadOnly(file)) {
          BatchCursor cursor = new BatchCursor(file, open, window);
          entries.add(new Entry(file, number.getAsLong(), open.size(), cursor.segmentHeader()));
        }
      }
    }
    return entries;
  }

  private void checkHeader(Entry entry, @Nullable Begun before) throws JournalCorrupt {
    if (before != null && entry.number != before.header.number() + 1) {
      throw new JournalCorrupt(
          SegmentFiles.segment(directory, before.header.number() + 1),
          0,
          "the segment is missing, though " + entry.file.getFileName() + " follows it");
    }
    SegmentHeader header = entry.header;
    if (header == null) {
      throw new JournalCorrupt(
          entry.file, 0, "the segment's header is damaged, and a later segment has begun");
    }
    String wrong = null;
    if (header.number() != entry.number) {
      wrong = "the header says segment " + header.number() + ", the name " + entry.number;
    } else if (journalId != null && header.journalId() != journalId) {
      wrong = "the segment belongs to another journal";
    } else if (before != null && header.firstSequence() < before.header.firstSequence()) {
      // the same one twice is right: a cut can leave a file too short for its first batch
      wrong =
          "the segment begins with batch "
              + header.firstSequence()
              + ", the one before it with batch "
              + before.header.firstSequence();
    }
    if (wrong != null) {
      throw new JournalCorrupt(entry.file, 0, wrong);
    }
    begun.add(new Begun(entry.file, entry.fileBytes, header));
  }

  private void verify() throws IOException {
    for (int i = 0; i < begun.size(); i++) {
      Begun segment = begun.get(i);
      boolean isLast = i == begun.size() - 1;
      if (isLast || begun.get(i + 1).header.firstSequence() > neededFrom) {
        verify(segment, isLast ? null : begun.get(i + 1));
      } else {
        lastSequence = begun.get(i + 1).header.firstSequence() - 1;
        lastHash = begun.get(i + 1).header.previous();
        lastAtMillis = begun.get(i + 1).header.writtenAtMillis();
      }
    }
  }

  private void verify(Begun segment, @Nullable Begun next) throws IOException {
    SegmentHeader header = segment.header;
    boolean first = segment.equals(begun.getFirst());
    if (first) {
      lastSequence = header.firstSequence() - 1;
      lastHash = header.previous();
    } else if (header.firstSequence() != lastSequence + 1) {
      throw new JournalCorrupt(
          segment.file,
          0,
          "the segment begins with batch "
              + header.firstSequence()
              + " where batch "
              + (lastSequence + 1)
              + " should follow");
    } else if (!header.previous().equals(lastHash)) {
      throw new JournalCorrupt(
          segment.file, 0, "the segment doesn't follow from the batch before: the chain is broken");
    }
    try (DiskFile file = disk.openReadOnly(segment.file)) {
      BatchCursor cursor = new BatchCursor(segment.file, file, window);
      cursor.seek(SegmentHeader.BYTES);
      lastBatchAt = cursor.position();
      while (cursor.read()) {
        String wrong = Chain.wrong(cursor, header.journalId(), lastSequence + 1, lastHash);
        if (wrong != null) {
          throw new JournalCorrupt(segment.file, cursor.position(), wrong);
        }
        lastSequence = cursor.sequence();
        lastHash = cursor.hash();
        lastAtMillis = cursor.writtenAtMillis();
        lastBatchAt = cursor.position();
        cursor.advance();
      }
      end = cursor.position();
      if (next == null) {
        examineTail(segment, file, cursor);
      } else if (lastSequence != next.header.firstSequence() - 1) {
        throw new JournalCorrupt(
            segment.file,
            end,
            "batch "
                + (lastSequence + 1)
                + " is damaged or missing, though "
                + next.file.getFileName()
                + " goes on with batch "
                + next.header.firstSequence());
      }
    }
  }

  private void examineTail(Begun segment, DiskFile file, BatchCursor cursor) throws IOException {
    long size = file.size();
    long endOfData = cursor.endOfData(end, size);
    if (endOfData > end) {
      cursor.seek(end);
      if (cursor.find(segment.header.journalId(), lastSequence + 1)) {
        throw new JournalCorrupt(
            segment.file,
            end,
            "batch "
                + (lastSequence + 1)
                + " is damaged, though batch "
                + cursor.sequence()
                + " at offset "
                + cursor.position()
                + " is whole");
      }
      String reason = "a torn or damaged last batch";
      torn.add(new Torn(tail(segment.file, end, endOfData, reason), endOfData));
    } else if (size < segment.header.fileBytes()) {
      String reason =
          "the file was made with " + segment.header.fileBytes() + " bytes and has " + size;
      torn.add(new Torn(tail(segment.file, end, end, reason), end));
    }
  }

  /** Files after the last begun one should be zero; the first may hold one torn write. */
  private void lookAhead(List<Entry> ahead) throws IOException {
    long expected = begun.isEmpty() ? 0 : begun.getLast().header.number() + 1;
    for (Entry entry : ahead) {
      try (DiskFile file = disk.openReadOnly(entry.file)) {
        BatchCursor cursor = new BatchCursor(entry.file, file, window);
        long firstWrite =
            SegmentHeader.BYTES + (long) BatchFrame.HEADER_BYTES + BatchFrame.BODY_BYTES_MAX;
        long written = cursor.endOfData(0, Math.min(entry.fileBytes, firstWrite));
        if (written > 0) {
          cursor.seek(0);
          if (cursor.find(journalId, lastSequence + 1)) {
            throw new JournalCorrupt(
                entry.file,
                0,
                "the segment's header is damaged, though batch "
                    + cursor.sequence()
                    + " at offset "
                    + cursor.position()
                    + " is whole");
          }
          String reason = "the first write into a segment was torn";
          torn.add(new Torn(tail(entry.file, 0, written, reason), written));
        } else if (entry.fileBytes < SegmentHeader.BYTES) {
          String reason =
              "the file has " + entry.fileBytes + " bytes, fewer than any was made with";
          torn.add(new Torn(tail(entry.file, 0, 0, reason), 0));
        }
      }
      if (expected == 0 || entry.number == expected) {
        prepared.add(new Prepared(entry.file, entry.fileBytes, entry.number));
        expected = entry.number + 1;
      } else {
        leftovers.add(entry.file);
      }
    }
  }

  private TornTail tail(Path file, long from, long to, String reason) {
    return new TornTail(file, from, to - from, lastSequence, reason);
  }

  Opening opening() {
    return new Opening(
        begun.isEmpty() ? lastSequence + 1 : begun.getFirst().header.firstSequence(),
        lastSequence,
        lastHash,
        Instant.ofEpochMilli(lastAtMillis),
        torn.stream().map(Torn::tail).toList());
  }
}
