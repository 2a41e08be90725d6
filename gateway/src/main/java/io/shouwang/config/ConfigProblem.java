package io.shouwang.config;

import io.shouwang.registry.Escaped;

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
   * The line, and below it a caret under the column; a column past its end stands behind it.
   *
   * @param column from 1, in code points
   */
  static String caret(String line, int column) {
    StringBuilder caret = new StringBuilder();
    line.codePoints()
        .limit(Math.max(0, column - 1))
        .forEach(point ->
            caret.appendCodePoint(Character.isIdeographic(point) ? IDEOGRAPHIC_SPACE : ' '));
    return INDENT + Escaped.line(line.replace('\t', ' ')) + INDENT + caret + '^';
  }

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
