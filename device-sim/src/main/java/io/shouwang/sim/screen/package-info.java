/** What people see: lines with time stamps, and an alert laid out as a person reads it. */
@NullMarked
package io.shouwang.sim.screen;

import org.jspecify.annotations.NullMarked;
