package io.shouwang.engine;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.AlertBook;
import io.shouwang.alerts.Home;
import io.shouwang.model.AlertId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The alerts as of the last sync. Written by the engine's thread, read by any. */
final class AlertView implements AlertBook {
  private final Map<AlertId, Seen> seen = new ConcurrentHashMap<>();
  private final List<Consumer<Seen>> listeners = new CopyOnWriteArrayList<>();
  private final List<Consumer<Seen>> followers = new CopyOnWriteArrayList<>();
  private final List<Seen> news = new ArrayList<>();
  private final Notes notes;
  private volatile @Nullable Instant knownSince;

  AlertView(Notes notes) {
    this.notes = notes;
  }

  @Override
  public Optional<String> note(AlertId alert, long number) {
    return notes.of(alert).stream()
        .filter(note -> note.number() == number)
        .map(Notes.Note::text)
        .findFirst();
  }

  @Override
  public Optional<Instant> knownSince() {
    return Optional.ofNullable(knownSince);
  }

  void knownSince(Instant first) {
    knownSince = first;
  }

  @Override
  public Optional<Seen> find(AlertId id) {
    return Optional.ofNullable(seen.get(id));
  }

  @Override
  public List<Seen> open() {
    return list(s -> s.alert().isOpen() && !s.alert().marks().synthetic());
  }

  @Override
  public List<Seen> synthetic() {
    return list(s -> s.alert().isOpen() && s.alert().marks().synthetic());
  }

  private List<Seen> list(Predicate<Seen> which) {
    return seen.values().stream().filter(which).toList();
  }

  @Override
  public List<Seen> closed() {
    return list(s -> !s.alert().isOpen() && !s.alert().marks().synthetic());
  }

  @Override
  public AutoCloseable watch(Consumer<Seen> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public AutoCloseable follow(Consumer<Seen> listener) {
    followers.add(listener);
    return () -> followers.remove(listener);
  }

  /**
   * Shows a home as it is now, on disk. An alert that is the same object did not change. Who
   * follows hears of it by {@link #tell}.
   */
  @SuppressWarnings("ReferenceEquality")
  void show(Home before, Home after) {
    for (Alert alert : before.alerts()) {
      if (after.alert(alert.id()).isEmpty()) {
        seen.remove(alert.id());
      }
    }
    for (Alert alert : after.alerts()) {
      Seen now = new Seen(alert, after.fixes());
      Seen then = seen.put(alert.id(), now);
      boolean moved = alert.isOpen() && then != null && !then.fixes().equals(after.fixes());
      boolean changed = then == null || then.alert() != alert || moved;
      if (changed && !alert.marks().synthetic()) {
        listeners.forEach(listener -> listener.accept(now));
        news.add(now);
      }
    }
  }

  /** Tells those who follow what changed since the last time. */
  void tell() {
    for (Seen changed : news) {
      followers.forEach(follower -> follower.accept(changed));
    }
    news.clear();
  }
}
