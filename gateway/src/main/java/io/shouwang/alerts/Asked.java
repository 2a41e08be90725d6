package io.shouwang.alerts;

import io.shouwang.model.Outcome;
import io.shouwang.model.Reply;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Role;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A responder who has been rung for an alert.
 *
 * @param role the one they were rung in first; the duty desk's once they were rung as one
 * @param declined they said no, and have not accepted since
 * @param reached how far the rings to them came, at best
 * @param answer the last thing they said; null as long as they said nothing
 * @param ways how many of their ways were tried in this round
 * @param nextWayAt when the next is; null if there is none, or none is needed
 */
public record Asked(
    ResponderId responder,
    Role role,
    String relation,
    Instant lastRungAt,
    boolean declined,
    Reached reached,
    Reply.@Nullable Answer answer,
    int ways,
    @Nullable Instant nextWayAt) {

  /** What an earlier version wrote says less. */
  public Asked {
    reached = Objects.requireNonNullElse(reached, Reached.PENDING);
  }

  static Asked first(Delivery.ToResponder to, Instant at, int ways, @Nullable Instant nextWayAt) {
    return new Asked(
        to.responder(),
        to.role(),
        to.relation(),
        at,
        false,
        Reached.PENDING,
        null,
        ways,
        nextWayAt);
  }

  /** How far a message to somebody came. */
  public enum Reached {
    PENDING,
    /** A provider or a line took it. */
    SENT,
    /** It is on their phone. */
    DELIVERED,
    /** They opened, read or heard it. */
    SEEN
  }

  /** Rung once more. Who is rung as a duty desk is one from then on: that can't be taken back. */
  Asked rungAgain(Delivery.ToResponder as, Instant at, int tried, @Nullable Instant nextAt) {
    boolean becomesDesk = as.role().equals(Role.DUTY_DESK);
    return new Asked(
        responder,
        becomesDesk ? as.role() : role,
        becomesDesk ? as.relation() : relation,
        at,
        declined,
        reached,
        answer,
        tried,
        nextAt);
  }

  /** A message to them came so far. */
  Asked reachedBy(Outcome outcome) {
    Reached how =
        switch (outcome) {
          case Outcome.Sent _ -> Reached.SENT;
          case Outcome.Acknowledged _ -> Reached.DELIVERED;
          case Outcome.Seen _ -> Reached.SEEN;
          case Outcome.Expired _, Outcome.GaveUp _, Outcome.HeldBack _, Outcome.Superseded _ ->
              reached;
        };
    return how.compareTo(reached) <= 0
        ? this
        : new Asked(responder, role, relation, lastRungAt, declined, how, answer, ways, nextWayAt);
  }

  /** They said something: none of their further ways is needed in this round. */
  Asked answers(Reply.Answer said) {
    return new Asked(
        responder,
        role,
        relation,
        lastRungAt,
        said == Reply.Answer.DECLINE || (declined && said != Reply.Answer.ACCEPT),
        reached,
        said,
        ways,
        null);
  }

  /** Somebody else is coming: no more is needed of them. */
  Asked quiet() {
    return nextWayAt == null
        ? this
        : new Asked(responder, role, relation, lastRungAt, declined, reached, answer, ways, null);
  }

  /** Their next way is tried no earlier than this. */
  Asked putOff(Instant until) {
    return nextWayAt == null || !nextWayAt.isBefore(until)
        ? this
        : new Asked(responder, role, relation, lastRungAt, declined, reached, answer, ways, until);
  }

  /** Who takes it in hand after all has not declined. */
  Asked accepts() {
    return declined
        ? new Asked(responder, role, relation, lastRungAt, false, reached, answer, ways, nextWayAt)
        : this;
  }

  boolean isDesk() {
    return role.equals(Role.DUTY_DESK);
  }
}
