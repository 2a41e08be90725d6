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
    DutySettings duties) {

  /** What an empty {@code rules.yaml} means. */
  public static final Limits STANDARD =
      new Limits(
          EmergencySettings.STANDARD,
          InactivitySettings.STANDARD,
          LocationSettings.STANDARD,
          VitalsSettings.STANDARD,
          DeviceSettings.STANDARD,
          DutySettings.STANDARD);

  public Limits withEmergency(EmergencySettings other) {
    return new Limits(other, inactivity, location, vitals, devices, duties);
  }

  public Limits withInactivity(InactivitySettings other) {
    return new Limits(emergency, other, location, vitals, devices, duties);
  }

  public Limits withLocation(LocationSettings other) {
    return new Limits(emergency, inactivity, other, vitals, devices, duties);
  }

  public Limits withVitals(VitalsSettings other) {
    return new Limits(emergency, inactivity, location, other, devices, duties);
  }

  public Limits withDevices(DeviceSettings other) {
    return new Limits(emergency, inactivity, location, vitals, other, duties);
  }

  public Limits withDuties(DutySettings other) {
    return new Limits(emergency, inactivity, location, vitals, devices, other);
  }
}
