/**
 * The open-loop load generator: intended send times, what became of each message, and the check at
 * the end.
 */
@NullMarked
package io.shouwang.sim.load;

import org.jspecify.annotations.NullMarked;
