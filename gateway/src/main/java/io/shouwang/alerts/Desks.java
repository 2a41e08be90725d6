package io.shouwang.alerts;

import io.shouwang.model.Directory.Contact;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Role;
import io.shouwang.model.Synthetic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The duty desks that answer for an alert's home, as the registry in force names them. */
final class Desks {
  private static final Contact SYNTHETIC =
      new Contact(Synthetic.RESPONDER, Role.DUTY_DESK, Role.DUTY_DESK.value());

  private Desks() {}

  /** The levels that have a desk, nearest first. Empty only if the registry has none at all. */
  static List<List<Contact>> levels(Draft draft, Alert alert) {
    if (alert.home().equals(Synthetic.HOME)) {
      return List.of(List.of(SYNTHETIC));
    }
    return draft.world.directory().desks(alert.home(), draft.now()).stream()
        .filter(level -> !level.isEmpty())
        .toList();
  }

  /** The desks of the nearest level and those above it up to one, each once. */
  static List<Contact> upTo(Draft draft, Alert alert, int level) {
    List<List<Contact>> levels = levels(draft, alert);
    Map<ResponderId, Contact> desks = new LinkedHashMap<>();
    for (int i = 0; i <= Math.min(level, levels.size() - 1); i++) {
      levels.get(i).forEach(desk -> desks.putIfAbsent(desk.responder(), desk));
    }
    return new ArrayList<>(desks.values());
  }

  /**
   * Whether somebody answers as a desk: by the registry in force, or because they were rung as one
   * for this alert. A shift that changes takes no alert out of anybody's hands.
   */
  static boolean answer(Draft draft, Alert alert, ResponderId responder) {
    return alert.asked(responder).map(Asked::isDesk).orElse(false)
        || include(draft, alert, responder);
  }

  /** Whether a desk answers for the alert's home, by the registry in force. */
  static boolean include(Draft draft, Alert alert, ResponderId responder) {
    return levels(draft, alert).stream()
        .flatMap(List::stream)
        .anyMatch(desk -> desk.responder().equals(responder));
  }
}
