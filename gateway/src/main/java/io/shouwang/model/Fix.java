package io.shouwang.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a device says it is. Degrees in the stated datum, which is passed on unconverted.
 *
 * @param accuracyM radius in metres, null when not said
 * @param fixAt when the position was taken by the device's clock, null when not said
 * @param source {@code gnss}, {@code wifi}, {@code cell}, or null when not said
 * @param datum {@code wgs84}, {@code gcj02} or {@code bd09}
 */
public record Fix(
    double lat,
    double lon,
    @Nullable Double accuracyM,
    @Nullable Instant fixAt,
    @Nullable String source,
    String datum) {}
