package io.shouwang.sim.screen;

import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * The one place that prints. Lines carry the local time and who they are about; what came from
 * outside can't move the cursor, colour the screen or turn the writing round. Thread-safe: a line
 * or a card is never torn.
 */
public final class Terminal {
  private static final int NAME_WIDTH = 14;

  private final PrintStream out;
  private final PrintStream err;
  private final DateTimeFormatter stamp;

  public Terminal(PrintStream out, PrintStream err, ZoneId zone) {
    this.out = out;
    this.err = err;
    this.stamp = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(zone);
  }

  /** A labelled line of a card. */
  public record Row(String label, String text) {}

  /** {@code 14:02:07.120 demo-sos-001 text}. */
  public synchronized void line(Instant at, String who, String text) {
    out.println(stamp.format(at) + "  " + padded(safe(who)) + "  " + safe(text));
    out.flush();
  }

  /** A line with labelled rows under it. */
  public synchronized void card(Instant at, String who, String title, List<Row> rows) {
    line(at, who, title);
    for (Row row : rows) {
      out.println(
          " ".repeat(16 + NAME_WIDTH)
              + String.format(Locale.ROOT, "%-8s", row.label())
              + safe(row.text()));
    }
    out.flush();
  }

  /** Text of our own, as it is. */
  public synchronized void plain(String text) {
    out.println(text);
    out.flush();
  }

  /** What went wrong and what helps, on standard error. */
  public synchronized void error(String text) {
    err.println("device-sim: " + safe(text));
    err.flush();
  }

  /** The local time of day, as the lines show it. */
  public String time(Instant at) {
    return stamp.format(at).substring(0, "HH:mm:ss".length());
  }

  private static String padded(String who) {
    return who.length() >= NAME_WIDTH ? who : who + " ".repeat(NAME_WIDTH - who.length());
  }

  /** Control characters, line ends and changes of writing direction written as escapes. */
  static String safe(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints()
        .forEach(point -> {
          int type = Character.getType(point);
          boolean moves =
              type == Character.CONTROL
                  || type == Character.FORMAT
                  || type == Character.LINE_SEPARATOR
                  || type == Character.PARAGRAPH_SEPARATOR
                  || type == Character.SURROGATE;
          if (moves) {
            safe.append(String.format(Locale.ROOT, "\\u%04x", point));
          } else {
            safe.appendCodePoint(point);
          }
        });
    return safe.toString();
  }
}
