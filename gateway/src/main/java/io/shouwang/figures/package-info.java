/**
 * What the room is told by numbers: the latest readings of each home, what devices said that nobody
 * could read, and how much the room has to answer. Fed by what is on disk alone; decides nothing,
 * and may be gone without an alarm being late.
 */
@NullMarked
package io.shouwang.figures;

import org.jspecify.annotations.NullMarked;
