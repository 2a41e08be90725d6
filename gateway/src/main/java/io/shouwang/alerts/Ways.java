package io.shouwang.alerts;

import io.shouwang.alerts.Delivery.Cause;
import io.shouwang.model.AlertId;
import io.shouwang.model.Directory.Way;
import io.shouwang.model.Outcome;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Role;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How one person is reached: by the first of their ways, and by the next when nobody answers or a
 * way fails. One pass over the ways is a round; whatever they answer, and somebody else's promise,
 * ends it.
 */
final class Ways {
  private Ways() {}

  /** Whether there is any way to reach them at all. */
  static boolean exist(Draft draft, ResponderId who) {
    return !draft.world.directory().ways(who).isEmpty();
  }

  /** Whether one of their ways has proved to be theirs. */
  static boolean isVerified(Draft draft, ResponderId who) {
    return draft.world.directory().ways(who).stream().anyMatch(Way::verified);
  }

  /**
   * Sends a message. A ring begins a round, or repeats the first way of the one under way; news go
   * by the first way that has not failed.
   */
  static void send(Draft draft, AlertId id, Delivery.ToResponder to, Cause cause) {
    List<Way> ways = draft.world.directory().ways(to.responder());
    Alert alert = draft.alert(id);
    if (!cause.isRing()) {
      int way = firstThatWorks(alert, to.responder(), ways);
      start(draft, id, to, cause, ways, way, null);
      return;
    }
    Instant pending = alert.asked(to.responder()).map(Asked::nextWayAt).orElse(null);
    Instant next = pending == null ? nextAt(draft, ways, 0) : pending;
    start(draft, id, to, cause, ways, 0, next);
  }

  /**
   * The next way of each who has not answered and whose time has come; several, where they are to
   * be tried together.
   */
  static void climb(Draft draft, Alert alert) {
    for (Asked asked : alert.asked()) {
      Asked now = asked;
      while (isDue(draft, now)) {
        next(draft, alert.id(), now);
        now = draft.alert(alert.id()).asked(asked.responder()).orElseThrow();
      }
    }
  }

  private static boolean isDue(Draft draft, Asked asked) {
    Instant at = asked.nextWayAt();
    return at != null && !at.isAfter(draft.now());
  }

  /**
   * A ring failed: if it was by the way they were last tried by, the next is tried at once.
   *
   * @return false if there was none left
   */
  static boolean goOn(Draft draft, AlertId id, Delivery failed, ResponderId who) {
    Optional<Asked> asked = draft.alert(id).asked(who);
    if (asked.isEmpty() || asked.get().nextWayAt() == null) {
      return false;
    }
    if (failed.way() == asked.get().ways() - 1) {
      next(draft, id, asked.get());
    }
    return true;
  }

  /** Ends: each call uses up a way, and the last one leaves no time for another. */
  private static void next(Draft draft, AlertId id, Asked asked) {
    List<Way> ways = draft.world.directory().ways(asked.responder());
    // The registry may name fewer by now: then the last of them once more, rather than none.
    int way = Math.clamp(asked.ways(), 0, Math.max(0, ways.size() - 1));
    start(
        draft,
        id,
        Messages.recipient(asked),
        asked.isDesk() ? Cause.DESK : Cause.RUNG,
        ways,
        way,
        nextAt(draft, ways, way));
  }

  private static @Nullable Instant nextAt(Draft draft, List<Way> ways, int way) {
    return way + 1 < ways.size() ? draft.now().plus(ways.get(way + 1).after()) : null;
  }

  private static int firstThatWorks(Alert alert, ResponderId who, List<Way> ways) {
    for (int way = 0; way < ways.size(); way++) {
      if (!hasFailed(alert, who, way)) {
        return way;
      }
    }
    return 0;
  }

  private static boolean hasFailed(Alert alert, ResponderId who, int way) {
    for (Delivery delivery : alert.deliveries().reversed()) {
      if (delivery.way() == way && isTo(delivery, who) && delivery.outcome() != null) {
        return delivery.outcome() instanceof Outcome.GaveUp;
      }
    }
    return false;
  }

  /** The latest ring to them was given up, and there is no other way left. */
  static boolean isUnreachable(Alert alert, Asked asked) {
    if (asked.nextWayAt() != null) {
      return false;
    }
    for (Delivery delivery : alert.deliveries().reversed()) {
      if (delivery.cause().isRing() && isTo(delivery, asked.responder())) {
        return delivery.outcome() instanceof Outcome.GaveUp;
      }
    }
    return false;
  }

  private static boolean isTo(Delivery delivery, ResponderId who) {
    return delivery.to() instanceof Delivery.ToResponder(ResponderId to, Role _, String _)
        && to.equals(who);
  }

  private static void start(
      Draft draft,
      AlertId id,
      Delivery.ToResponder to,
      Cause cause,
      List<Way> ways,
      int way,
      @Nullable Instant nextAt) {
    int number = draft.alert(id).deliveryCount() + 1;
    Way by = ways.isEmpty() ? Way.MQTT : ways.get(way);
    draft.add(
        new Fact.DeliveryStarted(
            id,
            number,
            to,
            cause,
            draft.now().plus(draft.settings().ringExpiry()),
            by.channel(),
            way,
            nextAt));
  }
}
