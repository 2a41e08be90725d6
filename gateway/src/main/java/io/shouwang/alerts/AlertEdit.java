package io.shouwang.alerts;

import io.shouwang.model.DeliveryKey;
import io.shouwang.model.DeviceId;
import io.shouwang.model.ElderId;
import io.shouwang.model.EventKey;
import io.shouwang.model.HomeId;
import io.shouwang.model.Outcome;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Role;
import io.shouwang.model.Stamp;
import io.shouwang.rules.Evidence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The one way an alert changes: a fact is applied to the value before it. The same at recovery as
 * live. Holds the parts of one alert while the next value is put together; lives for one call.
 */
final class AlertEdit {
  private final Alert before;
  private final Stamp stamp;
  private Set<ElderId> elders;
  private List<Evidence> evidence;
  private int nextRung;
  private @Nullable Instant nextRungAt;
  private @Nullable Instant deskAt;
  private Instant deskSince;
  private int deskLevel;
  private List<Hold> holds;
  private List<Asked> asked;
  private List<Delivery> deliveries;
  private int deliveryCount;
  private List<Delivery.ToDevice> devices;
  private List<EventKey> replyKeys;
  private @Nullable Closing closing;
  private @Nullable Handover handover;

  private AlertEdit(Alert before, Stamp stamp) {
    this.before = before;
    this.stamp = stamp;
    this.elders = before.elders();
    this.evidence = before.evidence();
    this.nextRung = before.nextRung();
    this.nextRungAt = before.nextRungAt();
    this.deskAt = before.deskAt();
    this.deskSince = before.deskSince();
    this.deskLevel = before.deskLevel();
    this.holds = before.holds();
    this.asked = before.asked();
    this.deliveries = before.deliveries();
    this.deliveryCount = before.deliveryCount();
    this.devices = before.devices();
    this.replyKeys = before.replyKeys();
    this.closing = before.closing();
    this.handover = before.handover();
  }

  /** The alert that a first fact makes. */
  static Alert begin(HomeId home, Fact.Raised fact, Stamp stamp) {
    Instant firstRungAt =
        fact.ladder().rungs().isEmpty()
            ? null
            : stamp.now().plus(fact.ladder().rungs().getFirst().after());
    Evidence first = fact.evidence();
    return new Alert(
        fact.alert(),
        home,
        fact.kind(),
        fact.severity(),
        fact.subject(),
        fact.elders(),
        stamp.now(),
        fact.ladder(),
        fact.desk(),
        first == null ? List.of() : List.of(first),
        0,
        firstRungAt,
        fact.deskAt(),
        fact.deskAt(),
        0,
        List.of(),
        List.of(),
        List.of(),
        0,
        first == null ? List.of() : List.of(mailbox(first)),
        List.of(),
        List.of(new Entry(stamp, fact)),
        0,
        null,
        fact.marks(),
        null);
  }

  /**
   * The alert with what is overdue put off. For one whose home could not be decided: without this
   * its deadline would stay in the past, and be tried again without end.
   */
  static Alert putOff(Alert alert, Stamp stamp, Instant until) {
    Instant deadline = alert.deadline();
    if (deadline == null || deadline.isAfter(stamp.now())) {
      return alert;
    }
    AlertEdit edit = new AlertEdit(alert, stamp);
    edit.nextRungAt = later(alert.nextRungAt(), until);
    edit.deskAt = later(alert.deskAt(), until);
    edit.holds =
        alert.holds().stream()
            .map(hold -> hold.until().isBefore(until) ? hold.heldUntil(until) : hold)
            .toList();
    edit.asked = alert.asked().stream().map(asked -> asked.putOff(until)).toList();
    Handover asked = alert.handover();
    if (asked != null && asked.until().isBefore(until)) {
      edit.handover = new Handover(asked.from(), asked.to(), asked.at(), until);
    }
    return edit.result(alert.timeline(), alert.timelineOmitted());
  }

  private static @Nullable Instant later(@Nullable Instant at, Instant least) {
    return at == null || at.isAfter(least) ? at : least;
  }

  /** The alert after a fact. */
  static Alert apply(Alert before, Fact.OfAlert fact, Stamp stamp) {
    AlertEdit edit = new AlertEdit(before, stamp);
    edit.take(fact);
    return edit.result(fact);
  }

