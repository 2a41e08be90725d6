package io.shouwang.model;

/**
 * What a responder is to a home: relative, neighbour, grid_worker, ... Roles are configuration;
 * only the duty desk has a meaning of its own, since it can't be removed from a ladder.
 */
public record Role(String value) implements Comparable<Role> {
  public static final Role DUTY_DESK = new Role("duty_desk");

  public Role {
    Identity.require("Role", value);
  }

  @Override
  public int compareTo(Role other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
