package io.shouwang.alerts;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The check of P2: no open alert without somebody who holds it or somebody about to be rung. */
public final class Silence {
  private Silence() {}

  /**
   * What is wrong with an alert, in words; empty if nothing is.
   *
   * @param slack how late a deadline may be met before it counts as missed
   */
  public static Optional<String> check(Alert alert, Instant now, Duration slack) {
    if (!alert.isOpen()
        && alert.deliveries().stream().anyMatch(d -> d.isUnderWay() && d.cause().isRing())) {
      return Optional.of(alert.id() + " is closed, and still rings");
    }
    if (!alert.isOpen()) {
      return alert.closing() != null && alert.closing().disposition().isBlank()
          ? Optional.of(alert.id() + " is closed without a disposition")
          : Optional.empty();
    }
    Instant deadline = alert.deadline();
    if (deadline == null) {
      return Optional.of(alert.id() + " is open, and nothing will ever happen to it");
    }
    if (deadline.plus(slack).isBefore(now)) {
      return Optional.of(alert.id() + " should have rung on at " + deadline + ", and did not");
    }
    if (!alert.isStopped() && alert.deskAt() == null) {
      return Optional.of(alert.id() + " rings, and never the duty desk");
    }
    return Optional.empty();
  }
}
