package io.shouwang.rules;

import java.time.Duration;
import java.util.Map;

/**
 * What a rule adds to a press, a fall or smoke. Nothing of it delays or silences anything: it is
 * news for the alert that rings already.
 *
 * @param enabled false switches the rule off; alarms ring all the same
 * @param fallMotionWithin somebody who fell and gets up is seen to move by then
 * @param smokeMotionWithin somebody who hears a smoke alarm is seen to move by then
 * @param cancelWithin by model: a watch of this model that is taken off its charger may press by
 *     itself, and cancels within this. A model that isn't listed has no such window
 */
public record EmergencySettings(
    boolean enabled,
    Duration fallMotionWithin,
    Duration smokeMotionWithin,
    Map<String, Duration> cancelWithin) {

  private static final Duration MOST = Duration.ofHours(2);

  public EmergencySettings {
    cancelWithin = Map.copyOf(cancelWithin);
    require("fallMotionWithin", fallMotionWithin);
    require("smokeMotionWithin", smokeMotionWithin);
    cancelWithin.forEach((model, within) -> require("cancelWithin", within));
  }

  private static void require(String what, Duration value) {
    if (value.compareTo(Duration.ofSeconds(1)) < 0 || value.compareTo(MOST) > 0) {
      throw new IllegalArgumentException(what + " must be from PT1S to " + MOST);
    }
  }

  public static final EmergencySettings STANDARD =
      new EmergencySettings(true, Duration.ofMinutes(10), Duration.ofMinutes(3), Map.of());
}
