package io.shouwang.registry;

import de.siegmar.fastcsv.reader.CsvRecord;
import io.shouwang.model.Identity;
import io.shouwang.model.Synthetic;
import io.shouwang.registry.CsvTable.Column;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The row being read; the same object for each row. Columns go by their index in the table. */
final class CsvRow {
  private final String file;
  private final List<Column> columns;
  private final int[] places;
  private final RowProblems problems;
  private @Nullable CsvRecord record;
  private List<String> edited = List.of();
  private int number;

  CsvRow(String file, List<Column> columns, int[] places, RowProblems problems) {
    this.file = file;
    this.columns = columns;
    this.places = places;
    this.problems = problems;
  }

  CsvRow on(CsvRecord next) {
    record = next;
    return this;
  }

  /** A row that somebody edited: its fields in the columns' order, and its number among others. */
  static CsvRow edited(
      String file, List<Column> columns, List<String> fields, int number, RowProblems problems) {
    CsvRow row = new CsvRow(file, columns, IntStream.range(0, columns.size()).toArray(), problems);
    row.edited = List.copyOf(fields);
    row.number = number;
    return row;
  }

  String file() {
    return file;
  }

  int line() {
    return record == null
        ? number
        : (int) Math.min(record.getStartingLineNumber(), Integer.MAX_VALUE);
  }

  /** The field without blanks around it; empty if the file has no such column. */
  String raw(int column) {
    if (record == null) {
      return column < edited.size() ? edited.get(column).strip() : "";
    }
    return places[column] < 0 ? "" : record.getField(places[column]).strip();
  }

  void problem(int column, String what, String remedy) {
    problems.add(file, line(), columns.get(column).name(), raw(column), what, remedy);
  }

  /** A free text of bounded length, without control characters other than line breaks. */
  String text(int column, int lengthMax) {
    String text = raw(column);
    if (text.length() > lengthMax) {
      problem(column, "is longer than " + lengthMax + " characters", "shorten it");
      return "";
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t') {
        problem(column, "holds a control character", "remove it");
        return "";
      }
    }
    return text;
  }

  String requiredText(int column, int lengthMax) {
    String text = text(column, lengthMax);
    if (raw(column).isEmpty()) {
      problem(column, "is empty", "fill it in");
    }
    return text;
  }

  /** An id that must be there; null, and a problem, if it isn't one. */
  @Nullable String id(int column) {
    String text = raw(column);
    if (text.isEmpty()) {
      problem(column, "is empty", "fill it in");
      return null;
    }
    return word(column, text);
  }

  /** An id or a key word that may be left out: empty then, and when it isn't one. */
  String optionalId(int column) {
    String text = raw(column);
    String word = text.isEmpty() ? "" : word(column, text);
    return word == null ? "" : word;
  }

  private @Nullable String word(int column, String text) {
    if (Synthetic.isReserved(text)) {
      problem(column, "is a name that the gateway keeps for itself", "choose another");
      return null;
    }
    if (Identity.isValid(text)) {
      return text;
    }
    problem(column, "is no valid name", "use 1 to " + Identity.LENGTH_MAX + " of A-Z a-z 0-9 _ -");
    return null;
  }

  /** A telephone number as people write it, or nothing. */
  String phone(int column) {
    String text = raw(column);
    if (text.length() > 40) {
      problem(column, "is longer than 40 characters", "write one number");
      return "";
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && "+-() *#,".indexOf(c) < 0) {
        problem(column, "is no telephone number", "use digits, + - ( ) * # and blanks");
        return "";
      }
    }
    return text;
  }
}
