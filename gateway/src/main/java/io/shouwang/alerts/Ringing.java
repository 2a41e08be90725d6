package io.shouwang.alerts;

import io.shouwang.alerts.Delivery.Cause;
import io.shouwang.model.AlertId;
import io.shouwang.model.Directory.Contact;
import io.shouwang.model.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who is rung, and when next. */
final class Ringing {
  private Ringing() {}

  /** Rings all whose turn has come: rungs and duty desk, until nothing is due. */
  static void climb(Draft draft, AlertId id) {
    while (true) {
      Alert alert = draft.alert(id);
      if (!alert.isOpen() || alert.isHeld()) {
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

  private static void reachRung(Draft draft, Alert alert) {
    int index = alert.nextRung();
    Rung rung = alert.ladder().rungs().get(index);
    List<Contact> reached = new ArrayList<>();
    List<Role> nobody = new ArrayList<>();
    for (Role role : rung.roles()) {
      if (role.equals(Role.DUTY_DESK)) {
        continue; // it has its own turn, and can't be removed
      }
      List<Contact> contacts = draft.world.directory().contacts(alert.home(), alert.elders(), role);
      if (contacts.isEmpty()) {
        nobody.add(role);
      }
      for (Contact contact : contacts) {
        if (reached.stream().noneMatch(r -> r.responder().equals(contact.responder()))) {
          reached.add(contact);
        }
      }
    }
    draft.add(
        new Fact.RungReached(
            alert.id(), index, List.copyOf(nobody), nextRungAt(draft, alert, reached.isEmpty())));
    for (Contact contact : reached) {
      boolean declined = alert.asked(contact.responder()).map(Asked::declined).orElse(false);
      if (!declined) {
        ring(draft, alert.id(), contact, Cause.RUNG);
      }
    }
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

  private static void reachDesk(Draft draft, Alert alert) {
    List<List<Contact>> levels = draft.world.directory().desks(alert.home());
    Duration waiting = Duration.between(alert.deskSince(), draft.now());
    long overflows = waiting.dividedBy(alert.desk().overflowAfter());
    int level = (int) Math.min(levels.size() - 1L, Math.max(0, overflows));
    draft.add(
        new Fact.DeskReached(alert.id(), level, draft.now().plus(alert.desk().repeatEvery())));
    for (int i = 0; i <= level; i++) {
      for (Contact contact : levels.get(i)) {
        ring(draft, alert.id(), contact, Cause.DESK);
      }
    }
  }

  /** Rings one responder now. */
  static void ring(Draft draft, AlertId id, Contact contact, Cause cause) {
    send(
        draft,
        id,
        new Delivery.ToResponder(contact.responder(), contact.role(), contact.relation()),
        cause);
  }

  /**
   * Rings those of the current rung, the desks rung so far and the holders, each at most so often.
   */
  static void ringAgain(Draft draft, AlertId id, Cause cause) {
    Alert alert = draft.alert(id);
    Instant notSince = draft.now().minus(draft.settings().ringAgainAfter());
    for (Asked asked : alert.asked()) {
      boolean current = isDesk(asked) || currentRoles(alert).contains(asked.role());
      boolean holds = alert.holdOf(asked.responder()).isPresent();
      boolean concerned = alert.isHeld() ? holds || isDesk(asked) : current && !asked.declined();
      if (concerned && !asked.lastRungAt().isAfter(notSince)) {
        send(draft, id, recipient(asked), cause);
      }
    }
  }

  private static List<Role> currentRoles(Alert alert) {
    int current = alert.nextRung() - 1;
    return current < 0 ? List.of() : alert.ladder().rungs().get(current).roles();
  }

  /**
   * Rings the desks that were rung so far, however lately, since there is something new to know.
   */
  static void ringDesk(Draft draft, AlertId id, Cause cause) {
    for (Asked asked : draft.alert(id).asked()) {
      if (isDesk(asked)) {
        send(draft, id, recipient(asked), cause);
      }
    }
  }

  /** Tells all who were rung, but those it comes from. */
  static void tellOthers(Draft draft, AlertId id, Cause cause) {
    Alert alert = draft.alert(id);
    for (Asked asked : alert.asked()) {
      if (alert.holdOf(asked.responder()).isEmpty() && !asked.declined()) {
        send(draft, id, recipient(asked), cause);
      }
    }
  }

  /** Tells the devices that spoke. */
  static void tellDevices(Draft draft, AlertId id, Cause cause) {
    for (Delivery.ToDevice device : draft.alert(id).devices()) {
      send(draft, id, device, cause);
    }
  }

  static void send(Draft draft, AlertId id, Delivery.Recipient to, Cause cause) {
    Duration expiry =
        to instanceof Delivery.ToDevice
            ? draft.settings().downExpiry()
            : draft.settings().ringExpiry();
    draft.add(
        new Fact.DeliveryStarted(
            id, draft.alert(id).deliveryCount() + 1, to, cause, draft.now().plus(expiry)));
  }

  /** Nobody holds it any more: the next rung and the desk are due now. */
  static void ringOn(Draft draft, AlertId id) {
    Alert alert = draft.alert(id);
    boolean more = alert.nextRung() < alert.ladder().rungs().size();
    draft.add(new Fact.RingsOn(id, more ? draft.now() : null, draft.now()));
    climb(draft, id);
  }

  static Delivery.ToResponder recipient(Asked asked) {
    return new Delivery.ToResponder(asked.responder(), asked.role(), asked.relation());
  }

  private static boolean isDesk(Asked asked) {
    return asked.role().equals(Role.DUTY_DESK);
  }
}