  private void take(Fact.OfAlert fact) {
    switch (fact) {
      case Fact.Raised _,
          Fact.CallTaken _,
          Fact.CallRang _,
          Fact.CallWent _,
          Fact.ExerciseBegan _,
          Fact.TroubleSeen _,
          Fact.FoundSilent _,
          Fact.Forwarded _,
          Fact.CountySeen _,
          Fact.Parted _,
          Fact.Found _ -> {}
      case Fact.Cleared cleared -> {
        if (cleared.closes()) {
          close(new Closing(Closing.RULE, Closing.CLEARED, stamp.now()));
        }
      }
      case Fact.EvidenceAdded added -> {
        evidence = bounded(appended(evidence, added.evidence()), Alert.EVIDENCE_MAX);
        Delivery.ToDevice device = mailbox(added.evidence());
        if (!devices.contains(device)) {
          devices = bounded(appended(devices, device), Alert.DEVICES_MAX);
        }
      }
      case Fact.RungReached reached -> {
        nextRung = reached.rung() + 1;
        nextRungAt = reached.nextAt();
      }
      case Fact.DeskReached reached -> {
        deskLevel = Math.max(0, reached.level());
        deskAt = reached.nextAt();
        if (stamp.now().isBefore(deskSince)) {
          deskSince = stamp.now(); // its turn came early, since there was nobody else
        }
      }
      case Fact.DeliveryStarted started -> start(started);
      case Fact.DeliveryEnded ended -> end(ended);
      case Fact.Replied replied -> {
        know(replied.replyKey());
        asked =
            asked.stream()
                .map(a -> a.responder().equals(replied.by()) ? a.answers(replied.answer()) : a)
                .toList();
      }
      case Fact.Held held -> {
        List<Hold> others =
            new ArrayList<>(
                holds.stream()
                    .filter(h -> !h.responder().equals(held.hold().responder()))
                    .toList());
        others.add(held.hold());
        holds = List.copyOf(others);
        asked =
            asked.stream()
                .map(a -> a.responder().equals(held.hold().responder()) ? a.accepts() : a)
                .toList();
        quietBeside(held.hold());
      }
      case Fact.HoldEnded ended -> {
        holds = holds.stream().filter(h -> !h.responder().equals(ended.responder())).toList();
        if (handover != null && handover.from().equals(ended.responder())) {
          handover = null;
        }
        // A promise beside which the desk went on ringing doesn't put off its overflow.
        boolean rang = !before.isStopped();
        if (!rang && holds.stream().noneMatch(h -> before.ladder().isStoppedBy(h.role()))) {
          deskSince = stamp.now();
        }
      }
      case Fact.RingsOn ringsOn -> {
        nextRungAt = ringsOn.nextRungAt();
        if (nextRungAt == null) {
          quiet(_ -> true);
        }
        deskAt = ringsOn.deskAt();
      }
      case Fact.Reopened reopened -> {
        know(reopened.replyKey());
        closing = null;
        // Who was away when it ended must not hear that it is over.
        deliveries =
            deliveries.stream()
                .map(d -> d.isUnderWay() && saysItIsOver(d) ? d.ended(new Outcome.Superseded()) : d)
                .toList();
        nextRungAt = nextRung < before.ladder().rungs().size() ? stamp.now() : null;
        deskAt = stamp.now();
        deskSince = stamp.now();
      }
      case Fact.Hurried hurried -> {
        know(hurried.replyKey());
        if (nextRung < before.ladder().rungs().size()) {
          nextRungAt = stamp.now();
        }
      }
      case Fact.HandoverOffered offered -> {
        know(offered.replyKey());
        handover = offered.handover();
      }
      case Fact.HandoverEnded _ -> handover = null;
      case Fact.MergedFrom merged -> merge(merged);
      case Fact.MergedInto merged ->
          close(new Closing(merged.by(), Closing.MERGED, stamp.now(), merged.into(), null));
      case Fact.Closed closed ->
          close(
              new Closing(closed.by(), closed.disposition(), stamp.now(), null, closed.passedAt()));
    }
  }

  /** The same word again is no other. */
  private void know(@Nullable EventKey replyKey) {
    if (replyKey != null) {
      replyKeys = bounded(appended(replyKeys, replyKey), Alert.REPLY_KEYS_MAX);
    }
  }

