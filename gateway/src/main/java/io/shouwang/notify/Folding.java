package io.shouwang.notify;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.Delivery;
import io.shouwang.alerts.Delivery.Cause;
import io.shouwang.alerts.Effect;
import io.shouwang.alerts.IncidentBook;
import java.util.Optional;

/**
 * Folds follow-ups about single homes into the incident of their area: who is rung for the incident
 * hears of all its homes at once, with a head-count. The first ring for each home always goes out,
 * by each of a person's ways; and so does whatever says something new: a second press, a lapsed
 * promise, a claim.
 */
public final class Folding implements Holding {
  private final IncidentBook incidents;

  public Folding(IncidentBook incidents) {
    this.incidents = incidents;
  }

  @Override
  public Optional<String> holdBack(Effect effect, Alert alert) {
    Delivery delivery = effect.delivery();
    if (!(delivery.to() instanceof Delivery.ToResponder to)
        || !mayWait(delivery.cause())
        || new Errand(alert, delivery).isFirst()) {
      return Optional.empty();
    }
    return incidents
        .covering(alert)
        .filter(incident -> incident.asked(to.responder()).isPresent())
        .map(incident -> "folded into incident " + incident.id());
  }

  private static boolean mayWait(Cause cause) {
    return switch (cause) {
      case DESK, COMING, ENDED -> true;
      case RUNG,
          PRESSED_AGAIN,
          REOPENED,
          LAPSED,
          HANDED,
          CLAIMED,
          TELL_RECEIVED,
          TELL_ACCEPTED,
          TELL_CLOSED ->
          false;
    };
  }
}
