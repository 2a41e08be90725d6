package io.shouwang.engine;

import io.shouwang.model.HomeId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * When each home must be looked at again: for its alerts, or for what its rules asked for. Entries
 * that a later state has overtaken stay in the queue until their time and are passed over then. The
 * engine's thread only.
 */
final class Deadlines {
  private record Due(Instant at, HomeId home) {}

  private final Map<HomeId, Instant> current = new HashMap<>();
  private final PriorityQueue<Due> queue = new PriorityQueue<>((a, b) -> a.at().compareTo(b.at()));

  /** Sets or clears a home's deadline. */
  void set(HomeId home, @Nullable Instant at) {
    if (at == null) {
      current.remove(home);
      return;
    }
    if (!at.equals(current.put(home, at))) {
      queue.add(new Due(at, home));
    }
    if (queue.size() > 1_000 && queue.size() > 4 * current.size()) {
      queue.clear();
      current.forEach((h, due) -> queue.add(new Due(due, h)));
    }
  }

  /** Takes one home whose deadline has passed; null if there is none. */
  @Nullable HomeId poll(Instant now) {
    while (true) {
      Due due = queue.peek();
      if (due == null || due.at().isAfter(now)) {
        return null;
      }
      queue.remove();
      if (due.at().equals(current.get(due.home()))) {
        current.remove(due.home());
        return due.home();
      }
    }
  }

  /** The earliest deadline, perhaps an overtaken one; null if there is none. */
  @Nullable Instant next() {
    Due due = queue.peek();
    return due == null ? null : due.at();
  }
}
