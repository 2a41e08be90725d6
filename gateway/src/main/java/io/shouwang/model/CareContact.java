package io.shouwang.model;

import java.time.Instant;
import java.util.Locale;
import java.util.Set;

/**
 * Somebody was in touch with an elder, or tried to be, or the elder said "I'm well".
 *
 * @param by who it was: a responder, an operator, or for {@link Means#CHECKIN} the device
 * @param at when it happened, in engine time
 * @param roles what they were to the elder then; empty for a device
 * @param result how it went, in one word; {@link #NO_ANSWER} and {@link #NOT_HOME} are no contact
 * @param key tells the same record sent twice
 */
public record CareContact(
    ElderId elder, Means means, String by, Instant at, Set<Role> roles, String result, long key) {

  /** The elder was found well. */
  public static final String WELL = "well";

  /** Somebody was reached; no more was said. */
  public static final String REACHED = "reached";

  /** Nobody picked up, or opened. */
  public static final String NO_ANSWER = "no_answer";

  /** The elder was not there. */
  public static final String NOT_HOME = "not_home";

  public CareContact {
    roles = Set.copyOf(roles);
  }

  /** Whether anybody was reached. */
  public boolean reached() {
    return !result.equals(NO_ANSWER) && !result.equals(NOT_HOME);
  }

  /** How. */
  public enum Means {
    VISIT,
    CALL,
    CHECKIN;

    /** As files and messages write it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
