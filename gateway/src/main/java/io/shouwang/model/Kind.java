package io.shouwang.model;

/** What an event is about: the last level of its topic. Any identity is a kind; these are known. */
public record Kind(String value) {
  public static final Kind SOS = new Kind("sos");
  public static final Kind FALL = new Kind("fall");
  public static final Kind SMOKE = new Kind("smoke");
  public static final Kind GAS = new Kind("gas");
  public static final Kind MOTION = new Kind("motion");
  public static final Kind LOCATION = new Kind("location");
  public static final Kind STATUS = new Kind("status");
  public static final Kind VITALS = new Kind("vitals");
  public static final Kind DOOR = new Kind("door");
  public static final Kind BED = new Kind("bed");
  public static final Kind WATER = new Kind("water");
  public static final Kind CHECKIN = new Kind("checkin");

  public Kind {
    Identity.require("Kind", value);
  }

  /** Whether a payload of this kind that can't be read rings all the same (P3). */
  public boolean isAlarmKind() {
    return equals(SOS) || equals(FALL) || equals(SMOKE);
  }

  @Override
  public String toString() {
    return value;
  }
}
