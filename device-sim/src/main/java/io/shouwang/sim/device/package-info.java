/** A device with one wearer: says events until acknowledged, and tells the wearer what it hears. */
@NullMarked
package io.shouwang.sim.device;

import org.jspecify.annotations.NullMarked;
