package io.shouwang.journal;

import java.nio.ByteBuffer;

/**
 * Where the writer puts a batch together: room for the body, and before it, out of sight, for the
 * headers, so that the whole goes to disk in one write without a copy. Direct memory, made once and
 * used again for batch after batch. One thread at a time.
 */
public final class BatchBuffer {
  static final int BODY_AT = SegmentHeader.BYTES + BatchFrame.HEADER_BYTES;

  private final ByteBuffer bytes;
  private final ByteBuffer body;

  /**
   * @param maxBodyBytes the longest body; no longer than the journal's
   */
  public BatchBuffer(int maxBodyBytes) {
    bytes = ByteBuffer.allocateDirect(BODY_AT + maxBodyBytes);
    body = bytes.slice(BODY_AT, maxBodyBytes);
  }

  /** The body: put into it; what lies before its position is what the journal appends. */
  public ByteBuffer body() {
    return body;
  }

  /** Empties it for the next batch. */
  public BatchBuffer clear() {
    body.clear();
    return this;
  }

  /** The whole of it, headers and body. */
  ByteBuffer bytes() {
    return bytes.clear();
  }
}
