package io.shouwang.rules;

/**
 * The numbers that each rule goes by, for one home or elder: the city's, with what an area, a home
 * or an elder has of its own. A record for each rule, each with its standard values.
 */
public record Limits(
    EmergencySettings emergency,
    InactivitySettings inactivity,
    LocationSettings location,
    VitalsSettings vitals,
    DeviceSettings devices,
    DutySettings duties,
    AreaSettings area) {

  /** What an empty {@code rules.yaml} means. */
  public static final Limits STANDARD =
      new Limits(
          EmergencySettings.STANDARD,
          InactivitySettings.STANDARD,
          LocationSettings.STANDARD,
          VitalsSettings.STANDARD,
          DeviceSettings.STANDARD,
          DutySettings.STANDARD,
          AreaSettings.STANDARD);

  public Limits withEmergency(EmergencySettings other) {
    return new Limits(other, inactivity, location, vitals, devices, duties, area);
  }

  public Limits withInactivity(InactivitySettings other) {
    return new Limits(emergency, other, location, vitals, devices, duties, area);
  }

  public Limits withLocation(LocationSettings other) {
    return new Limits(emergency, inactivity, other, vitals, devices, duties, area);
  }

  public Limits withVitals(VitalsSettings other) {
    return new Limits(emergency, inactivity, location, other, devices, duties, area);
  }

  public Limits withDevices(DeviceSettings other) {
    return new Limits(emergency, inactivity, location, vitals, other, duties, area);
  }

  public Limits withDuties(DutySettings other) {
    return new Limits(emergency, inactivity, location, vitals, devices, other, area);
  }

  public Limits withArea(AreaSettings other) {
    return new Limits(emergency, inactivity, location, vitals, devices, duties, other);
  }
}
