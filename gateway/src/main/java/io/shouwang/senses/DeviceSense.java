package io.shouwang.senses;

import io.shouwang.model.DeviceEvent;
import io.shouwang.model.DeviceHealth;
import io.shouwang.model.DeviceId;
import io.shouwang.model.Fix;
import io.shouwang.model.Signal;
import org.jspecify.annotations.Nullable;

/**
 * What one device has been heard to say. Times are milliseconds of the epoch in engine time; 0 is
 * never.
 *
 * @param heardAt when it was last heard, whatever it said
 * @param clock how its clock differs from ours
 * @param batteryPct 0 to 100, or {@link #UNKNOWN}
 * @param worn 0, 1 or {@link #UNKNOWN}
 * @param wornAt since when that holds
 * @param charging 0, 1 or {@link #UNKNOWN}
 * @param online what it, or its will, said last: 0, 1 or {@link #UNKNOWN}
 * @param onlineAt since when that holds
 * @param testedAt its last press or test from end to end
 * @param vitals null for a device that measures none
 * @param track null for a device that knows no place
 */
public record DeviceSense(
    DeviceId device,
    long heardAt,
    ClockOffset clock,
    int batteryPct,
    int worn,
    long wornAt,
    int charging,
    int online,
    long onlineAt,
    long testedAt,
    @Nullable Vitals vitals,
    @Nullable Track track) {

  public static final int UNKNOWN = -1;

  static DeviceSense of(DeviceId device) {
    return new DeviceSense(
        device, 0, ClockOffset.UNKNOWN, UNKNOWN, UNKNOWN, 0, UNKNOWN, UNKNOWN, 0, 0, null, null);
  }

  /**
   * When the event happened, in engine time: the device's own time corrected by its clock's offset
   * where that can be believed, else the time it was received. Never in the future.
   */
  public long happenedAt(DeviceEvent event, long nowMillis) {
    return clock.engineTime(event.at(), nowMillis);
  }

  DeviceSense hear(DeviceEvent event, long nowMillis) {
    Fix fix = fixOf(event.signal());
    ClockOffset offset =
        clock.observe(event.at() == null && fix != null ? fix.fixAt() : event.at(), nowMillis);
    DeviceHealth health = event.health();
    int newWorn = worn;
    long newWornAt = wornAt;
    int newBattery = batteryPct;
    int newCharging = charging;
    int newOnline = online == 0 ? 1 : online;
    long newOnlineAt = online == 0 ? nowMillis : onlineAt;
    if (health != null) {
      newBattery = health.batteryPct() == null ? batteryPct : health.batteryPct();
      newCharging = health.charging() == null ? charging : flag(health.charging());
      if (health.worn() != null && flag(health.worn()) != worn) {
        newWorn = flag(health.worn());
        newWornAt = nowMillis;
      }
      if (health.online() != null) {
        boolean changed = flag(health.online()) != online;
        newOnline = flag(health.online());
        newOnlineAt = changed ? nowMillis : onlineAt;
      }
    }
    Vitals newVitals = vitals;
    if (event.signal() instanceof Signal.Vitals said) {
      newVitals = (vitals == null ? Vitals.NONE : vitals).hear(said, event, this, nowMillis);
    }
    Track newTrack = track;
    if (fix != null) {
      newTrack = (track == null ? Track.NONE : track).hear(fix, event.at(), offset, nowMillis);
    }
    return new DeviceSense(
        device,
        nowMillis,
        offset,
        newBattery,
        newWorn,
        newWornAt,
        newCharging,
        newOnline,
        newOnlineAt,
        isTest(event) ? nowMillis : testedAt,
        newVitals,
        newTrack);
  }

  private static @Nullable Fix fixOf(Signal signal) {
    return switch (signal) {
      case Signal.Position position -> position.fix();
      case Signal.Sos sos -> sos.fix();
      case Signal.Fall fall -> fall.fix();
      case Signal.Hazard _, Signal.Telemetry _, Signal.Unreadable _ -> null;
    };
  }

  private static boolean isTest(DeviceEvent event) {
    return event.signal() instanceof Signal.Sos
        || (event.signal() instanceof Signal.Hazard hazard
            && hazard.state() == Signal.Hazard.State.TEST);
  }

  private static int flag(boolean value) {
    return value ? 1 : 0;
  }
}
