/**
 * The words everybody shares, as records. Knows nobody: no I/O, no clock, no library. Time is
 * always an argument; instants are truncated to milliseconds.
 */
@NullMarked
package io.shouwang.model;

import org.jspecify.annotations.NullMarked;
