package io.shouwang.engine;

import io.shouwang.alerts.Fact;
import io.shouwang.model.HomeId;
import io.shouwang.model.Input;
import io.shouwang.model.Stamp;
import io.shouwang.senses.Heard;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One input as journalled: when it was taken in, and what was decided.
 *
 * @param home whose facts they are, or who heard the event; null when there are none and nobody did
 * @param heard how the home heard the event; null if none did
 */
public record Decided(
    Stamp stamp, Input input, @Nullable HomeId home, @Nullable Heard heard, List<Fact> facts) {}
