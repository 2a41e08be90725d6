package io.shouwang.backtest;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * A first look over a recording: what time it covers, which devices speak, whether each home's rows
 * are in order.
 *
 * @param rows that have a time and a device
 * @param first when the first was received, in milliseconds of the epoch
 * @param last when the last was received
 * @param sorted each home's rows can be replayed as they come
 */
record RecordingSurvey(long rows, long first, long last, boolean sorted, RecordedDevices devices) {
  /** Clocks of one house differ a little: so much back in time counts as now. */
  static final long BACK_MILLIS = 10_000;

  static RecordingSurvey of(InputStream in, RecordedTime times, RecordedDevices devices)
      throws IOException, RecordingRefused {
    RecordedKinds kinds = new RecordedKinds();
    long[] lastOfHome = new long[64];
    Arrays.fill(lastOfHome, Long.MIN_VALUE);
    long count = 0;
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    boolean sorted = true;
    try (RecordingRows rows = new RecordingRows(in)) {
      RecordingColumns columns = RecordingColumns.read(rows);
      while (rows.next()) {
        if (rows.fields() < columns.least()) {
          continue;
        }
        byte[] buffer = rows.buffer();
        long at = times.read(buffer, rows.start(columns.time()), rows.end(columns.time()));
        long received = columns.receivedAt(rows, times, at);
        if (at == RecordedTime.UNREADABLE || received == RecordedTime.UNREADABLE) {
          continue;
        }
        int device = columns.device();
        RecordedDevices.Seen seen = devices.find(buffer, rows.start(device), rows.end(device));
        if (seen.homeNumber < 0) {
          continue;
        }
        if (seen.kind == null) {
          seen.kind = kinds.find(buffer, rows.start(columns.kind()), rows.end(columns.kind()));
        }
        count++;
        seen.first = Math.min(seen.first, received);
        seen.last = Math.max(seen.last, received);
        first = Math.min(first, received);
        last = Math.max(last, received);
        int home = seen.homeNumber;
        if (home >= lastOfHome.length) {
          int old = lastOfHome.length;
          lastOfHome = Arrays.copyOf(lastOfHome, Math.max(home + 1, 2 * old));
          Arrays.fill(lastOfHome, old, lastOfHome.length, Long.MIN_VALUE);
        }
        sorted &= lastOfHome[home] == Long.MIN_VALUE || received >= lastOfHome[home] - BACK_MILLIS;
        lastOfHome[home] = Math.max(lastOfHome[home], received);
      }
    }
    return new RecordingSurvey(count, first, last, sorted, devices);
  }
}
