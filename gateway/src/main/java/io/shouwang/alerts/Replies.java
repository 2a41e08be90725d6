package io.shouwang.alerts;

import io.shouwang.alerts.Delivery.Cause;
import io.shouwang.model.Answer;
import io.shouwang.model.EventKey;
import io.shouwang.model.Identity;
import io.shouwang.model.Input;
import io.shouwang.model.Reply;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Role;
import io.shouwang.rules.RuleSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a responder answered, and what it does to the alert. */
final class Replies {
  private Replies() {}

  static Answer take(Draft draft, Input.ReplyReceived input) {
    Reply reply = input.reply();
    Optional<Alert> found = draft.home().alert(reply.alert()).map(draft.home()::goesOnIn);
    if (found.isEmpty()) {
      return refused(Answer.Reason.UNKNOWN_ALERT, "no alert has this id; it may be long closed");
    }
    Alert alert = found.get();
    EventKey key = reply.id() == null ? null : Derived.key(input.by().value(), reply.id());
    if (key != null && alert.replyKeys().contains(key)) {
      return new Answer.Repeated();
    }
    Optional<Who> who = who(draft, alert, input);
    if (who.isEmpty()) {
      return refused(Answer.Reason.NOT_ASKED, "only those who were rung may answer this alert");
    }
    if (!alert.isOpen()) {
      return refused(Answer.Reason.ALREADY_CLOSED, "the alert is closed");
    }
    String disposition = disposition(reply.disposition());
    draft.add(
        new Fact.Replied(
            alert.id(),
            input.by(),
            who.get().role(),
            reply.answer(),
            key,
            promises(reply) ? etaMinutes(draft, reply, who.get()) : null,
            disposition,
            reply.note() != null,
            input.channel()));
    switch (reply.answer()) {
      case ACCEPT, ON_THE_WAY -> accept(draft, alert, asHolder(alert, who.get()), reply);
      case DECLINE -> decline(draft, alert, who.get());
      case SPOKE -> claimWell(draft, alert, who.get());
      case WELL -> well(draft, alert, who.get());
      case ARRIVED -> arrive(draft, alert, asHolder(alert, who.get()));
      case DONE -> done(draft, alert, who.get(), disposition, input);
    }
    Handing.settle(draft, alert.id(), input.by(), reply.answer());
    return new Answer.Taken();
  }

  private static boolean isNoteMissing(Input.ReplyReceived input) {
    String note = input.reply().note();
    return input.dispatcher() && (note == null || note.isBlank());
  }

  private static boolean promises(Reply reply) {
    return reply.answer() == Reply.Answer.ACCEPT || reply.answer() == Reply.Answer.ON_THE_WAY;
  }

  /**
   * The word it ended with; null when none was said. What is no word may be about a person, and
   * facts hold no free text: that belongs in the note.
   */
  private static @Nullable String disposition(@Nullable String said) {
    String word = said == null ? "" : said.strip();
    if (word.isEmpty()) {
      return null;
    }
    boolean isWord =
        word.length() <= Identity.LENGTH_MAX
            && word.codePoints()
                .allMatch(c -> Character.isLetterOrDigit(c) || c == ' ' || c == '_' || c == '-');
    return isWord ? word : "other";
  }

  /** Who answers, as this alert knows them. */
  private record Who(ResponderId id, Role role, String relation, boolean isDispatcher) {}

  private static Optional<Who> who(Draft draft, Alert alert, Input.ReplyReceived input) {
    boolean isDispatcher = input.dispatcher() || Desks.answer(draft, alert, input.by());
    Optional<Asked> asked = alert.asked(input.by());
    if (isDispatcher) {
      return Optional.of(new Who(input.by(), Role.DUTY_DESK, Role.DUTY_DESK.value(), isDispatcher));
    }
    return asked.map(a -> new Who(a.responder(), a.role(), a.relation(), false));
  }

  /**
   * Who answers, in the role of the promise they already made if that stops the ladder: what they
   * are in the registry by now doesn't set it going behind everybody's back.
   */
  private static Who asHolder(Alert alert, Who who) {
    return alert
        .holdOf(who.id())
        .filter(held -> alert.ladder().isStoppedBy(held.role()))
        .map(held -> new Who(who.id(), held.role(), held.relation(), who.isDispatcher()))
        .orElse(who);
  }

  private static void accept(Draft draft, Alert alert, Who who, Reply reply) {
    Instant now = draft.now();
    RuleSettings settings = draft.settings();
    Optional<Hold> held = alert.holdOf(who.id());
    if (held.isPresent() && held.get().phase() == Hold.Phase.PRESENT) {
      return; // who is there needs not promise to come
    }
    Instant since = held.map(Hold::since).orElse(now);
    // A promise may be put off, but never past the cap from when it was first made.
    Instant latest = since.plus(settings.etaCap());
    Integer eta = etaMinutes(draft, reply, who);
    Hold.Phase phase =
        reply.answer() == Reply.Answer.ON_THE_WAY
            ? Hold.Phase.ON_THE_WAY
            : held.map(Hold::phase).orElse(Hold.Phase.PROMISED);
    Hold hold;
    if (eta == null) {
      Instant until = earlier(now.plus(settings.deskHold()), latest.plus(settings.arrivalGrace()));
      hold = new Hold(who.id(), who.role(), who.relation(), phase, since, null, until);
    } else {
      Instant etaAt = earlier(now.plus(Duration.ofMinutes(eta)), latest);
      hold =
          new Hold(
              who.id(),
              who.role(),
              who.relation(),
              phase,
              since,
              etaAt,
              etaAt.plus(settings.arrivalGrace()));
    }
    if (!hold.until().isAfter(now)) {
      return; // the cap is used up, or was lowered since: what was promised first stands
    }
    draft.add(new Fact.Held(alert.id(), hold));
    Messages.tellDevices(draft, alert.id(), Cause.TELL_ACCEPTED);
    Messages.tellOthers(draft, alert.id(), Cause.COMING, who.id());
  }

