package io.shouwang.model;

/**
 * What a responder is to a home: relative, neighbour, grid_worker, ... Roles are configuration; two
 * have a meaning of their own: the duty desk, since it can't be removed from a ladder, and the
 * elder.
 */
public record Role(String value) implements Comparable<Role> {
  public static final Role DUTY_DESK = new Role("duty_desk");

  /** The elder's own phone: asked first where it may be nothing. */
  public static final Role ELDER = new Role("elder");

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
