package io.shouwang.simulation;

import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The seed of a test: the system property {@code seed} if set, else one drawn now. Printed, so that
 * {@code -Dseed=N} repeats the run.
 */
public record Seed(long value) {

  /** The seed of this run, for the named test. */
  public static Seed of(String test) {
    String given = System.getProperty("seed", "").strip();
    long value =
        given.isEmpty()
            ? ThreadLocalRandom.current().nextLong(1, 1_000_000_000_000L)
            : Long.parseLong(given);
    System.out.println(test + ": -Dseed=" + value);
    return new Seed(value);
  }

  /** Whether long runs are wanted: the system property {@code full}. */
  public static boolean full() {
    return Boolean.getBoolean("full");
  }

  public Random random() {
    return new Random(value);
  }

  /** The seed of the n-th round: the first round's is the seed itself. */
  public Seed round(int n) {
    return new Seed(value + n);
  }
}
