package io.shouwang.backtest;

import java.util.Arrays;

/** Rows on their way from the reader to those who decide. Handed over as a whole. */
final class RowBatch {
  static final int ROWS = 2_048;

  /** Says that no more come. */
  static final RowBatch END = new RowBatch();

  final RecordedDevices.Seen[] devices = new RecordedDevices.Seen[ROWS];
  final RecordedKind[] kinds = new RecordedKind[ROWS];
  final long[] at = new long[ROWS];
  final long[] received = new long[ROWS];
  final long[] lines = new long[ROWS];
  final int[] valueEnds = new int[ROWS];
  byte[] values = new byte[ROWS * 16];
  int rows;
  private int used;

  boolean isFull() {
    return rows == ROWS;
  }

  void add(
      RecordedDevices.Seen device,
      RecordedKind kind,
      long happened,
      long heard,
      long line,
      byte[] buffer,
      int start,
      int end) {
    int length = end - start;
    if (used + length > values.length) {
      values = Arrays.copyOf(values, Math.max(2 * values.length, used + length));
    }
    System.arraycopy(buffer, start, values, used, length);
    used += length;
    devices[rows] = device;
    kinds[rows] = kind;
    at[rows] = happened;
    received[rows] = heard;
    lines[rows] = line;
    valueEnds[rows++] = used;
  }
}
