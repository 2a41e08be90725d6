package io.shouwang.backtest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What of a recording could not be used: the first few by name, all by number. Any thread. */
public final class BadRows {
  /** So many are named. */
  public static final int NAMED_MAX = 20;

  private final long most;
  private final List<String> named = new ArrayList<>();
  private final Map<String, Long> devices = new LinkedHashMap<>();
  private long count;
  private long homeless;

  /** More than {@code most} bad rows end the reading. */
  public BadRows(long most) {
    this.most = most;
  }

  synchronized void add(long line, String column, String what, String remedy)
      throws RecordingRefused {
    count++;
    if (named.size() < NAMED_MAX) {
      named.add("line " + line + ", " + column + ": " + what + "; " + remedy);
    }
    if (count > most) {
      throw new RecordingRefused(
          "more than "
              + most
              + " rows can't be used, so this is no recording as expected; the first: "
              + named.getFirst());
    }
  }

  /** A row of a device that nobody registered. */
  synchronized void unknown(String device) {
    homeless++;
    if (devices.size() < NAMED_MAX || devices.containsKey(device)) {
      devices.merge(device, 1L, Long::sum);
    }
  }

  /** The first bad rows: line, column, what is wrong, what to do. */
  public synchronized List<String> named() {
    return List.copyOf(named);
  }

  /** All that were bad and skipped. */
  public synchronized long count() {
    return count;
  }

  /** Rows of devices without a home, skipped. */
  public synchronized long homeless() {
    return homeless;
  }

  /** The first devices that are not registered, and how many rows each has. */
  public synchronized Map<String, Long> unknownDevices() {
    return new LinkedHashMap<>(devices);
  }
}
