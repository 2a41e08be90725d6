package io.shouwang.engine;

import io.shouwang.model.AlertId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What people wrote, kept apart from the facts so that it can be erased. A note goes with its
 * alert. Written by the engine's thread, read by any.
 */
final class Notes {
  /**
   * A note.
   *
   * @param number of the input that brought it, which is in the timeline
   */
  record Note(AlertId alert, long number, String text) {}

  private static final int PER_ALERT_MAX = 200;

  private final Map<AlertId, List<Note>> byAlert = new ConcurrentHashMap<>();

  List<Note> of(AlertId alert) {
    return byAlert.getOrDefault(alert, List.of());
  }

  void keep(AlertId alert, long number, String text) {
    byAlert.compute(
        alert,
        (_, before) -> {
          List<Note> all = new ArrayList<>(before == null ? List.of() : before);
          if (all.size() >= PER_ALERT_MAX) {
            all.removeFirst();
          }
          all.add(new Note(alert, number, text));
          return List.copyOf(all);
        });
  }

  void forget(AlertId alert) {
    byAlert.remove(alert);
  }

  List<Note> all() {
    return byAlert.values().stream().flatMap(List::stream).toList();
  }
}
