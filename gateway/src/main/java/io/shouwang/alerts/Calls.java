package io.shouwang.alerts;

import io.shouwang.alerts.Delivery.Cause;
import io.shouwang.model.AlertId;
import io.shouwang.model.Answer;
import io.shouwang.model.DeviceId;
import io.shouwang.model.EventKey;
import io.shouwang.model.Input;
import io.shouwang.model.Input.CallPhase;
import io.shouwang.model.ResponderId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Calls to the hotline. Each is an alert from its first ring on, so that what happens to us
 * meanwhile can't lose it; the desk is rung only if nobody takes it in time.
 */
final class Calls {
  /** With so many calls of a home open, further ones share the latest one's alert. */
  static final int OPEN_MAX = 16;

  private Calls() {}

  static AlertId alertOf(Input.CallReported report) {
    return Derived.alertId(keyOf(report), Core.CALL.value(), 0);
  }

  private static EventKey keyOf(Input.CallReported report) {
    return Derived.key("call", report.exchange(), report.call());
  }

  static Answer take(Draft draft, Input.CallReported report) {
    EventKey key = keyOf(report);
    AlertId own = alertOf(report);
    Optional<Alert> known = draft.home().alert(own).or(() -> shared(draft, key));
    if (known.isEmpty()) {
      return first(draft, report, own, key);
    }
    Alert alert = draft.home().goesOnIn(known.get());
    if (!alert.id().equals(known.get().id())) {
      return elsewhere(draft, report, alert, key);
    }
    return switch (report.phase()) {
      case RINGING -> new Answer.Repeated();
      case TAKEN -> taken(draft, report, alert, key);
      case MISSED -> missed(draft, alert, key);
    };
  }

  /** It was merged into another alert: shown there, which goes on as it would. */
  private static Answer elsewhere(
      Draft draft, Input.CallReported report, Alert alert, EventKey key) {
    CallPhase phase = report.phase();
    boolean isNews = phase == CallPhase.TAKEN || went(alert, key).isEmpty();
    if (!alert.isOpen()
        || phase == CallPhase.RINGING
        || !isNews
        || went(alert, key).contains(phase)) {
      return new Answer.Repeated();
    }
    say(draft, alert, key, phase, phase == CallPhase.TAKEN ? by(report) : null);
    return new Answer.Taken();
  }

  private static ResponderId by(Input.CallReported report) {
    return Objects.requireNonNullElse(report.by(), new ResponderId(report.exchange()));
  }

  /** What is heard of a call for the first time. An exchange may report out of turn. */
  private static Answer first(Draft draft, Input.CallReported report, AlertId own, EventKey key) {
    if (draft.home().seen().stream().anyMatch(event -> event.key().equals(key))) {
      return new Answer.Repeated();
    }
    DeviceId exchange = new DeviceId(report.exchange());
    draft.add(new Fact.EventSeen(exchange, key, 0, true, 0, Events.forgetBefore(draft)));
    if (report.phase() == CallPhase.TAKEN) {
      return new Answer.Taken(); // its ringing comes late, and needs nobody any more
    }
    List<Alert> open = open(draft);
    AlertId id = open.size() < OPEN_MAX ? own : open.getLast().id();
    if (id.equals(own)) {
      Subject subject =
          report.elder() == null ? new Subject.OfHome() : new Subject.OfElder(report.elder());
      Instant deskAt = draft.now().plus(report.patience());
      Events.beginForDesk(draft, id, Core.CALL, subject, deskAt);
    }
    boolean withNote = report.number() != null;
    draft.add(new Fact.CallRang(id, key, report.exchange(), report.homes(), withNote));
    for (Alert alarm : alarms(draft)) {
      draft.add(new Fact.CallRang(alarm.id(), key, report.exchange(), report.homes(), withNote));
    }
    if (report.phase() == CallPhase.MISSED) {
      ringNow(draft, draft.alert(id), key);
    }
    Ringing.climb(draft, id);
    return new Answer.Taken();
  }

  private static Answer taken(Draft draft, Input.CallReported report, Alert alert, EventKey key) {
    if (!alert.isOpen() || went(alert, key).contains(CallPhase.TAKEN)) {
      return new Answer.Repeated();
    }
    ResponderId by = by(report);
    say(draft, alert, key, CallPhase.TAKEN, by);
    Alert told = draft.alert(alert.id());
    if (isAllOf(told, report) && waitsForNobodyElse(told)) {
      close(draft, told, by);
      closeEarlier(draft, told, by);
    }
    return new Answer.Taken();
  }

