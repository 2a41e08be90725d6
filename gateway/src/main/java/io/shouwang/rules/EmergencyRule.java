package io.shouwang.rules;

import io.shouwang.model.DeviceEvent;
import io.shouwang.model.DeviceId;
import io.shouwang.model.Directory.Placement;
import io.shouwang.model.Kind;
import io.shouwang.model.Signal;
import io.shouwang.rules.Evidence.What;
import io.shouwang.rules.Sight.OpenAlert;
import io.shouwang.senses.DeviceSense;
import io.shouwang.senses.Life;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What else is known about an alarm that rings: smoke in a second room, somebody moving after a
 * fall or nobody, a press that a charger may have made. News only: it neither raises nor closes,
 * delays nor silences an alert.
 */
public final class EmergencyRule implements Rule {
  public static final String NAME = "emergency";

  /** Infrared sees the fall itself. */
  private static final Duration FALL_LASTS = Duration.ofMinutes(1);

  /** Smoke in more places than this is smoke everywhere. */
  private static final int PLACES_MAX = 5;

  private static final String MOTION_SENSOR = "motion";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void judge(Sight sight, Findings findings) {
    List<OpenAlert> open = sight.openAlerts();
    if (open.isEmpty()) {
      return;
    }
    EmergencySettings settings = sight.limits().emergency();
    if (!settings.enabled()) {
      return;
    }
    DeviceEvent event = sight.event();
    for (OpenAlert alert : open) {
      if (alert.kind().equals(Kind.FALL)) {
        fallen(sight, settings, alert, findings);
      } else if (alert.kind().equals(Kind.SMOKE)) {
        smoke(sight, settings, alert, findings);
        if (event != null && event.kind().equals(Kind.SMOKE)) {
          places(alert, event.device(), findings, sight.now());
        }
      } else if (event != null
          && alert.kind().equals(Kind.SOS)
          && event.signal() instanceof Signal.Sos sos) {
        pressed(sight, settings, alert, event, sos, findings);
      }
    }
  }

  private static void fallen(
      Sight sight, EmergencySettings settings, OpenAlert alert, Findings findings) {
    Instant fell = alert.raisedAt();
    for (Evidence one : alert.evidence()) {
      fell = one.what() == What.CANCEL ? fell : one.receivedAt();
    }
    Instant moved = Instant.ofEpochMilli(sight.senses().life().insideAt());
    String key = "." + alert.id();
    if (moved.isAfter(fell.plus(FALL_LASTS))) {
      findings.news(
          Kind.FALL, "fall_motion" + key, false, finding("fall_motion", alert, fell, at(moved)));
      return;
    }
    Instant due = fell.plus(settings.fallMotionWithin());
    if (due.isAfter(sight.now())) {
      findings.lookAt(due);
    } else if (couldSee(sight, true)) {
      findings.news(
          Kind.FALL,
          "fall_still" + key,
          true,
          finding("fall_still", alert, fell, minutes(settings.fallMotionWithin())));
    }
  }

  private static void smoke(
      Sight sight, EmergencySettings settings, OpenAlert alert, Findings findings) {
    Instant began = alert.raisedAt();
    Life life = sight.senses().life();
    Instant moved = Instant.ofEpochMilli(life.insideAt());
    String key = "." + alert.id();
    if (moved.isAfter(began)) {
      findings.news(
          Kind.SMOKE,
          "smoke_motion" + key,
          false,
          finding("smoke_motion", alert, began, at(moved)));
      return;
    }
    Instant due = began.plus(settings.smokeMotionWithin());
    if (due.isAfter(sight.now())) {
      findings.lookAt(due);
    } else if (couldSee(sight, false)) {
      boolean maybeOut = life.isAfterDoor();
      Figure waited = minutes(settings.smokeMotionWithin());
      findings.news(
          Kind.SMOKE,
          "smoke_still" + key,
          !maybeOut,
          maybeOut
              ? finding(
                  "smoke_still_out", alert, began, waited, at(Instant.ofEpochMilli(life.doorAt())))
              : finding("smoke_still", alert, began, waited));
    }
  }

