package io.shouwang.journal;

import org.jspecify.annotations.Nullable;

/** Whether a batch, whole in itself, is the one that should come next. */
final class Chain {
  private Chain() {}

  /** What is wrong with the batch under the cursor, for a person; null if nothing. */
  static @Nullable String wrong(
      BatchCursor cursor, long journalId, long sequence, BatchHash previous) {
    if (cursor.journalId() != journalId) {
      return "the batch belongs to another journal";
    }
    if (cursor.sequence() != sequence) {
      return "batch " + cursor.sequence() + " stands where batch " + sequence + " should be";
    }
    if (!cursor.previous().equals(previous)) {
      return "batch " + sequence + " doesn't follow from the batch before: the chain is broken";
    }
    return null;
  }
}
