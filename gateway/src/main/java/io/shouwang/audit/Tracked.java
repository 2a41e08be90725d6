package io.shouwang.audit;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.Delivery;
import io.shouwang.alerts.DutyDesk;
import io.shouwang.alerts.Fact;
import io.shouwang.alerts.Hold;
import io.shouwang.alerts.Ladder;
import io.shouwang.model.HomeId;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the auditor knows of one open alert: as little as P2 needs. */
final class Tracked {
  /** A home that could not be decided may put a ring off by so much. */
  private static final Duration PUT_OFF = Duration.ofSeconds(30);

  /** Of one that was opened again, and whose beginning is gone from the journal. */
  private static final Ladder FORGOTTEN = new Ladder("", List.of());

  /**
   * A ring under way to one person by one of their ways; several ways ring beside each other.
   *
   * @param way which of theirs, from 0
   */
  record Ring(
      ResponderId to, int number, Instant startedAt, Instant expiresAt, String channel, int way) {

    /** Whether a later ring by the same way takes its place. */
    boolean isBy(ResponderId person, String by, int number) {
      return to.equals(person) && channel.equals(by) && way == number;
    }
  }

  private record Held(Role role, Instant until) {}

  final HomeId home;
  private final Ladder ladder;
  private final DutyDesk desk;
  private final long knownTo;
  private final Map<ResponderId, Held> holds = new HashMap<>();
  private final Map<Integer, Ring> rings = new HashMap<>();
  private int rungs;
  private @Nullable Instant nextRungAt;
  private @Nullable Instant deskAt;
  private Instant waitsSince;
  private boolean deskReached;
  boolean open = true;

  private Tracked(HomeId home, Ladder ladder, DutyDesk desk, Instant at, long knownTo) {
    this.home = home;
    this.ladder = ladder;
    this.desk = desk;
    this.waitsSince = at;
    this.knownTo = knownTo;
  }

  static Tracked raised(HomeId home, Fact.Raised fact, Instant now) {
    Tracked alert = new Tracked(home, fact.ladder(), fact.desk(), now, 0);
    alert.deskAt = fact.deskAt();
    alert.nextRungAt =
        fact.ladder().rungs().isEmpty() ? null : now.plus(fact.ladder().rungs().getFirst().after());
    return alert;
  }

  /** One whose beginning is not known: as lenient as may be. */
  static Tracked reopened(HomeId home, Instant now) {
    return new Tracked(home, FORGOTTEN, new DutyDesk(DutyDesk.MOST, DutyDesk.MOST), now, 0);
  }

  /** One that a snapshot knew. */
  static Tracked known(Alert known, long number) {
    Tracked alert =
        new Tracked(known.home(), known.ladder(), known.desk(), known.raisedAt(), number);
    alert.deskAt = known.deskAt();
    alert.nextRungAt = known.nextRungAt();
    alert.rungs = known.nextRung();
    for (Hold hold : known.holds()) {
      alert.holds.put(hold.responder(), new Held(hold.role(), hold.until()));
    }
    for (Delivery delivery : known.deliveries()) {
      if (delivery.cause().isRing() && delivery.to() instanceof Delivery.ToResponder to) {
        if (delivery.startedAt().isAfter(alert.waitsSince)) {
          alert.waitsSince = delivery.startedAt();
        }
        alert.deskReached |= to.role().equals(Role.DUTY_DESK);
        if (delivery.isUnderWay()) {
          alert.rings.put(
              delivery.key().number(),
              new Ring(
                  to.responder(),
                  delivery.key().number(),
                  delivery.startedAt(),
                  delivery.expiresAt(),
                  delivery.channel(),
                  delivery.way()));
        }
      }
    }
    if (alert.deskAt != null) { // a word by telephone may have put the desk's next ring off
      Instant since = alert.deskAt.minus(alert.desk.repeatEvery());
      alert.waitsSince = alert.waitsSince.isBefore(since) ? since : alert.waitsSince;
    }
    return alert;
  }

  /** Whether what has this number is part of what it began with. */
  boolean knows(long number) {
    return number <= knownTo;
  }

  Collection<Ring> rings() {
    return rings.values();
  }

  boolean isRinging(int number) {
    return rings.containsKey(number);
  }

