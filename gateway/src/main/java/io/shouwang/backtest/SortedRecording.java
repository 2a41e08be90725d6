package io.shouwang.backtest;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A recording's rows in the order in which they were received, in memory. */
final class SortedRecording {
  /** Larger ones must come in order. */
  static final long BYTES_MAX = 512L << 20;

  /** The header, then the rows. */
  private final byte[] rows;

  /** The line each row, the header first, was on in the file. */
  private final long[] lines;

  private SortedRecording(byte[] rows, long[] lines) {
    this.rows = rows;
    this.lines = lines;
  }

  static SortedRecording of(Path file, RecordedTime times) throws IOException, RecordingRefused {
    if (Files.size(file) > BYTES_MAX) {
      throw new RecordingRefused(
          file.getFileName()
              + " is not in the order of time, and larger than the "
              + (BYTES_MAX >> 20)
              + " MiB that are sorted in memory; sort it by the column received, or time");
    }
    byte[] all = Files.readAllBytes(file);
    long[] received = new long[1024];
    int[] starts = new int[1024];
    int[] ends = new int[1024];
    long[] lines = new long[1024];
    int count = 0;
    int header;
    try (RecordingRows rows = new RecordingRows(new ByteArrayInputStream(all))) {
      RecordingColumns columns = RecordingColumns.read(rows);
      header = (int) rows.endOffset();
      long before = Long.MIN_VALUE;
      while (rows.next()) {
        if (count == received.length) {
          received = Arrays.copyOf(received, 2 * count);
          starts = Arrays.copyOf(starts, 2 * count);
          ends = Arrays.copyOf(ends, 2 * count);
          lines = Arrays.copyOf(lines, 2 * count);
        }
        long at = RecordedTime.UNREADABLE;
        if (rows.fields() >= columns.least()) {
          byte[] buffer = rows.buffer();
          at = times.read(buffer, rows.start(columns.time()), rows.end(columns.time()));
          at = columns.receivedAt(rows, times, at);
        }
        // One without a time stays beside its neighbour, and is named when it is read.
        received[count] = at == RecordedTime.UNREADABLE ? before : at;
        before = received[count];
        starts[count] = (int) rows.startOffset();
        ends[count] = (int) rows.endOffset();
        lines[count++] = rows.line();
      }
    }
    return ordered(all, header, received, starts, ends, lines, count);
  }

  private static SortedRecording ordered(
      byte[] all, int header, long[] received, int[] starts, int[] ends, long[] lines, int count) {
    Integer[] order = new Integer[count];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Long.compare(received[a], received[b]));
    ByteArrayOutputStream out = new ByteArrayOutputStream(all.length + 1);
    out.write(all, 0, header);
    long[] lineOf = new long[count + 1];
    lineOf[0] = 1;
    for (int i = 0; i < count; i++) {
      int row = order[i];
      out.write(all, starts[row], ends[row] - starts[row]);
      if (all[ends[row] - 1] != '\n') {
        out.write('\n');
      }
      lineOf[i + 1] = lines[row];
    }
    return new SortedRecording(out.toByteArray(), lineOf);
  }

  /** The line in the file that a row of {@link #open} was on; the first after the header is 1. */
  long lineOf(long row) {
    return lines[(int) row];
  }

  InputStream open() {
    return new ByteArrayInputStream(rows);
  }
}
