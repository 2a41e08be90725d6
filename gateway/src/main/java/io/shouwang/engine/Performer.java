package io.shouwang.engine;

import io.shouwang.alerts.Effect;
import io.shouwang.journal.Receipt;
import java.util.List;

/** Does outside what was decided: rings, tells. Called on the engine's thread; must not block. */
@FunctionalInterface
public interface Performer {
  void perform(Receipt receipt, List<Effect> effects);
}
