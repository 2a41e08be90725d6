package io.shouwang.registry;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import io.shouwang.yaml.Resemblance;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * One CSV file as RFC 4180 has it: UTF-8 with or without a byte order mark, a header, fields that
 * may be quoted. Columns go by name, in any order.
 */
final class CsvTable {
  /** A column; an optional one may be missing from the file. */
  record Column(String name, boolean required) {}

  static final int FIELD_CHARS_MAX = 8_000;
  private static final int ROWS_BETWEEN = 1_000;

  private final String file;
  private final List<Column> columns;
  private final RowProblems problems;

  CsvTable(String file, List<Column> columns, RowProblems problems) {
    this.file = file;
    this.columns = columns;
    this.problems = problems;
  }

  /**
   * Reads all rows.
   *
   * @return false if the file could not be split into rows and columns, so that rows may be missing
   */
  boolean read(byte[] bytes, Consumer<CsvRow> each) {
    return read(bytes, each, Pace.NONE);
  }

  /** The same, and says how far it is. */
  boolean read(byte[] bytes, Consumer<CsvRow> each, Pace pace) {
    long rows = 0;
    if (!CsvText.isReadable(file, bytes, problems)) {
      return false;
    }
    int begin = CsvText.begin(bytes);
    var in = new ByteArrayInputStream(bytes, begin, bytes.length - begin);
    long line = 1;
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder()
            .allowExtraFields(true)
            .allowMissingFields(true)
            .allowExtraCharsAfterClosingQuote(false)
            .maxBufferSize(1 << 20)
            .build(
                CsvRecordHandler.of(
                    handler -> handler.maxFieldSize(FIELD_CHARS_MAX).maxRecordSize(1 << 17)),
                new InputStreamReader(in, StandardCharsets.UTF_8))) {
      Iterator<CsvRecord> records = reader.iterator();
      if (!records.hasNext()) {
        problems.add(file, "is empty", "begin it with a header: " + header());
        return false;
      }
      CsvRecord head = records.next();
      int[] places = places(head);
      if (places.length == 0) {
        return false;
      }
      CsvRow row = new CsvRow(file, columns, places, problems);
      while (records.hasNext()) {
        CsvRecord record = records.next();
        line = record.getStartingLineNumber();
        if (isBlank(record)) {
          continue;
        }
        if (record.getFieldCount() != head.getFieldCount()) {
          problems.add(
              file,
              line,
              "",
              "",
              "has " + record.getFieldCount() + " fields, the header " + head.getFieldCount(),
              "write one for each column, and put a field with a comma in it in quotes");
          continue;
        }
        each.accept(row.on(record));
        if (++rows % ROWS_BETWEEN == 0) {
          pace.rows(rows);
        }
      }
      return true;
    } catch (CsvParseException unreadable) {
      Throwable cause = unreadable.getCause() == null ? unreadable : unreadable.getCause();
      problems.add(
          file,
          line + 1,
          "",
          "",
          "can't be split into fields here or below: " + cause.getMessage(),
          "look for a stray quote, or a field longer than " + FIELD_CHARS_MAX + " characters");
      return false;
    } catch (IOException unexpected) {
      throw new UncheckedIOException(unexpected);
    }
  }

  private String header() {
    return String.join(",", columns.stream().map(Column::name).toList());
  }

  private static boolean isBlank(CsvRecord record) {
    for (int i = 0; i < record.getFieldCount(); i++) {
      if (!record.getField(i).isBlank()) {
        return false;
      }
    }
    return true;
  }

  /** Where each known column stands; -1: not in this file; empty: the header is wrong. */
  private int[] places(CsvRecord head) {
    long before = problems.count();
    long line = head.getStartingLineNumber();
    List<String> names = columns.stream().map(Column::name).toList();
    int[] places = new int[columns.size()];
    Arrays.fill(places, -1);
    if (head.getFieldCount() == 1 && head.getField(0).matches("(?s).*[;\\t|].*")) {
      problems.add(
          file,
          line,
          "",
          head.getField(0),
          "is one field",
          "separate fields by commas; this looks separated by another sign");
      return new int[0];
    }
    for (int i = 0; i < head.getFieldCount(); i++) {
      String name = head.getField(i).strip().toLowerCase(Locale.ROOT);
      int known = names.indexOf(name);
      if (known < 0) {
        problems.add(
            file, line, "", head.getField(i), "is no column", Resemblance.hint(name, names));
      } else if (places[known] >= 0) {
        problems.add(file, line, name, "", "is there twice", "remove one of the two");
      } else {
        places[known] = i;
      }
    }
    List<String> missing = new ArrayList<>();
    for (int i = 0; i < places.length; i++) {
      if (places[i] < 0 && columns.get(i).required()) {
        missing.add(names.get(i));
      }
    }
    for (String name : missing) {
      problems.add(file, line, name, "", "is missing", "the header is " + header());
    }
    return problems.count() == before ? places : new int[0];
  }
}