  /** Silence says something only where somebody would be seen. */
  private static boolean couldSee(Sight sight, boolean alsoWorn) {
    for (Placement placement : sight.devices()) {
      DeviceSense sense = sight.senses().device(placement.device());
      if (sense == null
          || Protection.isSilent(placement, sense, sight.limits().devices(), sight.now())) {
        continue;
      }
      boolean countsSteps =
          alsoWorn
              && sense.vitals() != null
              && sense.vitals().stepsToday() >= 0
              && !Protection.isOff(sense);
      if (placement.type().equals(MOTION_SENSOR) || countsSteps) {
        return true;
      }
    }
    return false;
  }

  /** Two alarms of one home, or one that speaks for two rooms. */
  private static void places(OpenAlert alert, DeviceId device, Findings findings, Instant now) {
    Set<String> places = new LinkedHashSet<>();
    Set<DeviceId> named = new LinkedHashSet<>();
    for (Evidence one : alert.evidence()) {
      boolean burns =
          one.what() == What.SMOKE || one.what() == What.UNKNOWN || one.what() == What.UNREADABLE;
      if (burns && one.room() != null) {
        places.add(one.room());
        named.add(one.device());
      }
    }
    for (Evidence one : alert.evidence()) {
      boolean burns =
          one.what() == What.SMOKE || one.what() == What.UNKNOWN || one.what() == What.UNREADABLE;
      if (burns && !named.contains(one.device())) {
        places.add(one.device().value());
      }
    }
    if (places.size() >= 2 && places.size() <= PLACES_MAX) {
      findings.news(
          Kind.SMOKE,
          "smoke_spreads." + places.size() + "." + alert.id(),
          true,
          finding(
              "smoke_spreads",
              alert,
              now,
              Figure.of("places", places.size()),
              new Figure("where", String.join(", ", places)),
              new Figure("last", device.value())));
    }
  }

  private static void pressed(
      Sight sight,
      EmergencySettings settings,
      OpenAlert alert,
      DeviceEvent event,
      Signal.Sos sos,
      Findings findings) {
    if (!concerns(alert, event.device())) {
      return;
    }
    Placement placement = sight.directory().placement(event.device());
    if (sos.action() == Signal.Sos.Action.CANCEL) {
      Duration within = placement == null ? null : settings.cancelWithin().get(placement.model());
      Duration took = within == null ? null : sincePress(alert, event, sight.now());
      if (within != null && took != null && took.compareTo(within) <= 0) {
        findings.news(
            Kind.SOS,
            "sos_cancelled." + alert.id(),
            false,
            finding(
                "sos_cancelled",
                alert,
                sight.now(),
                Figure.of("seconds", took.toSeconds()),
                Figure.of("window_seconds", within.toSeconds())));
      }
      return;
    }
    DeviceSense before = sight.sensesBefore().device(event.device());
    if (before != null && before.charging() == 1) {
      findings.news(
          Kind.SOS,
          "sos_charger." + alert.id(),
          false,
          finding("sos_charger", alert, sight.now(), at(Instant.ofEpochMilli(before.healthAt()))));
    }
  }

  private static boolean concerns(OpenAlert alert, DeviceId device) {
    for (Evidence one : alert.evidence()) {
      if (one.device().equals(device)) {
        return true;
      }
    }
    return false;
  }

  /** By the device's own clock where it told both times, else by ours; null without a press. */
  private static @Nullable Duration sincePress(OpenAlert alert, DeviceEvent cancel, Instant now) {
    for (Evidence one : alert.evidence().reversed()) {
      if (one.device().equals(cancel.device()) && one.what() == What.PRESS) {
        Instant pressed = one.at();
        Instant cancelled = cancel.at();
        boolean byDevice = pressed != null && cancelled != null && !cancelled.isBefore(pressed);
        return byDevice
            ? Duration.between(pressed, cancelled)
            : Duration.between(one.receivedAt(), now);
      }
    }
    return null;
  }

  private static Figure at(Instant when) {
    return new Figure("seen_at", when.toString());
  }

  private static Figure minutes(Duration duration) {
    return Figure.of("minutes", duration.toMinutes());
  }

  /** About whom the alert is. */
  private static Finding finding(String code, OpenAlert alert, Instant since, Figure... figures) {
    return new Finding(NAME, code, alert.elder(), alert.device(), since, List.of(figures));
  }
}
