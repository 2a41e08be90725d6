package io.shouwang.figures;

import io.shouwang.model.DeviceEvent;
import io.shouwang.model.DeviceHealth;
import io.shouwang.model.DeviceId;
import io.shouwang.model.Fix;
import io.shouwang.model.HomeId;
import io.shouwang.model.Signal;
import java.lang.invoke.VarHandle;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The latest readings of all homes: one ring of samples in flat arrays, the oldest written over,
 * those of a home linked from the newest back. Its size is fixed when it is made, however many
 * homes there are and whatever they say; it knows from when on it knows.
 *
 * <p>One thread writes and waits for nobody. Any thread reads, without a lock: a sample that was
 * written over meanwhile is noticed by its number and left out, as everything older.
 */
public final class ReadingsBook {
  /** About what a sample takes, with its share of the table of homes. */
  public static final int BYTES_PER_SAMPLE = 72;

  /** More of a home are not looked through, or a home that talks without end would hold up one. */
  static final int STEPS_MAX = 50_000;

  /** More of a home are not shown at once; the newest are. */
  public static final int SAMPLES_MAX = 4_000;

  private static final int SAMPLES_MIN = 1_024;
  private static final int ROOM_LENGTH_MAX = 32;

  private final int capacity;
  private final int mask;
  private final HomeId[] homes;
  private final DeviceId[] devices;
  private final @Nullable String[] rooms;
  private final long[] atMillis;
  private final long[] takenMillis;
  private final long[] before;
  private final byte[] whats;
  private final double[] values;
  private final double[] seconds;
  private final float[] thirds;

  /** Number of the newest sample of all homes that share a place in this table; 0 for none. */
  private final long[] newest;

  private final int newestMask;

  /** Samples with a number up to this may be being written. */
  private final AtomicLong claimed = new AtomicLong();

  /** Samples with a number up to this are whole. */
  private final AtomicLong written = new AtomicLong();

  /** Before this nothing is known; grows when samples are written over. */
  private final AtomicLong knownFromMillis = new AtomicLong(Long.MAX_VALUE);

  /**
   * What is known of a home.
   *
   * @param samples oldest first by when they were measured
   * @param knownFrom readings before this may be missing; null while nothing was heard at all
   * @param cut there were more than are shown at once; the oldest are left out
   */
  public record Readings(List<Sample> samples, @Nullable Instant knownFrom, boolean cut) {}

  /** A book that takes about this many bytes, rounded down to a power of two of samples. */
  public ReadingsBook(long bytes) {
    long samples = Math.clamp(bytes / BYTES_PER_SAMPLE, SAMPLES_MIN, 1L << 27);
    capacity = Math.toIntExact(Long.highestOneBit(samples));
    mask = capacity - 1;
    homes = new HomeId[capacity];
    devices = new DeviceId[capacity];
    rooms = new String[capacity];
    atMillis = new long[capacity];
    takenMillis = new long[capacity];
    before = new long[capacity];
    whats = new byte[capacity];
    values = new double[capacity];
    seconds = new double[capacity];
    thirds = new float[capacity];
    newest = new long[Math.max(256, capacity / 2)];
    newestMask = newest.length - 1;
  }

  /** How many samples it can hold. */
  public int capacity() {
    return capacity;
  }

  /** How many were written since the start. */
  public long written() {
    return written.getAcquire();
  }

  /**
   * Takes what an event said; the one thread that writes.
   *
   * @param takenMillis when it was taken in
   * @param happenedMillis when it happened, not after that
   */
  void take(HomeId home, DeviceEvent event, long takenMillis, long happenedMillis) {
    if (knownFromMillis.getPlain() == Long.MAX_VALUE) {
      knownFromMillis.setRelease(takenMillis);
    }
    DeviceId device = event.device();
    switch (event.signal()) {
      case Signal.Vitals vitals -> {
        put(home, device, takenMillis, happenedMillis, Measured.HEART_RATE, vitals.heartRateBpm());
        put(home, device, takenMillis, happenedMillis, Measured.SPO2, vitals.spo2Pct());
        put(home, device, takenMillis, happenedMillis, Measured.BODY_TEMP, vitals.bodyTempC());
        Double high = vitals.systolicMmhg();
        Double low = vitals.diastolicMmhg();
        if (high != null) {
          double second = low == null ? Double.NaN : low;
          put(home, device, takenMillis, happenedMillis, Measured.BLOOD_PRESSURE, high, second);
        }
        Integer steps = vitals.steps();
        put(home, device, takenMillis, happenedMillis, Measured.STEPS, steps);
      }
      case Signal.Motion motion ->
          put(
              home,
              device,
              takenMillis,
              happenedMillis,
              Measured.MOTION,
              motion.active(),
              motion.room());
      case Signal.Door door ->
          put(home, device, takenMillis, happenedMillis, Measured.DOOR, door.open(), door.room());
      case Signal.Bed bed ->
          put(home, device, takenMillis, happenedMillis, Measured.BED, bed.occupied(), null);
      case Signal.Water water ->
          put(home, device, takenMillis, happenedMillis, Measured.WATER, water.litres());
      case Signal.Position(Fix fix) -> place(home, device, takenMillis, happenedMillis, fix);
      case Signal.Sos sos -> place(home, device, takenMillis, happenedMillis, sos.fix());
      case Signal.Fall fall -> place(home, device, takenMillis, happenedMillis, fall.fix());
      case Signal.Hazard _, Signal.Checkin _, Signal.Reading _, Signal.Unreadable _ -> {}
    }
    DeviceHealth health = event.health();
    if (health != null) {
      put(home, device, takenMillis, happenedMillis, Measured.BATTERY, health.batteryPct());
    }
  }

