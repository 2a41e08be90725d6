package io.shouwang.model;

/** What became of an input, for the one who sent it. */
public sealed interface Answer {
  /** It was taken in. */
  record Taken() implements Answer {}

  /** It was taken in before; nothing changed. */
  record Repeated() implements Answer {}

  /**
   * It was journalled, and changed nothing.
   *
   * @param detail for a person, with the remedy
   */
  record Refused(Reason reason, String detail) implements Answer {}

  enum Reason {
    UNKNOWN_ALERT,
    NOT_ASKED,
    ALREADY_CLOSED,
    /** What was asked for doesn't go with how things stand. */
    CONFLICT,
    UNKNOWN_HOME,
    UNDECIDED
  }
}
