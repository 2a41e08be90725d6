package io.shouwang.journal;

/** How much room the journal has. Each word is a promise about what the writer appends next. */
public enum Space {
  /** The next two batches are taken, whatever their importance and size. */
  AMPLE,
  /** The disk is full or slow: the next two alarm batches are taken; telemetry may be refused. */
  RESERVE,
  /** The reserve is all but spent: an alarm batch is taken if it still fits. */
  EXHAUSTED
}
