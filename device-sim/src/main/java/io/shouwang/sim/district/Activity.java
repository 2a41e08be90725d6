package io.shouwang.sim.district;

/** What a person does for a while. */
enum Activity {
  SLEEP(0),
  /** Up for the toilet at night. */
  NIGHT_VISIT(4),
  /** Washing, dressing, breakfast. */
  MORNING(11),
  CHORES(12),
  MEAL(5),
  /** Television, reading, telephone: hardly a movement. */
  SIT(0.5),
  NAP(0),
  /** A long rest on purpose, hours in daytime. */
  LIE_DOWN(0),
  /** A bedridden or ill person's hours in bed. */
  IN_BED(0.1),
  /** Somebody is there. */
  HOST(6),
  OUT(45),
  AWAY(30),
  HOSPITAL(0),
  /** On the floor, or too ill to move. */
  DOWN(0),
  /** Found: helpers are in the home. */
  RESCUE(0);

  private final double stepsAMinute;

  Activity(double stepsAMinute) {
    this.stepsAMinute = stepsAMinute;
  }

  double stepsAMinute() {
    return stepsAMinute;
  }

  boolean isAtHome() {
    return this != OUT && this != AWAY && this != HOSPITAL;
  }

  boolean isInBed() {
    return this == SLEEP || this == NAP || this == LIE_DOWN || this == IN_BED;
  }

  boolean isUpAtHome() {
    return isAtHome() && !isInBed() && this != DOWN;
  }
}
