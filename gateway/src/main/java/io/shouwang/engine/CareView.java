package io.shouwang.engine;

import io.shouwang.alerts.CareBook;
import io.shouwang.alerts.Home;
import io.shouwang.model.CareContact;
import io.shouwang.model.HomeId;
import io.shouwang.rules.LimitsBook;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Modes and contacts as of the last sync. Written by the engine's thread, read by any. */
final class CareView implements CareBook {
  private final Map<HomeId, Care> homes = new ConcurrentHashMap<>();
  private final Notes notes;
  private volatile LimitsBook limits;

  CareView(Notes notes, LimitsBook limits) {
    this.notes = notes;
    this.limits = limits;
  }

  @Override
  public Care of(HomeId home) {
    return homes.getOrDefault(home, Care.NONE);
  }

  @Override
  public Optional<String> note(CareContact contact) {
    return notes.of(contact.elder()).stream()
        .filter(note -> note.key() == contact.key())
        .map(Notes.CareNote::text)
        .findFirst();
  }

  @Override
  public LimitsBook limits() {
    return limits;
  }

  /** Other rules are in force. */
  void goBy(LimitsBook next) {
    limits = next;
  }

  /** Shows a home as it is now, on disk. */
  void show(Home home) {
    if (home.modes().isEmpty() && home.contacts().isEmpty()) {
      homes.remove(home.id());
      return;
    }
    Care care = homes.get(home.id());
    if (care == null
        || !care.modes().equals(home.modes())
        || !care.contacts().equals(home.contacts())) {
      homes.put(home.id(), new Care(home.modes(), home.contacts()));
    }
  }
}
