package io.shouwang.alerts;

import io.shouwang.model.ResponderId;
import java.time.Instant;

/**
 * An alert in somebody's hands that they asked somebody else to take over. Until that one accepts
 * it stays in the first one's hands, under a promise that lapses.
 *
 * @param from who has it in hand
 * @param to who is to take it: a desk or an operator
 * @param until so long it waits for an answer
 */
public record Handover(ResponderId from, ResponderId to, Instant at, Instant until) {

  /** What can become of it. */
  public enum End {
    TAKEN,
    DECLINED,
    /** The first one keeps it after all, or asked somebody else. */
    WITHDRAWN,
    /** Nobody answered in time. */
    LAPSED
  }
}
