package io.shouwang.simulation;

/** The moment the power fails: thrown by the call it interrupts and by each later one. */
public final class PowerCut extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PowerCut() {
    super("power cut", null, false, false);
  }
}
