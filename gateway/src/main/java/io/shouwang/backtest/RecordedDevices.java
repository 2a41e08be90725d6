package io.shouwang.backtest;

import io.shouwang.model.DeviceId;
import io.shouwang.model.Directory;
import io.shouwang.model.HomeId;
import io.shouwang.model.Identity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The devices of a recording, found by the bytes of their names without making garbage. One thread
 * adds; what it gave out may be read by others.
 */
final class RecordedDevices {
  private static final int DEVICES_MAX = 4_000_000;

  /** One device, and what was seen of it. */
  static final class Seen {
    final byte[] name;
    final @Nullable DeviceId device;
    final @Nullable HomeId home;
    final int homeNumber;
    @Nullable RecordedKind kind;
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;

    Seen(byte[] name, @Nullable DeviceId device, @Nullable HomeId home, int homeNumber) {
      this.name = name;
      this.device = device;
      this.home = home;
      this.homeNumber = homeNumber;
    }

    String text() {
      return new String(name, StandardCharsets.UTF_8);
    }
  }

  private final Function<DeviceId, @Nullable HomeId> homes;
  private final java.util.Map<HomeId, Integer> numbers = new java.util.HashMap<>();
  private final List<Seen> all = new ArrayList<>();
  private @Nullable Seen[] table = new @Nullable Seen[1024];

  private RecordedDevices(Function<DeviceId, @Nullable HomeId> homes) {
    this.homes = homes;
  }

  /** Devices as a registry places them. */
  static RecordedDevices of(Directory directory) {
    return new RecordedDevices(device -> {
      Directory.Placement placement = directory.placement(device);
      return placement == null ? null : placement.home();
    });
  }

  /** All in one home. */
  static RecordedDevices inOneHome(HomeId home) {
    return new RecordedDevices(_ -> home);
  }

  /** All that were asked for so far. */
  List<Seen> all() {
    return all;
  }

  int homeCount() {
    return numbers.size();
  }

  Seen find(byte[] buffer, int start, int end) throws RecordingRefused {
    int hash = 1;
    for (int i = start; i < end; i++) {
      hash = 31 * hash + buffer[i];
    }
    hash *= 0x9E3779B9;
    int mask = table.length - 1;
    int slot = (hash >>> 7) & mask;
    while (true) {
      Seen seen = table[slot];
      if (seen == null) {
        return add(Arrays.copyOfRange(buffer, start, end));
      }
      if (Arrays.equals(seen.name, 0, seen.name.length, buffer, start, end)) {
        return seen;
      }
      slot = (slot + 1) & mask;
    }
  }

  private Seen add(byte[] name) throws RecordingRefused {
    if (all.size() >= DEVICES_MAX) {
      throw new RecordingRefused("more than " + DEVICES_MAX + " devices in one recording");
    }
    String text = new String(name, StandardCharsets.UTF_8);
    DeviceId device = Identity.isValid(text) ? new DeviceId(text) : null;
    HomeId home = device == null ? null : homes.apply(device);
    int number = home == null ? -1 : numbers.computeIfAbsent(home, _ -> numbers.size());
    Seen seen = new Seen(name, device, home, number);
    all.add(seen);
    if (all.size() * 2 > table.length) {
      table = new @Nullable Seen[table.length * 2];
      all.forEach(this::place);
    } else {
      place(seen);
    }
    return seen;
  }

  private void place(Seen seen) {
    int hash = 1;
    for (byte b : seen.name) {
      hash = 31 * hash + b;
    }
    hash *= 0x9E3779B9;
    int mask = table.length - 1;
    int slot = (hash >>> 7) & mask;
    while (table[slot] != null) {
      slot = (slot + 1) & mask;
    }
    table[slot] = seen;
  }
}
