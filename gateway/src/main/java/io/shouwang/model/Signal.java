package io.shouwang.model;

import org.jspecify.annotations.Nullable;

/** What an event says, as far as a rule of this gateway reads it. */
public sealed interface Signal {

  /** A button was pressed. An action never heard of counts as a press. */
  record Sos(Action action, String said, @Nullable Fix fix) implements Signal {
    public enum Action {
      PRESS,
      CANCEL,
      UNKNOWN
    }
  }

  /** A fall was detected. */
  record Fall(@Nullable Double confidence, @Nullable Fix fix) implements Signal {}

  /** A smoke alarm's or a gas detector's state. A state never heard of, or none, rings. */
  record Hazard(State state, String said, @Nullable String room) implements Signal {
    public enum State {
      ALARM,
      CLEAR,
      TEST,
      FAULT,
      TAMPER,
      UNKNOWN
    }
  }

  /** A position without an alarm. */
  record Position(Fix fix) implements Signal {}

  /** Stored and shown; no rule reads it yet. */
  record Reading() implements Signal {}

  /** A payload that can't be read. On an alarm kind it rings; on any other it is quarantined. */
  record Unreadable(String why) implements Signal {}
}
