package io.shouwang.engine;

import java.util.Arrays;

/**
 * When each home must be looked at again: for its alerts, or for what its rules asked for. By the
 * home's slot, in milliseconds of the epoch. A heap of numbers; entries that a later state has
 * overtaken stay in it until their time and are passed over then. The engine's thread only.
 */
final class Deadlines {
  static final long NEVER = Long.MAX_VALUE;

  /** What {@link #poll} says when nothing is due. */
  static final int NONE = -1;

  private static final int TIDY_FROM = 1_000;
  private static final int TIDY_FACTOR = 4;

  /** What holds, by slot. */
  private long[] current = new long[64];

  private int slots;
  private int set;

  private long[] heapAt = new long[64];
  private int[] heapSlot = new int[64];
  private int size;

  /** Makes room for the next slot. */
  void open() {
    if (slots == current.length) {
      current = Arrays.copyOf(current, 2 * slots);
    }
    current[slots++] = NEVER;
  }

  /** Sets a slot's deadline, or clears it with {@link #NEVER}. */
  void set(int slot, long at) {
    long before = current[slot];
    if (at == before) {
      return;
    }
    current[slot] = at;
    set += (at == NEVER ? 0 : 1) - (before == NEVER ? 0 : 1);
    if (at != NEVER) {
      add(at, slot);
      if (size > TIDY_FROM && size > TIDY_FACTOR * set) {
        tidy();
      }
    }
  }

  /** Takes one slot whose deadline has passed; {@link #NONE} if there is none. */
  int poll(long now) {
    while (size > 0 && heapAt[0] <= now) {
      long at = heapAt[0];
      int slot = heapSlot[0];
      removeFirst();
      if (current[slot] == at) {
        current[slot] = NEVER;
        set--;
        return slot;
      }
    }
    return NONE;
  }

  /** The earliest deadline, perhaps an overtaken one; {@link #NEVER} if there is none. */
  long next() {
    return size == 0 ? NEVER : heapAt[0];
  }

  private void add(long at, int slot) {
    if (size == heapAt.length) {
      heapAt = Arrays.copyOf(heapAt, 2 * size);
      heapSlot = Arrays.copyOf(heapSlot, 2 * size);
    }
    int i = size++;
    while (i > 0 && heapAt[(i - 1) / 2] > at) {
      move((i - 1) / 2, i);
      i = (i - 1) / 2;
    }
    heapAt[i] = at;
    heapSlot[i] = slot;
  }

  private void removeFirst() {
    size--;
    long at = heapAt[size];
    int slot = heapSlot[size];
    int i = 0;
    for (int child = 1; child < size; child = 2 * i + 1) {
      if (child + 1 < size && heapAt[child + 1] < heapAt[child]) {
        child++;
      }
      if (heapAt[child] >= at) {
        break;
      }
      move(child, i);
      i = child;
    }
    heapAt[i] = at;
    heapSlot[i] = slot;
  }

  private void move(int from, int to) {
    heapAt[to] = heapAt[from];
    heapSlot[to] = heapSlot[from];
  }

  /** Leaves out what was overtaken. */
  private void tidy() {
    size = 0;
    for (int slot = 0; slot < slots; slot++) {
      if (current[slot] != NEVER) {
        add(current[slot], slot);
      }
    }
  }
}
