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
    this.homes = new Column(homes, Draft.HOME_PHONE);
    this.elders = new Column(elders, Draft.ELDER_PHONE);
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

    Column(RowTable table, int phone) {
      if (table.rows() > ROWS_MAX) {
        throw new IllegalArgumentException("more than " + ROWS_MAX + " rows have no index");
      }
      this.table = table;
      this.phone = phone;
      this.index =
          IntStream.range(0, table.rows())
              .boxed()
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
      int found = Arrays.binarySearch(index, hash);
      int first = found < 0 ? -found - 1 : found;
      return IntStream.range(first, index.length)
          .takeWhile(i -> index[i] < hash + ROWS_MAX)
          .map(i -> (int) (index[i] - hash))
          .filter(row -> numbers(table.text(row, phone)).anyMatch(number::equals))
          .distinct()
          .limit(SHARED_MAX);
    }
  }
}
