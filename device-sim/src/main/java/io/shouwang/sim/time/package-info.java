/** Time as an argument: what the simulator knows of clocks, waiting and appointments. */
@NullMarked
package io.shouwang.sim.time;

import org.jspecify.annotations.NullMarked;
