package io.shouwang.backtest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where a recording's columns are; their order is free, others are passed over.
 *
 * @param received -1 where the recording doesn't say when something was received
 */
record RecordingColumns(int time, int device, int kind, int value, int received) {

  /** Reads the header. */
  static RecordingColumns read(RecordingRows rows) throws IOException, RecordingRefused {
    if (!rows.next()) {
      throw new RecordingRefused("the recording is empty; it begins with time,device,kind,value");
    }
    List<String> names = new ArrayList<>();
    for (int i = 0; i < rows.fields(); i++) {
      names.add(rows.text(i).strip().toLowerCase(Locale.ROOT));
    }
    List<String> missing = new ArrayList<>(List.of("time", "device", "kind", "value"));
    missing.removeAll(names);
    if (!missing.isEmpty()) {
      throw new RecordingRefused(
          "line 1: no column "
              + String.join(", ", missing)
              + "; the first line names the columns: time,device,kind,value and perhaps received");
    }
    return new RecordingColumns(
        names.indexOf("time"),
        names.indexOf("device"),
        names.indexOf("kind"),
        names.indexOf("value"),
        names.indexOf("received"));
  }

  /** The least number of fields a row must have. */
  int least() {
    return Math.max(Math.max(time, device), Math.max(kind, value)) + 1;
  }

  /** When the gateway would have heard of it: what is said, or when it happened. */
  long receivedAt(RecordingRows rows, RecordedTime times, long at) {
    if (received < 0 || received >= rows.fields() || rows.start(received) == rows.end(received)) {
      return at;
    }
    return times.read(rows.buffer(), rows.start(received), rows.end(received));
  }
}
