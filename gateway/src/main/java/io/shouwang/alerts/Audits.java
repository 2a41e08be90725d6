package io.shouwang.alerts;

import io.shouwang.alerts.Delivery.Cause;
import io.shouwang.model.AlertId;
import io.shouwang.model.Answer;
import io.shouwang.model.Input;
import io.shouwang.model.Outcome;
import java.time.Instant;
import java.util.Optional;

/**
 * What follows from something the auditor found: an alert in which nothing happens any more is rung
 * again, and of what can't be rung the duty desk hears. The same finding twice does no more than
 * once.
 */
final class Audits {
  private Audits() {}

  static Answer take(Draft draft, Input.FoundByAudit found) {
    AlertId id = found.alert();
    Optional<Alert> alert = id == null ? Optional.empty() : draft.home().alert(id);
    if (alert.isEmpty()) {
      return tell(draft, found);
    }
    return found.delivery() == null
        ? ringOn(draft, alert.get())
        : sendAgain(draft, alert.get(), found.delivery());
  }

  /** A ring that got lost goes out under another number, unless somebody has it in hand by now. */
  private static Answer sendAgain(Draft draft, Alert alert, int number) {
    Optional<Delivery> lost =
        alert.delivery(number).filter(Delivery::isUnderWay).filter(_ -> alert.isOpen());
    if (lost.isEmpty()) {
      return new Answer.Repeated();
    }
    draft.add(new Fact.DeliveryEnded(alert.id(), number, new Outcome.GaveUp("never handed over")));
    if (!alert.isStopped()) {
      Messages.send(draft, alert.id(), lost.get().to(), lost.get().cause());
    }
    return new Answer.Taken();
  }

  private static Answer ringOn(Draft draft, Alert alert) {
    if (!alert.isOpen() || isKept(draft, alert) || hasJustRung(draft, alert)) {
      return new Answer.Repeated();
    }
    AlertId id = alert.id();
    draft.add(new Fact.FoundSilent(id));
    Handing.lapse(draft, id);
    Core.lapse(draft, draft.alert(id));
    if (!draft.alert(id).isStopped()) {
      boolean more = alert.nextRung() < alert.ladder().rungs().size();
      draft.add(new Fact.RingsOn(id, more ? draft.now() : null, draft.now()));
      Ringing.climb(draft, id);
      Ringing.ringAgain(draft, id, Cause.DESK);
    }
    return new Answer.Taken();
  }

  /** Somebody has it in hand whose promise still holds. */
  private static boolean isKept(Draft draft, Alert alert) {
    Instant deadline = alert.deadline();
    return alert.isStopped() && deadline != null && deadline.isAfter(draft.now());
  }

  private static boolean hasJustRung(Draft draft, Alert alert) {
    Instant notSince = draft.now().minus(draft.settings().ringAgainAfter());
    Instant deskAt = alert.deskAt();
    return deskAt != null
        && deskAt.isAfter(draft.now())
        && alert.deliveries().stream()
            .anyMatch(d -> d.cause().isRing() && d.startedAt().isAfter(notSince));
  }

  /** As trouble of the home, where it was said before only while nobody has closed that. */
  private static Answer tell(Draft draft, Input.FoundByAudit found) {
    Input.Trouble what = Input.Trouble.FOUND_BY_AUDIT;
    boolean said =
        Events.openAlert(draft.home(), Core.TROUBLE, new Subject.OfHome()).stream()
            .flatMap(open -> open.timeline().stream())
            .anyMatch(entry ->
                entry.fact() instanceof Fact.TroubleSeen seen
                    && seen.what().equals(what.name())
                    && seen.detail().equals(found.detail()));
    return said
        ? new Answer.Repeated()
        : Core.trouble(draft, new Input.TroubleNoticed(what, found.detail()));
  }
}
