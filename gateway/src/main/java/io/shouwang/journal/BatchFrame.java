package io.shouwang.journal;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.CRC32C;

/**
 * How a batch lies in a file: a header of 56 bytes, then the body. Big-endian.
 *
 * <pre>
 *  0  int    magic "SWBT"
 *  4  short  format version
 *  6  short  zero
 *  8  int    body length
 * 12  int    CRC32C over the header without this field, then the body
 * 16  long   journal id, the same in all files of a journal
 * 24  long   sequence, from 1, rising by 1
 * 32  16     hash of the batch before
 * 48  long   when it was written, epoch milliseconds
 * </pre>
 *
 * All later formats keep the place of magic, version and CRC, so that an old gateway can tell a
 * newer format from damage. Not safe for several threads.
 */
final class BatchFrame {
  static final int MAGIC = 0x53574254;
  static final int VERSION = 1;
  static final int HEADER_BYTES = 56;
  static final int BODY_BYTES_MAX = 4 * 1024 * 1024;

  static final int VERSION_AT = 4;
  static final int LENGTH_AT = 8;
  static final int CRC_AT = 12;
  static final int JOURNAL_AT = 16;
  static final int SEQUENCE_AT = 24;
  static final int PREVIOUS_AT = 32;
  static final int WRITTEN_AT = 48;

  private final CRC32C crc = new CRC32C();
  private final MessageDigest sha256;

  BatchFrame() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  /** Writes the header of the batch whose frame starts at an index; the body is already there. */
  void seal(
      ByteBuffer bytes,
      int frameAt,
      int bodyBytes,
      long journalId,
      long sequence,
      BatchHash previous,
      long writtenAtMillis) {
    bytes.putInt(frameAt, MAGIC);
    bytes.putShort(frameAt + VERSION_AT, (short) VERSION);
    bytes.putShort(frameAt + 6, (short) 0);
    bytes.putInt(frameAt + LENGTH_AT, bodyBytes);
    bytes.putLong(frameAt + JOURNAL_AT, journalId);
    bytes.putLong(frameAt + SEQUENCE_AT, sequence);
    previous.write(bytes, frameAt + PREVIOUS_AT);
    bytes.putLong(frameAt + WRITTEN_AT, writtenAtMillis);
    bytes.putInt(frameAt + CRC_AT, crc(bytes, frameAt, HEADER_BYTES + bodyBytes));
  }

  /** The CRC32C of a header and what follows it, without the header's CRC field. */
  int crc(ByteBuffer bytes, int frameAt, int frameBytes) {
    int position = bytes.position();
    int limit = bytes.limit();
    crc.reset();
    bytes.limit(frameAt + CRC_AT).position(frameAt);
    crc.update(bytes);
    bytes.limit(frameAt + frameBytes).position(frameAt + CRC_AT + 4);
    crc.update(bytes);
    bytes.limit(limit).position(position);
    return (int) crc.getValue();
  }

  /** The hash by which the next batch names this one. */
  BatchHash hash(ByteBuffer bytes, int frameAt, int frameBytes) {
    int position = bytes.position();
    int limit = bytes.limit();
    sha256.reset();
    bytes.limit(frameAt + frameBytes).position(frameAt);
    sha256.update(bytes);
    bytes.limit(limit).position(position);
    return BatchHash.read(ByteBuffer.wrap(sha256.digest()), 0);
  }
}
