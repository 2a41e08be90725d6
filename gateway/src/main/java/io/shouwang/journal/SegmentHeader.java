package io.shouwang.journal;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The first 64 bytes of a segment, written together with its first batch. Until then they are zero.
 *
 * <pre>
 *  0  int    magic "SWSG"
 *  4  short  format version
 *  6  short  zero
 *  8  int    size of the file in bytes
 * 12  int    CRC32C over the header without this field
 * 16  long   journal id
 * 24  long   sequence of the first batch
 * 32  16     hash of the batch before the first
 * 48  long   when the first batch was written, epoch milliseconds
 * 56  long   number of the segment
 * </pre>
 */
record SegmentHeader(
    int fileBytes,
    long journalId,
    long firstSequence,
    BatchHash previous,
    long writtenAtMillis,
    long number) {
  static final int MAGIC = 0x53575347;
  static final int VERSION = 1;
  static final int BYTES = 64;

  void write(ByteBuffer target, int at, BatchFrame frame) {
    target.putInt(at, MAGIC);
    target.putShort(at + 4, (short) VERSION);
    target.putShort(at + 6, (short) 0);
    target.putInt(at + 8, fileBytes);
    target.putLong(at + 16, journalId);
    target.putLong(at + 24, firstSequence);
    previous.write(target, at + 32);
    target.putLong(at + 48, writtenAtMillis);
    target.putLong(at + 56, number);
    target.putInt(at + BatchFrame.CRC_AT, frame.crc(target, at, BYTES));
  }

  /** The header at an index, or null if what is there is none or damaged. */
  static @Nullable SegmentHeader read(ByteBuffer source, int at, Path file, BatchFrame frame)
      throws JournalTooNew {
    if (source.limit() - at < BYTES
        || source.getInt(at) != MAGIC
        || source.getInt(at + BatchFrame.CRC_AT) != frame.crc(source, at, BYTES)) {
      return null;
    }
    int version = source.getShort(at + 4);
    if (version > VERSION) {
      throw new JournalTooNew(file, version, VERSION);
    }
    return new SegmentHeader(
        source.getInt(at + 8),
        source.getLong(at + 16),
        source.getLong(at + 24),
        BatchHash.read(source, at + 32),
        source.getLong(at + 48),
        source.getLong(at + 56));
  }
}
