/**
 * What a home's sensors add up to, kept small enough for a million homes: pure values that learn
 * from one sign to the next. Knows only the model: no I/O, no clock, no logger.
 */
@NullMarked
package io.shouwang.senses;

import org.jspecify.annotations.NullMarked;
