package io.shouwang.yaml;

/**
 * One mistake in the configuration, as shown to the person who made it.
 *
 * @param file the file's name within the configuration directory, or {@code environment}
 * @param line from 1; 0 when the mistake has no place, such as a missing file
 * @param column from 1; 0 when not known
 * @param what what is wrong
 * @param remedy what to do about it
 * @param excerpt lines that show the place, each begun by a line feed; empty where line and column
 *     say it
 */
public record ConfigProblem(
    String file, int line, int column, String what, String remedy, String excerpt) {
  private static final String INDENT = "\n    ";

  public ConfigProblem {
    what = Escaped.line(what);
    remedy = Escaped.line(remedy);
  }

  public ConfigProblem(String file, int line, int column, String what, String remedy) {
    this(file, line, column, what, remedy, "");
  }

  /**
   * The line, or the part of a long one around the column, and below it a caret under the column; a
   * column past its end stands behind it.
   *
   * @param column from 1, in code points
   */
  public static String caret(String line, int column) {
    int[] points = line.replace('\t', ' ').codePoints().toArray();
    int at = Math.min(Math.max(0, column - 1), points.length);
    int from = at > SHOWN_BEFORE ? at - SHOWN_BEFORE : 0;
    int to = Math.min(points.length, at + SHOWN_BEHIND);
    StringBuilder shown = new StringBuilder(from > 0 ? "…" : "");
    StringBuilder caret = new StringBuilder(from > 0 ? " " : "");
    for (int i = from; i < to; i++) {
      shown.appendCodePoint(points[i]);
      if (i < at) {
        caret.appendCodePoint(Character.isIdeographic(points[i]) ? IDEOGRAPHIC_SPACE : ' ');
      }
    }
    shown.append(to < points.length ? "…" : "");
    return INDENT + Escaped.line(shown.toString()) + INDENT + caret + '^';
  }

  private static final int SHOWN_BEFORE = 60;
  private static final int SHOWN_BEHIND = 40;

  /** As wide as an ideograph. */
  private static final int IDEOGRAPHIC_SPACE = 0x3000;

  /** {@code ladders.yaml:14:12 rung 2 waits 0 s; it must wait longer than rung 1 (30 s)}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(file);
    if (line > 0) {
      text.append(':').append(line);
      if (column > 0) {
        text.append(':').append(column);
      }
    }
    return text.append(' ').append(what).append("; ").append(remedy).append(excerpt).toString();
  }
}
