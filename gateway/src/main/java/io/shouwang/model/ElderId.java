package io.shouwang.model;

/** An elder: the person watched over. */
public record ElderId(String value) implements Comparable<ElderId> {
  public ElderId {
    Identity.require("ElderId", value);
  }

  @Override
  public int compareTo(ElderId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
