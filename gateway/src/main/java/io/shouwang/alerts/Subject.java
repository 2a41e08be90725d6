package io.shouwang.alerts;

import io.shouwang.model.DeviceId;
import io.shouwang.model.ElderId;

/**
 * Whom an alert is about. Two events belong to one alert only if they have the same kind and
 * subject: two elders of one home never share an SOS or fall alert.
 */
public sealed interface Subject {
  /** One elder. */
  record OfElder(ElderId elder) implements Subject {}

  /** Whoever uses a device that is assigned to nobody in person. */
  record OfDevice(DeviceId device) implements Subject {}

  /** The home as a whole: smoke, gas, a fault. */
  record OfHome() implements Subject {}
}
