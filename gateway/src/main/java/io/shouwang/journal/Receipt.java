package io.shouwang.journal;

/**
 * Proof that a batch is on disk. Only the journal makes one, after its sync; acknowledging and
 * ringing both need one, so the wrong order doesn't compile.
 */
public final class Receipt {
  private final long sequence;

  Receipt(long sequence) {
    this.sequence = sequence;
  }

  /** The batch's sequence. */
  public long sequence() {
    return sequence;
  }

  @Override
  public String toString() {
    return "batch " + sequence + " synced";
  }
}
