package io.shouwang.senses;

/**
 * What a bracelet measures.
 *
 * <p>What lies outside a measure's possible range is no measurement but bad contact: a pulse of 0,
 * an oxygen of 255. The ranges are wider than any limit that an office may set.
 */
public enum Measure {
  HEART_RATE(1, 20, 250, 5),
  SPO2(2, 50, 100, 1),
  BODY_TEMP(4, 30, 43, 0.3),
  SYSTOLIC(8, 50, 260, 8),
  DIASTOLIC(16, 25, 160, 6);

  /** Its bit in what is stored. */
  final int bit;

  private final double least;
  private final double most;
  private final double usualSpread;

  Measure(int bit, double least, double most, double usualSpread) {
    this.bit = bit;
    this.least = least;
    this.most = most;
    this.usualSpread = usualSpread;
  }

  /** Whether a living person can have it; false for what is no number. */
  public boolean isPossible(double value) {
    return value >= least && value <= most;
  }

  /** How far apart an old person's own readings usually lie: a baseline begins with it. */
  public double usualSpread() {
    return usualSpread;
  }
}
