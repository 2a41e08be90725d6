package io.shouwang.registry;

/**
 * One mistake in what somebody edited.
 *
 * @param row of the entry's, from 1; 0 when the entry as a whole is meant
 * @param field the column; empty when the row as a whole is meant
 * @param what is wrong, without the value
 * @param remedy what to do about it
 */
public record EntryProblem(
    Section section, String id, int row, String field, String what, String remedy) {

  /** {@code homes h-1 area is no area; add it to areas.csv or correct it}. */
  @Override
  public String toString() {
    return section.word()
        + " "
        + id
        + (row > 1 ? " row " + row : "")
        + (field.isEmpty() ? "" : " " + field)
        + " "
        + what
        + "; "
        + remedy;
  }
}
