package io.shouwang.journal;

import io.shouwang.host.Disk;
import io.shouwang.host.DiskFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads a journal without its lock and without writing, also while a gateway writes it. It shows
 * each batch only if it is whole and follows from the one before, and stops at the end of what is
 * written; the very last batch it shows may not be synced yet. One thread.
 */
public final class JournalReader {
  /**
   * Where the reading stopped.
   *
   * @param lastSequence the last batch shown, or one below the first if there was none
   * @param file the segment it ends in; the directory if there is no segment
   * @param offset the end of the last batch in it, in bytes
   * @param unfinished bytes after that which aren't zero: a batch being written, or a torn one
   */
  public record End(long lastSequence, Path file, long offset, long unfinished) {}

  private record Segment(long number, Path file) {}

  private final Disk disk;
  private final Path directory;
  private final BatchCursor.Window window = new BatchCursor.Window();

  public JournalReader(Disk disk, Path directory) {
    this.disk = disk;
    this.directory = directory;
  }

  /** The first batch in the segments; empty if there is none yet. */
  public OptionalLong firstSequence() throws IOException {
    for (Segment segment : segments()) {
      SegmentHeader header = header(segment);
      if (header != null) {
        return OptionalLong.of(header.firstSequence());
      }
    }
    return OptionalLong.empty();
  }

  /**
   * Shows all batches from a sequence on.
   *
   * @throws JournalCorrupt with file and offset, if a batch is damaged or missing; all before it
   *     were shown
   */
  public End read(long fromSequence, BatchVisitor visitor) throws IOException {
    Walk walk = new Walk(fromSequence, visitor);
    boolean more = true;
    while (more) {
      more = walk.next();
    }
    return walk.end();
  }

  private List<Segment> segments() throws IOException {
    List<Segment> segments = new ArrayList<>();
    for (String name : disk.list(directory)) {
      OptionalLong number = SegmentFiles.number(name);
      if (number.isPresent()) {
        segments.add(new Segment(number.getAsLong(), directory.resolve(name)));
      }
    }
    return segments;
  }

