package io.shouwang.ingest.mqtt;

import io.shouwang.host.Clock;
import io.shouwang.ingest.mqtt.MqttSettings.Limits;
import io.shouwang.intake.Credentials;
import io.shouwang.model.Directory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * What every connection of an endpoint shares.
 *
 * @param heldBytesInAll payload bytes that wait for a full lane, over all connections
 */
record Services(
    Limits limits,
    Credentials credentials,
    Supplier<Directory> directory,
    Mailbox mailbox,
    Clock clock,
    Sessions sessions,
    Door door,
    LoopRooms rooms,
    AtomicLong heldBytesInAll,
    MqttCounters counters,
    RefusalLog log) {}
