package io.shouwang.journal;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The first 112 bytes of an archive file. Behind it lie batches framed as in a segment, with the
 * sequences they had there; each names the archived one before it, the first names {@link
 * #previous}.
 *
 * <pre>
 *   0  int    magic "SWAR"
 *   4  short  format version
 *   6  short  zero
 *   8  int    how many batches follow
 *  12  int    CRC32C over the header without this field
 *  16  long   journal id
 *  24  long   number of the segment it was made from
 *  32  long   first sequence of the segment
 *  40  long   last sequence of the segment
 *  48  16     hash of the batch before the segment's first
 *  64  16     hash of the segment's last batch
 *  80  long   when the segment's first batch was written, epoch milliseconds
 *  88  long   when its last was written, at the latest
 *  96  long   size of this file in bytes
 * 104  long   zero
 * </pre>
 */
record ArchiveHeader(
    int batches,
    long journalId,
    long number,
    long firstSequence,
    long lastSequence,
    BatchHash previous,
    BatchHash last,
    long fromMillis,
    long untilMillis,
    long fileBytes) {
  static final int MAGIC = 0x53574152;
  static final int VERSION = 1;
  static final int BYTES = 112;

  ByteBuffer bytes(BatchFrame frame) {
    ByteBuffer target = ByteBuffer.allocate(BYTES);
    target.putInt(0, MAGIC);
    target.putShort(4, (short) VERSION);
    target.putInt(8, batches);
    target.putLong(16, journalId);
    target.putLong(24, number);
    target.putLong(32, firstSequence);
    target.putLong(40, lastSequence);
    previous.write(target, 48);
    last.write(target, 64);
    target.putLong(80, fromMillis);
    target.putLong(88, untilMillis);
    target.putLong(96, fileBytes);
    target.putInt(BatchFrame.CRC_AT, frame.crc(target, 0, BYTES));
    return target;
  }

  /** The header at the start of a file's bytes, or null if it is none or damaged. */
  static @Nullable ArchiveHeader read(ByteBuffer source, Path file, BatchFrame frame)
      throws JournalTooNew {
    if (source.limit() < BYTES
        || source.getInt(0) != MAGIC
        || source.getInt(BatchFrame.CRC_AT) != frame.crc(source, 0, BYTES)) {
      return null;
    }
    int version = source.getShort(4);
    if (version > VERSION) {
      throw new JournalTooNew(file, version, VERSION);
    }
    return new ArchiveHeader(
        source.getInt(8),
        source.getLong(16),
        source.getLong(24),
        source.getLong(32),
        source.getLong(40),
        BatchHash.read(source, 48),
        BatchHash.read(source, 64),
        source.getLong(80),
        source.getLong(88),
        source.getLong(96));
  }

  ArchiveInfo info(Path file) {
    return new ArchiveInfo(
        file,
        number,
        firstSequence,
        lastSequence,
        batches,
        fileBytes,
        Instant.ofEpochMilli(fromMillis),
        Instant.ofEpochMilli(untilMillis));
  }
}