  /** Minutes until there; null for a desk that named none: it holds, and goes nowhere. */
  private static @Nullable Integer etaMinutes(Draft draft, Reply reply, Who who) {
    Integer said = reply.etaMin();
    if (said == null) {
      return who.isDispatcher() ? null : (int) draft.settings().etaDefault().toMinutes();
    }
    return (int) Math.clamp(said, 1, draft.settings().etaCap().toMinutes());
  }

  private static void decline(Draft draft, Alert alert, Who who) {
    if (alert.holdOf(who.id()).isPresent()) {
      letGo(draft, alert, who);
      return;
    }
    boolean saidBefore = alert.asked(who.id()).map(Asked::declined).orElse(true);
    if (!saidBefore) {
      Ringing.goOnWithout(draft, alert.id(), who.id());
    }
  }

  private static void letGo(Draft draft, Alert alert, Who who) {
    Role role = alert.holdOf(who.id()).map(Hold::role).orElse(who.role());
    draft.add(new Fact.HoldEnded(alert.id(), who.id(), false));
    if (draft.alert(alert.id()).isStopped()) {
      return;
    }
    if (alert.isStopped()) {
      Ringing.ringOn(draft, alert.id(), Set.of(who.id()));
    } else {
      Ringing.ringRoleOn(draft, alert.id(), role, Set.of(who.id()));
      Ringing.goOnWithout(draft, alert.id(), who.id());
    }
  }

  private static void arrive(Draft draft, Alert alert, Who who) {
    Optional<Hold> held = alert.holdOf(who.id());
    if (held.isPresent() && held.get().phase() == Hold.Phase.PRESENT) {
      return; // saying it twice renews nothing
    }
    draft.add(
        new Fact.Held(
            alert.id(),
            new Hold(
                who.id(),
                who.role(),
                who.relation(),
                Hold.Phase.PRESENT,
                draft.now(),
                null,
                draft.now().plus(draft.settings().arrivedLimit()))));
    Messages.tellOthers(draft, alert.id(), Cause.COMING, who.id());
  }

  /**
   * Somebody reached the elder by phone, who is well. Of an alarm that is a claim; of anything else
   * nobody need come any more, and the desk closes it.
   */
  private static void claimWell(Draft draft, Alert alert, Who who) {
    Messages.ringDesk(draft, alert.id(), Cause.CLAIMED, who.id());
    if (!alert.isAlarmClass() && !alert.isHeld()) {
      waitForDesk(draft, alert);
    }
  }

  /** Nobody new needs to come, but the desk has yet to close it. */
  private static void waitForDesk(Draft draft, Alert alert) {
    draft.add(new Fact.RingsOn(alert.id(), null, draft.now().plus(alert.desk().repeatEvery())));
  }

  /** The elder's own word ends what may have been nothing; of an alarm it is a claim, too. */
  private static void well(Draft draft, Alert alert, Who who) {
    if (who.role().equals(Role.ELDER) && !alert.isAlarmClass()) {
      close(draft, alert, new Fact.Closed(alert.id(), who.id(), Closing.WELL));
    } else {
      claimWell(draft, alert, who);
    }
  }

  /**
   * Whether this ends the alert: by somebody who may, with a word of how it ended, and an
   * operator's with a note of what was found. A responder's system that knows no notes may leave it
   * out.
   */
  private static boolean closes(
      Alert alert, Who who, @Nullable String disposition, boolean isNoteMissing) {
    boolean mayClose = who.isDispatcher() || !alert.isAlarmClass();
    return mayClose && disposition != null && !isNoteMissing;
  }

  /** A dispatcher's word ends it; anybody else's on an alarm is a claim that the desk hears of. */
  private static void done(
      Draft draft, Alert alert, Who who, @Nullable String disposition, Input.ReplyReceived input) {
    if (closes(alert, who, disposition, isNoteMissing(input))) {
      String word = Objects.requireNonNull(disposition);
      boolean isPassedOn = word.startsWith(Closing.PASSED);
      Instant passedAt = isPassedOn ? input.reply().passedAt() : null;
      close(draft, alert, new Fact.Closed(alert.id(), who.id(), word, passedAt));
      return;
    }
    Messages.ringDesk(draft, alert.id(), Cause.CLAIMED, null);
    if (alert.holdOf(who.id()).isPresent()) {
      draft.add(new Fact.HoldEnded(alert.id(), who.id(), false));
      if (alert.isStopped() && !draft.alert(alert.id()).isStopped()) {
        waitForDesk(draft, alert);
      } // else the ladder went on beside their promise, and goes on beside their claim
    }
  }

  private static void close(Draft draft, Alert alert, Fact.Closed closed) {
    draft.add(closed);
    Messages.tellDevices(draft, alert.id(), Cause.TELL_CLOSED);
    Messages.tellOthers(draft, alert.id(), Cause.ENDED, closed.by());
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  private static Answer refused(Answer.Reason reason, String detail) {
    return new Answer.Refused(reason, detail);
  }
}
