package io.shouwang.rules;

import java.time.Duration;

/**
 * When many homes at once are one incident. It comes on top of what each home rings for, and only
 * after that has gone out.
 *
 * @param enabled false switches the rule off
 * @param fireHomes so many homes of one building with smoke or gas are one fire
 * @param fireWindow within this time
 * @param outageHomes so many homes of one area whose devices fell silent are an outage of power or
 *     network
 * @param outageWindow within this time
 * @param modelHomes so many homes with the same alert by devices of one model are a bad firmware
 * @param modelWindow within this time
 */
public record AreaSettings(
    boolean enabled,
    int fireHomes,
    Duration fireWindow,
    int outageHomes,
    Duration outageWindow,
    int modelHomes,
    Duration modelWindow) {

  public static final AreaSettings STANDARD =
      new AreaSettings(
          true, 2, Duration.ofMinutes(30), 5, Duration.ofHours(1), 20, Duration.ofMinutes(10));

  public AreaSettings {
    if (fireHomes < 2 || outageHomes < 2 || modelHomes < 2) {
      throw new IllegalArgumentException("an incident of one home is no area's");
    }
    requireWindow(fireWindow);
    requireWindow(outageWindow);
    requireWindow(modelWindow);
  }

  private static void requireWindow(Duration window) {
    if (window.isNegative() || window.isZero() || window.compareTo(Duration.ofHours(24)) > 0) {
      throw new IllegalArgumentException("a window lasts from a moment to a day");
    }
  }
}
