package io.shouwang.alerts;

import io.shouwang.model.AlertId;
import io.shouwang.model.Answer;
import io.shouwang.model.Input;
import io.shouwang.model.ResponderId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a person who may close alerts sets right afterwards: one not over, two that are one. */
final class Amending {
  private Amending() {}

  static Answer reopen(Draft draft, Input.AlertReopened input) {
    Optional<Alert> found = draft.home().alert(input.alert());
    Answer.Refused refusal = refusal(draft, found, input.by(), input.dispatcher());
    if (refusal != null) {
      return refusal;
    }
    Alert alert = found.orElseThrow();
    if (alert.isOpen()) {
      return new Answer.Repeated();
    }
    Closing closing = alert.closing();
    if (closing != null && closing.disposition().equals(Closing.MERGED)) {
      return new Answer.Refused(
          Answer.Reason.ALREADY_CLOSED, "it goes on in another alert: open that one again");
    }
    draft.add(new Fact.Reopened(alert.id(), input.by(), input.note() != null, input.channel()));
    Ringing.climb(draft, alert.id());
    for (Asked asked : draft.alert(alert.id()).asked()) {
      boolean isRungNow = asked.lastRungAt().equals(draft.now());
      if (!asked.declined() && !isRungNow) {
        Messages.send(draft, alert.id(), Messages.recipient(asked), Delivery.Cause.REOPENED);
      }
    }
    return new Answer.Taken();
  }

  static Answer merge(Draft draft, Input.AlertsMerged input) {
    Optional<Alert> into = draft.home().alert(input.into());
    Optional<Alert> from = draft.home().alert(input.from());
    Answer.Refused refusal = refusal(draft, into, input.by(), input.dispatcher());
    if (refusal == null) {
      refusal = refusal(draft, from, input.by(), input.dispatcher());
    }
    if (refusal != null) {
      return refusal;
    }
    if (input.into().equals(input.from())) {
      return new Answer.Refused(Answer.Reason.UNKNOWN_ALERT, "an alert can't go on in itself");
    }
    if (!from.orElseThrow().isOpen()) {
      return new Answer.Repeated();
    }
    if (!into.orElseThrow().isOpen()) {
      return new Answer.Refused(Answer.Reason.ALREADY_CLOSED, "the alert to go on in is closed");
    }
    AlertId id = input.into();
    Alert other = from.orElseThrow();
    draft.add(
        new Fact.MergedFrom(
            id,
            other.id(),
            input.by(),
            other.evidence(),
            other.devices(),
            other.asked(),
            other.holds()));
    draft.add(new Fact.MergedInto(other.id(), id, input.by()));
    return new Answer.Taken();
  }

  private static Answer.@Nullable Refused refusal(
      Draft draft, Optional<Alert> alert, ResponderId by, boolean dispatcher) {
    if (alert.isEmpty()) {
      return new Answer.Refused(
          Answer.Reason.UNKNOWN_ALERT, "no alert of this home has this id; it may be long closed");
    }
    return dispatcher || Desks.include(draft, alert.get(), by)
        ? null
        : new Answer.Refused(Answer.Reason.NOT_ASKED, "only a dispatcher may do this");
  }
}
