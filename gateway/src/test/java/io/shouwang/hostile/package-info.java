/**
 * The real gateway over real sockets, as an enemy meets it: who claims to be somebody else, who
 * stalls, who floods, who speaks HTTP or MQTT as no client does. Everything stays on this machine.
 */
@NullMarked
package io.shouwang.hostile;

import org.jspecify.annotations.NullMarked;
