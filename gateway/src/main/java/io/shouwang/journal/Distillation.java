package io.shouwang.journal;

import io.shouwang.host.Disk;
import io.shouwang.host.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The making of one archive file from one segment. */
final class Distillation {
  private static final Logger LOG = LoggerFactory.getLogger(Distillation.class);

  private final Disk disk;
  private final Path directory;
  private final SegmentInfo segment;
  private final BatchFrame frame = new BatchFrame();
  private final ByteBuffer out;
  private long flushed = ArchiveHeader.BYTES;
  private BatchHash lastArchived = BatchHash.NONE;
  private int batches;

  Distillation(Disk disk, Path directory, SegmentInfo segment) {
    this.disk = disk;
    this.directory = directory;
    this.segment = segment;
    int frameBytesMax = BatchFrame.HEADER_BYTES + BatchFrame.BODY_BYTES_MAX;
    this.out = ByteBuffer.allocate((int) Math.min(segment.bytes(), frameBytesMax));
  }

  /** Makes the archive file, unless an earlier attempt got that far. */
  ArchiveInfo archive(Distiller distiller) throws IOException {
    disk.makeDirectory(directory);
    Path path = SegmentFiles.archive(directory, segment.number());
    ArchiveInfo made = earlier(path);
    if (made == null) {
      Path temporary = SegmentFiles.archiving(directory, segment.number());
      if (disk.exists(temporary)) {
        disk.delete(temporary);
      }
      made = write(temporary, distiller).info(path);
      disk.rename(temporary, path);
    }
    disk.syncDirectory(directory);
    return made;
  }

  /** What an earlier attempt left, if it is whole and of this segment. */
  private @Nullable ArchiveInfo earlier(Path path) throws IOException {
    if (!disk.exists(path)) {
      return null;
    }
    try {
      ArchiveInfo info = new Archive(disk, directory).read(path, (sequence, body) -> {});
      boolean same =
          info.firstSequence() == segment.firstSequence()
              && info.lastSequence() == segment.lastSequence();
      if (same) {
        // it may be whole in the system's cache alone
        try (DiskFile file = disk.open(path)) {
          file.sync();
        }
        return info;
      }
    } catch (JournalCorrupt e) {
      LOG.warn("journal: archive made anew: {}", e.getMessage());
    }
    return null;
  }

  private ArchiveHeader write(Path temporary, Distiller distiller) throws IOException {
    boolean done = false;
    DiskFile target = disk.create(temporary);
    try (DiskFile source = disk.openReadOnly(segment.file())) {
      ArchiveHeader header = copy(source, target, distiller);
      target.write(header.bytes(frame), 0);
      target.sync();
      done = true;
      return header;
    } finally {
      target.close();
      if (!done) {
        discard(temporary);
      }
    }
  }

  /** A failed attempt must not keep the room it took. */
  private void discard(Path temporary) {
    try {
      disk.delete(temporary);
    } catch (IOException e) {
      LOG.debug("journal: {} stays until the next attempt: {}", temporary, e.toString());
    }
  }

  private ArchiveHeader copy(DiskFile source, DiskFile target, Distiller distiller)
      throws IOException {
    BatchCursor cursor = new BatchCursor(segment.file(), source, new BatchCursor.Window());
    SegmentHeader header = cursor.segmentHeader();
    if (header == null || header.firstSequence() != segment.firstSequence()) {
      throw new JournalCorrupt(segment.file(), 0, "the segment's header is damaged");
    }
    BatchHash last = header.previous();
    lastArchived = header.previous();
    cursor.seek(SegmentHeader.BYTES);
    for (long sequence = header.firstSequence(); sequence <= segment.lastSequence(); sequence++) {
      String wrong =
          cursor.read()
              ? Chain.wrong(cursor, header.journalId(), sequence, last)
              : "batch " + sequence + " is damaged";
      if (wrong != null) {
        throw new JournalCorrupt(segment.file(), cursor.position(), wrong);
      }
      last = cursor.hash();
      ByteBuffer kept = distiller.distil(sequence, cursor.body());
      if (kept != null && kept.hasRemaining()) {
        put(target, kept, cursor, header.journalId(), sequence);
      }
      cursor.advance();
    }
    flush(target);
    return new ArchiveHeader(
        batches,
        header.journalId(),
        segment.number(),
        segment.firstSequence(),
        segment.lastSequence(),
        header.previous(),
        last,
        segment.from().toEpochMilli(),
        segment.until().toEpochMilli(),
        flushed);
  }

  private void put(
      DiskFile target, ByteBuffer kept, BatchCursor cursor, long journalId, long sequence)
      throws IOException {
    int bodyBytes = kept.remaining();
    int frameBytes = BatchFrame.HEADER_BYTES + bodyBytes;
    if (frameBytes > cursor.frameBytes()) {
      throw new IllegalArgumentException(
          "of batch " + sequence + " more was kept than there was: " + bodyBytes + " bytes");
    }
    if (out.remaining() < frameBytes) {
      flush(target);
    }
    int frameAt = out.position();
    out.put(frameAt + BatchFrame.HEADER_BYTES, kept, kept.position(), bodyBytes);
    frame.seal(
        out, frameAt, bodyBytes, journalId, sequence, lastArchived, cursor.writtenAtMillis());
    lastArchived = frame.hash(out, frameAt, frameBytes);
    out.position(frameAt + frameBytes);
    batches++;
  }

  private void flush(DiskFile target) throws IOException {
    out.flip();
    int bytes = out.remaining();
    target.write(out, flushed);
    flushed += bytes;
    out.clear();
  }
}
