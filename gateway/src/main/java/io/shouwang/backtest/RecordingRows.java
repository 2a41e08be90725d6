package io.shouwang.backtest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The rows of a CSV file, RFC 4180, read at speed: fields are slices of one buffer that the next
 * row overwrites. Takes LF and CRLF, a byte order mark and blank lines. One thread.
 */
final class RecordingRows implements AutoCloseable {
  static final int FIELDS_MAX = 32;
  static final int ROW_BYTES_MAX = 64 * 1024;

  private final InputStream in;
  private byte[] buffer = new byte[1 << 18];
  private int position;
  private int limit;
  private boolean ended;
  private final int[] starts = new int[FIELDS_MAX];
  private final int[] ends = new int[FIELDS_MAX];
  private int fields;
  private long line;
  private long nextLine = 1;
  private long bytesBefore;
  private long rowStart;
  private boolean tooLong;

  RecordingRows(InputStream in) {
    this.in = in;
  }

  /** Goes to the next row that isn't blank; false at the end. */
  boolean next() throws IOException {
    while (true) {
      if (nextLine == 1) {
        skipMark();
      }
      if (position == limit && !fill(position)) {
        return false;
      }
      line = nextLine;
      rowStart = bytesBefore + position;
      tooLong = false;
      readRow();
      if (fields > 1 || ends[0] > starts[0] || tooLong) {
        return true;
      }
    }
  }

  byte[] buffer() {
    return buffer;
  }

  int fields() {
    return fields;
  }

  int start(int field) {
    return starts[field];
  }

  int end(int field) {
    return ends[field];
  }

  /** The line it begins on, from 1. */
  long line() {
    return line;
  }

  /** Where the row begins and ends in the stream, its line end included. */
  long startOffset() {
    return rowStart;
  }

  long endOffset() {
    return bytesBefore + position;
  }

  /** More than {@link #ROW_BYTES_MAX}; its fields are not there. */
  boolean isTooLong() {
    return tooLong;
  }

  String text(int field) {
    return field < fields
        ? new String(buffer, starts[field], ends[field] - starts[field], StandardCharsets.UTF_8)
        : "";
  }

  private void skipMark() throws IOException {
    while (limit - position < 3 && fill(position)) {
      // until there are three bytes or no more
    }
    if (limit - position >= 3
        && buffer[position] == (byte) 0xef
        && buffer[position + 1] == (byte) 0xbb
        && buffer[position + 2] == (byte) 0xbf) {
      position += 3;
    }
  }

  /** One physical row; quotes may hold commas, quotes and line ends. */
  private void readRow() throws IOException {
    int from = position;
    int at = position;
    int start = at;
    int written = at;
    boolean quoted = false;
    boolean plain = true;
    fields = 0;
    while (true) {
      if (at == limit) {
        int moved = at - from;
        boolean more = fill(from);
        at = position + moved;
        start -= from - position;
        written -= from - position;
        for (int i = 0; i < fields; i++) {
          starts[i] -= from - position;
          ends[i] -= from - position;
        }
        from = position;
        if (!more) {
          field(start, plain ? at : written);
          position = limit;
          nextLine++;
          return;
        }
      }
      byte b = buffer[at++];
      if (quoted) {
        if (b == '"') {
          if (at == limit && !ended) {
            // the next byte says whether it is doubled
            int moved = at - from;
            fill(from);
            at = position + moved;
            start -= from - position;
            written -= from - position;
            for (int i = 0; i < fields; i++) {
              starts[i] -= from - position;
              ends[i] -= from - position;
            }
            from = position;
          }
          if (at < limit && buffer[at] == '"') {
            buffer[written++] = '"';
            at++;
          } else {
            quoted = false;
          }
        } else {
          if (b == '\n') {
            nextLine++;
          }
          buffer[written++] = b;
        }
      } else if (b == ',') {
        field(start, plain ? at - 1 : written);
        start = at;
        plain = true;
      } else if (b == '\n') {
        int end = at - 1;
        if (plain && end > start && buffer[end - 1] == '\r') {
          end--;
        }
        field(start, plain ? end : written);
        position = at;
        nextLine++;
        return;
      } else if (b == '"' && plain && at - 1 == start) {
        quoted = true;
        plain = false;
        written = start;
      } else if (!plain && b != '\r') {
        buffer[written++] = b;
      }
      if (at - from > ROW_BYTES_MAX) {
        skipRow(at);
        return;
      }
    }
  }

  private void field(int start, int end) {
    if (fields < FIELDS_MAX) {
      starts[fields] = start;
      ends[fields] = end;
      fields++;
    }
  }

  private void skipRow(int from) throws IOException {
    int at = from;
    tooLong = true;
    fields = 0;
    while (true) {
      if (at == limit) {
        position = at;
        if (!fill(at)) {
          break;
        }
        at = position;
      }
      if (buffer[at++] == '\n') {
        break;
      }
    }
    position = at;
    nextLine++;
  }

  /** Reads more behind what is kept from {@code keep} on, which moves to the front. */
  private boolean fill(int keep) throws IOException {
    if (ended) {
      position = keep;
      return false;
    }
    int kept = limit - keep;
    System.arraycopy(buffer, keep, buffer, 0, kept);
    bytesBefore += keep;
    position = 0;
    limit = kept;
    if (limit == buffer.length) {
      buffer = Arrays.copyOf(buffer, 2 * buffer.length);
    }
    int read = in.read(buffer, limit, buffer.length - limit);
    if (read < 0) {
      ended = true;
      return false;
    }
    limit += read;
    return true;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
