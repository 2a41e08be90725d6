/**
 * Stage 4 of 6, pure: an alert's life and its ladder. In: a home, an input, the time. Out: facts.
 * No I/O, no clock, no logger.
 */
@NullMarked
package io.shouwang.alerts;

import org.jspecify.annotations.NullMarked;