  /** What the other alert had is this one's now; who was rung there needs no ring here. */
  private void merge(Fact.MergedFrom other) {
    for (Evidence one : other.evidence()) {
      evidence = bounded(appended(evidence, one), Alert.EVIDENCE_MAX);
    }
    for (Delivery.ToDevice device : other.devices()) {
      if (!devices.contains(device)) {
        devices = bounded(appended(devices, device), Alert.DEVICES_MAX);
      }
    }
    for (Asked one : other.asked()) {
      if (asked.stream().noneMatch(a -> a.responder().equals(one.responder()))) {
        asked = appended(asked, one);
      }
    }
    for (Hold hold : other.holds()) {
      if (holds.stream().noneMatch(h -> h.responder().equals(hold.responder()))) {
        holds = appended(holds, hold);
      }
    }
    holds.forEach(this::quietBeside);
    for (EventKey key : other.replyKeys()) {
      if (!replyKeys.contains(key)) {
        replyKeys = bounded(appended(replyKeys, key), Alert.REPLY_KEYS_MAX);
      }
    }
    Set<ElderId> both = new LinkedHashSet<>(elders);
    both.addAll(other.elders());
    elders = Set.copyOf(both);
  }

  /** Somebody has it in hand: those whom that relieves are tried by no further way. */
  private void quietBeside(Hold hold) {
    boolean stops = before.ladder().isStoppedBy(hold.role());
    quiet(a -> stops || a.role().equals(hold.role()));
  }

  private void close(Closing how) {
    closing = how;
    handover = null;
    holds = List.of();
    nextRungAt = null;
    deskAt = null;
    quiet(_ -> true);
    // Who was away when it rang must not be rung for it tomorrow.
    deliveries =
        deliveries.stream()
            .map(d -> d.isUnderWay() ? d.ended(new Outcome.Superseded()) : d)
            .toList();
  }

  private static boolean saysItIsOver(Delivery delivery) {
    return delivery.cause() == Delivery.Cause.ENDED
        || delivery.cause() == Delivery.Cause.TELL_CLOSED;
  }

  /** A repeat in the middle of a round leaves the round as it is. */
  private Asked rungAgain(Asked before, Delivery.ToResponder to, Fact.DeliveryStarted started) {
    boolean isRepeat =
        started.way() == 0
            && before.nextWayAt() != null
            && before.nextWayAt().equals(started.nextWayAt());
    int tried = isRepeat ? before.ways() : started.way() + 1;
    return before.rungAgain(to, stamp.now(), tried, started.nextWayAt());
  }

  /** Nobody needs be reached by a further way, but those who are kept. */
  private void quiet(Predicate<Asked> which) {
    asked = asked.stream().map(a -> which.test(a) ? a.quiet() : a).toList();
  }

  private void end(Fact.DeliveryEnded ended) {
    List<Delivery> all = new ArrayList<>(deliveries.size());
    for (Delivery delivery : deliveries) {
      boolean isIt = delivery.key().number() == ended.number();
      all.add(isIt ? delivery.ended(ended.outcome()) : delivery);
      if (isIt && delivery.to() instanceof Delivery.ToResponder to) {
        asked =
            asked.stream()
                .map(a -> a.responder().equals(to.responder()) ? a.reachedBy(ended.outcome()) : a)
                .toList();
      }
    }
    deliveries = List.copyOf(all);
  }

  private void start(Fact.DeliveryStarted started) {
    Delivery delivery =
        new Delivery(
            new DeliveryKey(before.id(), started.number()),
            started.to(),
            started.cause(),
            stamp.now(),
            started.expiresAt(),
            started.channel(),
            started.way(),
            null);
    deliveryCount = Math.max(deliveryCount, started.number());
    List<Delivery> all = new ArrayList<>(deliveries.size() + 1);
    for (Delivery earlier : deliveries) {
      boolean gives = supersedes(delivery, earlier);
      all.add(gives ? earlier.ended(new Outcome.Superseded()) : earlier);
    }
    all.add(delivery);
    deliveries = pruned(withoutOldest(all));
    if (started.cause().isRing() && started.to() instanceof Delivery.ToResponder to) {
      boolean known = asked.stream().anyMatch(a -> a.responder().equals(to.responder()));
      asked =
          known
              ? asked.stream()
                  .map(a -> a.responder().equals(to.responder()) ? rungAgain(a, to, started) : a)
                  .toList()
              : appended(
                  asked, Asked.first(to, stamp.now(), started.way() + 1, started.nextWayAt()));
    }
  }

