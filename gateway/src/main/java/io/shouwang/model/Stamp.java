package io.shouwang.model;

import java.time.Instant;

/**
 * When and where in the sequence an input was taken in.
 *
 * @param number rises by one with each input, over restarts
 * @param now engine time: never goes back; in milliseconds
 */
public record Stamp(long number, Instant now) {}
