package io.shouwang.journal;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Is shown verified batches, in order. */
@FunctionalInterface
public interface BatchVisitor {
  /**
   * Takes a batch.
   *
   * @param body read-only, from position to limit; belongs to the visitor only during the call
   */
  void batch(long sequence, ByteBuffer body) throws IOException;
}
