package io.shouwang.alerts;

import io.shouwang.model.DeviceId;
import io.shouwang.model.EventKey;
import java.time.Instant;

/** An alarm event of the last days, so that a resend is recognized (P4). */
public record SeenEvent(
    DeviceId device,
    EventKey key,
    long idHash,
    boolean identified,
    int packetId,
    Instant receivedAt) {}
