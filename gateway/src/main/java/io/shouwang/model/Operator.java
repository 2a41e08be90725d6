package io.shouwang.model;

import java.util.Set;

/**
 * A person or a program that operates the gateway, with a Bearer token.
 *
 * @param area what the roles hold for: this area and all below it
 */
public record Operator(ResponderId id, String name, Set<OperatorRole> roles, AreaId area) {
  public Operator {
    roles = Set.copyOf(roles);
  }
}
