package io.shouwang.alerts;

import io.shouwang.model.Role;
import java.time.Duration;
import java.util.List;

/**
 * One step of a ladder: whom to ring, and when.
 *
 * @param after since the alert was raised; whole seconds
 * @param roles who is rung together, in the order they are named; never empty
 */
public record Rung(Duration after, List<Role> roles) {
  public Rung {
    roles = List.copyOf(roles);
    if (after.isNegative() || roles.isEmpty()) {
      throw new IllegalArgumentException("a rung has a time from 0 s on and at least one role");
    }
  }
}
