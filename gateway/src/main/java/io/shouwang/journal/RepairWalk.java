package io.shouwang.journal;

import io.shouwang.host.Disk;
import io.shouwang.host.DiskFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Follows a damaged journal from its first batch as far as each batch follows from the one before,
 * and adds up what lies behind that point. Changes nothing.
 */
final class RepairWalk {
  private record Segment(long number, Path path) {}

  private final Disk disk;
  private final Path directory;
  private final BatchCursor.Window window;

  private @Nullable Long journalId;
  private long lastSequence;
  private BatchHash lastHash = BatchHash.NONE;
  private @Nullable Path cutFile;
  private long cutAt;
  private long cutNumber;

  private long bytes;
  private long highest;
  private final List<Path> laterFiles = new ArrayList<>();

  RepairWalk(Disk disk, Path directory, BatchCursor.Window window) {
    this.disk = disk;
    this.directory = directory;
    this.window = window;
  }

  JournalRepair.Plan plan(JournalCorrupt damage) throws IOException {
    List<Segment> segments = segments();
    Path whereHeaderIsLost = follow(segments);
    String what = String.valueOf(damage.getMessage());
    if (whereHeaderIsLost != null) {
      return new JournalRepair.Plan(
          what, whereHeaderIsLost, 0, 0, lastSequence + 1, OptionalLong.empty(), List.of(), true);
    }
    for (Segment segment : segments) {
      if (segment.path.equals(cutFile)) {
        addUp(segment, cutAt);
      } else if (segment.number > cutNumber && addUp(segment, 0)) {
        laterFiles.add(segment.path);
      }
    }
    Path cut = cutFile;
    return new JournalRepair.Plan(
        what,
        cut == null ? damage.file() : cut,
        cut == null ? damage.offset() : cutAt,
        bytes,
        lastSequence + 1,
        highest > lastSequence ? OptionalLong.of(highest) : OptionalLong.empty(),
        laterFiles,
        false);
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

  /** Follows the batches; returns the file whose header alone stops it, if that is what does. */
  private @Nullable Path follow(List<Segment> segments) throws IOException {
    for (Segment segment : segments) {
      if (cutFile != null && segment.number != cutNumber + 1) {
        return null;
      }
      try (DiskFile file = disk.openReadOnly(segment.path)) {
        BatchCursor cursor = new BatchCursor(segment.path, file, window);
        SegmentHeader header = cursor.segmentHeader();
        if (header == null) {
          SegmentHeader anew = headerFromFirstBatch(segment.path, file, window);
          boolean rightOne = anew != null && follows(anew, segment);
          if (cutFile == null && !rightOne) {
            cutFile = segment.path;
            cutNumber = segment.number;
          }
          return rightOne ? segment.path : null;
        }
        if (!follows(header, segment)) {
          return null;
        }
        journalId = header.journalId();
        lastSequence = header.firstSequence() - 1;
        lastHash = header.previous();
        cursor.seek(SegmentHeader.BYTES);
        while (cursor.read()
            && Chain.wrong(cursor, header.journalId(), lastSequence + 1, lastHash) == null) {
          lastSequence = cursor.sequence();
          lastHash = cursor.hash();
          cursor.advance();
        }
        cutFile = segment.path;
        cutNumber = segment.number;
        cutAt = cursor.position();
      }
    }
    return null;
  }

  /** Whether a segment with this header goes on where the last one ended. */
  private boolean follows(SegmentHeader header, Segment segment) {
    return header.number() == segment.number
        && (cutFile == null
            || (header.firstSequence() == lastSequence + 1
                && header.previous().equals(lastHash)
                && (journalId == null || header.journalId() == journalId)));
  }

  /** Counts what isn't zero and finds the highest batch in it; false if all is zero. */
  private boolean addUp(Segment segment, long from) throws IOException {
    try (DiskFile file = disk.openReadOnly(segment.path)) {
      BatchCursor cursor = new BatchCursor(segment.path, file, window);
      long found = cursor.endOfData(from, file.size()) - from;
      bytes += found;
      cursor.seek(from);
      while (cursor.find(journalId, lastSequence + 1)) {
        highest = Math.max(highest, cursor.sequence());
        cursor.advance();
      }
      return found > 0;
    }
  }

  /** The header that a segment must have had, from its first batch; null if that isn't whole. */
  static @Nullable SegmentHeader headerFromFirstBatch(
      Path path, DiskFile file, BatchCursor.Window window) throws IOException {
    BatchCursor cursor = new BatchCursor(path, file, window);
    cursor.seek(SegmentHeader.BYTES);
    OptionalLong number = SegmentFiles.number(String.valueOf(path.getFileName()));
    if (number.isEmpty() || !cursor.read()) {
      return null;
    }
    return new SegmentHeader(
        (int) file.size(),
        cursor.journalId(),
        cursor.sequence(),
        cursor.previous(),
        cursor.writtenAtMillis(),
        number.getAsLong());
  }
}
