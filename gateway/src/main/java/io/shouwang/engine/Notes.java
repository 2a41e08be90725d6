package io.shouwang.engine;

import io.shouwang.model.AlertId;
import io.shouwang.model.ElderId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What people wrote, kept apart from the facts so that it can be erased. A note goes with its
 * alert; of those about contacts an elder has the latest few. Written by the engine's thread, read
 * by any.
 */
final class Notes {
  /**
   * A note.
   *
   * @param number of the input that brought it, which is in the timeline
   */
  record Note(AlertId alert, long number, String text) {}

  /**
   * A note about a contact with an elder.
   *
   * @param key the contact's
   */
  record CareNote(ElderId elder, long key, String text) {}

  private static final int PER_ALERT_MAX = 200;
  private static final int PER_ELDER_MAX = 8;

  private final Map<AlertId, List<Note>> byAlert = new ConcurrentHashMap<>();

  private final Map<ElderId, List<CareNote>> byElder = new ConcurrentHashMap<>();

  List<CareNote> of(ElderId elder) {
    return byElder.getOrDefault(elder, List.of());
  }

  List<CareNote> allOfContacts() {
    return byElder.values().stream().flatMap(List::stream).toList();
  }

  /** Keeps it as one of the latest of its elder. */
  void keep(CareNote note) {
    byElder.compute(
        note.elder(),
        (_, before) -> {
          List<CareNote> all = new ArrayList<>(before == null ? List.of() : before);
          if (all.size() >= PER_ELDER_MAX) {
            all.removeFirst();
          }
          all.add(note);
          return List.copyOf(all);
        });
  }

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
