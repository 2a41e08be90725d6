package io.shouwang.rules;

import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;

/**
 * What a device must do to count as protection, and what of its troubles rings. Everything is
 * always shown by {@link Protection}; a city of a million homes has thousands of flat batteries on
 * any day, so the waits are generous, and what nobody needs to be woken for only shows.
 *
 * @param enabled false switches the rule off: nothing of this rings, all of it shows
 * @param reportsEvery how often a device of a type reports at the latest, by type
 * @param reportsEveryOfModel the same by model; goes before the type
 * @param reportsEveryElse for all other types
 * @param missed so many reports missed in a row, and it counts as silent
 * @param offlineDwell silent so much longer, and it rings, by type; also how long a device may have
 *     said goodbye. A hub's silence is that of all under it, and may be a street's power
 * @param offlineDwellElse for all other types: longer than a night, since elders leave coverage,
 *     charge, and switch off when they sleep
 * @param batteryLowPct low at this and below
 * @param batteryFinePct low no longer at this and above
 * @param notWornAfter so much waking time off the wrist
 * @param wakingFrom when people are up
 * @param wakingTo when they no longer are
 * @param testEvery how often a device of a type must be tried out from end to end, by type: a
 *     press, or a smoke alarm's test button. What isn't listed need not be
 * @param localModels those that only sound on site and never report
 * @param ringOffline whether it rings, or only shows
 * @param ringBattery whether it rings, or only shows
 * @param ringNotWorn whether it rings, or only shows: two of three never wear it, so an office
 *     switches it on for the elders for whom it matters
 * @param ringTestOverdue whether it rings, or only shows: the list of what is overdue is work for a
 *     visit, not for a night
 */
public record DeviceSettings(
    boolean enabled,
    Map<String, Duration> reportsEvery,
    Map<String, Duration> reportsEveryOfModel,
    Duration reportsEveryElse,
    int missed,
    Map<String, Duration> offlineDwell,
    Duration offlineDwellElse,
    int batteryLowPct,
    int batteryFinePct,
    Duration notWornAfter,
    LocalTime wakingFrom,
    LocalTime wakingTo,
    Map<String, Duration> testEvery,
    List<String> localModels,
    boolean ringOffline,
    boolean ringBattery,
    boolean ringNotWorn,
    boolean ringTestOverdue) {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  public DeviceSettings {
    reportsEvery = Map.copyOf(reportsEvery);
    reportsEveryOfModel = Map.copyOf(reportsEveryOfModel);
    offlineDwell = Map.copyOf(offlineDwell);
    testEvery = Map.copyOf(testEvery);
    localModels = List.copyOf(localModels);
    reportsEvery.forEach((type, every) -> require("reportsEvery", every, MINUTE, 31));
    reportsEveryOfModel.forEach(
        (model, every) -> require("reportsEveryOfModel", every, MINUTE, 31));
    testEvery.forEach((type, every) -> require("testEvery", every, Duration.ofHours(1), 3_660));
    require("reportsEveryElse", reportsEveryElse, MINUTE, 31);
    offlineDwell.forEach((type, dwell) -> require("offlineDwell", dwell, Duration.ZERO, 31));
    require("offlineDwellElse", offlineDwellElse, Duration.ZERO, 31);
    require("notWornAfter", notWornAfter, MINUTE, 31);
    if (missed < 1 || missed > 100) {
      throw new IllegalArgumentException("missed must be from 1 to 100");
    }
    if (batteryLowPct < 0 || batteryLowPct >= batteryFinePct || batteryFinePct > 100) {
      throw new IllegalArgumentException("batteryLowPct must be below batteryFinePct, both in %");
    }
    if (!wakingFrom.isBefore(wakingTo)) {
      throw new IllegalArgumentException("wakingFrom must be before wakingTo");
    }
  }

  private static void require(String what, Duration value, Duration least, long mostDays) {
    if (value.compareTo(least) < 0 || value.compareTo(Duration.ofDays(mostDays)) > 0) {
      throw new IllegalArgumentException(
          what + " must be from " + least + " to " + Duration.ofDays(mostDays));
    }
  }

  /** A bracelet reports every eight minutes; what lives on a battery for years, thrice a day. */
  public static final DeviceSettings STANDARD =
      new DeviceSettings(
          true,
          Map.of(
              "bracelet", Duration.ofMinutes(8),
              "watch", Duration.ofMinutes(8),
              "phone", Duration.ofMinutes(30),
              "hub", Duration.ofMinutes(30)),
          Map.of(),
          Duration.ofHours(8),
          3,
          Map.of("hub", Duration.ofMinutes(30)),
          Duration.ofHours(12),
          20,
          30,
          Duration.ofHours(6),
          LocalTime.of(7, 0),
          LocalTime.of(21, 0),
          Map.of("button", Duration.ofDays(30), "smoke", Duration.ofDays(180)),
          List.of(),
          true,
          true,
          false,
          false);

  /** How much longer a device of a type must be silent before it rings. */
  public Duration dwell(String type) {
    return offlineDwell.getOrDefault(type, offlineDwellElse);
  }

  /** From when on a device that is not heard counts as silent. */
  public Duration silentAfter(String type, String model) {
    Duration every = reportsEveryOfModel.get(model);
    return (every == null ? reportsEvery.getOrDefault(type, reportsEveryElse) : every)
        .multipliedBy(missed);
  }
}
