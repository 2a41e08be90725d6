package io.shouwang.alerts;

import java.time.Duration;

/**
 * How the duty desk is rung (P2): it can't be removed, repeats until accepted, and overflows to the
 * desk of the area above.
 *
 * @param repeatEvery between two rings of the desks already reached
 * @param overflowAfter how long one level has before the desks of the area above ring too
 */
public record DutyDesk(Duration repeatEvery, Duration overflowAfter) {
  /** Shorter than this nobody could answer in between. */
  public static final Duration LEAST = Duration.ofSeconds(1);

  /** Longer than this would be silence. */
  public static final Duration MOST = Duration.ofHours(1);

  public DutyDesk {
    require("repeatEvery", repeatEvery);
    require("overflowAfter", overflowAfter);
  }

  private static void require(String what, Duration value) {
    if (value.compareTo(LEAST) < 0 || value.compareTo(MOST) > 0) {
      throw new IllegalArgumentException(what + " must be from " + LEAST + " to " + MOST);
    }
  }

  /** Every 30 s, upwards after 2 minutes. */
  public static final DutyDesk STANDARD =
      new DutyDesk(Duration.ofSeconds(30), Duration.ofMinutes(2));
}
