package io.shouwang.alerts;

import io.shouwang.alerts.Delivery.Cause;
import io.shouwang.model.AlertId;
import io.shouwang.model.Directory;
import io.shouwang.model.Directory.Contact;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whose turn it is, and when the next one's is: the ladder, beside it the duty desk. */
final class Ringing {
  private Ringing() {}

  /**
   * Rings all whose turn has come: rungs and duty desk, until nothing is due. Ends, since each step
   * uses up a rung or puts the desk's next turn into the future.
   */
  static void climb(Draft draft, AlertId id) {
    while (true) {
      Alert alert = draft.alert(id);
      if (alert.isStopped()) {
        return;
      }
      if (isDue(alert.nextRungAt(), draft)) {
        reachRung(draft, alert);
      } else if (isDue(alert.deskAt(), draft)) {
        reachDesk(draft, alert);
      } else {
        return;
      }
    }
  }

  private static boolean isDue(@Nullable Instant at, Draft draft) {
    return at != null && !at.isAfter(draft.now());
  }

  /** Who a rung resolves to now. */
  private record Resolved(
      Map<ResponderId, Contact> people,
      List<Role> nobody,
      List<Role> unverified,
      List<ResponderId> quiet,
      boolean held,
      boolean desk) {}

  private static Resolved resolve(Draft draft, Alert alert, Rung rung) {
    Map<ResponderId, Contact> people = new LinkedHashMap<>();
    List<Role> nobody = new ArrayList<>();
    List<Role> unverified = new ArrayList<>();
    List<ResponderId> quiet = new ArrayList<>();
    boolean desk = false;
    boolean held = false;
    for (Role role : rung.roles()) {
      boolean isDesk = role.equals(Role.DUTY_DESK); // it has its own turn, and can't be removed
      List<Contact> contacts =
          isDesk ? Desks.upTo(draft, alert, 0) : reachable(draft, alert, role, quiet);
      if (isDesk) {
        desk |= !contacts.isEmpty();
      } else if (alert.isHeldBy(role)) {
        held = true; // one of them is coming: the others were quieted
      } else {
        contacts.forEach(contact -> people.putIfAbsent(contact.responder(), contact));
      }
      if (contacts.isEmpty()) {
        nobody.add(role);
      } else if (contacts.stream().noneMatch(c -> Ways.isVerified(draft, c.responder()))) {
        unverified.add(role);
      }
    }
    return new Resolved(people, nobody, unverified, List.copyOf(quiet), held, desk);
  }

  /** Quiet hours hold for whatever is not of the alarm class. */
  private static List<Contact> reachable(
      Draft draft, Alert alert, Role role, List<ResponderId> quiet) {
    List<Contact> found = new ArrayList<>();
    Directory directory = draft.world.directory();
    for (Contact contact : directory.contacts(alert.home(), alert.elders(), role, draft.now())) {
      boolean mayNot = !alert.isAlarmClass() && directory.isQuiet(contact.responder(), draft.now());
      if (mayNot) {
        quiet.add(contact.responder());
      } else if (Ways.exist(draft, contact.responder())) {
        found.add(contact);
      }
    }
    return found;
  }

  /** Rings the rung whose turn it is, whether or not somebody has the alert in hand. */
  static void reachRung(Draft draft, Alert alert) {
    Resolved rung = resolve(draft, alert, alert.ladder().rungs().get(alert.nextRung()));
    Map<ResponderId, Contact> reached = rung.people();
    reached.keySet().removeIf(id -> alert.asked(id).map(Asked::declined).orElse(false));
    boolean rangNobody = reached.isEmpty() && !rung.desk() && !rung.held();
    boolean countsOnNobody =
        !rung.desk()
            && !rung.held()
            && reached.keySet().stream().noneMatch(id -> Ways.isVerified(draft, id));
    Instant nextAt = nextRungAt(draft, alert, countsOnNobody);
    draft.add(
        new Fact.RungReached(
            alert.id(),
            alert.nextRung(),
            List.copyOf(rung.nobody()),
            List.copyOf(rung.unverified()),
            rung.quiet(),
            nextAt));
    reached.values().forEach(contact -> Messages.ring(draft, alert.id(), contact, Cause.RUNG));
    boolean isDesksTurn = rung.desk() || (rangNobody && nextAt == null);
    if (isDesksTurn && alert.asked().stream().noneMatch(Asked::isDesk) && !alert.isAlarmClass()) {
      reachDesk(draft, draft.alert(alert.id()));
    }
  }