  /** It began with this call, or further ones of a flood share it. */
  private static boolean isAllOf(Alert alert, Input.CallReported report) {
    return alert.id().equals(alertOf(report)) || calls(alert) > 1;
  }

  /** Every call that shares it was taken, and nothing that is no call goes on in it. */
  private static boolean waitsForNobodyElse(Alert alert) {
    return alert.timelineOmitted() == 0
        && !isJoinedByOthers(alert)
        && alert.timeline().stream()
            .allMatch(entry ->
                !(entry.fact() instanceof Fact.CallRang rang)
                    || went(alert, rang.call()).contains(CallPhase.TAKEN));
  }

  /** Whoever talks with the caller closes their call, and nothing that a dispatcher added to it. */
  private static boolean isJoinedByOthers(Alert alert) {
    return alert.timeline().stream().anyMatch(entry -> entry.fact() instanceof Fact.MergedFrom);
  }

  /** Who calls again and is talked with has been reached: the calls they tried before are over. */
  private static void closeEarlier(Draft draft, Alert taken, ResponderId by) {
    if (draft.home().id().isStandIn()) {
      return; // strangers have nothing in common but that nobody knows them
    }
    for (Alert earlier : open(draft)) {
      boolean isSameCaller =
          earlier.subject().equals(taken.subject())
              && !earlier.raisedAt().isAfter(taken.raisedAt())
              && calls(earlier) == 1
              && !isJoinedByOthers(earlier);
      if (isSameCaller && !earlier.isHeld()) {
        close(draft, earlier, by);
      }
    }
  }

  private static void close(Draft draft, Alert alert, ResponderId by) {
    draft.add(new Fact.Closed(alert.id(), by, Closing.CALL_TAKEN));
    Messages.tellOthers(draft, alert.id(), Cause.ENDED, by);
  }

  private static Answer missed(Draft draft, Alert alert, EventKey key) {
    if (!alert.isOpen() || !went(alert, key).isEmpty()) {
      return new Answer.Repeated();
    }
    ringNow(draft, alert, key);
    Ringing.climb(draft, alert.id());
    return new Answer.Taken();
  }

  /** Nobody will take it any more: there is nothing to wait for. */
  private static void ringNow(Draft draft, Alert alert, EventKey key) {
    say(draft, alert, key, CallPhase.MISSED, null);
    if (!draft.alert(alert.id()).isStopped()) {
      draft.add(new Fact.RingsOn(alert.id(), null, draft.now()));
    }
  }

  /** Said of the call's own alert, and of the alarms it was noted at. */
  private static void say(
      Draft draft, Alert alert, EventKey key, CallPhase phase, @Nullable ResponderId by) {
    draft.add(new Fact.CallWent(alert.id(), key, phase, by));
    for (Alert alarm : alarms(draft)) {
      if (!alarm.id().equals(alert.id()) && isNotedAt(alarm, key)) {
        draft.add(new Fact.CallWent(alarm.id(), key, phase, by));
      }
    }
  }

  /** The open calls of the home, the latest last. */
  private static List<Alert> open(Draft draft) {
    return draft.home().alerts().stream()
        .filter(alert -> alert.isOpen() && alert.kind().equals(Core.CALL) && calls(alert) > 0)
        .toList();
  }

  /** The alarms of the home that whoever calls may be calling about. */
  private static List<Alert> alarms(Draft draft) {
    if (draft.home().id().isStandIn()) {
      return List.of();
    }
    return draft.home().alerts().stream()
        .filter(alert -> alert.isOpen() && alert.isAlarmClass() && !alert.marks().exercise())
        .toList();
  }

  private static Optional<Alert> shared(Draft draft, EventKey key) {
    return open(draft).stream().filter(alert -> isNotedAt(alert, key)).findFirst();
  }

  private static boolean isNotedAt(Alert alert, EventKey key) {
    return alert.timeline().stream()
        .anyMatch(entry -> entry.fact() instanceof Fact.CallRang rang && rang.call().equals(key));
  }

  private static long calls(Alert alert) {
    return alert.timeline().stream().filter(entry -> entry.fact() instanceof Fact.CallRang).count();
  }

  private static List<CallPhase> went(Alert alert, EventKey key) {
    return alert.timeline().stream()
        .map(Entry::fact)
        .filter(fact -> fact instanceof Fact.CallWent went && went.call().equals(key))
        .map(fact -> ((Fact.CallWent) fact).phase())
        .toList();
  }
}
