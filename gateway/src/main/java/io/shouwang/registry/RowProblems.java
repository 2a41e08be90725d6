package io.shouwang.registry;

import io.shouwang.yaml.Escaped;
import java.util.ArrayList;
import java.util.List;

/** Collects mistakes: the first thousand in full, the rest as a number. One thread. */
final class RowProblems {
  static final int LISTED_MAX = 1_000;

  private List<RowProblem> listed = new ArrayList<>();
  private long count;

  /** A mistake in a row. The value is escaped here. */
  void add(String file, long line, String column, String value, String what, String remedy) {
    count++;
    if (listed.size() < LISTED_MAX) {
      String shown = value.isEmpty() ? "" : Escaped.quoted(value);
      listed.add(
          new RowProblem(
              file, line, Escaped.line(column), shown, Escaped.line(what), Escaped.line(remedy)));
    }
  }

  /** A mistake of a file as a whole. */
  void add(String file, String what, String remedy) {
    add(file, 0, "", "", what, remedy);
  }

  /** Begins anew. */
  void clear() {
    listed = new ArrayList<>();
    count = 0;
  }

  long count() {
    return count;
  }

  List<RowProblem> listed() {
    return listed;
  }
}
