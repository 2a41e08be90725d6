package io.shouwang.intake;

import io.shouwang.model.Input;

/**
 * One input on its way in.
 *
 * @param receivedNanos when its bytes were read, on the gateway's monotonic clock
 */
public record Submission(
    Input input, Lane lane, long receivedNanos, Acknowledgement acknowledgement) {}
