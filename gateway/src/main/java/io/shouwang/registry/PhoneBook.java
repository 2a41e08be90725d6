package io.shouwang.registry;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Whose number it is: the rows of homes and elders by their telephone numbers, which may be two in
 * one field. Immutable; some 16 bytes a number, since a city has two million.
 */
final class PhoneBook {
  private static final String BETWEEN = "[/;,、；，|]";
  private static final long NONE = -1;

  /** Bare digits are numbers of another kind than those with a country. */
  private static final long BARE = 1_000_000_000_000_000_000L;

  /** So many homes share a number at most; what is beyond is nobody's. */
  static final int SHARED_MAX = 20;

  private final long[] homeNumbers;
  private final int[] homeRows;
  private final long[] elderNumbers;
  private final int[] elderRows;

  PhoneBook(RowTable homes, RowTable elders) {
    Column ofHomes = new Column(homes, Draft.HOME_PHONE);
    homeNumbers = ofHomes.numbers;
    homeRows = ofHomes.rows;
    Column ofElders = new Column(elders, Draft.ELDER_PHONE);
    elderNumbers = ofElders.numbers;
    elderRows = ofElders.rows;
  }

  /** One table's numbers, in rising order, each with its row. */
  private static final class Column {
    private long[] numbers = new long[64];
    private int[] rows = new int[64];

    Column(RowTable table, int phone) {
      int count = 0;
      for (int row = 0; row < table.rows(); row++) {
        for (String text : table.text(row, phone).split(BETWEEN, 4)) {
          long number = number(text);
          if (number != NONE) {
            if (count == numbers.length) {
              numbers = Arrays.copyOf(numbers, 2 * count);
              rows = Arrays.copyOf(rows, 2 * count);
            }
            numbers[count] = number;
            rows[count++] = row;
          }
        }
      }
      sort(count);
    }

    private void sort(int count) {
      long[] unsorted = numbers;
      int[] unsortedRows = rows;
      int[] order =
          IntStream.range(0, count)
              .boxed()
              .sorted((a, b) -> Long.compare(unsorted[a], unsorted[b]))
              .mapToInt(Integer::intValue)
              .toArray();
      numbers = Arrays.stream(order).mapToLong(i -> unsorted[i]).toArray();
      rows = Arrays.stream(order).map(i -> unsortedRows[i]).toArray();
    }
  }

  private static long number(String text) {
    String comparable = PhoneNumber.comparable(text);
    if (comparable.isEmpty()) {
      return NONE;
    }
    boolean isBare = comparable.charAt(0) != '+';
    long digits = Long.parseLong(comparable, isBare ? 0 : 1, comparable.length(), 10);
    return isBare ? BARE + digits : digits;
  }

  /** The rows of the homes that have this number. */
  IntStream homes(String number) {
    return rows(homeNumbers, homeRows, number(number));
  }

  /** The rows of the elders who have this number. */
  IntStream elders(String number) {
    return rows(elderNumbers, elderRows, number(number));
  }

  private static IntStream rows(long[] numbers, int[] rows, long wanted) {
    int any = wanted == NONE ? -1 : Arrays.binarySearch(numbers, wanted);
    if (any < 0) {
      return IntStream.empty();
    }
    int first = any;
    while (first > 0 && numbers[first - 1] == wanted) {
      first--;
    }
    return IntStream.range(first, Math.min(numbers.length, first + SHARED_MAX))
        .filter(i -> numbers[i] == wanted)
        .map(i -> rows[i]);
  }
}
