package io.shouwang.model;

/**
 * A home, or the stand-in for one where a device belongs to none: an alarm from such a device still
 * needs a place in the state. The stand-in's dot is no part of {@link Identity}, so no registered
 * home can collide with it.
 */
public record HomeId(String value) implements Comparable<HomeId> {
  private static final String STAND_IN = "device.";

  public HomeId {
    Identity.require(
        "HomeId", value.startsWith(STAND_IN) ? value.substring(STAND_IN.length()) : value);
  }

  /** The stand-in home of a device that is registered under none. */
  public static HomeId standIn(DeviceId device) {
    return new HomeId(STAND_IN + device.value());
  }

  public boolean isStandIn() {
    return value.startsWith(STAND_IN);
  }

  @Override
  public int compareTo(HomeId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
