package io.shouwang.model;

/** A device: button, bracelet, smoke alarm, motion sensor, or a hub that speaks for others. */
public record DeviceId(String value) implements Comparable<DeviceId> {
  public DeviceId {
    Identity.require("DeviceId", value);
  }

  @Override
  public int compareTo(DeviceId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
