/**
 * Lives with a known truth: people, their days and their mishaps, and what sensors make of them.
 *
 * <p>The generation is pure: a home's life follows from the seed, its number, the first day and the
 * zone alone. Time inside is local civil time in seconds since 1970-01-01T00:00 of the zone; {@link
 * io.shouwang.sim.district.Civil} turns it into instants at the door. Nothing here is thread-safe.
 */
@NullMarked
package io.shouwang.sim.district;

import org.jspecify.annotations.NullMarked;
