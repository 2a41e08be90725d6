package io.shouwang.model;

import org.jspecify.annotations.Nullable;

/**
 * A home, or the stand-in for one where none is registered: an alarm from a device without a home
 * still needs a place in the state, and so does the gateway's own trouble. The stand-ins' dot is no
 * part of {@link Identity}, so no registered home can collide with them.
 */
public record HomeId(String value) implements Comparable<HomeId> {
  private static final String DEVICE = "device.";
  private static final String AREA = "area.";
  private static final String COUNTY = "county.";
  private static final int BUCKETS = 1_024;

  /** Where alerts about the gateway itself live. */
  public static final HomeId GATEWAY = new HomeId("gateway.");

  public HomeId {
    if (!value.equals("gateway.")) {
      Identity.require("HomeId", named(value));
    }
  }

  private static String named(String value) {
    if (value.startsWith(DEVICE)) {
      return value.substring(DEVICE.length());
    }
    if (value.startsWith(COUNTY)) {
      String rest = value.substring(COUNTY.length());
      int dot = rest.indexOf('.');
      return dot > 0 && rest.substring(dot + 1).matches("[0-9]{1,4}")
          ? rest.substring(0, dot)
          : rest;
    }
    return value.startsWith(AREA) ? value.substring(AREA.length()) : value;
  }

  /**
   * Where an alert of a county's own gateway lives. An area has a thousand of them: homes are never
   * forgotten, so there can't be one for each alert, and one for all would be slow in a flood.
   */
  public static HomeId ofCounty(AreaId area, AlertId its) {
    int bucket = Math.floorMod(its.value().hashCode() * 0x9E3779B9, BUCKETS);
    return new HomeId(COUNTY + area.value() + "." + bucket);
  }

  /** Whether what lives here is in a county's hands first. */
  public boolean isOfCounty() {
    return value.startsWith(COUNTY);
  }

  /** Where the incidents of an area live. */
  public static HomeId ofArea(AreaId area) {
    return new HomeId(AREA + area.value());
  }

  /** The area this stands in for; null if it is none. */
  public @Nullable AreaId area() {
    return value.startsWith(AREA) || isOfCounty() ? new AreaId(named(value)) : null;
  }

  /** The stand-in home of a device that is registered under none. */
  public static HomeId standIn(DeviceId device) {
    return new HomeId(DEVICE + device.value());
  }

  public boolean isStandIn() {
    return value.indexOf('.') >= 0;
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
