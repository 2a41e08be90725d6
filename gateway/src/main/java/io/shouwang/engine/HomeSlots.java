package io.shouwang.engine;

import io.shouwang.alerts.Home;
import io.shouwang.model.HomeId;
import java.util.Arrays;
import java.util.List;

/**
 * The homes, each in a slot that is never taken away, so that a snapshot can walk them while they
 * change. Found by id: open addressing, at most half full. One thread.
 */
final class HomeSlots {
  static final int NONE = -1;
  private static final int LEAST = 1 << 10;

  private Home[] homes = new Home[LEAST / 2];
  private int size;

  /** The slot + 1, or 0 for an empty place. */
  private int[] index = new int[LEAST];

  /** The slot that was asked for last, since it is asked for again at once. */
  private int last;

  int size() {
    return size;
  }

  Home get(int slot) {
    return homes[slot];
  }

  /** The slot of a home, or {@link #NONE}. */
  int find(HomeId id) {
    if (last < size && homes[last].id().equals(id)) {
      return last;
    }
    int mask = index.length - 1;
    for (int i = spread(id) & mask; index[i] != 0; i = (i + 1) & mask) {
      int slot = index[i] - 1;
      if (homes[slot].id().equals(id)) {
        last = slot;
        return slot;
      }
    }
    return NONE;
  }

  /** Says that this slot will be asked for next. */
  void expect(int slot) {
    last = slot;
  }

  /** Puts a home in place of the one before it. */
  void set(int slot, Home home) {
    homes[slot] = home;
  }

  /** Opens a slot for a home that has none. */
  int add(Home home) {
    if (size == homes.length) {
      homes = Arrays.copyOf(homes, 2 * size);
    }
    int slot = size++;
    homes[slot] = home;
    if (2 * size > index.length) {
      index = new int[2 * index.length];
      for (int i = 0; i < size; i++) {
        enter(i);
      }
    } else {
      enter(slot);
    }
    last = slot;
    return slot;
  }

  /** The homes of these slots. */
  List<Home> list(int from, int most) {
    return List.of(Arrays.copyOfRange(homes, from, Math.min(size, from + most)));
  }

  private void enter(int slot) {
    int mask = index.length - 1;
    int i = spread(homes[slot].id()) & mask;
    while (index[i] != 0) {
      i = (i + 1) & mask;
    }
    index[i] = slot + 1;
  }

  private static int spread(HomeId id) {
    int mixed = id.value().hashCode() * 0x9E3779B9;
    return mixed ^ (mixed >>> 16);
  }
}
