package io.shouwang.engine;

import io.shouwang.model.DeviceId;
import java.util.Arrays;

/**
 * In which home's slot a device is, by the registry in force: spares each event the way through the
 * registry. Holds none but registered devices, so the registry bounds it. Open addressing, at most
 * half full; one thread.
 */
final class DeviceSlots {
  static final int NONE = -1;
  private static final int LEAST = 1 << 10;
  private static final long SLOT_MASK = 0xffff_ffffL;

  /** The id's hash, and the slot + 1; 0 for an empty place. */
  private long[] entries = new long[LEAST];

  private DeviceId[] devices = new DeviceId[LEAST];
  private int size;

  /** The slot of a device's home, or {@link #NONE}. */
  int find(DeviceId device) {
    int hash = device.value().hashCode();
    int mask = entries.length - 1;
    for (int i = spread(hash) & mask; entries[i] != 0; i = (i + 1) & mask) {
      if ((int) (entries[i] >>> 32) == hash && devices[i].value().equals(device.value())) {
        return (int) (entries[i] & SLOT_MASK) - 1;
      }
    }
    return NONE;
  }

  /** Adds a device that isn't there. */
  void add(DeviceId device, int slot) {
    if (2 * ++size > entries.length) {
      widen();
    }
    put(((long) device.value().hashCode() << 32) | (slot + 1), device);
  }

  /** Forgets all: another registry is in force. */
  void clear() {
    Arrays.fill(entries, 0);
    Arrays.fill(devices, null);
    size = 0;
  }

  private void put(long entry, DeviceId device) {
    int mask = entries.length - 1;
    int i = spread((int) (entry >>> 32)) & mask;
    while (entries[i] != 0) {
      i = (i + 1) & mask;
    }
    entries[i] = entry;
    devices[i] = device;
  }

  private void widen() {
    long[] oldEntries = entries;
    DeviceId[] oldDevices = devices;
    entries = new long[2 * oldEntries.length];
    devices = new DeviceId[2 * oldEntries.length];
    for (int i = 0; i < oldEntries.length; i++) {
      if (oldEntries[i] != 0) {
        put(oldEntries[i], oldDevices[i]);
      }
    }
  }

  private static int spread(int hash) {
    int mixed = hash * 0x9E3779B9;
    return mixed ^ (mixed >>> 16);
  }
}
