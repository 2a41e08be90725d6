package io.shouwang.model;

/** A person or desk that can answer an alert, or an operator who acts for one. */
public record ResponderId(String value) implements Comparable<ResponderId> {
  public ResponderId {
    Identity.require("ResponderId", value);
  }

  @Override
  public int compareTo(ResponderId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
