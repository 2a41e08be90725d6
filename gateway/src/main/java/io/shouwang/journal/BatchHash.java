package io.shouwang.journal;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * The first 128 bits of the SHA-256 of a whole batch, header and body: the link by which each batch
 * names the one before it.
 */
public record BatchHash(long high, long low) {
  /** What stands before the first batch of all. */
  public static final BatchHash NONE = new BatchHash(0, 0);

  static final int BYTES = 16;

  static BatchHash read(ByteBuffer source, int index) {
    return new BatchHash(source.getLong(index), source.getLong(index + 8));
  }

  void write(ByteBuffer target, int index) {
    target.putLong(index, high);
    target.putLong(index + 8, low);
  }

  @Override
  public String toString() {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(high) + hex.toHexDigits(low);
  }
}
