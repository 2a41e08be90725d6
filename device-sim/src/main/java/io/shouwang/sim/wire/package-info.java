/**
 * MQTT as one device or responder uses it: a connection, its identity, and a line that resends
 * until acknowledged.
 */
@NullMarked
package io.shouwang.sim.wire;

import org.jspecify.annotations.NullMarked;
