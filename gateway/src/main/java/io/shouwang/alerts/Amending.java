package io.shouwang.alerts;

import io.shouwang.model.Answer;
import io.shouwang.model.EventKey;
import io.shouwang.model.Input;
import io.shouwang.model.ResponderId;
import java.util.Objects;
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
    Closing closing = Objects.requireNonNull(alert.closing());
    if (input.undo()) {
      return Undoing.take(draft, alert, closing, input);
    }
    if (goesOnElsewhere(draft, closing)) {
      return new Answer.Refused(
          Answer.Reason.ALREADY_CLOSED, "it goes on in another alert: open that one again");
    }
    EventKey key = input.id() == null ? null : Derived.key(input.by().value(), input.id());
    if (key != null && alert.replyKeys().contains(key)) {
      return new Answer.Repeated(); // said before it was closed again
    }
    boolean isNoted = input.note() != null && !input.note().isBlank();
    draft.add(new Fact.Reopened(alert.id(), input.by(), isNoted, input.channel(), key));
    // The wearer was told that it is over.
    Messages.tellDevices(draft, alert.id(), Delivery.Cause.TELL_RECEIVED);
    Ringing.climb(draft, alert.id());
    for (Asked asked : draft.alert(alert.id()).asked()) {
      boolean isRungNow = asked.lastRungAt().equals(draft.now());
      if (!asked.declined() && !isRungNow) {
        Messages.send(draft, alert.id(), Messages.recipient(asked), Delivery.Cause.REOPENED);
      }
    }
    return new Answer.Taken();
  }

  /** Of a county's alert only the county's word says so; at home a person may use it loosely. */
  private static boolean goesOnElsewhere(Draft draft, Closing closing) {
    boolean isSaid = closing.disposition().equals(Closing.MERGED);
    return closing.into() != null || (isSaid && draft.home().id().isOfCounty());
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
    Alert one = into.orElseThrow();
    Alert other = from.orElseThrow();
    if (one.id().equals(other.id())) {
      return new Answer.Refused(Answer.Reason.CONFLICT, "an alert can't go on in itself");
    }
    if (draft.home().id().isOfCounty()) {
      // Two homes may live behind one name there, and the county would go on saying how each is.
      return new Answer.Refused(
          Answer.Reason.CONFLICT, "a county's alerts are merged at the county's own gateway");
    }
    if (!other.isOpen()) {
      return new Answer.Repeated();
    }
    if (!one.isOpen()) {
      return new Answer.Refused(Answer.Reason.ALREADY_CLOSED, "the alert to go on in is closed");
    }
    if (other.severity().compareTo(one.severity()) < 0) {
      return new Answer.Refused(
          Answer.Reason.CONFLICT, "the graver alert goes on: merge the other one into it");
    }
    if (one.marks().exercise() && !other.marks().exercise()) {
      return new Answer.Refused(
          Answer.Reason.CONFLICT, "what is real doesn't go on in an exercise");
    }
    draft.add(
        new Fact.MergedFrom(
            one.id(),
            other.id(),
            input.by(),
            other.evidence(),
            other.devices(),
            other.asked(),
            other.holds(),
            other.elders(),
            other.replyKeys()));
    draft.add(new Fact.MergedInto(other.id(), one.id(), input.by()));
    hearOf(draft, one, other);
    return new Answer.Taken();
  }

  /**
   * Who was rung there and has it not on the phone yet is rung here, since that ring is off; who
   * was rung here alone hears who is coming from there.
   */
  private static void hearOf(Draft draft, Alert one, Alert other) {
    for (Asked asked : other.asked()) {
      Alert merged = draft.alert(one.id());
      boolean isNeeded = !asked.declined() && !merged.isStopped() && !merged.isHeldBy(asked.role());
      if (isNeeded && one.asked(asked.responder()).isEmpty() && isUnderWay(other, asked)) {
        Messages.send(draft, one.id(), Messages.recipient(asked), Delivery.Cause.RUNG);
      }
    }
    for (Hold hold : other.holds()) {
      if (one.holdOf(hold.responder()).isEmpty()) {
        Messages.tellDevices(draft, one.id(), Delivery.Cause.TELL_ACCEPTED);
        one.asked().stream()
            .filter(a -> !a.declined() && !a.responder().equals(hold.responder()))
            .filter(a -> other.asked(a.responder()).isEmpty())
            .forEach(
                a -> Messages.send(draft, one.id(), Messages.recipient(a), Delivery.Cause.COMING));
      }
    }
  }

  private static boolean isUnderWay(Alert alert, Asked asked) {
    return alert.deliveries().stream()
        .anyMatch(d ->
            d.isUnderWay()
                && d.cause().isRing()
                && d.to() instanceof Delivery.ToResponder to
                && to.responder().equals(asked.responder()));
  }

  static Answer.@Nullable Refused refusal(
      Draft draft, Optional<Alert> alert, ResponderId by, boolean dispatcher) {
    if (alert.isEmpty()) {
      return new Answer.Refused(
          Answer.Reason.UNKNOWN_ALERT, "no alert of this home has this id; it may be long closed");
    }
    return dispatcher || Desks.answer(draft, alert.get(), by)
        ? null
        : new Answer.Refused(Answer.Reason.NOT_ASKED, "only a dispatcher may do this");
  }
}