  private void place(HomeId home, DeviceId device, long taken, long at, @Nullable Fix fix) {
    if (fix != null) {
      Double radius = fix.accuracyM();
      int index = claim(home, device, taken, at, Measured.LOCATION);
      values[index] = fix.lat();
      seconds[index] = fix.lon();
      thirds[index] = radius == null ? Float.NaN : radius.floatValue();
      rooms[index] = null;
      finish();
    }
  }

  private void put(
      HomeId home, DeviceId device, long taken, long at, Measured what, @Nullable Number value) {
    if (value != null) {
      put(home, device, taken, at, what, value.doubleValue(), Double.NaN);
    }
  }

  private void put(
      HomeId home,
      DeviceId device,
      long taken,
      long at,
      Measured what,
      boolean is,
      @Nullable String room) {
    int index = claim(home, device, taken, at, what);
    values[index] = is ? 1 : 0;
    seconds[index] = Double.NaN;
    thirds[index] = Float.NaN;
    rooms[index] = room == null || room.length() > ROOM_LENGTH_MAX ? null : room;
    finish();
  }

  private void put(
      HomeId home,
      DeviceId device,
      long taken,
      long at,
      Measured what,
      double value,
      double second) {
    int index = claim(home, device, taken, at, what);
    values[index] = value;
    seconds[index] = second;
    thirds[index] = Float.NaN;
    rooms[index] = null;
    finish();
  }

  /** Says first that the place is being written over, then writes. */
  private int claim(HomeId home, DeviceId device, long taken, long at, Measured what) {
    long number = claimed.getPlain() + 1;
    claimed.setOpaque(number);
    VarHandle.storeStoreFence();
    int index = (int) (number & mask);
    if (number > capacity) {
      knownFromMillis.setRelease(Math.max(knownFromMillis.getPlain(), takenMillis[index] + 1));
    }
    int place = place(home);
    homes[index] = home;
    devices[index] = device;
    takenMillis[index] = taken;
    atMillis[index] = at;
    whats[index] = what.code;
    before[index] = newest[place];
    newest[place] = number;
    return index;
  }

  private void finish() {
    written.setRelease(claimed.getPlain());
  }

  private int place(HomeId home) {
    int hash = home.hashCode() * 0x9E3779B9;
    return (hash ^ (hash >>> 15)) & newestMask;
  }

  /** The newest sample of a place in the table that is whole; the writer is never long at one. */
  private long newestOf(int place) {
    while (true) {
      long number = newest[place];
      VarHandle.loadLoadFence();
      if (number <= written.getAcquire()) {
        return number;
      }
      Thread.onSpinWait();
    }
  }

  /** What a home's devices said since a moment. Any thread. */
  public Readings of(HomeId home, Instant since) {
    long sinceMillis = since.toEpochMilli();
    long number = newestOf(place(home));
    List<Sample> found = new ArrayList<>();
    boolean cut = false;
    for (int step = 0; number > 0; step++) {
      if (step == STEPS_MAX || found.size() == SAMPLES_MAX) {
        cut = true;
        break;
      }
      int index = (int) (number & mask);
      HomeId whose = homes[index];
      DeviceId device = devices[index];
      long taken = takenMillis[index];
      long at = atMillis[index];
      byte what = whats[index];
      double value = values[index];
      double second = seconds[index];
      float third = thirds[index];
      String room = rooms[index];
      long next = before[index];
      VarHandle.loadLoadFence();
      if (number + capacity <= claimed.getOpaque() || taken < sinceMillis) {
        break; // written over meanwhile, or older: as all that follows
      }
      if (home.equals(whose) && at >= sinceMillis) {
        found.add(
            new Sample(
                Measured.of(what), device, Instant.ofEpochMilli(at), value, second, third, room));
      }
      number = next;
    }
    found.sort((a, b) -> a.at().compareTo(b.at()));
    long known = knownFromMillis.getAcquire();
    return new Readings(
        List.copyOf(found), known == Long.MAX_VALUE ? null : Instant.ofEpochMilli(known), cut);
  }
}
