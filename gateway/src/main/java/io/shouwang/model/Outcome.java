package io.shouwang.model;

/** How a delivery went, in the words of a phone. */
public sealed interface Outcome {
  /** The recipient's client confirmed it. */
  record Acknowledged() implements Outcome {}

  /** Handed over on a path that confirms nothing. */
  record Sent() implements Outcome {}

  /** It was still waiting when its time ran out. */
  record Expired() implements Outcome {}

  /** The channel gave up. */
  record GaveUp(String reason) implements Outcome {}

  /** A later message to the same recipient took its place. */
  record Superseded() implements Outcome {}
}
