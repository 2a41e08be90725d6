/**
 * Simulated twins of what the gateway asks of its machine, and seeded runs over them. Everything is
 * deterministic: the same seed tells the same story.
 */
@NullMarked
package io.shouwang.simulation;

import org.jspecify.annotations.NullMarked;
