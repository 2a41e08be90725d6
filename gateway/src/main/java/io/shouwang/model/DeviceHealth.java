package io.shouwang.model;

import org.jspecify.annotations.Nullable;

/**
 * What a device says of itself, with an event of any kind; null for what it did not say.
 *
 * @param batteryPct 0 to 100
 */
public record DeviceHealth(
    @Nullable Integer batteryPct,
    @Nullable Boolean worn,
    @Nullable Boolean charging,
    @Nullable Boolean online) {}
