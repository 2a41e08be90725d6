package io.shouwang.console;

import io.shouwang.model.Operator;
import java.util.Optional;

/** Who operates the gateway. Any thread; must not block. */
@FunctionalInterface
public interface Operators {
  /** The operator whose Bearer token this is; empty for any other text. */
  Optional<Operator> byToken(String bearer);
}
