package io.shouwang.alerts;

import io.shouwang.alerts.Delivery.Cause;
import io.shouwang.model.AlertId;
import io.shouwang.model.Answer;
import io.shouwang.model.Input;
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
    return alert.isPresent() ? ringOn(draft, alert.get()) : tell(draft, found);
  }

  private static Answer ringOn(Draft draft, Alert alert) {
    if (!alert.isOpen() || isKept(draft, alert) || hasJustRung(draft, alert)) {
      return new Answer.Repeated();
    }
    AlertId id = alert.id();
    draft.add(new Fact.FoundSilent(id));
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
