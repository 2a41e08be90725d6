/** A responder: hears alerts, answers by keys or by a script. */
@NullMarked
package io.shouwang.sim.responder;

import org.jspecify.annotations.NullMarked;
