package io.shouwang.alerts;

import io.shouwang.alerts.Delivery.Cause;
import io.shouwang.model.AlertId;
import io.shouwang.model.Answer;
import io.shouwang.model.Directory.Contact;
import io.shouwang.model.EventKey;
import io.shouwang.model.Input;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A dispatcher who doesn't wait for the ladder. The next rung that reaches anybody is rung now,
 * whether it waited, was quieted by a claim, or somebody has the alert in hand: those keep it, and
 * the ladder stays stopped behind what was rung. After the last rung the desks of the area above
 * are; when all desks were, those who may still come are rung once more.
 */
final class Hurrying {
  private Hurrying() {}

  static Answer take(Draft draft, Input.LadderHurried input) {
    Optional<Alert> found = draft.home().alert(input.alert()).map(draft.home()::goesOnIn);
    Answer.Refused refusal = Amending.refusal(draft, found, input.by(), input.dispatcher());
    if (refusal != null) {
      return refusal;
    }
    Alert alert = found.orElseThrow();
    EventKey key = input.id() == null ? null : Derived.key(input.by().value(), input.id());
    if (key != null && alert.replyKeys().contains(key)) {
      return new Answer.Repeated();
    }
    if (!alert.isOpen()) {
      return new Answer.Refused(Answer.Reason.ALREADY_CLOSED, "the alert is closed");
    }
    List<Asked> again = mayComeStill(draft, alert);
    boolean isSpent = !hasRungLeft(alert) && nextDesk(draft, alert) < 0 && again.isEmpty();
    if (isSpent) {
      return new Answer.Refused(
          Answer.Reason.CONFLICT,
          "every rung and every desk was rung, and nobody is left who may come and was not rung"
              + " within the last "
              + draft.settings().ringAgainAfter().toSeconds()
              + " s: telephone, or hand it over");
    }
    AlertId id = alert.id();
    draft.add(new Fact.Hurried(id, input.by(), input.channel(), key));
    int before = alert.deliveryCount();
    while (isSilent(draft, id, before) && hasRungLeft(draft.alert(id))) {
      Ringing.reachRung(draft, draft.alert(id));
    }
    if (isSilent(draft, id, before)) {
      ringNextDesk(draft, draft.alert(id));
    }
    if (isSilent(draft, id, before)) {
      again.forEach(one -> Messages.send(draft, id, Messages.recipient(one), Cause.RUNG));
    }
    Ringing.climb(draft, id);
    return new Answer.Taken();
  }

  private static boolean isSilent(Draft draft, AlertId id, int before) {
    return draft.alert(id).deliveryCount() == before;
  }

  private static boolean hasRungLeft(Alert alert) {
    return alert.nextRung() < alert.ladder().rungs().size();
  }

  /** The level of desks above those reached; -1 if there is none. */
  private static int nextDesk(Draft draft, Alert alert) {
    boolean isReached = alert.asked().stream().anyMatch(Asked::isDesk);
    int level = isReached ? alert.deskLevel() + 1 : 0;
    return level < Desks.levels(draft, alert).size() ? level : -1;
  }

  /** Those below were rung and know; their own next turn stays where it is. */
  private static void ringNextDesk(Draft draft, Alert alert) {
    int level = nextDesk(draft, alert);
    if (level < 0) {
      return;
    }
    List<Contact> reached = level == 0 ? List.of() : Desks.upTo(draft, alert, level - 1);
    Instant own = alert.deskAt();
    Instant nextAt =
        own != null && own.isAfter(draft.now())
            ? own
            : draft.now().plus(alert.desk().repeatEvery());
    draft.add(new Fact.DeskReached(alert.id(), level, nextAt));
    for (Contact desk : Desks.upTo(draft, alert, level)) {
      if (!reached.contains(desk)) {
        Messages.ring(draft, alert.id(), desk, Cause.DESK);
      }
    }
  }

  /** Asked, neither coming nor out, and not rung just now. */
  private static List<Asked> mayComeStill(Draft draft, Alert alert) {
    Instant notSince = draft.now().minus(draft.settings().ringAgainAfter());
    return alert.asked().stream()
        .filter(a -> !a.isDesk() && !a.declined() && alert.holdOf(a.responder()).isEmpty())
        .filter(a -> !a.lastRungAt().isAfter(notSince))
        .toList();
  }
}
