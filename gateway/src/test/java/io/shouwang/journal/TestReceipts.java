package io.shouwang.journal;

/** Receipts for tests of what happens after a sync, without a journal. */
public final class TestReceipts {
  private TestReceipts() {}

  public static Receipt of(long sequence) {
    return new Receipt(sequence);
  }
}
