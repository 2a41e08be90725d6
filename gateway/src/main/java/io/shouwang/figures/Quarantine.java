package io.shouwang.figures;

import io.shouwang.model.DeviceEvent;
import io.shouwang.model.DeviceId;
import io.shouwang.model.HomeId;
import io.shouwang.model.Kind;
import io.shouwang.model.Payload;
import io.shouwang.model.Signal;
import io.shouwang.model.Stamp;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What devices said that nobody could read, and who spoke without being registered: the latest of
 * each device, of the devices that were heard so last. A view of ordinary journal records; whatever
 * of it had to ring, rang. Any thread.
 */
public final class Quarantine {
  static final int DEVICES_MAX = 2_000;
  static final int PER_DEVICE_MAX = 10;

  /** More of a payload isn't kept here; the journal has it whole. */
  static final int BYTES_MAX = 1_024;

  private final Map<DeviceId, Kept> kept = new LinkedHashMap<>(64, 0.75f, true);
  private volatile @Nullable Instant since;
  private boolean full;

  /**
   * A record.
   *
   * @param number the journal's
   * @param why what is wrong with it; null when only its sender is unknown
   * @param length of the whole payload
   */
  public record Entry(
      long number, Instant at, Kind kind, @Nullable String why, Payload bytes, int length) {}

  /**
   * What is kept of one device.
   *
   * @param hub the hub that spoke for it last, or null
   * @param home where it, or its hub, is registered; null when neither is
   * @param records how many there were since the book began
   * @param entries the latest, oldest first
   */
  public record OfDevice(
      DeviceId device,
      @Nullable DeviceId hub,
      @Nullable HomeId home,
      long records,
      Instant lastAt,
      List<Entry> entries) {}

  private static final class Kept {
    final Deque<Entry> entries = new ArrayDeque<>();
    @Nullable DeviceId hub;
    @Nullable HomeId home;
    long records;
    Instant lastAt = Instant.EPOCH;
  }

  /** From when on it knows. */
  public @Nullable Instant since() {
    return since;
  }

  /** Whether devices had to be let go for others. */
  public synchronized boolean isFull() {
    return full;
  }

  /**
   * Takes an event if it belongs here.
   *
   * @param home whose record it is; null when no home heard it: its sender is registered nowhere
   */
  void take(Stamp stamp, DeviceEvent event, @Nullable HomeId home) {
    if (since == null) {
      since = stamp.now();
    }
    String why = event.signal() instanceof Signal.Unreadable(String said) ? said : null;
    if (why != null || home == null || home.isStandIn()) {
      keep(stamp, event, home, why);
    }
  }

  private synchronized void keep(
      Stamp stamp, DeviceEvent event, @Nullable HomeId home, @Nullable String why) {
    Kept of = kept.computeIfAbsent(event.device(), _ -> new Kept());
    of.hub = event.hub();
    of.home = home;
    of.records++;
    of.lastAt = stamp.now();
    if (of.entries.size() == PER_DEVICE_MAX) {
      of.entries.removeFirst();
    }
    of.entries.addLast(
        new Entry(
            stamp.number(),
            stamp.now(),
            event.kind(),
            why,
            cut(event.payload()),
            event.payload().length()));
    if (kept.size() > DEVICES_MAX) {
      full = true;
      kept.remove(kept.keySet().iterator().next());
    }
  }

  private static Payload cut(Payload whole) {
    if (whole.length() <= BYTES_MAX) {
      return whole;
    }
    return Payload.of(Arrays.copyOf(whole.bytes(), BYTES_MAX));
  }

  /** What is kept of a device; null if nothing is. */
  public synchronized @Nullable OfDevice of(DeviceId device) {
    Kept of = kept.get(device);
    return of == null ? null : shown(device, of);
  }

  /** Everything, those heard last first. */
  public synchronized List<OfDevice> all() {
    List<OfDevice> all = new ArrayList<>();
    kept.forEach((device, of) -> all.add(shown(device, of)));
    return all.reversed();
  }

  private static OfDevice shown(DeviceId device, Kept of) {
    return new OfDevice(device, of.hub, of.home, of.records, of.lastAt, List.copyOf(of.entries));
  }
}
