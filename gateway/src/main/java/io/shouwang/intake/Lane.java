package io.shouwang.intake;

import io.shouwang.model.DeviceEvent;
import io.shouwang.model.Signal;

/** The two ways in. What is in {@link #ALARM} is decided first, however much telemetry waits. */
public enum Lane {
  ALARM,
  TELEMETRY;

  /**
   * An event's lane: by what it is about and not by whether it rings, so that a cancel doesn't pass
   * its press.
   */
  public static Lane of(DeviceEvent event) {
    return event.kind().isAlarmKind() || event.signal() instanceof Signal.Hazard
        ? ALARM
        : TELEMETRY;
  }
}
