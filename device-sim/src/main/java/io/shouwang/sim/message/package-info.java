/** The contract's JSON: what devices say, what they hear, what responders are told and answer. */
@NullMarked
package io.shouwang.sim.message;

import org.jspecify.annotations.NullMarked;
