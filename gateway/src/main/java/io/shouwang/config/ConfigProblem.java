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
 */
public record ConfigProblem(String file, int line, int column, String what, String remedy) {

  public ConfigProblem {
    what = Escaped.line(what);
    remedy = Escaped.line(remedy);
  }

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
    return text.append(' ').append(what).append("; ").append(remedy).toString();
  }
}
