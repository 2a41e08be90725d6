package io.shouwang.alerts;

import java.time.Duration;

/**
 * How the duty desk is rung; it cannot be removed (P2).
 *
 * @param repeatEvery the time between two rings while nobody holds the alert
 * @param overflowAfter the time without anybody after which the next level's desk rings as well
 */
public record DutyDesk(Duration repeatEvery, Duration overflowAfter) {
  public static final DutyDesk DEFAULT =
      new DutyDesk(Duration.ofSeconds(60), Duration.ofSeconds(180));
}
