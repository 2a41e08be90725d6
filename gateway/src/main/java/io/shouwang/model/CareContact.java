package io.shouwang.model;

import java.time.Instant;

/**
 * Somebody was in touch with an elder, or the elder said "I'm well".
 *
 * @param by who it was: a responder, an operator, or for {@link Means#CHECKIN} the device
 * @param at when, in engine time
 */
public record CareContact(ElderId elder, Means means, String by, Instant at) {

  /** How. */
  public enum Means {
    VISIT,
    CALL,
    CHECKIN
  }
}
