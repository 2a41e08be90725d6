package io.shouwang.model;

/**
 * An alert. Derived from the event that raised it, so that the same event decided twice names the
 * same alert.
 */
public record AlertId(String value) implements Comparable<AlertId> {
  public AlertId {
    Identity.require("AlertId", value);
  }

  @Override
  public int compareTo(AlertId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
