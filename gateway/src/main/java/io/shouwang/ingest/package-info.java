/**
 * Stage 1 of 6: turns bytes from the network into inputs, and acknowledges with a Receipt. Knows
 * the wire and the identity of the sender, and nothing about alerts.
 */
@NullMarked
package io.shouwang.ingest;

import org.jspecify.annotations.NullMarked;
