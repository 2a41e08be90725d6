package io.shouwang.sim.district;

import java.util.List;

/**
 * Chance, repeatable: SplitMix64 seeded by numbers that say what it is thrown for, so that one
 * home's or one day's luck never depends on how often another's was thrown. StrictMath, so that all
 * machines throw the same.
 */
final class Dice {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long state;

  private Dice(long state) {
    this.state = state;
  }

  /** Dice for one purpose ({@code what}) of one owner on one day. */
  static Dice of(long seed, Purpose what, long owner, long day) {
    long state = mix(seed + GOLDEN);
    state = mix(state ^ what.salt * GOLDEN);
    state = mix(state ^ (owner + 1) * GOLDEN);
    return new Dice(mix(state ^ (day + 1) * GOLDEN));
  }

  /** What dice are thrown for. */
  enum Purpose {
    TRAITS(1),
    KIT(2),
    DAY(3),
    SENSING(4),
    VISITS(5),
    TRIP(6),
    WEARING(7),
    MISHAP(8),
    STREET(9),
    DEVICE(10),
    UPLINK(11),
    NAMES(12);

    private final long salt;

    Purpose(long salt) {
      this.salt = salt;
    }
  }

  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  private long next() {
    state += GOLDEN;
    return mix(state);
  }

  /** From 0 to below 1. */
  double real() {
    return (next() >>> 11) * 0x1.0p-53;
  }

  boolean chance(double probability) {
    return real() < probability;
  }

  double between(double low, double high) {
    return low + (high - low) * real();
  }

  /** A whole number from low to high, both included. */
  int whole(int low, int high) {
    return low + (int) (real() * (high - low + 1));
  }

  <T> T one(List<T> of) {
    return of.get(whole(0, of.size() - 1));
  }

  /** Mean 0, deviation 1. */
  double normal() {
    return Math.sqrt(-2 * StrictMath.log(1 - real())) * StrictMath.cos(2 * Math.PI * real());
  }

  /**
   * Like {@link #normal}, with the tails of Student's t with three degrees of freedom, cut at 6.
   */
  double heavy() {
    double a = normal();
    double b = normal();
    double c = normal();
    double value = normal() / Math.sqrt((a * a + b * b + c * c) / 3) / 1.3;
    return Math.clamp(value, -6, 6);
  }

  double logNormal(double median, double sigma) {
    return median * StrictMath.exp(sigma * normal());
  }

  double exponential(double mean) {
    return -mean * StrictMath.log(1 - real());
  }

  int poisson(double mean) {
    double limit = StrictMath.exp(-mean);
    int count = 0;
    for (double product = real(); product > limit; product *= real()) {
      count++;
    }
    return count;
  }
}
