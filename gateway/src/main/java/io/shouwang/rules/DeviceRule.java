package io.shouwang.rules;

import io.shouwang.model.DeviceEvent;
import io.shouwang.model.DeviceId;
import io.shouwang.model.Directory.Placement;
import io.shouwang.model.ElderId;
import io.shouwang.model.Kind;
import io.shouwang.model.Mode;
import io.shouwang.model.Severity;
import io.shouwang.senses.DeviceSense;
import io.shouwang.senses.Vitals;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Devices that were heard and no longer are, run flat, aren't worn or were not tried out: work for
 * a visit. What was never heard doesn't ring here: {@link Protection} shows it.
 */
public final class DeviceRule implements Rule {
  public static final String NAME = "device";
  public static final Kind OFFLINE = new Kind("device_offline");
  public static final Kind BATTERY = new Kind("battery_low");
  public static final Kind NOT_WORN = new Kind("not_worn");
  public static final Kind TEST_OVERDUE = new Kind("test_overdue");

  /** How long until what something else keeps quiet is looked at again. */
  private static final Duration LATER = Duration.ofHours(1);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void judge(Sight sight, Findings findings) {
    DeviceEvent event = sight.event();
    if (event == null) {
      all(sight, findings);
    } else {
      heard(sight, event.device(), findings);
    }
  }

  private static void heard(Sight sight, DeviceId device, Findings findings) {
    DeviceSense after = sight.senses().device(device);
    if (after == null) {
      return;
    }
    DeviceSense before = sight.sensesBefore().device(device);
    boolean isClear = sight.conditions(NAME).isEmpty();
    if (before != null && isClear && isAsBefore(before, after)) {
      DeviceSettings settings = sight.limits(device).devices();
      boolean isFlat = after.batteryPct() <= settings.batteryLowPct();
      boolean isCalm = !isFlat && !settings.ringTestOverdue();
      if (before.batteryPct() == after.batteryPct() || isCalm) {
        return;
      }
    }
    Placement placement = sight.placement(device);
    if (placement != null && sight.home().equals(placement.home())) {
      one(sight, placement, after, findings);
    }
  }

  /** Nothing that brings a look forward, or that holds from here, but for a battery run low. */
  private static boolean isAsBefore(DeviceSense before, DeviceSense after) {
    return before.worn() == after.worn()
        && before.charging() == after.charging()
        && before.online() == after.online()
        && badSince(before.vitals()) == badSince(after.vitals());
  }

  private static long badSince(@org.jspecify.annotations.Nullable Vitals vitals) {
    return vitals == null ? 0 : vitals.badSince();
  }

  private static void all(Sight sight, Findings findings) {
    for (Placement placement : sight.devices()) {
      DeviceSense sense = sight.senses().device(placement.device());
      if (sense != null) {
        one(sight, placement, sense, findings);
      }
    }
    for (Condition condition : sight.conditions(NAME)) {
      endOfNobody(sight, condition, findings);
    }
  }

  /** A device that was taken away leaves nothing to wait for. */
  private static void endOfNobody(Sight sight, Condition condition, Findings findings) {
    String name = condition.key().substring(condition.key().indexOf('.') + 1);
    DeviceId device = new DeviceId(name);
    boolean isThere =
        sight.devices().stream().anyMatch(placement -> placement.device().equals(device));
    if (!isThere) {
      findings.gone(condition.key(), Finding.of(NAME, "left", null, device, sight.now()));
    }
  }

  private static void one(Sight sight, Placement placement, DeviceSense sense, Findings findings) {
    ElderId elder = placement.elder();
    Limits limits = elder == null ? sight.limits() : sight.limits(elder);
    DeviceSettings settings = limits.devices();
    if (!settings.enabled()) {
      for (Condition condition : sight.conditions(NAME)) {
        if (condition.key().endsWith("." + placement.device())) {
          findings.gone(condition.key(), finding("switched_off", placement, sight.now()));
        }
      }
      return;
    }
    if (isBeingWorkedOn(sight, placement.device())) {
      findings.lookAt(sight.now().plus(LATER));
      return;
    }
    offline(sight, settings, placement, sense, findings);
    battery(sight, settings, placement, sense, findings);
    notWorn(sight, settings, placement, sense, findings);
    testOverdue(sight, settings, placement, sense, findings);
  }

  private static boolean isBeingWorkedOn(Sight sight, DeviceId device) {
    for (Mode mode : sight.modes()) {
      boolean isOfIt = mode.device() == null || mode.device().equals(device);
      boolean isWork = mode.kind() == Mode.Kind.MAINTENANCE || mode.kind() == Mode.Kind.TEST;
      if (isOfIt && isWork && mode.holdsAt(sight.now())) {
        return true;
      }
    }
    return false;
  }

