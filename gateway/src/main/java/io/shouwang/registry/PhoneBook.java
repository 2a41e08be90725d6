package io.shouwang.registry;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Whose number it is: the rows of homes and elders by their telephone numbers, which may be several
 * in one field. Immutable; 8 bytes a number, since a city has two million. Any thread.
 */
final class PhoneBook {
  /** So many rows share a number at most; what is beyond is nobody's. */
  static final int SHARED_MAX = 20;

  private static final String BETWEEN = "[/;,、；，|]";
  private static final int IN_ONE_FIELD_MAX = 4;

  private final Column homes;
  private final Column elders;

  PhoneBook(RowTable homes, RowTable elders) {
    this(new Column(homes, Draft.HOME_PHONE), new Column(elders, Draft.ELDER_PHONE));
  }

  private PhoneBook(Column homes, Column elders) {
    this.homes = homes;
    this.elders = elders;
  }

  /** Of tables that were edited out of this one's. */
  PhoneBook amended(RowTable editedHomes, RowTable editedElders) {
    return new PhoneBook(homes.amended(editedHomes), elders.amended(editedElders));
  }

  /** The rows of the homes that have this number. */
  IntStream homes(String number) {
    return homes.rows(PhoneNumber.comparable(number));
  }

  /** The rows of the elders who have this number. */
  IntStream elders(String number) {
    return elders.rows(PhoneNumber.comparable(number));
  }

  private static Stream<String> numbers(String field) {
    return Arrays.stream(field.split(BETWEEN, IN_ONE_FIELD_MAX))
        .map(PhoneNumber::comparable)
        .filter(number -> !number.isEmpty());
  }

  /** One table's numbers. */
  private static final class Column {
    private static final int ROW_BITS = 24;
    private static final int ROWS_MAX = 1 << ROW_BITS;

    private final RowTable table;
    private final int phone;

    /** A hash of each number above its row, in rising order. */
    private final long[] index;

    /** The same, of rows that were edited since; what the other one says of them may be old. */
    private final long[] edited;

    Column(RowTable table, int phone) {
      if (table.rows() > ROWS_MAX) {
        throw new IllegalArgumentException("more than " + ROWS_MAX + " rows have no index");
      }
      this.table = table;
      this.phone = phone;
      this.index = index(table, phone, IntStream.range(0, table.rows()));
      this.edited = new long[0];
    }

    private Column(Column before, RowTable table) {
      this.table = table;
      this.phone = before.phone;
      this.index = before.index;
      this.edited = index(table, phone, table.edited());
    }

    Column amended(RowTable later) {
      return new Column(this, later);
    }

    private static long[] index(RowTable table, int phone, IntStream rows) {
      return rows.boxed()
          .flatMap(row -> numbers(table.text(row, phone)).map(number -> hash(number) | row))
          .mapToLong(Long::longValue)
          .sorted()
          .toArray();
    }

    /** The hash in the upper bits; not negative, so that the order is plain. */
    private static long hash(String number) {
      long digits = 0;
      for (int i = 0; i < number.length(); i++) {
        digits = 11 * digits + (number.charAt(i) == '+' ? 10 : number.charAt(i) - '0');
      }
      return ((digits * 0x9E3779B97F4A7C15L) >>> (ROW_BITS + 1)) << ROW_BITS;
    }

    IntStream rows(String number) {
      if (number.isEmpty()) {
        return IntStream.empty();
      }
      long hash = hash(number);
      return IntStream.concat(rows(index, hash), rows(edited, hash))
          .filter(row -> !table.isRemoved(row))
          .filter(row -> numbers(table.text(row, phone)).anyMatch(number::equals))
          .distinct()
          .limit(SHARED_MAX);
    }

    private static IntStream rows(long[] among, long hash) {
      int found = Arrays.binarySearch(among, hash);
      int first = found < 0 ? -found - 1 : found;
      return IntStream.range(first, among.length)
          .takeWhile(i -> among[i] < hash + ROWS_MAX)
          .map(i -> (int) (among[i] - hash));
    }
  }
}
