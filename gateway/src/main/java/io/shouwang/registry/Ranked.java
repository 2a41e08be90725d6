package io.shouwang.registry;

import io.shouwang.model.Finder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/** Rows that were found, by how likely it is that they are meant. One thread. */
final class Ranked {
  /** It is their id or their whole telephone number. */
  static final int OWN = 0;

  /** It is their name. */
  static final int NAME = 1;

  /** Their name begins so. */
  static final int NAME_BEGINS = 2;

  static final int NAME_HAS = 3;
  static final int REST = 4;

  /** It isn't there. */
  static final int NOT = 5;

  private final int limit;
  private final int[][] rows;
  private final int[] sizes = new int[NOT];
  private int count;

  Ranked(int limit) {
    this.limit = limit;
    this.rows = new int[NOT][Math.max(limit, PhoneBook.SHARED_MAX)];
  }

  /** Takes a row. What is there as an own one already is left out; else no row may come twice. */
  void add(int row, int rank) {
    if (isOwn(row)) {
      return;
    }
    count++;
    if (sizes[rank] < rows[rank].length) {
      rows[rank][sizes[rank]++] = row;
    }
  }

  boolean isEmpty() {
    return count == 0;
  }

  private boolean isOwn(int row) {
    for (int i = 0; i < sizes[OWN]; i++) {
      if (rows[OWN][i] == row) {
        return true;
      }
    }
    return false;
  }

  /** Whether enough are counted, so that only likelier ones matter still. */
  boolean isCounted() {
    return count > Finder.COUNTED_MAX;
  }

  /** Only what is likelier than this would still be shown. */
  int worstUseful() {
    int shown = 0;
    for (int rank = OWN; rank < NOT; rank++) {
      shown += sizes[rank];
      if (shown >= limit) {
        return rank;
      }
    }
    return NOT;
  }

  <T> Finder.Hits<T> hits(IntFunction<T> made) {
    List<T> found = new ArrayList<>();
    for (int rank = OWN; rank < NOT; rank++) {
      int taken = Math.min(sizes[rank], limit - found.size());
      Arrays.stream(rows[rank], 0, taken).mapToObj(made).forEach(found::add);
    }
    boolean more = count > Finder.COUNTED_MAX;
    return new Finder.Hits<>(found, Math.min(count, Finder.COUNTED_MAX), more);
  }
}
