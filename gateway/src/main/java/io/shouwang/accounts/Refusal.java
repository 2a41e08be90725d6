package io.shouwang.accounts;

import java.time.Duration;

/** Accounts don't do what was asked; the words are for the one who asked. */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Why why;
  private final String words;
  private final Duration rest;

  /** What kind of refusal. */
  public enum Why {
    /** The name, the password or the code is wrong; which of them isn't said. */
    WRONG,
    /** The name and the password are right, and a code of the second factor must come with them. */
    CODE,
    /** Too many were wrong; {@link #rest} says how long to wait. */
    RESTING,
    /** The new password is too weak. */
    WEAK,
    /** The time for it is over. */
    LATE,
    /** There is none of this name. */
    UNKNOWN,
    /** The name is taken. */
    TAKEN,
    /** It would leave nobody to administer. */
    LAST,
    TOO_MANY,
    /** Nothing was begun that could be confirmed. */
    NOT_BEGUN,
    /** A provider vouches for them, and there is no account here that is theirs. */
    NO_ACCOUNT
  }

  /**
   * A refusal.
   *
   * @param message says what to do; nothing of what was sent
   */
  public Refusal(Why why, String message) {
    this(why, message, Duration.ZERO);
  }

  Refusal(Why why, String message, Duration rest) {
    super(message, null, false, false);
    this.why = why;
    this.words = message;
    this.rest = rest;
  }

  /** The message. */
  public String words() {
    return words;
  }

  public Why why() {
    return why;
  }

  /** How long to wait before the next try. */
  public Duration rest() {
    return rest;
  }
}
