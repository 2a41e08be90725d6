package io.shouwang.journal;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Says what of a batch is kept for years. Pure; the same batch gives the same answer. */
@FunctionalInterface
public interface Distiller {
  /**
   * Distils one batch.
   *
   * @param body read-only; belongs to the distiller only during the call
   * @return what is kept, from position to limit and at most as long as the body; null if nothing
   */
  @Nullable ByteBuffer distil(long sequence, ByteBuffer body);
}
