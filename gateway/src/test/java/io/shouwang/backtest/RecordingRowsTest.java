package io.shouwang.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 4180, however the bytes arrive. */
final class RecordingRowsTest {
  private static final String TEXT =
      "\uFEFFa,b,c\r\n1,\"x,\"\"y\"\"\nz\",3\n\n,,\n\"last\",\"{\"\"k\"\":1}\",";

  /** Gives a few bytes at a time. */
  private static final class Trickle extends InputStream {
    private final ByteArrayInputStream in;
    private final int most;

    Trickle(byte[] bytes, int most) {
      in = new ByteArrayInputStream(bytes);
      this.most = most;
    }

    @Override
    public int read() {
      return in.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      return in.read(into, offset, Math.min(length, most));
    }
  }

  private static List<String> rows(int bytesAtATime) throws IOException {
    List<String> all = new ArrayList<>();
    byte[] bytes = TEXT.getBytes(StandardCharsets.UTF_8);
    try (RecordingRows rows = new RecordingRows(new Trickle(bytes, bytesAtATime))) {
      while (rows.next()) {
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < rows.fields(); i++) {
          fields.add(rows.text(i));
        }
        all.add(rows.line() + String.join("|", fields));
      }
    }
    return all;
  }

  @Test
  void quotes_commas_and_line_ends_within_fields_are_kept() throws IOException {
    for (int bytes : new int[] {1, 2, 3, 5, 7, 1000}) {
      assertEquals(
          List.of("1a|b|c", "21|x,\"y\"\nz|3", "5||", "6last|{\"k\":1}|"), rows(bytes), "" + bytes);
    }
  }

  @Test
  void a_row_without_end_is_passed_over_and_the_next_is_read() throws IOException {
    byte[] bytes = ("a,b\n" + "x".repeat(200_000) + "\n1,2\n").getBytes(StandardCharsets.UTF_8);
    try (RecordingRows rows = new RecordingRows(new ByteArrayInputStream(bytes))) {
      assertTrue(rows.next());
      assertTrue(rows.next());
      assertTrue(rows.isTooLong());
      assertTrue(rows.next());
      assertEquals("2", rows.text(1));
      assertEquals(3, rows.line());
    }
  }
}
