package io.shouwang.journal;

import io.shouwang.host.Disk;
import io.shouwang.host.DiskFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Follows a journal while it is written, a bounded piece at a time, from where it left off. Each
 * batch is verified like at a start: checksum, sequence, chain. It reads nothing beyond what it is
 * told is synced, takes no lock and writes nothing. One thread.
 */
public final class JournalTail {
  private final Disk disk;
  private final Path directory;
  private final BatchCursor.Window window = new BatchCursor.Window();
  private long next;
  private @Nullable SegmentHeader segment;
  private long read;
  private long offset;
  private BatchHash lastHash = BatchHash.NONE;
  private boolean missed;

  /**
   * @param fromSequence the first batch to show
   */
  public JournalTail(Disk disk, Path directory, long fromSequence) {
    this.disk = disk;
    this.directory = directory;
    this.next = fromSequence;
  }

  /** The last batch shown, or passed over. */
  public long lastSequence() {
    return next - 1;
  }

  /** Whether batches went by unseen, since their segment was distilled before they were read. */
  public boolean hasMissed() {
    return missed;
  }

  /**
   * Shows the batches that follow.
   *
   * @param upTo the last one that is synced
   * @param bytesMost stops after the batch that exceeds this
   * @return whether all up to that one were shown
   * @throws JournalCorrupt if one of them is damaged or missing; the next call tries it again
   */
  public boolean read(long upTo, long bytesMost, BatchVisitor visitor) throws IOException {
    long left = bytesMost;
    while (next <= upTo && left > 0) {
      SegmentHeader in = segment == null ? find() : segment;
      Path file = SegmentFiles.segment(directory, in.number());
      try (DiskFile open = disk.openReadOnly(file)) {
        left = readSegment(file, in, open, upTo, left, visitor);
      } catch (NoSuchFileException e) {
        segment = null; // distilled meanwhile
      }
    }
    return next > upTo;
  }

  private long readSegment(
      Path file, SegmentHeader in, DiskFile open, long upTo, long bytes, BatchVisitor visitor)
      throws IOException {
    BatchCursor cursor = new BatchCursor(file, open, window);
    cursor.seek(offset);
    long left = bytes;
    while (next <= upTo && left > 0) {
      if (!cursor.read()) {
        goOn(file, in);
        return left;
      }
      String wrong = Chain.wrong(cursor, in.journalId(), read + 1, lastHash);
      if (wrong != null) {
        throw new JournalCorrupt(file, cursor.position(), wrong);
      }
      if (cursor.sequence() >= next) {
        visitor.batch(cursor.sequence(), cursor.body());
        next = cursor.sequence() + 1;
      }
      read = cursor.sequence();
      lastHash = cursor.hash();
      left -= cursor.frameBytes();
      cursor.advance();
      offset = cursor.position();
    }
    return left;
  }

  /** The batch that is wanted is synced, and not in this segment: it must begin the one after. */
  private void goOn(Path file, SegmentHeader in) throws IOException {
    Path after = SegmentFiles.segment(directory, in.number() + 1);
    SegmentHeader header = disk.exists(after) ? header(after) : null;
    boolean follows =
        header != null
            && header.journalId() == in.journalId()
            && header.firstSequence() == read + 1
            && header.previous().equals(lastHash);
    if (header == null || !follows) {
      throw new JournalCorrupt(
          file, offset, "batch " + (read + 1) + " was synced, and is damaged or missing");
    }
    enter(header);
  }

  private void enter(SegmentHeader header) {
    segment = header;
    read = header.firstSequence() - 1;
    offset = SegmentHeader.BYTES;
    lastHash = header.previous();
  }

  /** The segment that holds the batch wanted, or the first there is. */
  private SegmentHeader find() throws IOException {
    SegmentHeader found = null;
    for (String name : disk.list(directory)) {
      OptionalLong number = SegmentFiles.number(name);
      SegmentHeader header =
          number.isPresent() ? header(SegmentFiles.segment(directory, number.getAsLong())) : null;
      if (header != null && (found == null || header.firstSequence() <= next)) {
        found = header;
      }
    }
    if (found == null) {
      throw new JournalCorrupt(directory, 0, "batch " + next + " was synced; there is no segment");
    }
    enter(found);
    if (found.firstSequence() > next) {
      missed = true;
      next = found.firstSequence();
    }
    return found;
  }

  private @Nullable SegmentHeader header(Path file) throws IOException {
    try (DiskFile open = disk.openReadOnly(file)) {
      return new BatchCursor(file, open, window).segmentHeader();
    } catch (NoSuchFileException e) {
      return null;
    }
  }
}
