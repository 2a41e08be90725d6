package io.shouwang.registry;

import io.shouwang.model.Folding;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Rows of text in one byte array, found by the id in their first column: a row costs its text and
 * some twelve bytes. Filled by one thread, then read by any. An {@link #amended} one shares the
 * text of the table it was made from, and keeps beside it what was edited since: an edit in a city
 * costs what was edited, not the city.
 */
final class RowTable {
  private static final int BYTES_MAX = Integer.MAX_VALUE - 8;

  private final int columns;
  private byte[] bytes = new byte[1 << 10];
  private int used;
  private int[] starts = new int[64];
  private int rows;

  /** Open addressing: row + 1, or 0 for an empty slot; never more than half full. */
  private int[] slots = new int[128];

  /** Of an amended table: rows with another text than the shared one, or none there. */
  private final Map<Integer, String[]> edited = new HashMap<>();

  private final Map<String, Integer> added = new HashMap<>();
  private final BitSet apart = new BitSet();
  private final BitSet removed = new BitSet();
  private boolean isAmended;

  RowTable(int columns) {
    this.columns = columns;
  }

  /** The same rows, to be edited; this one stays as it is and must not be added to any more. */
  RowTable amended() {
    RowTable next = new RowTable(columns);
    next.bytes = bytes;
    next.used = used;
    next.starts = starts;
    next.rows = rows;
    next.slots = slots;
    next.edited.putAll(edited);
    next.added.putAll(added);
    next.apart.or(apart);
    next.removed.or(removed);
    next.isAmended = true;
    return next;
  }

  /** How many numbers rows have, those of removed rows among them. */
  int rows() {
    return rows;
  }

  /** How many rows there are. */
  int size() {
    return rows - removed.cardinality();
  }

  boolean isRemoved(int row) {
    return removed.get(row);
  }

  /** Puts a row in the place of the one with its id, or adds it; its number. */
  int put(String... values) {
    requireAmended();
    int row = numbered(values[0]);
    if (row < 0) {
      row = rows++;
      added.put(values[0], row);
    }
    edited.put(row, values.clone());
    apart.set(row);
    removed.clear(row);
    return row;
  }

  /** Takes a row away; its number stays taken, for the same id alone. */
  void remove(int row) {
    requireAmended();
    removed.set(row);
  }

  /** The rows that don't have the text of the shared table, removed ones perhaps among them. */
  IntStream edited() {
    return apart.stream();
  }

  private void requireAmended() {
    if (!isAmended) {
      throw new IllegalStateException("a table that others share is not edited in place");
    }
  }

  /** The row of this id, removed or not; -1 if it never was. */
  private int numbered(String id) {
    int shared = slots[slot(id)] - 1;
    return shared >= 0 ? shared : added.getOrDefault(id, -1);
  }

  /** Adds a row and returns its number, or -1 if its id is there already. */
  int add(String... values) {
    if (values.length != columns) {
      throw new IllegalArgumentException(values.length + " values for " + columns + " columns");
    }
    if (isAmended) {
      return find(values[0]) >= 0 ? -1 : put(values);
    }
    int slot = slot(values[0]);
    if (slots[slot] != 0) {
      return -1;
    }
    if (rows == starts.length) {
      starts = Arrays.copyOf(starts, rows * 2);
    }
    starts[rows] = used;
    for (String value : values) {
      append(value);
    }
    slots[slot] = ++rows;
    if (rows * 2 > slots.length) {
      rehash();
    }
    return rows - 1;
  }

  /** The row with this id, or -1. */
  int find(String id) {
    int row = isAmended ? numbered(id) : slots[slot(id)] - 1;
    return row >= 0 && removed.get(row) ? -1 : row;
  }

  String id(int row) {
    return text(row, 0);
  }

  String text(int row, int column) {
    String[] own = apart.get(row) ? edited.get(row) : null;
    if (own != null) {
      return own[column];
    }
    int at = starts[row];
    for (int i = 0; i < column; i++) {
      at = end(at);
    }
    int begin = begin(at);
    return new String(bytes, begin, end(at) - begin, StandardCharsets.UTF_8);
  }

  /** Reads a field as it is compared in searches; returns how long it is. Makes nothing. */
  int fold(int row, int column, char[] into) {
    String[] own = apart.get(row) ? edited.get(row) : null;
    if (own != null) {
      byte[] text = own[column].getBytes(StandardCharsets.UTF_8);
      return Folding.fold(text, 0, text.length, into);
    }
    int at = starts[row];
    for (int i = 0; i < column; i++) {
      at = end(at);
    }
    return Folding.fold(bytes, begin(at), end(at), into);
  }

  /**
   * Whether a row's id, an ASCII text, has a part in it; capital letters count like small ones.
   *
   * @param part in small letters
   */
  boolean idHas(int row, byte[] part) {
    if (apart.get(row)) {
      String id = edited.getOrDefault(row, new String[] {""})[0].toLowerCase(Locale.ROOT);
      return id.contains(new String(part, StandardCharsets.US_ASCII));
    }
    int begin = begin(starts[row]);
    int last = end(starts[row]) - part.length;
    for (int at = begin; at <= last; at++) {
      int same = 0;
      while (same < part.length && small(bytes[at + same]) == part[same]) {
        same++;
      }
      if (same == part.length) {
        return true;
      }
    }
    return false;
  }

  private static int small(byte letter) {
    return letter >= 'A' && letter <= 'Z' ? letter + 32 : letter;
  }

  /** Gives back what growing took too much. */
  void trim() {
    if (isAmended) {
      return;
    }
    bytes = Arrays.copyOf(bytes, used);
    starts = Arrays.copyOf(starts, rows);
  }

  private void append(String value) {
    byte[] text = value.getBytes(StandardCharsets.UTF_8);
    ensure(text.length + 5);
    int length = text.length;
    while (length > 0x7f) {
      bytes[used++] = (byte) ((length & 0x7f) | 0x80);
      length >>>= 7;
    }
    bytes[used++] = (byte) length;
    System.arraycopy(text, 0, bytes, used, text.length);
    used += text.length;
  }

  private void ensure(int more) {
    long needed = (long) used + more;
    if (needed > bytes.length) {
      if (needed > BYTES_MAX) {
        throw new IllegalStateException("a registry table may hold at most 2 GiB of text");
      }
      long wanted = Math.max(needed, (long) bytes.length * 3 / 2);
      bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, BYTES_MAX));
    }
  }

  /** Where the text of the field at this place begins. */
  private int begin(int at) {
    int begin = at;
    while (bytes[begin] < 0) {
      begin++;
    }
    return begin + 1;
  }

  /** Where the field at this place ends. */
  private int end(int at) {
    int length = 0;
    int shift = 0;
    int i = at;
    while (bytes[i] < 0) {
      length |= (bytes[i++] & 0x7f) << shift;
      shift += 7;
    }
    length |= bytes[i++] << shift;
    return i + length;
  }

  private int slot(String id) {
    int mask = slots.length - 1;
    int slot = spread(id.hashCode()) & mask;
    while (slots[slot] != 0 && !hasId(slots[slot] - 1, id)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private boolean hasId(int row, String id) {
    int begin = begin(starts[row]);
    int length = end(starts[row]) - begin;
    if (length != id.length()) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (bytes[begin + i] != id.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private void rehash() {
    int[] wider = new int[slots.length * 2];
    int mask = wider.length - 1;
    for (int row = 0; row < rows; row++) {
      int slot = spread(hashOfId(row)) & mask;
      while (wider[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      wider[slot] = row + 1;
    }
    slots = wider;
  }

  /** The same as {@link String#hashCode} of the id, which is ASCII. */
  private int hashOfId(int row) {
    int begin = begin(starts[row]);
    int end = end(starts[row]);
    int hash = 0;
    for (int i = begin; i < end; i++) {
      hash = 31 * hash + bytes[i];
    }
    return hash;
  }

  private static int spread(int hash) {
    int mixed = hash * 0x9E3779B9;
    return mixed ^ (mixed >>> 16);
  }
}
