package io.shouwang.engine;

import io.shouwang.alerts.Fact;
import io.shouwang.model.HomeId;
import io.shouwang.model.Input;
import io.shouwang.model.Stamp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One input as journalled: when it was taken in, and what was decided.
 *
 * @param home whose facts they are; null when there are none
 */
public record Decided(Stamp stamp, Input input, @Nullable HomeId home, List<Fact> facts) {}
