package io.shouwang.alerts;

import io.shouwang.model.ResponderId;
import io.shouwang.model.Role;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An alert in somebody's hands: a lease that lapses.
 *
 * @param since when this responder first promised; an ETA may change, never past the cap from here
 * @param etaAt when they said they would be there; null once they are, or for the desk
 * @param until when it lapses and rings on
 */
public record Hold(
    ResponderId responder,
    Role role,
    String relation,
    Phase phase,
    Instant since,
    @Nullable Instant etaAt,
    Instant until) {

  Hold heldUntil(Instant later) {
    return new Hold(responder, role, relation, phase, since, etaAt, later);
  }

  public enum Phase {
    PROMISED,
    /** They have set out. */
    ON_THE_WAY,
    PRESENT
  }
}
