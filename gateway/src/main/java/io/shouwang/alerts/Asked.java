package io.shouwang.alerts;

import io.shouwang.model.ResponderId;
import io.shouwang.model.Role;
import java.time.Instant;

/** A responder who has been rung for an alert, in the role they were rung in first. */
public record Asked(
    ResponderId responder, Role role, String relation, Instant lastRungAt, boolean declined) {

  Asked rungAgain(Instant at) {
    return new Asked(responder, role, relation, at, declined);
  }

  Asked declines() {
    return new Asked(responder, role, relation, lastRungAt, true);
  }
}