  /** Somebody who was away gets the latest ring by each of their ways, not each one missed. */
  private static boolean supersedes(Delivery later, Delivery earlier) {
    return earlier.isUnderWay()
        && earlier.way() == later.way()
        && earlier.channel().equals(later.channel())
        && isSameRecipient(earlier.to(), later.to())
        && (earlier.cause() == later.cause()
            || (earlier.cause().isRing() && later.cause().isRing()));
  }

  private static boolean isSameRecipient(Delivery.Recipient a, Delivery.Recipient b) {
    if (a instanceof Delivery.ToResponder(ResponderId one, Role _, String _)
        && b instanceof Delivery.ToResponder(ResponderId other, Role _, String _)) {
      return one.equals(other); // in whatever role
    }
    return a.equals(b);
  }

  /** A hub may speak for devices without end: the oldest message to one of them gives way. */
  private static List<Delivery> withoutOldest(List<Delivery> all) {
    int toDevices = 0;
    for (Delivery delivery : all) {
      toDevices += waitsForDevice(delivery) ? 1 : 0;
    }
    if (toDevices <= Alert.DEVICE_DELIVERIES_MAX) {
      return all;
    }
    Delivery oldest = all.stream().filter(AlertEdit::waitsForDevice).findFirst().orElseThrow();
    return all.stream().map(d -> d.equals(oldest) ? d.ended(new Outcome.Superseded()) : d).toList();
  }

  private static boolean waitsForDevice(Delivery delivery) {
    return delivery.isUnderWay() && delivery.to() instanceof Delivery.ToDevice;
  }

  private static List<Delivery> pruned(List<Delivery> all) {
    int ended = 0;
    for (Delivery delivery : all) {
      ended += delivery.isUnderWay() ? 0 : 1;
    }
    int tooMany = ended - Alert.ENDED_DELIVERIES_MAX;
    if (tooMany <= 0) {
      return List.copyOf(all);
    }
    List<Delivery> kept = new ArrayList<>(all.size());
    for (Delivery delivery : all) {
      if (delivery.isUnderWay() || tooMany <= 0) {
        kept.add(delivery);
      } else {
        tooMany--;
      }
    }
    return List.copyOf(kept);
  }

  private Alert result(Fact.OfAlert fact) {
    List<Entry> timeline = appended(before.timeline(), new Entry(stamp, fact));
    boolean full = timeline.size() > Alert.TIMELINE_MAX;
    return result(
        full ? without(timeline, Alert.TIMELINE_HEAD) : timeline,
        before.timelineOmitted() + (full ? 1 : 0));
  }

  private Alert result(List<Entry> timeline, int omitted) {
    return new Alert(
        before.id(),
        before.home(),
        before.kind(),
        before.severity(),
        before.subject(),
        elders,
        before.raisedAt(),
        before.ladder(),
        before.desk(),
        evidence,
        nextRung,
        nextRungAt,
        deskAt,
        deskSince,
        deskLevel,
        holds,
        asked,
        deliveries,
        deliveryCount,
        devices,
        replyKeys,
        timeline,
        omitted,
        closing,
        before.marks(),
        handover);
  }

  /** Where a device that spoke is answered. */
  static Delivery.ToDevice mailbox(Evidence evidence) {
    DeviceId hub = evidence.hub();
    return new Delivery.ToDevice(evidence.device(), hub == null ? evidence.device() : hub);
  }

  private static <T> List<T> appended(List<T> list, T last) {
    List<T> longer = new ArrayList<>(list.size() + 1);
    longer.addAll(list);
    longer.add(last);
    return List.copyOf(longer);
  }

  /** Keeps the first and the latest. */
  private static <T> List<T> bounded(List<T> list, int max) {
    return list.size() <= max ? list : without(list, 1);
  }

  private static <T> List<T> without(List<T> list, int index) {
    List<T> shorter = new ArrayList<>(list);
    shorter.remove(index);
    return List.copyOf(shorter);
  }
}
