package io.shouwang.engine;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.Home;
import io.shouwang.alerts.SeenEvent;
import io.shouwang.model.EventKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Where an auditor begins: what the newest snapshot knew, and the first batch after it. From there
 * on it reads the journal by itself, so that it also sees what recovery made of it. Bounded: open
 * alerts, and the latest events by which a resend is known.
 *
 * @param fromSequence the first batch that the snapshot does not cover
 * @param alerts open ones
 * @param seen events of the last days
 * @param complete whether {@code seen} has all of them
 */
public record Baseline(
    long fromSequence, List<Known> alerts, Set<EventKey> seen, boolean complete) {
  /** So many events are remembered. */
  public static final int SEEN_MAX = 200_000;

  /** From nothing. */
  public static final Baseline NONE = new Baseline(1, List.of(), Set.of(), true);

  public Baseline {
    alerts = List.copyOf(alerts);
    seen = Set.copyOf(seen);
  }

  /**
   * An alert, with the number of the last input it knows of.
   *
   * @param number what has this one or a lower one is in it
   */
  public record Known(Alert alert, long number) {}

  /** Puts one together while a snapshot is read. One thread. */
  static final class Making {
    private final List<Known> alerts = new ArrayList<>();
    private final Set<EventKey> seen = new HashSet<>();
    private boolean complete = true;

    void take(Home home, long number) {
      for (Alert alert : home.alerts()) {
        if (alert.isOpen()) {
          alerts.add(new Known(alert, number));
        }
      }
      for (SeenEvent event : home.seen()) {
        if (seen.size() < SEEN_MAX) {
          seen.add(event.key());
        } else {
          complete = false;
        }
      }
    }

    Baseline from(long sequence) {
      return new Baseline(sequence, alerts, seen, complete);
    }
  }
}
