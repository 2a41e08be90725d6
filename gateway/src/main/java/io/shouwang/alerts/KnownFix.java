package io.shouwang.alerts;

import io.shouwang.model.DeviceId;
import io.shouwang.model.Fix;
import java.time.Instant;

/** A device's latest position and when it was received. */
public record KnownFix(DeviceId device, Fix fix, Instant receivedAt) {}
