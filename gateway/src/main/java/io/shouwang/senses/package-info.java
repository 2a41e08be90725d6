/**
 * What a home's devices have been heard to say, remembered: pure and immutable. An event changes it
 * by {@link io.shouwang.senses.Senses#hear}, which looks at nothing but the event, so that recovery
 * and replay need neither rules nor registry for it.
 */
@NullMarked
package io.shouwang.senses;

import org.jspecify.annotations.NullMarked;
