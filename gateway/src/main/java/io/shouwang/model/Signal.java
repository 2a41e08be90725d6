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

  /** What is no alarm by itself. */
  sealed interface Telemetry extends Signal {}

  /** A position without an alarm. */
  record Position(Fix fix) implements Telemetry {}

  /** An infrared sensor saw somebody move, or nobody any more. */
  record Motion(boolean active, @Nullable String room) implements Telemetry {}

  /**
   * A door was opened or closed.
   *
   * @param room null for the door of the home
   */
  record Door(boolean open, @Nullable String room) implements Telemetry {}

  /** Somebody lay down on a bed, or got up. */
  record Bed(boolean occupied) implements Telemetry {}

  /** Water ran: litres since the last report, more than 0. */
  record Water(double litres) implements Telemetry {}

  /**
   * What a bracelet measured; null for what it did not say.
   *
   * @param steps a counter that rises, and starts again now and then
   */
  record Vitals(
      @Nullable Double heartRateBpm,
      @Nullable Double spo2Pct,
      @Nullable Double bodyTempC,
      @Nullable Double systolicMmhg,
      @Nullable Double diastolicMmhg,
      @Nullable Integer steps)
      implements Telemetry {}

  /** "I'm well", pressed on purpose. */
  record Checkin() implements Telemetry {}

  /** Stored and shown, and open to an office's own rules. */
  record Reading() implements Telemetry {}

  /** A payload that can't be read. On an alarm kind it rings; on any other it is quarantined. */
  record Unreadable(String why) implements Signal {}
}
