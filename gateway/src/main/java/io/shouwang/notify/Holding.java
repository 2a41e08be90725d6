package io.shouwang.notify;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.Effect;
import java.util.Optional;

/** A reason to hold a message back. Asked just before it would go out. Any thread. */
@FunctionalInterface
public interface Holding {
  /**
   * Why it is held back, for a timeline; empty to let it go.
   *
   * @param alert as it is now
   */
  Optional<String> holdBack(Effect effect, Alert alert);
}
