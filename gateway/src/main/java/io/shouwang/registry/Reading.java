package io.shouwang.registry;

/** One field of a row after another, as it is compared; the room is used again. One thread. */
final class Reading {
  /** Longer than any field that is searched may be. */
  private static final int LENGTH_MAX = 1_024;

  private final char[] text = new char[LENGTH_MAX];
  private int length;

  Reading of(RowTable table, int row, int column) {
    length = table.fold(row, column, text);
    return this;
  }

  char[] text() {
    return text;
  }

  int length() {
    return length;
  }

  boolean is(char[] whole) {
    return length == whole.length && beginsWith(whole);
  }

  boolean beginsWith(char[] part) {
    return length >= part.length && isAt(0, part);
  }

  boolean has(char[] part) {
    for (int i = 0; i + part.length <= length; i++) {
      if (text[i] == part[0] && isAt(i, part)) {
        return true;
      }
    }
    return false;
  }

  private boolean isAt(int start, char[] part) {
    for (int i = 0; i < part.length; i++) {
      if (text[start + i] != part[i]) {
        return false;
      }
    }
    return true;
  }

  /** Where the letters stand as the first ones of readings; -1 if nowhere. */
  int initialsAt(char[] letters) {
    for (int start = 0; start + letters.length <= length; start++) {
      int i = 0;
      while (i < letters.length
          && (Initials.of(text[start + i]) & Initials.letter(letters[i])) != 0) {
        i++;
      }
      if (i == letters.length) {
        return start;
      }
    }
    return -1;
  }

  /** Leaves digits and what separates two numbers, so that one is found however it is written. */
  Reading asPhone() {
    int kept = 0;
    for (int i = 0; i < length; i++) {
      if ("()-".indexOf(text[i]) < 0) {
        text[kept++] = text[i];
      }
    }
    length = kept;
    return this;
  }
}
