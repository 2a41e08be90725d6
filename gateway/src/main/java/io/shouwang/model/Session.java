package io.shouwang.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A client's MQTT session that outlives its connection (MQTT 5.0 section 4.1). What waits for the
 * client is not here: that is an alert's deliveries.
 *
 * @param client the MQTT client id: a device's id, or a responder's with an optional suffix
 * @param expirySeconds how long it is kept after the connection ended
 * @param subscribedQos the QoS granted on the client's one topic, or null while not subscribed
 * @param endedAt when its connection ended; null while connected
 */
public record Session(
    String client,
    long expirySeconds,
    @Nullable Integer subscribedQos,
    @Nullable Instant endedAt) {}
