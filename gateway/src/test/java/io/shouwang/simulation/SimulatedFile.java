package io.shouwang.simulation;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;

/** A file's bytes, as the system shows them and as they are on the platter. */
final class SimulatedFile {
  static final int SECTOR_BYTES = 512;

  byte[] shown = new byte[0];
  int shownSize;
  byte[] durable = new byte[0];
  int durableSize;

  /** Sectors changed since the last sync. */
  final BitSet dirty = new BitSet();

  boolean sizeDirty;

  SimulatedFile copy() {
    SimulatedFile copy = new SimulatedFile();
    copy.shown = Arrays.copyOf(shown, shownSize);
    copy.shownSize = shownSize;
    copy.durable = Arrays.copyOf(durable, durableSize);
    copy.durableSize = durableSize;
    copy.dirty.or(dirty);
    copy.sizeDirty = sizeDirty;
    return copy;
  }

  void resize(int size) {
    if (size > shown.length) {
      shown = Arrays.copyOf(shown, Math.max(size, 2 * shown.length));
    } else if (size < shownSize) {
      Arrays.fill(shown, size, shownSize, (byte) 0);
    }
    if (size != shownSize) {
      shownSize = size;
      sizeDirty = true;
    }
  }

  void touched(int from, int to) {
    if (to > from) {
      dirty.set(from / SECTOR_BYTES, (to - 1) / SECTOR_BYTES + 1);
    }
  }

  void sync() {
    if (sizeDirty) {
      resizeDurable(shownSize);
    }
    for (int sector = dirty.nextSetBit(0); sector >= 0; sector = dirty.nextSetBit(sector + 1)) {
      keepSector(sector);
    }
    clean();
  }

  /**
   * After a failed sync the system calls its pages clean, though they never reached the platter.
   */
  void clean() {
    dirty.clear();
    sizeDirty = false;
  }

  /** What a power cut leaves: the synced bytes, and any of the others, sector by sector. */
  void crash(Random random) {
    if (sizeDirty && random.nextBoolean()) {
      resizeDurable(shownSize);
    }
    for (int sector = dirty.nextSetBit(0); sector >= 0; sector = dirty.nextSetBit(sector + 1)) {
      if (random.nextBoolean()) {
        keepSector(sector);
      }
    }
    shown = Arrays.copyOf(durable, durableSize);
    shownSize = durableSize;
    clean();
  }

  private void resizeDurable(int size) {
    durable = Arrays.copyOf(durable, size);
    durableSize = size;
  }

  private void keepSector(int sector) {
    int from = sector * SECTOR_BYTES;
    int to = Math.min(from + SECTOR_BYTES, Math.min(shownSize, durableSize));
    if (to > from) {
      System.arraycopy(shown, from, durable, from, to - from);
    }
  }
}
