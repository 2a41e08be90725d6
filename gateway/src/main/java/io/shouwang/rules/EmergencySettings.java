package io.shouwang.rules;

/**
 * What a rule adds to a press, a fall or smoke.
 *
 * @param enabled false switches the rule off
 */
public record EmergencySettings(boolean enabled) {
  public static final EmergencySettings STANDARD = new EmergencySettings(true);
}
