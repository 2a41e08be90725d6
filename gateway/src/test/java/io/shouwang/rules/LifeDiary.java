package io.shouwang.rules;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Collects a life's signs and absences while it is being lived, and the dice it is lived with. */
final class LifeDiary {
  static final long DAY = 86_400_000L;
  static final long HOUR = 3_600_000L;
  static final long MINUTE = 60_000L;
  static final int OFFSET_SECONDS = 8 * 3600;

  /** A Monday, midnight in China. */
  static final long START = 1_767_542_400_000L;

  /** The number that the entrance door's sensor has among the others. */
  static final int DOOR = 7;

  final Random dice;

  /** Whose sensor speaks: a number from 0 to 6. */
  int place;

  private final List<long[]> signs = new ArrayList<>();
  private final List<long[]> absences = new ArrayList<>();

  LifeDiary(long seed) {
    dice = new Random(seed);
  }

  static long civil(int day, double hours) {
    return START + day * DAY + (long) (hours * HOUR);
  }

  void sign(long at) {
    signs.add(new long[] {at, place});
  }

  void doorSign(long at) {
    signs.add(new long[] {at, DOOR});
  }

  /** Signs at random through a stretch, on average one each so many minutes. */
  void signs(long from, long to, double everyMinutes) {
    for (long at = from + exponential(everyMinutes);
        at < to;
        at += Math.max(1_000, exponential(everyMinutes))) {
      sign(at);
    }
  }

  void absent(long from, long to) {
    absences.add(new long[] {from, to});
  }

  long exponential(double meanMinutes) {
    return (long) (-Math.log(1 - dice.nextDouble()) * meanMinutes * MINUTE);
  }

  double logNormal(double median, double sigma) {
    return median * Math.exp(sigma * dice.nextGaussian());
  }

  /** A Student's t with three degrees of freedom: mostly near, at times far. */
  double heavy() {
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      double g = dice.nextGaussian();
      sum += g * g;
    }
    return dice.nextGaussian() / Math.sqrt(sum / 3);
  }

  boolean chance(double probability) {
    return dice.nextDouble() < probability;
  }

  /** Forgets what sensors said in these hours: a hub without power. */
  void outage(long from, long to) {
    signs.removeIf(s -> s[0] >= from && s[0] < to);
  }

  Life close(String kind, int days) {
    long end = START + days * DAY;
    signs.removeIf(s -> s[0] < START || s[0] >= end);
    signs.sort((a, b) -> Long.compare(a[0], b[0]));
    long[] at = signs.stream().mapToLong(s -> s[0]).toArray();
    int[] places = signs.stream().mapToInt(s -> (int) s[1]).toArray();
    boolean[] door = new boolean[at.length];
    for (int i = 0; i < door.length; i++) {
      door[i] = places[i] == DOOR;
    }
    absences.sort((a, b) -> Long.compare(a[0], b[0]));
    List<long[]> homes = new ArrayList<>();
    long since = START;
    for (long[] away : absences) {
      if (away[0] > since) {
        homes.add(new long[] {since, Math.min(away[0], end)});
      }
      since = Math.max(since, away[1]);
    }
    if (since < end) {
      homes.add(new long[] {since, end});
    }
    homes.removeIf(h -> h[0] >= end);
    return new Life(
        kind,
        days,
        Arrays.copyOf(at, at.length),
        door,
        places,
        homes.stream().mapToLong(h -> h[0]).toArray(),
        homes.stream().mapToLong(h -> h[1]).toArray(),
        OFFSET_SECONDS);
  }
}