  /**
   * Who has come to hold a role of a rung that was reached, since its shift began or its quiet
   * hours ended, is rung as well. Nobody who was rung is taken back.
   */
  static void ringNewcomers(Draft draft, AlertId id) {
    Alert alert = draft.alert(id);
    if (alert.isStopped() || alert.deskAt() == null || isOnlyForTheDesk(alert)) {
      return;
    }
    for (Rung rung : alert.ladder().rungs().subList(0, alert.nextRung())) {
      for (Contact contact : resolve(draft, alert, rung).people().values()) {
        if (draft.alert(id).asked(contact.responder()).isEmpty()) {
          Messages.ring(draft, id, contact, Cause.RUNG);
        }
      }
    }
  }

  /** Somebody claims that it is over: nobody new needs to come. */
  private static boolean isOnlyForTheDesk(Alert alert) {
    return alert.nextRungAt() == null && alert.nextRung() < alert.ladder().rungs().size();
  }

  /** A rung that rang nobody is no reason to wait. */
  private static @Nullable Instant nextRungAt(Draft draft, Alert alert, boolean rangNobody) {
    List<Rung> rungs = alert.ladder().rungs();
    int index = alert.nextRung();
    if (index + 1 >= rungs.size()) {
      return null;
    }
    if (rangNobody) {
      return draft.now();
    }
    Instant due = alert.nextRungAt() == null ? draft.now() : alert.nextRungAt();
    return due.plus(rungs.get(index + 1).after().minus(rungs.get(index).after()));
  }

  /** How far the desk overflows grows with the wait; what was reached once is never left out. */
  private static void reachDesk(Draft draft, Alert alert) {
    Duration waiting = Duration.between(alert.deskSince(), draft.now());
    long overflows = waiting.isNegative() ? 0 : waiting.dividedBy(alert.desk().overflowAfter());
    long wanted = Math.max(alert.deskLevel(), overflows);
    int level = (int) Math.min(Desks.levels(draft, alert).size() - 1L, wanted);
    Instant nextAt = draft.now().plus(alert.desk().repeatEvery());
    draft.add(new Fact.DeskReached(alert.id(), level, nextAt));
    for (Contact contact : Desks.upTo(draft, alert, level)) {
      Messages.ring(draft, alert.id(), contact, Cause.DESK);
    }
    if (level < 0) {
      // A registry without any desk: those who were rung are all there is, whatever they said.
      for (Asked asked : alert.asked()) {
        Messages.send(draft, alert.id(), Messages.recipient(asked), Cause.DESK);
      }
    }
  }

  /**
   * Rings those of the current rung, the desks reached so far and the holders, each at most so
   * often.
   */
  static void ringAgain(Draft draft, AlertId id, Cause cause) {
    Alert alert = draft.alert(id);
    Map<ResponderId, Delivery.ToResponder> concerned = new LinkedHashMap<>();
    for (Hold hold : alert.holds()) {
      if (!hold.role().equals(Counties.ROLE)) { // a gateway is no phone
        concerned.put(hold.responder(), Messages.recipient(hold));
      }
    }
    if (!alert.isStopped()) {
      for (Asked asked : currentRung(alert)) {
        concerned.put(asked.responder(), Messages.recipient(asked));
      }
    }
    for (Contact contact : Desks.upTo(draft, alert, alert.deskLevel())) {
      concerned.putIfAbsent(contact.responder(), Messages.recipient(contact));
    }
    Instant notSince = draft.now().minus(draft.settings().ringAgainAfter());
    for (Delivery.ToResponder to : concerned.values()) {
      Optional<Asked> asked = alert.asked(to.responder());
      if (asked.isEmpty() || !asked.get().lastRungAt().isAfter(notSince)) {
        Messages.send(draft, id, to, cause);
      }
    }
  }

  /** Those of the latest rung that rang somebody who may still come. */
  private static List<Asked> currentRung(Alert alert) {
    for (int index = alert.nextRung() - 1; index >= 0; index--) {
      List<Role> roles = alert.ladder().rungs().get(index).roles();
      List<Asked> current =
          alert.asked().stream()
              .filter(a -> !a.isDesk() && !a.declined() && roles.contains(a.role()))
              .filter(a -> !alert.isHeldBy(a.role()))
              .toList();
      if (!current.isEmpty()) {
        return current;
      }
    }
    return List.of();
  }

