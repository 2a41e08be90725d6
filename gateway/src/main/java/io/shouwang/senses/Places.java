package io.shouwang.senses;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * How long silences last by the device that spoke last: a night after the bedroom's sensor, hardly
 * ever an hour after the kitchen's. Immutable; 33 bytes for each of at most {@value #DEVICES_MAX}
 * devices, those heard first.
 *
 * <p>For each device and quarter of the day in which silences begin, the {@value #KEPT} longest
 * within the last {@value #MEMORY_DAYS} days that the device was heard in that quarter; and for
 * each device the share of time in which it was the last heard, sampled at full hours. Absences are
 * left out by the caller.
 */
public final class Places {
  public static final int DEVICES_MAX = 16;

  private static final int QUARTERS = 4;
  private static final int KEPT = 2;
  private static final int MEMORY_DAYS = 56;

  /** Days heard, the last such day's number, and pairs of steps and day; numbers mod 256. */
  private static final int CELL = 2 + 2 * KEPT;

  /** Quarters change at 2, 8, 14 and 20 o'clock: going to bed is one thing, asleep another. */
  private static final long SHIFT_MILLIS = 4 * 3_600_000L;

  private static final long DAY_MILLIS = 86_400_000L;
  private static final long HOUR_MILLIS = 3_600_000L;

  /** A longer silence is an absence. */
  private static final long ABSENT_MILLIS = 18 * HOUR_MILLIS;

  /** A shorter silence is none. */
  private static final long SHORT_MILLIS = 20 * 60_000L;

  /** One silence counts as at most so many full hours of time. */
  private static final int SAMPLES_MOST = 2;

  private static final float FADING = 1 - 1f / 500;

  /** Fewer samples tell nothing of shares; two weeks bring some two hundred. */
  private static final float SAMPLES_LEAST = 150;

  /** All the devices people hardly ever stay at make up so much of the time. */
  private static final float PASSING_SHARE = 0.06f;

  /** So often before the door and it is the hall's. */
  private static final byte AT_DOOR = 10;

  private static final byte VERSION = 1;

  /** Nothing known. */
  public static final Places NEW = new Places(new int[0], new byte[0], new byte[0], new float[0]);

  private final int[] devices;

  /** How often each device was heard just before the entrance door, up to {@link #AT_DOOR}. */
  private final byte[] doors;

  private final byte[] cells;
  private final float[] samples;

  private Places(int[] devices, byte[] doors, byte[] cells, float[] samples) {
    this.devices = devices;
    this.doors = doors;
    this.cells = cells;
    this.samples = samples;
  }

  /** Days, at most 255, on which this device was heard in the quarter of the day this lies in. */
  public int daysKnown(int device, long sinceMillis, int offsetSeconds) {
    int slot = slot(device);
    return slot < 0 ? 0 : cells[cell(slot, sinceMillis, offsetSeconds)] & 0xff;
  }

  /** Hours of the longest silence that began so; 0 where all were short, or none is known. */
  public double longestHours(int device, long sinceMillis, int offsetSeconds) {
    int slot = slot(device);
    return slot < 0
        ? 0
        : (double) (cells[cell(slot, sinceMillis, offsetSeconds) + 2] & 0xff)
            * Rhythm.STEP_MILLIS
            / HOUR_MILLIS;
  }

  /**
   * Whether people only pass this device on their way out: hardly ever was it the last heard for
   * long, and often just before the door. Who leaves a home whose door isn't heard is heard there
   * last.
   */
  public boolean isPassage(int device) {
    int slot = slot(device);
    if (slot < 0 || doors[slot] < AT_DOOR) {
      return false;
    }
    float all = 0;
    float upToThis = 0;
    for (float count : samples) {
      all += count;
      upToThis += count <= samples[slot] ? count : 0;
    }
    return all >= SAMPLES_LEAST && upToThis <= PASSING_SHARE * all;
  }

  /**
   * Learns from a silence inside that a sign ended. Nearly free for short ones.
   *
   * @param device the hash of the id of the device that was heard before it
   */
  public Places ended(int device, long sinceMillis, long untilMillis, int offsetSeconds) {
    if (untilMillis - sinceMillis > ABSENT_MILLIS) {
      return this;
    }
    int slot = slot(device);
    if (slot < 0) {
      return devices.length == DEVICES_MAX
          ? this
          : with(device).ended(device, sinceMillis, untilMillis, offsetSeconds);
    }
    int cell = cell(slot, sinceMillis, offsetSeconds);
    byte today = (byte) Math.floorDiv(civil(sinceMillis, offsetSeconds), DAY_MILLIS);
    boolean isNewDay = cells[cell] == 0 || cells[cell + 1] != today;
    boolean isLong = untilMillis - sinceMillis >= SHORT_MILLIS;
    long hours = untilMillis / HOUR_MILLIS - sinceMillis / HOUR_MILLIS;
    if (!isNewDay && !isLong && hours <= 0) {
      return this;
    }
    byte[] kept = cells;
    if (isNewDay || isLong) {
      kept = cells.clone();
      if (isNewDay) {
        heardOn(kept, cell, today);
      }
      if (isLong) {
        long steps = (untilMillis - sinceMillis + Rhythm.STEP_MILLIS - 1) / Rhythm.STEP_MILLIS;
        insert(kept, cell, (int) Math.min(255, steps));
      }
    }
    return new Places(devices, doors, kept, hours <= 0 ? samples : sampled(slot, hours));
  }

  /** Learns that the entrance door was heard just after this device. */
  public Places beforeDoor(int device) {
    int slot = slot(device);
    if (slot < 0 || doors[slot] == AT_DOOR) {
      return this;
    }
    byte[] more = doors.clone();
    more[slot]++;
    return new Places(devices, more, cells, samples);
  }

  private int slot(int device) {
    for (int i = 0; i < devices.length; i++) {
      if (devices[i] == device) {
        return i;
      }
    }
    return -1;
  }

  private static long civil(long atMillis, int offsetSeconds) {
    return atMillis + offsetSeconds * 1000L + SHIFT_MILLIS;
  }

  private static int cell(int slot, long sinceMillis, int offsetSeconds) {
    long ofDay = Math.floorMod(civil(sinceMillis, offsetSeconds), DAY_MILLIS);
    return (slot * QUARTERS + (int) (ofDay * QUARTERS / DAY_MILLIS)) * CELL;
  }

  private Places with(int device) {
    int next = devices.length;
    int[] more = Arrays.copyOf(devices, next + 1);
    more[next] = device;
    return new Places(
        more,
        Arrays.copyOf(doors, next + 1),
        Arrays.copyOf(cells, (next + 1) * QUARTERS * CELL),
        Arrays.copyOf(samples, next + 1));
  }

  private float[] sampled(int slot, long hours) {
    float[] next = new float[samples.length];
    for (int i = 0; i < next.length; i++) {
      next[i] = samples[i] * FADING;
    }
    next[slot] += Math.min(SAMPLES_MOST, hours);
    return next;
  }

  /** Counts the day, from 255 on to 128 again, and drops what is too old. */
  private static void heardOn(byte[] kept, int cell, byte today) {
    int days = (kept[cell] & 0xff) + 1;
    if (days == 256) {
      days = 128;
      for (int rank = 0; rank < KEPT; rank++) {
        kept[cell + 3 + 2 * rank] -= (byte) 128;
      }
    }
    kept[cell] = (byte) days;
    kept[cell + 1] = today;
    for (int rank = KEPT - 1; rank >= 0; rank--) {
      int at = cell + 2 + 2 * rank;
      if (kept[at] != 0 && ((days - kept[at + 1]) & 0xff) >= MEMORY_DAYS) {
        System.arraycopy(kept, at + 2, kept, at, cell + CELL - at - 2);
        kept[cell + CELL - 2] = 0;
      }
    }
  }

  private static void insert(byte[] kept, int cell, int steps) {
    for (int at = cell + 2; at < cell + CELL; at += 2) {
      if (steps > (kept[at] & 0xff)) {
        System.arraycopy(kept, at, kept, at + 2, cell + CELL - at - 2);
        kept[at] = (byte) steps;
        kept[at + 1] = kept[cell];
        return;
      }
    }
  }

  /** The length of what {@link #write} writes. */
  public int bytes() {
    return 2 + devices.length * (4 + 1 + 4 + QUARTERS * CELL);
  }

  public void write(ByteBuffer to) {
    to.put(VERSION).put((byte) devices.length);
    for (int i = 0; i < devices.length; i++) {
      to.putInt(devices[i]).put(doors[i]).putFloat(samples[i]);
    }
    to.put(cells);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException when it comes from a newer version
   */
  public static Places read(ByteBuffer from) {
    byte version = from.get();
    if (version != VERSION) {
      throw new IllegalArgumentException("places of version " + version + ", not " + VERSION);
    }
    int[] devices = new int[from.get()];
    byte[] doors = new byte[devices.length];
    float[] samples = new float[devices.length];
    for (int i = 0; i < devices.length; i++) {
      devices[i] = from.getInt();
      doors[i] = from.get();
      samples[i] = from.getFloat();
    }
    byte[] cells = new byte[devices.length * QUARTERS * CELL];
    from.get(cells);
    return devices.length == 0 ? NEW : new Places(devices, doors, cells, samples);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Places p
        && Arrays.equals(devices, p.devices)
        && Arrays.equals(doors, p.doors)
        && Arrays.equals(cells, p.cells)
        && Arrays.equals(samples, p.samples);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * Arrays.hashCode(devices) + Arrays.hashCode(cells)) + Arrays.hashCode(samples);
  }

  @Override
  public String toString() {
    return "Places[" + devices.length + " devices]";
  }
}
