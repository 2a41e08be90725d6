/**
 * The one thread that owns the state. Takes inputs from two lanes, decides them by the pure core,
 * journals them with their facts in one batch and one sync, and only then lets anything out.
 */
@NullMarked
package io.shouwang.engine;

import org.jspecify.annotations.NullMarked;
