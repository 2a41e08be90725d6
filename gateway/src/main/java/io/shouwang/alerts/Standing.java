package io.shouwang.alerts;

import java.time.Instant;
import java.util.Optional;

/** How far it has come with one responder who was asked. */
public enum Standing {
  /** A message is under way. */
  PENDING,
  /** A provider or a line took it. */
  SENT,
  /** It is on their phone. */
  DELIVERED,
  /** They opened, read or heard it. */
  SEEN,
  /** The ladder went on without a word from them. */
  NO_ANSWER,
  DECLINED,
  /** They promised to come by a time. */
  ACCEPTED,
  ON_THE_WAY,
  ARRIVED,
  /** Their promise lapsed. */
  LAPSED,
  /** They reached the elder by phone. */
  SPOKE,
  /** The elder's own word. */
  WELL,
  DONE;

  /** How it stands with one whom this alert asked. */
  public static Standing of(Alert alert, Asked asked) {
    Optional<Hold> hold = alert.holdOf(asked.responder());
    if (hold.isPresent()) {
      return switch (hold.get().phase()) {
        case PROMISED -> ACCEPTED;
        case ON_THE_WAY -> ON_THE_WAY;
        case PRESENT -> ARRIVED;
      };
    }
    if (asked.answer() == null) {
      return asked.declined() ? DECLINED : unanswered(alert, asked);
    }
    return switch (asked.answer()) {
      case DECLINE -> DECLINED;
      case SPOKE -> SPOKE;
      case WELL -> WELL;
      case DONE -> DONE;
      case ARRIVED -> ARRIVED;
      case ACCEPT -> alert.isOpen() ? LAPSED : ACCEPTED;
      case ON_THE_WAY -> alert.isOpen() ? LAPSED : ON_THE_WAY;
    };
  }

  private static Standing unanswered(Alert alert, Asked asked) {
    boolean over = asked.nextWayAt() == null && wentOnAfter(alert, asked.lastRungAt());
    if (!alert.isOpen() || over) {
      return NO_ANSWER;
    }
    return switch (asked.reached()) {
      case PENDING -> PENDING;
      case SENT -> SENT;
      case DELIVERED -> DELIVERED;
      case SEEN -> SEEN;
    };
  }

  private static boolean wentOnAfter(Alert alert, Instant rungAt) {
    for (Entry entry : alert.timeline().reversed()) {
      if (!entry.stamp().now().isAfter(rungAt)) {
        return false;
      }
      if (entry.fact() instanceof Fact.RungReached || entry.fact() instanceof Fact.DeskReached) {
        return true;
      }
    }
    return false;
  }
}
