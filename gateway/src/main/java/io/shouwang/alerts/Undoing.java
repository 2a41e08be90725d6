package io.shouwang.alerts;

import io.shouwang.alerts.Delivery.Cause;
import io.shouwang.model.AlertId;
import io.shouwang.model.Answer;
import io.shouwang.model.EventKey;
import io.shouwang.model.Input;
import io.shouwang.model.Reply;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Role;
import java.time.Duration;
import java.util.List;

/**
 * Whoever closed or merged an alert a moment ago takes that back: it is in their hands from here,
 * with a desk's promise, and goes on without ringing anew those whom it doesn't concern.
 */
final class Undoing {
  /** Later it is opened again with a note, and rings. */
  static final Duration WITHIN = Duration.ofMinutes(2);

  private Undoing() {}

  static Answer take(Draft draft, Alert alert, Closing closing, Input.AlertReopened input) {
    ResponderId by = input.by();
    if (!closing.by().equals(by) || closing.at().plus(WITHIN).isBefore(draft.now())) {
      return new Answer.Refused(
          Answer.Reason.CONFLICT,
          "only who ended it takes that back, within 2 minutes: open it again with a note");
    }
    AlertId into = closing.into();
    Alert other = into == null ? null : draft.home().alert(into).orElse(null);
    if (into != null && (other == null || !other.isOpen())) {
      return new Answer.Refused(
          Answer.Reason.ALREADY_CLOSED, "it went on in another alert: open that one again");
    }
    EventKey key = input.id() == null ? null : Derived.key(by.value(), input.id());
    if (key != null && alert.replyKeys().contains(key)) {
      return new Answer.Repeated(); // said before it was closed again
    }
    AlertId id = alert.id();
    boolean isNoted = input.note() != null && !input.note().isBlank();
    draft.add(new Fact.Reopened(id, by, isNoted, input.channel(), key, true));
    draft.add(
        new Fact.Held(
            id,
            new Hold(
                by,
                Role.DUTY_DESK,
                Role.DUTY_DESK.value(),
                Hold.Phase.PROMISED,
                draft.now(),
                null,
                draft.now().plus(draft.settings().deskHold()))));
    if (other == null) {
      tellAll(draft, alert, by);
    } else {
      part(draft, alert, other, by);
    }
    return new Answer.Taken();
  }

  /** All were told that it is over. Whoever was on the way may have turned back: they are rung. */
  private static void tellAll(Draft draft, Alert alert, ResponderId by) {
    Messages.tellDevices(draft, alert.id(), Cause.TELL_ACCEPTED);
    for (Asked asked : alert.asked()) {
      if (!asked.declined() && !asked.responder().equals(by)) {
        Cause cause = wasComing(asked) ? Cause.REOPENED : Cause.COMING;
        Messages.send(draft, alert.id(), Messages.recipient(asked), cause);
      }
    }
  }

  /** Nobody was told anything. Whoever was coming for it comes for both. */
  private static void part(Draft draft, Alert alert, Alert other, ResponderId by) {
    draft.add(new Fact.Parted(other.id(), alert.id(), by));
    List<ResponderId> coming =
        alert.asked().stream().filter(Undoing::wasComing).map(Asked::responder).toList();
    for (Hold hold : other.holds()) {
      boolean isTheirs = hold.responder().equals(by);
      if (!isTheirs && coming.contains(hold.responder())) {
        draft.add(new Fact.Held(alert.id(), hold));
      }
    }
  }

  private static boolean wasComing(Asked asked) {
    Reply.Answer said = asked.answer();
    return said == Reply.Answer.ACCEPT
        || said == Reply.Answer.ON_THE_WAY
        || said == Reply.Answer.ARRIVED;
  }
}
