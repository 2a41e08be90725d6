package io.shouwang.backtest;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a recording's rows and shares them out by home. One thread. */
final class RecordingReader {
  private final RecordedDevices devices;
  private final List<RecordingWorker> workers;
  private final List<RowBatch> filling = new ArrayList<>();
  private final BadRows bad;
  private final long to;
  private final @Nullable SortedRecording sorted;
  private final RecordedTime times;
  private final RecordedKinds kinds = new RecordedKinds();
  private long row;
  private long first = Long.MAX_VALUE;
  private long last = Long.MIN_VALUE;

  RecordingReader(
      RecordingPlan plan,
      RecordedDevices devices,
      List<RecordingWorker> workers,
      BadRows bad,
      long to,
      @Nullable SortedRecording sorted) {
    this.devices = devices;
    this.workers = workers;
    this.bad = bad;
    this.to = to;
    this.sorted = sorted;
    this.times = new RecordedTime(plan.zone());
    workers.forEach(_ -> filling.add(new RowBatch()));
  }

  /** When the first row was received; later than {@link #last} if there was none. */
  long first() {
    return first;
  }

  long last() {
    return last;
  }

  /** Reads all rows; those who decide have them, or have failed, on return. */
  void read(InputStream in) throws IOException, RecordingRefused, InterruptedException {
    try (RecordingRows rows = new RecordingRows(in)) {
      RecordingColumns columns = RecordingColumns.read(rows);
      boolean going = true;
      while (going && rows.next()) {
        going = take(rows, columns);
      }
    } finally {
      for (int i = 0; i < workers.size(); i++) {
        if (filling.get(i).rows == 0 || workers.get(i).offer(filling.get(i))) {
          workers.get(i).offer(RowBatch.END);
        }
      }
    }
  }

  /** False when nobody takes rows any more. */
  private boolean take(RecordingRows rows, RecordingColumns columns)
      throws RecordingRefused, InterruptedException {
    row++;
    long line = sorted == null ? rows.line() : sorted.lineOf(row);
    byte[] buffer = rows.buffer();
    if (rows.fields() < columns.least()) {
      bad.add(
          line,
          "row",
          rows.isTooLong() ? "is longer than 64 KiB" : "has " + rows.fields() + " fields",
          "it needs a time, a device, a kind and a value");
      return true;
    }
    int field = columns.time();
    long at = times.read(buffer, rows.start(field), rows.end(field));
    if (at == RecordedTime.UNREADABLE) {
      badTime(rows, line, "time", field);
      return true;
    }
    long received = columns.receivedAt(rows, times, at);
    if (received == RecordedTime.UNREADABLE) {
      badTime(rows, line, "received", columns.received());
      return true;
    }
    if (received >= to) {
      return true;
    }
    int device = columns.device();
    RecordedDevices.Seen seen = devices.find(buffer, rows.start(device), rows.end(device));
    if (seen.device == null) {
      bad.add(
          line,
          "device",
          RecordingText.shown(seen.text()) + " is no device's name",
          "use 1 to 64 of A-Z a-z 0-9 _ -");
      return true;
    }
    if (seen.home == null) {
      bad.unknown(seen.text());
      return true;
    }
    field = columns.kind();
    RecordedKind kind = kinds.find(buffer, rows.start(field), rows.end(field));
    if (kind == null) {
      bad.add(
          line,
          "kind",
          RecordingText.shown(rows.text(field)) + " is no kind",
          "use a word such as motion, door, bed, water, vitals, sos");
      return true;
    }
    first = Math.min(first, received);
    last = Math.max(last, received);
    int worker = seen.homeNumber % workers.size();
    RowBatch batch = filling.get(worker);
    int value = columns.value();
    batch.add(seen, kind, at, received, line, buffer, rows.start(value), rows.end(value));
    if (!batch.isFull()) {
      return true;
    }
    filling.set(worker, new RowBatch());
    return workers.get(worker).offer(batch);
  }

  private void badTime(RecordingRows rows, long line, String column, int field)
      throws RecordingRefused {
    bad.add(
        line,
        column,
        RecordingText.shown(rows.text(field)) + " is no time",
        "write it like 2026-03-02T08:00:00+08:00, 2026-03-02 08:00:00, or as seconds since 1970");
  }
}