  /** The header of a segment; null if it has not begun or is no longer there. */
  private @Nullable SegmentHeader header(Segment segment) throws IOException {
    try (DiskFile file = disk.openReadOnly(segment.file)) {
      return new BatchCursor(segment.file, file, window).segmentHeader();
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** One reading, segment by segment. */
  private final class Walk {
    private final long from;
    private final BatchVisitor visitor;
    private @Nullable SegmentHeader current;
    private @Nullable SegmentHeader caughtUp;
    private long lastSequence;
    private BatchHash lastHash = BatchHash.NONE;
    private Path file = directory;
    private long offset;
    private long unfinished;

    Walk(long from, BatchVisitor visitor) {
      this.from = from;
      this.visitor = visitor;
      this.lastSequence = from - 1;
    }

    End end() {
      return new End(lastSequence, file, offset, unfinished);
    }

    /** Reads the next segment; false at the end. */
    boolean next() throws IOException {
      Segment segment = current == null ? first() : following(current);
      if (segment == null) {
        return false;
      }
      try (DiskFile open = disk.openReadOnly(segment.file)) {
        BatchCursor cursor = new BatchCursor(segment.file, open, window);
        SegmentHeader header = cursor.segmentHeader();
        if (header == null) {
          return examineUnbegun(segment, open, cursor);
        }
        catchUp();
        enter(segment, header);
        cursor.seek(offset);
        readBatches(segment, header, open, cursor);
      }
      return true;
    }

    /** The last segment that begins at or before the first batch wanted. */
    private @Nullable Segment first() throws IOException {
      Segment found = null;
      long begins = 0;
      List<Segment> segments = segments();
      for (Segment segment : segments) {
        SegmentHeader header = header(segment);
        if (header != null && (found == null || header.firstSequence() <= from)) {
          found = segment;
          begins = header.firstSequence();
        }
      }
      if (found != null && begins > from) {
        throw new JournalCorrupt(
            found.file, 0, "batch " + from + " is wanted; the segments begin with batch " + begins);
      }
      return found == null && !segments.isEmpty() ? segments.getFirst() : found;
    }

    private @Nullable Segment following(SegmentHeader header) throws IOException {
      Segment missing = null;
      for (Segment segment : segments()) {
        if (segment.number == header.number() + 1) {
          return segment;
        }
        if (segment.number > header.number() + 1 && header(segment) != null) {
          missing = segment;
        }
      }
      if (missing != null) {
        throw new JournalCorrupt(
            SegmentFiles.segment(directory, header.number() + 1),
            0,
            "the segment is missing, though " + missing.file.getFileName() + " has begun");
      }
      return null;
    }

    /** Once a segment has begun, the one before is complete: what was written since we left it. */
    private void catchUp() throws IOException {
      SegmentHeader before = current;
      if (before != null && !before.equals(caughtUp)) {
        caughtUp = before;
        try (DiskFile open = disk.openReadOnly(file)) {
          BatchCursor cursor = new BatchCursor(file, open, window);
          cursor.seek(offset);
          readBatches(new Segment(before.number(), file), before, open, cursor);
        }
      }
    }

    private void enter(Segment segment, SegmentHeader header) throws JournalCorrupt {
      SegmentHeader before = current;
      if (header.number() != segment.number
          || (before != null && header.journalId() != before.journalId())) {
        throw new JournalCorrupt(segment.file, 0, "the file is another segment than its name says");
      }
      if (before != null && header.firstSequence() != lastSequence + 1) {
        throw new JournalCorrupt(
            file,
            offset,
            "batch "
                + (lastSequence + 1)
                + " is damaged or missing, though "
                + segment.file.getFileName()
                + " goes on with batch "
                + header.firstSequence());
      }
      if (before != null && !header.previous().equals(lastHash)) {
        throw new JournalCorrupt(segment.file, 0, "the chain is broken");
      }
      current = header;
      lastSequence = header.firstSequence() - 1;
      lastHash = header.previous();
      file = segment.file;
      offset = SegmentHeader.BYTES;
    }

    private void readBatches(
        Segment segment, SegmentHeader header, DiskFile open, BatchCursor cursor)
        throws IOException {
      while (true) {
        while (cursor.read()) {
          show(segment, header, cursor);
        }
        offset = cursor.position();
        long endOfData = cursor.endOfData(offset, open.size());
        unfinished = endOfData - offset;
        if (unfinished == 0) {
          return;
        }
        cursor.seek(offset);
        boolean later = cursor.find(header.journalId(), lastSequence + 1);
        long laterSequence = later ? cursor.sequence() : 0;
        cursor.seek(offset);
        // a writer may have been at work: a later batch is written only after this one was whole
        if (!cursor.read()) {
          if (later) {
            throw new JournalCorrupt(
                file,
                offset,
                "batch "
                    + (lastSequence + 1)
                    + " is damaged, though batch "
                    + laterSequence
                    + " is whole");
          }
          return;
        }
      }
    }

    private void show(Segment segment, SegmentHeader header, BatchCursor cursor)
        throws IOException {
      String wrong = Chain.wrong(cursor, header.journalId(), lastSequence + 1, lastHash);
      if (wrong != null) {
        throw new JournalCorrupt(segment.file, cursor.position(), wrong);
      }
      lastSequence = cursor.sequence();
      lastHash = cursor.hash();
      if (lastSequence >= from) {
        visitor.batch(lastSequence, cursor.body());
      }
      cursor.advance();
      offset = cursor.position();
    }

    /** The segment after the last has no header: nothing yet, a write under way, or damage. */
    private boolean examineUnbegun(Segment segment, DiskFile open, BatchCursor cursor)
        throws IOException {
      cursor.seek(0);
      SegmentHeader before = current;
      boolean whole = cursor.find(before == null ? null : before.journalId(), lastSequence + 1);
      if (whole) {
        long sequence = cursor.sequence();
        cursor.seek(0);
        if (cursor.segmentHeader() != null) {
          return true; // begun while we looked: read it after all
        }
        throw new JournalCorrupt(
            segment.file,
            0,
            "the segment's header is damaged, though batch " + sequence + " in it is whole");
      }
      unfinished += cursor.endOfData(0, open.size());
      return false;
    }
  }
}
