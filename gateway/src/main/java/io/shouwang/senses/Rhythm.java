package io.shouwang.senses;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What this home's silences are usually like, by time of day. Immutable; less than 600 bytes.
 *
 * <p>Two things are kept. For each half hour of the civil day the {@value #KEPT} longest silences
 * heard in it within the last {@value #MEMORY_DAYS} days lived at home; the second longest is what
 * is usual, so that one outage or one bad day changes nothing. And for each quarter of the day how
 * often a day's worst silence went beyond the usual, and how far: the tail from which a limit is
 * extrapolated. How far is measured as lateness, in length and on the clock alike: getting up an
 * hour later than usual is one hour, whatever the night's length was.
 *
 * <p>Silences after the entrance door are absences and teach nothing here, unless one had just
 * ended; neither do those longer than {@value #ABSENT_HOURS} hours. Days spent away don't age what
 * is known.
 */
public final class Rhythm {
  /** Half hours of a civil day. */
  public static final int BINS = 48;

  /** Quarters of a civil day, for the tails. */
  public static final int QUARTERS = 4;

  /** Lengths are kept in steps of six minutes. */
  public static final long STEP_MILLIS = 360_000;

  public static final long BIN_MILLIS = 1_800_000;

  private static final int STEPS_PER_BIN = (int) (BIN_MILLIS / STEP_MILLIS);
  private static final int KEPT = 3;
  private static final int USUAL = 1;
  private static final int MEMORY_DAYS = 56;
  private static final int ABSENT_HOURS = 18;
  private static final int STEPS_PER_HOUR = 10;
  private static final long HOUR_MILLIS = 3_600_000;

  /** A shorter silence is none. */
  private static final long SHORT_MILLIS = 20 * 60_000L;

  /** An excess counts as at most this much, so that no single day stretches the tail. */
  private static final int EXCESS_STEPS_MOST = 2 * STEPS_PER_HOUR;

  /** Until so many days have been lived everything is new, and no measure of what is rare. */
  private static final int FIRST_DAYS = 7;

  /** What is believed of a home before it is known, and how much that belief weighs. */
  private static final double EXCESS_HOURS_BELIEVED = 0.5;

  private static final double EXCESSES_WEIGHT = 8;
  private static final double EXCESSES_PER_DAY_BELIEVED = 0.15;
  private static final double DAYS_WEIGHT = 20;
  private static final float FADING = 1 - 1f / MEMORY_DAYS;

  private static final byte VERSION = 1;
  private static final int NEVER = Integer.MIN_VALUE;

  /** Nothing known. */
  public static final Rhythm NEW =
      new Rhythm(NEVER, 0, 0, 0, 0, new byte[BINS * KEPT * 2], new float[2 * QUARTERS]);

  /** The civil day of the last sign, counted from 1970. */
  private final int day;

  private final int daysKnown;

  /** Days that {@link #excesses} were counted over, fading. */
  private final float daysCounted;

  /** When a long silence after the door ended last. */
  private final long returnedAtMillis;

  /** The worst excess of the present day, a byte of steps for each quarter. */
  private final int excessToday;

  /**
   * For each bin {@value #KEPT} pairs, longest first: steps, and the known day's number mod 256.
   */
  private final byte[] longest;

  /** For each quarter the number of days with an excess, and their hours, both fading. */
  private final float[] excesses;

  private Rhythm(
      int day,
      int daysKnown,
      float daysCounted,
      long returnedAtMillis,
      int excessToday,
      byte[] longest,
      float[] excesses) {
    this.day = day;
    this.daysKnown = daysKnown;
    this.daysCounted = daysCounted;
    this.returnedAtMillis = returnedAtMillis;
    this.excessToday = excessToday;
    this.longest = longest;
    this.excesses = excesses;
  }

  /** The half hour of the civil day that a moment lies in. */
  public static int bin(long atMillis, int offsetSeconds) {
    return (int) (Math.floorMod(atMillis + offsetSeconds * 1000L, 86_400_000L) / BIN_MILLIS);
  }

  /** The start of that half hour. */
  public static long binStartMillis(long atMillis, int offsetSeconds) {
    return atMillis - Math.floorMod(atMillis + offsetSeconds * 1000L, BIN_MILLIS);
  }

  /** Days lived at home that this was learned from. */
  public int daysKnown() {
    return daysKnown;
  }

  /**
   * Whether a silence that began at {@code sinceMillis} with a door's sign began by coming home: an
   * absence had ended just before.
   */
  public boolean cameHome(long sinceMillis) {
    return returnedAtMillis != 0
        && sinceMillis >= returnedAtMillis
        && sinceMillis - returnedAtMillis <= 3 * 60_000L;
  }

  /** Steps of silence that are usual in a half hour. */
  public int usualSteps(int bin) {
    return steps(longest, bin, USUAL);
  }

  /** Mean hours by which a day goes beyond the usual in this quarter, when it does. */
  public double excessHours(int quarter) {
    double count = 0;
    double hours = 0;
    for (int q = 0; q < QUARTERS; q++) {
      count += excesses[2 * q];
      hours += excesses[2 * q + 1];
    }
    double all = (hours + EXCESS_HOURS_BELIEVED * EXCESSES_WEIGHT) / (count + EXCESSES_WEIGHT);
    return (excesses[2 * quarter + 1] + all * EXCESSES_WEIGHT)
        / (excesses[2 * quarter] + EXCESSES_WEIGHT);
  }

  /** Share of days that go beyond the usual in this quarter. */
  public double excessesPerDay(int quarter) {
    double count = 0;
    for (int q = 0; q < QUARTERS; q++) {
      count += excesses[2 * q];
    }
    double all =
        (count / QUARTERS + EXCESSES_PER_DAY_BELIEVED * DAYS_WEIGHT) / (daysCounted + DAYS_WEIGHT);
    return (excesses[2 * quarter] + all * DAYS_WEIGHT) / (daysCounted + DAYS_WEIGHT);
  }

  public static int quarter(int bin) {
    return bin * QUARTERS / BINS;
  }

  /**
   * The longest silence in a half hour that is no later than {@code lateHours}: the longest usual
   * one of this half hour and of those that long before, and as much longer.
   *
   * @return hours
   */
  public double hoursWhenLate(int bin, double lateHours) {
    int before = (int) Math.ceil(lateHours * STEPS_PER_HOUR / STEPS_PER_BIN - 1e-9);
    int usual = usualSteps(bin);
    for (int i = 1; i <= Math.min(before, BINS - 1); i++) {
      usual = Math.max(usual, usualSteps(Math.floorMod(bin - i, BINS)));
    }
    return (double) usual / STEPS_PER_HOUR + lateHours;
  }

  /** How late a silence of so many hours is in a half hour: 0 where it is usual, at most 24. */
  public double lateHours(int bin, double hours) {
    double steps = hours * STEPS_PER_HOUR;
    int usual = usualSteps(bin);
    for (int before = 0; before < BINS; before++) {
      usual = Math.max(usual, usualSteps(Math.floorMod(bin - before, BINS)));
      double late = steps - usual;
      if (late <= before * STEPS_PER_BIN) {
        // More lateness on the clock reaches back to a half hour that makes up for it.
        double least = Math.max(0, before - 1) * (double) STEPS_PER_BIN;
        return Math.max(0, before == 0 ? late : Math.max(late, least)) / STEPS_PER_HOUR;
      }
    }
    return BINS / 2.0;
  }

  /**
   * Learns from a silence that a sign ended. Nearly free for short ones.
   *
   * @param silentSinceMillis the sign before
   * @param signAtMillis the sign that ended it
   * @param afterDoor whether the sign before came from the entrance door
   * @param offsetSeconds civil time is this ahead of UTC
   */
  public Rhythm ended(
      long silentSinceMillis, long signAtMillis, boolean afterDoor, int offsetSeconds) {
    long length = signAtMillis - silentSinceMillis;
    int today = day(signAtMillis, offsetSeconds);
    if (length < SHORT_MILLIS && (today <= day || length < 0)) {
      return this;
    }
    if (length < SHORT_MILLIS) {
      return reached(today);
    }
    if (afterDoor && !cameHome(silentSinceMillis)) {
      return reached(today).returned(signAtMillis);
    }
    if (length > ABSENT_HOURS * HOUR_MILLIS) {
      return reached(today);
    }
    Rhythm next = this;
    for (long at = binStartMillis(silentSinceMillis, offsetSeconds);
        at < signAtMillis;
        at += BIN_MILLIS) {
      next = next.reached(day(at, offsetSeconds));
      long until = Math.min(at + BIN_MILLIS, signAtMillis);
      next = next.heard(bin(at, offsetSeconds), until - silentSinceMillis);
    }
    return next.reached(today);
  }

  private static int day(long atMillis, int offsetSeconds) {
    return (int) Math.floorDiv(atMillis + offsetSeconds * 1000L, 86_400_000L);
  }

  /** However many days passed without a sign, one was lived. */
  private Rhythm reached(int today) {
    if (day == NEVER) {
      return new Rhythm(
          today, daysKnown, daysCounted, returnedAtMillis, excessToday, longest, excesses);
    }
    if (today <= day) {
      return this;
    }
    int known = daysKnown == Integer.MAX_VALUE ? daysKnown : daysKnown + 1;
    float[] faded = excesses;
    float counted = daysCounted;
    if (known > FIRST_DAYS) {
      counted = counted * FADING + 1;
      faded = excesses.clone();
      for (int q = 0; q < QUARTERS; q++) {
        int steps = (excessToday >>> (8 * q)) & 0xff;
        faded[2 * q] = faded[2 * q] * FADING + (steps > 0 ? 1 : 0);
        faded[2 * q + 1] = faded[2 * q + 1] * FADING + (float) steps / STEPS_PER_HOUR;
      }
    }
    return new Rhythm(today, known, counted, returnedAtMillis, 0, remembered(known), faded);
  }

  /** Drops what is too old; the same array where nothing is. */
  private byte[] remembered(int known) {
    boolean copied = false;
    byte[] kept = longest;
    for (int bin = 0; bin < BINS; bin++) {
      for (int rank = KEPT - 1; rank >= 0; rank--) {
        int at = (bin * KEPT + rank) * 2;
        if (kept[at] != 0 && ((known - kept[at + 1]) & 0xff) >= MEMORY_DAYS) {
          kept = copied ? kept : longest.clone();
          copied = true;
          remove(kept, bin, rank);
        }
      }
    }
    return kept;
  }

  private static void remove(byte[] kept, int bin, int rank) {
    int from = (bin * KEPT + rank) * 2;
    int end = (bin + 1) * KEPT * 2;
    System.arraycopy(kept, from + 2, kept, from, end - from - 2);
    kept[end - 2] = 0;
    kept[end - 1] = 0;
  }

  private Rhythm returned(long atMillis) {
    return new Rhythm(day, daysKnown, daysCounted, atMillis, excessToday, longest, excesses);
  }

  /** A silence of this length was heard in a half hour of today. */
  private Rhythm heard(int bin, long millis) {
    int steps = (int) Math.min(255, (millis + STEP_MILLIS - 1) / STEP_MILLIS);
    double late = lateHours(bin, (double) steps / STEPS_PER_HOUR) * STEPS_PER_HOUR;
    int excess = (int) Math.min(EXCESS_STEPS_MOST, Math.ceil(late));
    int shift = 8 * quarter(bin);
    int worst = excessToday;
    if (excess > ((excessToday >>> shift) & 0xff)) {
      worst = (excessToday & ~(0xff << shift)) | (excess << shift);
    }
    byte[] kept = inserted(bin, steps);
    return worst == excessToday && Arrays.equals(kept, longest)
        ? this
        : new Rhythm(day, daysKnown, daysCounted, returnedAtMillis, worst, kept, excesses);
  }

  /** With this length among a half hour's longest, once a day; the same array if it isn't. */
  private byte[] inserted(int bin, int steps) {
    byte number = (byte) daysKnown;
    int replaced = KEPT - 1;
    for (int rank = 0; rank < KEPT; rank++) {
      int at = (bin * KEPT + rank) * 2;
      if (longest[at] != 0 && longest[at + 1] == number) {
        replaced = rank;
      }
    }
    if (steps <= steps(longest, bin, replaced)) {
      return longest;
    }
    byte[] kept = longest.clone();
    remove(kept, bin, replaced);
    int rank = KEPT - 1;
    for (; rank > 0 && steps(kept, bin, rank - 1) < steps; rank--) {
      System.arraycopy(kept, (bin * KEPT + rank - 1) * 2, kept, (bin * KEPT + rank) * 2, 2);
    }
    kept[(bin * KEPT + rank) * 2] = (byte) steps;
    kept[(bin * KEPT + rank) * 2 + 1] = number;
    return kept;
  }

  private static int steps(byte[] kept, int bin, int rank) {
    return kept[(bin * KEPT + rank) * 2] & 0xff;
  }

  /** The length of what {@link #write} writes. */
  public int bytes() {
    return 1 + 4 + 4 + 4 + 8 + 4 + longest.length + 4 * excesses.length;
  }

  public void write(ByteBuffer to) {
    to.put(VERSION).putInt(day).putInt(daysKnown).putFloat(daysCounted);
    to.putLong(returnedAtMillis).putInt(excessToday).put(longest);
    for (float f : excesses) {
      to.putFloat(f);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException when it comes from a newer version
   */
  public static Rhythm read(ByteBuffer from) {
    byte version = from.get();
    if (version != VERSION) {
      throw new IllegalArgumentException("a rhythm of version " + version + ", not " + VERSION);
    }
    int day = from.getInt();
    int daysKnown = from.getInt();
    float daysCounted = from.getFloat();
    long returnedAtMillis = from.getLong();
    int excessToday = from.getInt();
    byte[] longest = new byte[BINS * KEPT * 2];
    from.get(longest);
    float[] excesses = new float[2 * QUARTERS];
    for (int i = 0; i < excesses.length; i++) {
      excesses[i] = from.getFloat();
    }
    return new Rhythm(
        day, daysKnown, daysCounted, returnedAtMillis, excessToday, longest, excesses);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Rhythm r
        && day == r.day
        && daysKnown == r.daysKnown
        && Float.compare(daysCounted, r.daysCounted) == 0
        && returnedAtMillis == r.returnedAtMillis
        && excessToday == r.excessToday
        && Arrays.equals(longest, r.longest)
        && Arrays.equals(excesses, r.excesses);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * day + daysKnown) + Arrays.hashCode(longest) + Arrays.hashCode(excesses);
  }

  @Override
  public String toString() {
    return "Rhythm[" + daysKnown + " days]";
  }
}
