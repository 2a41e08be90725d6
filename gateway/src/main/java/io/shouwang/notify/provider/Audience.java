package io.shouwang.notify.provider;

/** Who reads what a channel sends. */
public enum Audience {
  /** One person, who was asked: name, door and reason may be said (P8). */
  PERSON,
  /**
   * Whoever is in a group: no name, no diagnosis, no door; building and the alert's number only.
   */
  GROUP,
  /** A system of a service organization: the contract's alerts message as JSON. */
  SYSTEM
}
