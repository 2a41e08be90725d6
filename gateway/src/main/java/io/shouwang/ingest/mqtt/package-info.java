/**
 * MQTT 3.1.1 and 5.0 for devices and responders, QoS 0 and 1: an ingest gateway and no broker. A
 * client publishes its own topics and subscribes to its one own topic, nothing else.
 *
 * <p>Bytes go through {@link FrameCutter} (bounds), {@link PacketReader} (each clause that makes a
 * packet malformed) and {@link Connection} (what the packet means here). Everything about a
 * connection happens on its event loop. Two intentional deviations from the letter: PUBACKs are not
 * in the order of their PUBLISHes ([MQTT-4.6.0-2]), since a press must not wait behind readings;
 * and a PUBLISH with RETAIN set is taken in although Retain Available 0 is announced, since a
 * device's habit must not cost an alarm.
 */
@NullMarked
package io.shouwang.ingest.mqtt;

import org.jspecify.annotations.NullMarked;
