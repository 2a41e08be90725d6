package io.shouwang.drills;

import io.shouwang.model.AreaId;
import io.shouwang.model.Kind;
import java.time.Duration;

/**
 * What an operator wants exercised.
 *
 * @param id the operator's own name for it: the same one twice is one drill
 * @param kind of alert, {@code sos} for the whole alarm ladder
 * @param homes in how many homes of the area
 * @param lasts after which it ends by itself
 * @param messages so many may go out to people in all; what is beyond is held back
 */
public record DrillOrder(
    String id, AreaId area, Kind kind, int homes, Duration lasts, int messages) {
  public static final int HOMES_MAX = 50;

  /** In all drills at a time: the people they ring are the ones that alarms ring. */
  public static final int EXERCISES_MAX = 200;

  public static final int MESSAGES_MAX = 2_000;
  public static final Duration LASTS_MAX = Duration.ofHours(4);

  public DrillOrder {
    require("homes", homes, HOMES_MAX);
    require("messages", messages, MESSAGES_MAX);
    if (lasts.compareTo(Duration.ofMinutes(1)) < 0 || lasts.compareTo(LASTS_MAX) > 0) {
      throw new IllegalArgumentException("a drill lasts from 1 minute to 4 hours");
    }
  }

  private static void require(String what, int value, int most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(what + " must be 1 to " + most);
    }
  }
}