  void take(Fact.OfAlert fact, Instant now) {
    switch (fact) {
      case Fact.RungReached reached -> {
        rungs = reached.rung() + 1;
        nextRungAt = reached.nextAt();
        waitsSince = now;
      }
      case Fact.DeskReached reached -> {
        deskAt = reached.nextAt();
        deskReached = true;
        waitsSince = now;
      }
      case Fact.RingsOn on -> {
        nextRungAt = on.nextRungAt();
        deskAt = on.deskAt();
        waitsSince = now; // one repeat of the desk's may pass from here
      }
      case Fact.Held(_, Hold hold) ->
          holds.put(hold.responder(), new Held(hold.role(), hold.until()));
      case Fact.HoldEnded ended -> {
        holds.remove(ended.responder());
        waitsSince = now;
      }
      case Fact.MergedFrom merged ->
          merged
              .holds()
              .forEach(
                  hold -> holds.putIfAbsent(hold.responder(), new Held(hold.role(), hold.until())));
      case Fact.DeliveryStarted started -> start(started, now);
      case Fact.DeliveryEnded ended -> rings.remove(ended.number());
      case Fact.Closed _, Fact.MergedInto _ -> close();
      case Fact.Cleared cleared -> {
        if (cleared.closes()) {
          close();
        }
      }
      case Fact.Reopened _ -> {
        open = true;
        nextRungAt = rungs < ladder.rungs().size() ? now : null;
        deskAt = now;
        waitsSince = now;
      }
      case Fact.Raised _,
          Fact.CallTaken _,
          Fact.ExerciseBegan _,
          Fact.CallRang _,
          Fact.CallWent _,
          Fact.Forwarded _,
          Fact.CountySeen _,
          Fact.TroubleSeen _,
          Fact.FoundSilent _,
          Fact.EvidenceAdded _,
          Fact.Found _,
          Fact.Replied _ -> {}
    }
  }

  private void start(Fact.DeliveryStarted started, Instant now) {
    if (started.cause().isRing() && started.to() instanceof Delivery.ToResponder to) {
      waitsSince = now;
      ResponderId person = to.responder();
      rings.values().removeIf(ring -> ring.isBy(person, started.channel(), started.way()));
      rings.put(
          started.number(),
          new Ring(
              person,
              started.number(),
              now,
              started.expiresAt(),
              started.channel(),
              started.way()));
    }
  }

  private void close() {
    open = false;
    holds.clear();
    rings.clear();
    nextRungAt = null;
    deskAt = null;
  }

  /**
   * Its home could not be decided: what is overdue is tried again then, and with it what comes due
   * meanwhile. Whether it was overdue may have hung on a further way of somebody's.
   */
  void putOff(Instant until) {
    nextRungAt = later(nextRungAt, until);
    deskAt = later(deskAt, until);
    holds.replaceAll(
        (_, held) -> held.until().isBefore(until) ? new Held(held.role(), until) : held);
    Instant since = until.minus(desk.repeatEvery());
    waitsSince = waitsSince.isBefore(since) ? since : waitsSince;
  }

  private static @Nullable Instant later(@Nullable Instant at, Instant least) {
    return at == null || at.isAfter(least) ? at : least;
  }

  private boolean isStopped() {
    return holds.values().stream().anyMatch(held -> ladder.isStoppedBy(held.role()));
  }

  private @Nullable Instant due() {
    Instant due = null;
    for (Held held : holds.values()) {
      due = earlier(due, held.until());
    }
    return isStopped() ? due : earlier(due, earlier(nextRungAt, deskAt));
  }

  private static @Nullable Instant earlier(@Nullable Instant a, @Nullable Instant b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a.isBefore(b) ? a : b;
  }

  /** What breaks P2, in words; empty if nothing does. */
  Optional<String> silence(Instant now, Duration slack) {
    Instant due = due();
    if (due == null) {
      return Optional.of("nothing is due, and nobody holds it");
    }
    if (due.plus(slack).isBefore(now)) {
      return Optional.of("something was due at " + due + " and did not happen");
    }
    Duration repeat = desk.repeatEvery().compareTo(PUT_OFF) > 0 ? desk.repeatEvery() : PUT_OFF;
    if (!isStopped() && deskReached && waitsSince.plus(repeat).plus(slack).isBefore(now)) {
      return Optional.of("nobody was rung since " + waitsSince);
    }
    return Optional.empty();
  }
}
