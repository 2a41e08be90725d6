/**
 * The main job from outside: a real gateway with the demo configuration on loopback, and the
 * clients that vendors and responders use.
 */
@NullMarked
package io.shouwang.endtoend;

import org.jspecify.annotations.NullMarked;
