package io.shouwang.audit;

import io.shouwang.alerts.Fact;
import io.shouwang.engine.Baseline;
import io.shouwang.engine.Decided;
import io.shouwang.model.AlertId;
import io.shouwang.model.DeliveryKey;
import io.shouwang.model.DeviceEvent;
import io.shouwang.model.EventKey;
import io.shouwang.model.HomeId;
import io.shouwang.model.Input;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The auditor's own books: which alerts are open by the journal, and what is due in each. Made from
 * facts by code that shares nothing with the engine's, so that a mistake there is not made here,
 * too. Pure: no I/O, no clock. One thread.
 *
 * <p>Memory goes with open alerts; beside them the keys of the latest {@link Baseline#SEEN_MAX}
 * alarm events, by which a resend is told from an alarm that was swallowed.
 */
final class Reckoning {
  /** So long the notifier may take to be given what was decided. */
  static final Duration HANDED_WITHIN = Duration.ofSeconds(30);

  /** What is past its expiry ends within this. */
  static final Duration ENDED_WITHIN = Duration.ofMinutes(2);

  private static final int SWALLOWED_MAX = 1_000;

  private final Map<AlertId, Tracked> open = new HashMap<>();
  private final Set<EventKey> seen = new LinkedHashSet<>();
  private final Map<String, Finding> swallowed = new LinkedHashMap<>();
  private boolean knowsAllSeen;
  private @Nullable Instant begunAt;

  Reckoning(Baseline baseline) {
    for (Baseline.Known known : baseline.alerts()) {
      open.put(known.alert().id(), Tracked.known(known.alert(), known.number()));
    }
    seen.addAll(baseline.seen());
    knowsAllSeen = baseline.complete();
  }

  Set<AlertId> open() {
    return open.keySet();
  }

  HomeId homeOf(AlertId alert) {
    Tracked tracked = open.get(alert);
    return tracked == null ? HomeId.GATEWAY : tracked.home;
  }

  /** Batches went by unseen: what is open is told anew, and what was seen is not known any more. */
  void forgetSeen() {
    knowsAllSeen = false;
  }

  /** Takes a record, in the journal's order. */
  void take(Decided record) {
    switch (record.input()) {
      case Input.EventReceived(DeviceEvent event) -> heard(record, event);
      case Input.FoundByAudit found -> swallowed.remove(found.detail());
      default -> {}
    }
    HomeId home = record.home();
    if (home == null) {
      return;
    }
    Instant now = record.stamp().now();
    for (Fact fact : record.facts()) {
      if (fact instanceof Fact.OfAlert ofAlert) {
        take(record.stamp().number(), home, ofAlert, now);
      } else if (fact instanceof Fact.Undecided undecided && undecided.putOffTo() != null) {
        for (Tracked alert : open.values()) {
          if (alert.home.equals(home) && !alert.knows(record.stamp().number())) {
            alert.putOff(undecided.putOffTo());
          }
        }
      }
    }
  }

  private void take(long number, HomeId home, Fact.OfAlert fact, Instant now) {
    Tracked alert = open.get(fact.alert());
    if (alert == null && fact instanceof Fact.Raised raised) {
      alert = Tracked.raised(home, raised, now);
      open.put(fact.alert(), alert);
    } else if (alert == null && fact instanceof Fact.Reopened) {
      alert = Tracked.reopened(home, now);
      open.put(fact.alert(), alert);
    }
    if (alert == null || alert.knows(number)) {
      return; // long closed, or part of what it began with
    }
    alert.take(fact, now);
    if (!alert.open) {
      open.remove(fact.alert());
    }
  }

  /** An alarm must lead to an alert, now or when the same event came before. */
  private void heard(Decided record, DeviceEvent event) {
    if (!event.isAlarm()) {
      return;
    }
    boolean ledToOne =
        record.facts().stream()
            .anyMatch(fact ->
                fact instanceof Fact.Raised
                    || fact instanceof Fact.EvidenceAdded
                    || fact instanceof Fact.Undecided);
    // A resend decides nothing of its own; but whose next way is due is rung with any input.
    boolean asNew =
        record.facts().stream().anyMatch(fact -> !(fact instanceof Fact.DeliveryStarted));
    boolean repeated = !asNew && seen.contains(event.key());
    if (!ledToOne && !repeated && (knowsAllSeen || asNew)) {
      String detail = event.kind() + " of " + event.device() + ", input " + record.stamp().number();
      HomeId home = record.home() == null ? HomeId.GATEWAY : record.home();
      if (swallowed.size() < SWALLOWED_MAX) {
        swallowed.put(detail, new Finding(Finding.What.SWALLOWED, home, null, null, detail));
      }
    }
    seen.add(event.key());
    if (seen.size() > Baseline.SEEN_MAX) {
      Iterator<EventKey> oldest = seen.iterator();
      oldest.next();
      oldest.remove();
      knowsAllSeen = false;
    }
  }

  /**
   * What is wrong by the journal alone.
   *
   * @param slack how late something may be
   * @param handed whether a ring was given to the notifier since the start
   */
  List<Finding> look(Instant now, Duration slack, Predicate<DeliveryKey> handed) {
    List<Finding> found = new ArrayList<>(swallowed.values());
    Instant begun = begunAt == null ? now : begunAt;
    begunAt = begun;
    open.forEach((id, alert) -> {
      alert
          .silence(now, slack)
          .ifPresent(why ->
              found.add(
                  Finding.ofAlert(
                      Finding.What.SILENT, alert.home, id, "alert " + id + ": " + why)));
      alert.rings().forEach(ring -> unperformed(id, alert, ring, begun, now, handed, found));
    });
    return found;
  }

  private static void unperformed(
      AlertId id,
      Tracked alert,
      Tracked.Ring ring,
      Instant begun,
      Instant now,
      Predicate<DeliveryKey> handed,
      List<Finding> found) {
    DeliveryKey key = new DeliveryKey(id, ring.number());
    boolean late = ring.startedAt().plus(HANDED_WITHIN).isBefore(now);
    String what = null;
    if (late && !handed.test(key)) {
      what = "was decided at " + ring.startedAt() + " and given to nobody";
    } else if (later(ring.expiresAt(), begun).plus(ENDED_WITHIN).isBefore(now)) {
      what = "expired at " + ring.expiresAt() + ", and nobody said so";
    }
    if (what != null) {
      found.add(
          new Finding(
              Finding.What.UNPERFORMED,
              alert.home,
              id,
              ring.number(),
              "ring " + key + " to " + ring.to() + " " + what));
    }
  }

  /** What expired while the gateway was down ends after its start. */
  private static Instant later(Instant a, Instant b) {
    return a.isBefore(b) ? b : a;
  }

  /** Whether a ring is under way. */
  boolean isUnderWay(DeliveryKey key) {
    Tracked alert = open.get(key.alert());
    return alert != null && alert.isRinging(key.number());
  }
}
