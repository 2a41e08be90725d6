package io.shouwang.figures;

import io.shouwang.model.DeviceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One value that a device said.
 *
 * @param at when it was measured, in engine time
 * @param value in the unit of what it is
 * @param second the other value of a pair; NaN where there is none
 * @param third the third of a place; NaN where there is none
 * @param room where the device hangs, in its own word; null when not said
 */
public record Sample(
    Measured what,
    DeviceId device,
    Instant at,
    double value,
    double second,
    double third,
    @Nullable String room) {}