  private static void offline(
      Sight sight,
      DeviceSettings settings,
      Placement placement,
      DeviceSense sense,
      Findings findings) {
    Duration limit = settings.silentAfter(placement.type(), placement.model());
    Instant heardAt = Instant.ofEpochMilli(sense.heardAt());
    Instant since = sense.online() == 0 ? Instant.ofEpochMilli(sense.onlineAt()) : heardAt;
    Instant due = since.plus(sense.online() == 0 ? Duration.ZERO : limit);
    due = due.plus(settings.dwell(placement.type()));
    String key = "offline." + placement.device();
    if (due.isAfter(sight.now())) {
      findings.lookAt(due);
      boolean isBack = sense.online() != 0;
      if (isBack && !sight.isClear()) {
        findings.gone(key, finding("back", placement, heardAt));
      }
      return;
    }
    if (!settings.ringOffline()) {
      return;
    }
    if (isHubSilent(sight, settings, placement)) {
      findings.lookAt(sight.now().plus(LATER)); // the hub's own alert says it for all under it
      return;
    }
    findings.holdsOfDevice(
        OFFLINE,
        Severity.MINOR,
        key,
        finding(
            sense.online() == 0 ? "gone_offline" : "silent",
            placement,
            since,
            Figure.of("minutes", Duration.between(since, sight.now()).toMinutes()),
            Figure.of("limit_minutes", limit.toMinutes())));
  }

  private static boolean isHubSilent(Sight sight, DeviceSettings settings, Placement placement) {
    DeviceId hub = placement.hub();
    DeviceSense sense = hub == null ? null : sight.senses().device(hub);
    Placement of = hub == null ? null : sight.directory().placement(hub);
    return sense != null
        && of != null
        && Objects.equals(of.home(), placement.home())
        && Protection.isSilent(of, sense, settings, sight.now());
  }

  private static void battery(
      Sight sight,
      DeviceSettings settings,
      Placement placement,
      DeviceSense sense,
      Findings findings) {
    int percent = sense.batteryPct();
    if (percent == DeviceSense.UNKNOWN) {
      return;
    }
    if (sight.isClear() && percent > settings.batteryLowPct()) {
      return;
    }
    String key = "battery." + placement.device();
    if (percent >= settings.batteryFinePct()) {
      findings.gone(
          key, finding("battery_fine", placement, sight.now(), Figure.of("percent", percent)));
    } else if (percent <= settings.batteryLowPct()
        && sense.charging() != 1
        && settings.ringBattery()) {
      findings.holdsOfDevice(
          BATTERY,
          Severity.MINOR,
          key,
          finding(
              "battery_low",
              placement,
              sight.now(),
              Figure.of("percent", percent),
              Figure.of("limit", settings.batteryLowPct())));
    }
  }

  private static void notWorn(
      Sight sight,
      DeviceSettings settings,
      Placement placement,
      DeviceSense sense,
      Findings findings) {
    long offSince = Protection.offSince(sense);
    if (offSince == 0 && sight.isClear()) {
      return;
    }
    String key = "not_worn." + placement.device();
    if (offSince == 0) {
      findings.gone(key, finding("worn", placement, sight.now()));
      return;
    }
    boolean isExcused =
        sense.charging() == 1 || sight.in(Mode.Kind.AWAY) || sight.in(Mode.Kind.HOSPITAL);
    if (!settings.ringNotWorn()) {
      return;
    }
    if (isExcused) {
      findings.lookAt(sight.now().plus(LATER));
      return;
    }
    WakingHours waking = new WakingHours(settings.wakingFrom(), settings.wakingTo());
    Instant since = Instant.ofEpochMilli(offSince);
    Instant due = waking.after(since, settings.notWornAfter(), sight.local().getZone());
    if (due.isAfter(sight.now())) {
      findings.lookAt(due);
    } else if (!waking.contains(sight.local().toLocalTime())) {
      findings.lookAt(sight.now().plus(LATER));
    } else {
      findings.holdsOfDevice(
          NOT_WORN,
          Severity.MINOR,
          key,
          finding(
              sense.worn() == 0 ? "not_worn" : "bad_contact",
              placement,
              since,
              Figure.of("waking_hours", settings.notWornAfter().toMinutes() / 60.0)));
    }
  }

  private static void testOverdue(
      Sight sight,
      DeviceSettings settings,
      Placement placement,
      DeviceSense sense,
      Findings findings) {
    Duration every = settings.testEvery().get(placement.type());
    if (every == null || !settings.ringTestOverdue()) {
      return;
    }
    String key = "test." + placement.device();
    Instant tested = Instant.ofEpochMilli(sense.testedAt());
    if (!Protection.isTestOverdue(placement, sense, settings, sight.now())) {
      findings.lookAt(tested.plus(every));
      if (!sight.isClear()) {
        findings.gone(key, finding("tested", placement, tested));
      }
      return;
    }
    boolean never = sense.testedAt() == 0;
    findings.holdsOfDevice(
        TEST_OVERDUE,
        Severity.MINOR,
        key,
        finding(
            never ? "never_tested" : "test_overdue",
            placement,
            never ? sight.now() : tested,
            Figure.of("days", every.toDays())));
  }

  private static Finding finding(
      String code, Placement placement, Instant since, Figure... figures) {
    return new Finding(NAME, code, null, placement.device(), since, List.of(figures));
  }
}
