package io.shouwang.model;

import org.jspecify.annotations.Nullable;

/** How a delivery went, in the words of a phone. */
public sealed interface Outcome {
  /** The recipient's client confirmed it. */
  record Acknowledged() implements Outcome {}

  /**
   * Handed over; whether it arrived is not known, or not yet.
   *
   * @param providerId the provider's name for it, by which reports and answers come back; null when
   *     there is none
   */
  record Sent(@Nullable String providerId) implements Outcome {}

  /** Opened, read, or listened to. */
  record Seen() implements Outcome {}

  /** A follow-up beyond what this person or provider may get; never a first ring. */
  record HeldBack(String reason) implements Outcome {}

  /** It was still waiting when its time ran out. */
  record Expired() implements Outcome {}

  /** The channel gave up. */
  record GaveUp(String reason) implements Outcome {}

  /** A later message to the same recipient took its place. */
  record Superseded() implements Outcome {}
}
