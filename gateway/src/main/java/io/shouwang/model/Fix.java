package io.shouwang.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a device says it is. Degrees in WGS-84, whatever datum the device spoke: what it said is
 * converted where it is read, and the event's payload keeps it as it came.
 *
 * @param accuracyM radius in metres, null when not said
 * @param fixAt when the position was taken by the device's clock, null when not said
 * @param source {@code gnss}, {@code wifi}, {@code cell}, or null when not said
 * @param datum {@link #WGS84}; something else only in what was remembered before positions were
 *     converted
 */
public record Fix(
    double lat,
    double lon,
    @Nullable Double accuracyM,
    @Nullable Instant fixAt,
    @Nullable String source,
    String datum) {
  public static final String WGS84 = "wgs84";
}
