/** Drills: the real ladder rung as an exercise, within a budget, and who answered when. */
@NullMarked
package io.shouwang.drills;

import org.jspecify.annotations.NullMarked;
