/** The channel over MQTT: responders' {@code alerts} topics and the wearer's {@code down} topic. */
@NullMarked
package io.shouwang.notify.mqtt;

import org.jspecify.annotations.NullMarked;
