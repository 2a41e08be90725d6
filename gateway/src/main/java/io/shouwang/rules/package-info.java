/**
 * Stage 3 of 6, pure: what an event means. In: one home, one event. Out: findings with their
 * reasons. No I/O, no clock, no logger.
 */
@NullMarked
package io.shouwang.rules;

import org.jspecify.annotations.NullMarked;
