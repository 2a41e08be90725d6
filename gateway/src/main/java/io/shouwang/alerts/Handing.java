package io.shouwang.alerts;

import io.shouwang.alerts.Delivery.Cause;
import io.shouwang.model.AlertId;
import io.shouwang.model.Answer;
import io.shouwang.model.EventKey;
import io.shouwang.model.Input;
import io.shouwang.model.Reply;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Role;
import io.shouwang.rules.RuleSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * An alert goes from one pair of hands into another (P2). Asking gives nothing away: the first one
 * keeps it until the other accepts, under a promise cut to twice the time for an answer. Nobody
 * answers: the desks hear that it is still the first one's. Nor does that one say a word: their
 * promise lapses, and it rings on.
 */
final class Handing {
  /** So long a colleague has to answer; a telephone call takes less. */
  static final Duration ANSWER_WITHIN = Duration.ofMinutes(2);

  private Handing() {}

  static Answer take(Draft draft, Input.HandoverAsked input) {
    Optional<Alert> found = draft.home().alert(input.alert()).map(draft.home()::goesOnIn);
    if (found.isEmpty()) {
      return new Answer.Refused(
          Answer.Reason.UNKNOWN_ALERT, "no alert of this home has this id; it may be long closed");
    }
    Alert alert = found.get();
    EventKey key = input.id() == null ? null : Derived.key(input.by().value(), input.id());
    if (key != null && alert.replyKeys().contains(key)) {
      return new Answer.Repeated();
    }
    if (!alert.isOpen()) {
      return new Answer.Refused(Answer.Reason.ALREADY_CLOSED, "the alert is closed");
    }
    Hold hold = alert.holdOf(input.by()).filter(h -> h.role().equals(Role.DUTY_DESK)).orElse(null);
    if (hold == null) {
      return new Answer.Refused(
          Answer.Reason.CONFLICT, "only who has it in hand hands it over: accept it first");
    }
    if (alert.holdOf(input.to()).isPresent()) {
      return new Answer.Refused(
          Answer.Reason.CONFLICT, "they have it in hand already: give yours back instead");
    }
    if (!input.operator() && !Desks.include(draft, alert, input.to())) {
      return new Answer.Refused(
          Answer.Reason.NOT_ASKED, "it is handed over to a dispatcher or desk of its home only");
    }
    withdraw(draft, alert);
    Instant now = draft.now();
    Instant until = shortened(draft.settings(), hold, now);
    Instant answerBy = earlier(now.plus(ANSWER_WITHIN), until);
    Handover handover = new Handover(input.by(), input.to(), now, answerBy);
    draft.add(new Fact.Held(alert.id(), hold.heldUntil(until)));
    draft.add(new Fact.HandoverOffered(alert.id(), handover, input.channel(), key));
    if (!input.operator()) { // who hears it at their seat
      Messages.send(draft, alert.id(), asDesk(input.to()), Cause.HANDED);
    }
    return new Answer.Taken();
  }

  /** Twice the time for an answer, and never past the cap from when it was first promised. */
  private static Instant shortened(RuleSettings settings, Hold hold, Instant now) {
    Duration most =
        switch (hold.phase()) {
          case PROMISED, ON_THE_WAY -> settings.etaCap().plus(settings.arrivalGrace());
          case PRESENT -> settings.arrivedLimit();
        };
    Instant latest = hold.since().plus(most);
    Instant until = earlier(now.plus(ANSWER_WITHIN.multipliedBy(2)), latest);
    return until.isAfter(now) ? until : hold.until();
  }

  private static void withdraw(Draft draft, Alert alert) {
    Handover before = alert.handover();
    if (before != null) {
      end(draft, alert.id(), before, Handover.End.WITHDRAWN);
    }
  }

  /** What an answer to the alert means for what was asked. */
  static void settle(Draft draft, AlertId id, ResponderId by, Reply.Answer answer) {
    Alert alert = draft.alert(id);
    Handover asked = alert.handover();
    if (asked == null || !alert.isOpen()) {
      return;
    }
    if (by.equals(asked.to())) {
      if (alert.holdOf(by).isPresent()) {
        end(draft, id, asked, Handover.End.TAKEN);
        draft.add(new Fact.HoldEnded(id, asked.from(), false));
      } else if (answer == Reply.Answer.DECLINE) {
        end(draft, id, asked, Handover.End.DECLINED);
        ringFirst(draft, id, asked);
      }
    } else if (by.equals(asked.from()) && promises(answer)) {
      end(draft, id, asked, Handover.End.WITHDRAWN); // they keep it after all
    }
  }

  private static boolean promises(Reply.Answer answer) {
    return answer == Reply.Answer.ACCEPT
        || answer == Reply.Answer.ON_THE_WAY
        || answer == Reply.Answer.ARRIVED;
  }

  /** Nobody answered in time. It is the first one's still, and whoever is at the desks hears it. */
  static void lapse(Draft draft, AlertId id) {
    Alert alert = draft.alert(id);
    Handover asked = alert.handover();
    if (asked == null || asked.until().isAfter(draft.now())) {
      return;
    }
    end(draft, id, asked, Handover.End.LAPSED);
    boolean isHeld =
        alert.holdOf(asked.from()).filter(h -> h.until().isAfter(draft.now())).isPresent();
    if (isHeld) { // else all are rung in any case
      Messages.ringDesk(draft, id, Cause.HANDED, asked.from());
      ringFirst(draft, id, asked);
    }
  }

  private static void ringFirst(Draft draft, AlertId id, Handover asked) {
    if (Desks.include(draft, draft.alert(id), asked.from())) { // else at their seat
      Messages.send(draft, id, asDesk(asked.from()), Cause.HANDED);
    }
  }

  private static void end(Draft draft, AlertId id, Handover asked, Handover.End how) {
    draft.add(new Fact.HandoverEnded(id, asked.from(), asked.to(), how));
  }

  private static Delivery.ToResponder asDesk(ResponderId who) {
    return new Delivery.ToResponder(who, Role.DUTY_DESK, Role.DUTY_DESK.value());
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }
}
