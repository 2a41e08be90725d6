package io.shouwang.registry;

/**
 * One mistake in the registry's files.
 *
 * @param line from 1; 0 when the file as a whole is meant
 * @param column the column's name; empty when the row as a whole is meant
 * @param value what stands there, escaped and shortened, in quotes; empty when nothing does
 */
public record RowProblem(
    String file, long line, String column, String value, String what, String remedy) {

  /** {@code homes.csv:12 area "g-9" is no area; add it to areas.csv or correct it}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(file);
    if (line > 0) {
      text.append(':').append(line);
    }
    if (!column.isEmpty()) {
      text.append(' ').append(column);
    }
    if (!value.isEmpty()) {
      text.append(' ').append(value);
    }
    return text.append(' ').append(what).append("; ").append(remedy).toString();
  }
}