  /**
   * A promise is over that had quieted others of its role, while the ladder went on beside it: they
   * are rung again.
   */
  static void ringRoleOn(Draft draft, AlertId id, Role role, Set<ResponderId> promised) {
    Alert alert = draft.alert(id);
    for (Asked asked : alert.asked()) {
      boolean concerned = asked.role().equals(role) && !asked.declined() && !alert.isHeldBy(role);
      if (concerned && !promised.contains(asked.responder())) {
        Messages.send(draft, id, Messages.recipient(asked), Cause.LAPSED);
      }
    }
    climb(draft, id);
  }

  /**
   * A promise is over and nobody else holds it: the next rung and the desk are due now, and those
   * who were told that somebody is coming are rung again.
   */
  static void ringOn(Draft draft, AlertId id, Set<ResponderId> promised) {
    Alert alert = draft.alert(id);
    boolean more = alert.nextRung() < alert.ladder().rungs().size();
    draft.add(new Fact.RingsOn(id, more ? draft.now() : null, draft.now()));
    for (Asked asked : alert.asked()) {
      boolean mayCome = !asked.isDesk() && !asked.declined() && !alert.isHeldBy(asked.role());
      if (mayCome && !promised.contains(asked.responder())) {
        Messages.send(draft, id, Messages.recipient(asked), Cause.LAPSED);
      }
    }
    climb(draft, id);
  }

  /** Somebody said it was over, and now there is a new alarm: the ladder goes on after all. */
  static void takeUpAgain(Draft draft, AlertId id) {
    Alert alert = draft.alert(id);
    boolean stopped =
        alert.nextRungAt() == null && alert.nextRung() < alert.ladder().rungs().size();
    Instant deskAt = alert.deskAt();
    if (stopped && deskAt != null && !alert.isStopped()) {
      draft.add(new Fact.RingsOn(id, draft.now(), deskAt));
    }
  }

  /**
   * Somebody declined or can't be reached. If that leaves nobody of those who were rung, there is
   * nothing to wait for; the same for the desks, whose next level is rung then.
   */
  static void goOnWithout(Draft draft, AlertId id, ResponderId who) {
    Alert alert = draft.alert(id);
    Instant deskAt = alert.deskAt();
    if (alert.isStopped() || deskAt == null) {
      return;
    }
    if (alert.asked(who).map(Asked::isDesk).orElse(false)) {
      overflowIfNoDeskIsLeft(draft, alert, deskAt);
      return;
    }
    if (alert.asked().stream().filter(a -> !a.isDesk()).allMatch(a -> isOut(alert, a))) {
      Instant again = deskMayRingAt(draft, alert);
      draft.add(
          alert.nextRungAt() != null
              ? new Fact.RingsOn(id, draft.now(), deskAt)
              : new Fact.RingsOn(id, null, again.isBefore(deskAt) ? again : deskAt));
      climb(draft, id);
    }
  }

  private static Instant deskMayRingAt(Draft draft, Alert alert) {
    return alert.asked().stream()
        .filter(Asked::isDesk)
        .map(a -> a.lastRungAt().plus(draft.settings().ringAgainAfter()))
        .max(Comparator.naturalOrder())
        .filter(at -> at.isAfter(draft.now()))
        .orElse(draft.now());
  }

  /** Rings the level above alone: the desks below have just said what they say. */
  private static void overflowIfNoDeskIsLeft(Draft draft, Alert alert, Instant deskAt) {
    int level = alert.deskLevel() + 1;
    List<Contact> reached = Desks.upTo(draft, alert, level - 1);
    boolean noneLeft =
        reached.stream()
            .allMatch(
                desk -> alert.asked(desk.responder()).map(a -> isOut(alert, a)).orElse(false));
    if (noneLeft && level < Desks.levels(draft, alert).size()) {
      draft.add(new Fact.DeskReached(alert.id(), level, deskAt));
      for (Contact desk : Desks.upTo(draft, alert, level)) {
        if (!reached.contains(desk)) {
          Messages.ring(draft, alert.id(), desk, Cause.DESK);
        }
      }
    }
  }

  private static boolean isOut(Alert alert, Asked asked) {
    boolean holds = alert.holdOf(asked.responder()).isPresent(); // what came back late is no news
    return !holds && (asked.declined() || Ways.isUnreachable(alert, asked));
  }
}
