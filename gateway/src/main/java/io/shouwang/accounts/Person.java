package io.shouwang.accounts;

import io.shouwang.model.AreaId;
import io.shouwang.model.Operator;
import io.shouwang.model.OperatorRole;
import io.shouwang.model.ResponderId;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who may log in, without their secrets.
 *
 * @param id the name they log in with
 * @param area what the roles hold for: this area and all below it
 * @param language {@code zh} or {@code en}
 * @param mustChange the password was given out by somebody else, and is good for changing it only
 * @param secondFactor a code is asked for beside the password
 * @param responder whom of the registry they speak for: what they answer and record is that
 *     responder's; null for nobody
 */
public record Person(
    ResponderId id,
    String name,
    Set<OperatorRole> roles,
    AreaId area,
    String language,
    boolean disabled,
    boolean mustChange,
    boolean secondFactor,
    Instant made,
    @Nullable ResponderId responder) {
  public Person {
    roles = Set.copyOf(roles);
  }

  /** What the rest of the gateway knows them as. */
  public Operator operator() {
    return new Operator(id, name, roles, area);
  }
}
