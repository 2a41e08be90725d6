package io.shouwang.alerts;

import io.shouwang.model.AlertId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The alerts as the outside may see them: only what is on disk. Any thread. */
public interface AlertBook {

  /** An alert, with what is known of its home at the same moment. */
  record Seen(Alert alert, List<KnownFix> fixes) {}

  Optional<Seen> find(AlertId id);

  /** All open alerts, in no order. */
  List<Seen> open();

  /**
   * Open alerts of the gateway's own synthetic press; {@link #open} and the others leave them out.
   */
  default List<Seen> synthetic() {
    return List.of();
  }

  /** When the first was heard of anything here; empty if that isn't known. */
  default Optional<Instant> knownSince() {
    return Optional.empty();
  }

  /** The latest closed ones that are kept at hand, in no order. */
  List<Seen> closed();

  /**
   * What somebody wrote with the entry of an alert's timeline that has this number. Kept apart from
   * the facts, so that it can be erased.
   */
  Optional<String> note(AlertId alert, long number);

  /**
   * Hears each alert that changed, on the engine's thread, before anything of it goes out: must
   * neither block nor throw. Close to stop.
   */
  AutoCloseable watch(Consumer<Seen> listener);

  /**
   * As {@link #watch}, but after what was decided has gone out: for whoever has many to wake. Whom
   * a ring waits for must watch.
   */
  default AutoCloseable follow(Consumer<Seen> listener) {
    return watch(listener);
  }
}
