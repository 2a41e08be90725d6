package io.shouwang.senses;

import java.time.Instant;

/**
 * How an event was heard: all that {@link Senses#hear} needs beside the event itself. Journalled
 * with it.
 *
 * @param now engine time at which it was taken in
 * @param offsetSeconds civil time's offset from UTC at that moment, a multiple of a quarter of an
 *     hour
 */
public record Heard(Instant now, int offsetSeconds) {
  public static final int QUARTER_SECONDS = 900;
}
