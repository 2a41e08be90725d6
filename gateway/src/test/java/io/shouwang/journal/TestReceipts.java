package io.shouwang.journal;

/** Receipts for tests of those who get them. */
public final class TestReceipts {
  private TestReceipts() {}

  public static Receipt of(long sequence) {
    return new Receipt(sequence);
  }
}
