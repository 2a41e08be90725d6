package io.shouwang.console;

import io.shouwang.model.Operator;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Who operates the gateway. Any thread; must not block. */
@FunctionalInterface
public interface Operators {
  /** The operator whose Bearer token this is; empty for any other text. */
  Optional<Operator> byToken(String bearer);

  /** All there are. */
  default Collection<Operator> all() {
    return List.of();
  }
}
