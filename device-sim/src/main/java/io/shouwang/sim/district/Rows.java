package io.shouwang.sim.district;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes CSV as RFC 4180 has it, in UTF-8, with times as RFC 3339; made for hundreds of millions of
 * rows.
 */
final class Rows implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 18;
  private static final int ROW_BYTES_MAX = 1 << 14;
  private static final int DATE_CHARS = 11;

  private final OutputStream out;
  private final Civil civil;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final byte[] date = new byte[DATE_CHARS];
  private int used;
  private boolean begun;
  private long dateOf = Long.MIN_VALUE;
  private long rows;

  Rows(OutputStream out, Civil civil) {
    this.out = out;
    this.civil = civil;
  }

  Rows header(String columns) throws IOException {
    raw(columns);
    raw("\n");
    return this;
  }

  /** Rows written, without the header. */
  long count() {
    return rows;
  }

  Rows text(String field) throws IOException {
    separator();
    boolean quoted = false;
    for (int i = 0; i < field.length() && !quoted; i++) {
      char c = field.charAt(i);
      quoted = c == ',' || c == '"' || c == '\n' || c == '\r';
    }
    raw(quoted ? '"' + field.replace("\"", "\"\"") + '"' : field);
    return this;
  }

  /** An instant with the zone's offset, to the second. */
  Rows time(long utc) throws IOException {
    separator();
    room(40);
    int offset = civil.offsetAt(utc);
    long local = utc + offset;
    long day = Math.floorDiv(local, Civil.DAY);
    if (day != dateOf) {
      dateOf = day;
      byte[] text = (Civil.date(local) + "T").getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(text, 0, date, 0, DATE_CHARS);
    }
    System.arraycopy(date, 0, buffer, used, DATE_CHARS);
    used += DATE_CHARS;
    int second = (int) Math.floorMod(local, Civil.DAY);
    two(second / 3_600);
    buffer[used++] = ':';
    two(second / 60 % 60);
    buffer[used++] = ':';
    two(second % 60);
    buffer[used++] = (byte) (offset < 0 ? '-' : '+');
    int ahead = Math.abs(offset);
    two(ahead / 3_600);
    buffer[used++] = ':';
    two(ahead / 60 % 60);
    return this;
  }

  void end() throws IOException {
    raw("\n");
    begun = false;
    rows++;
  }

  private void two(int number) {
    buffer[used++] = (byte) ('0' + number / 10);
    buffer[used++] = (byte) ('0' + number % 10);
  }

  private void separator() throws IOException {
    if (begun) {
      raw(",");
    }
    begun = true;
  }

  private void raw(String text) throws IOException {
    int length = text.length();
    room(Math.min(length, ROW_BYTES_MAX));
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 0x80 || used == buffer.length) {
        flush();
        out.write(text.substring(i).getBytes(StandardCharsets.UTF_8));
        return;
      }
      buffer[used++] = (byte) c;
    }
  }

  private void room(int bytes) throws IOException {
    if (used + bytes > buffer.length) {
      flush();
    }
  }

  private void flush() throws IOException {
    out.write(buffer, 0, used);
    used = 0;
  }

  @Override
  public void close() throws IOException {
    flush();
    out.close();
  }
}
