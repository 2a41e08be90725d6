package io.shouwang.figures;

/** What a sample is of, with its unit; {@code second} is only there where it is said. */
public enum Measured {
  /** Beats a minute. */
  HEART_RATE(0, "bpm"),
  /** Per cent. */
  SPO2(1, "%"),
  /** Degrees Celsius at the wrist. */
  BODY_TEMP(2, "°C"),
  /** mmHg: systolic, and diastolic as the second value. */
  BLOOD_PRESSURE(3, "mmHg"),
  /** A counter that rises, and starts again now and then. */
  STEPS(4, ""),
  /** Per cent. */
  BATTERY(5, "%"),
  /** Litres since the sample before. */
  WATER(6, "L"),
  /** 1 somebody moves, 0 nobody any more. */
  MOTION(7, ""),
  /** 1 open, 0 closed. */
  DOOR(8, ""),
  /** 1 somebody lies in it, 0 nobody. */
  BED(9, ""),
  /** Latitude, longitude as the second value, radius in metres as the third. */
  LOCATION(10, "");

  private static final Measured[] ALL = values();

  /** Its place in {@link #ALL}, as a sample keeps it. */
  final byte code;

  private final String unit;

  Measured(int code, String unit) {
    this.code = (byte) code;
    this.unit = unit;
  }

  /** In one word for an axis; empty for a state or a place. */
  public String unit() {
    return unit;
  }

  /** Whether it is a state that holds until the next sample, drawn as a band. */
  public boolean isState() {
    return this == MOTION || this == DOOR || this == BED;
  }

  static Measured of(byte code) {
    return ALL[code];
  }
}
