package io.shouwang.senses;

import io.shouwang.model.DeviceId;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;

/**
 * What a home's devices said, as a list that finds a device by its hash and is copied with one
 * changed in no more than an array's copy: each event makes a new one. Immutable.
 */
final class DeviceSenses extends AbstractList<DeviceSense> implements RandomAccess {
  private static final DeviceSenses EMPTY = new DeviceSenses(new DeviceSense[0], new int[0]);

  private final DeviceSense[] senses;

  /** The devices' hashes; shared by all that have the same devices. */
  private final int[] hashes;

  private DeviceSenses(DeviceSense[] senses, int[] hashes) {
    this.senses = senses;
    this.hashes = hashes;
  }

  static DeviceSenses of(List<DeviceSense> senses) {
    if (senses instanceof DeviceSenses same) {
      return same;
    }
    return senses.isEmpty() ? EMPTY : of(senses.toArray(new DeviceSense[0]));
  }

  private static DeviceSenses of(DeviceSense[] senses) {
    int[] hashes = new int[senses.length];
    for (int i = 0; i < senses.length; i++) {
      hashes[i] = senses[i].device().value().hashCode();
    }
    return new DeviceSenses(senses, hashes);
  }

  /** Where a device is; -1 if it was never heard. */
  int find(DeviceId device) {
    String id = device.value();
    int hash = id.hashCode();
    for (int i = 0; i < hashes.length; i++) {
      if (hashes[i] == hash && senses[i].device().value().equals(id)) {
        return i;
      }
    }
    return -1;
  }

  /**
   * The list with a device's senses in their place.
   *
   * @param index -1 adds them; of too many the one longest unheard gives way
   */
  DeviceSenses with(int index, DeviceSense changed, int most) {
    if (index >= 0) {
      DeviceSense[] next = senses.clone();
      next[index] = changed;
      return new DeviceSenses(next, hashes);
    }
    DeviceSense[] next;
    if (senses.length < most) {
      next = Arrays.copyOf(senses, senses.length + 1);
    } else {
      next = senses.clone();
      int gone = longestUnheard();
      System.arraycopy(senses, gone + 1, next, gone, senses.length - gone - 1);
    }
    next[next.length - 1] = changed;
    return of(next);
  }

  private int longestUnheard() {
    int longest = 0;
    for (int i = 1; i < senses.length; i++) {
      if (senses[i].heardAt() < senses[longest].heardAt()) {
        longest = i;
      }
    }
    return longest;
  }

  @Override
  public DeviceSense get(int index) {
    return senses[index];
  }

  @Override
  public int size() {
    return senses.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DeviceSenses that
        ? Arrays.equals(senses, that.senses)
        : super.equals(other);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(senses);
  }
}
