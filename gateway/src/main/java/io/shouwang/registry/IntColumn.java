package io.shouwang.registry;

import java.util.Arrays;

/** A growing row of ints. One thread. */
final class IntColumn {
  private int[] values = new int[64];
  private int size;

  void add(int value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = value;
  }

  int get(int row) {
    return values[row];
  }

  void set(int row, int value) {
    values[row] = value;
  }

  int size() {
    return size;
  }

  /** Sets a row, or adds it as the next one. */
  void put(int row, int value) {
    if (row == size) {
      add(value);
    } else {
      values[row] = value;
    }
  }

  /** The values themselves, without room to spare: nobody may change them afterwards. */
  int[] trimmed() {
    if (values.length != size) {
      values = Arrays.copyOf(values, size);
    }
    return values;
  }

  /** The same values, to be changed. */
  IntColumn copy() {
    IntColumn copy = new IntColumn();
    copy.values = Arrays.copyOf(values, Math.max(size + 16, 64));
    copy.size = size;
    return copy;
  }
}
