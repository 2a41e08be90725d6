package io.shouwang.alerts;

import io.shouwang.model.ResponderId;
import io.shouwang.model.Role;
import java.time.Instant;

/**
 * A responder who has been rung for an alert.
 *
 * @param role the one they were rung in first; the duty desk's once they were rung as one
 * @param declined they said no, and have not accepted since
 */
public record Asked(
    ResponderId responder, Role role, String relation, Instant lastRungAt, boolean declined) {

  /** Rung once more. Who is rung as a duty desk is one from then on: that can't be taken back. */
  Asked rungAgain(Delivery.ToResponder as, Instant at) {
    boolean becomesDesk = as.role().equals(Role.DUTY_DESK);
    return new Asked(
        responder,
        becomesDesk ? as.role() : role,
        becomesDesk ? as.relation() : relation,
        at,
        declined);
  }

  Asked declines() {
    return new Asked(responder, role, relation, lastRungAt, true);
  }

  /** Who takes it in hand after all has not declined. */
  Asked accepts() {
    return declined ? new Asked(responder, role, relation, lastRungAt, false) : this;
  }

  boolean isDesk() {
    return role.equals(Role.DUTY_DESK);
  }
}
