package io.shouwang.alerts;

import io.shouwang.alerts.Delivery.Cause;
import io.shouwang.model.AlertId;
import io.shouwang.model.Answer;
import io.shouwang.model.DeviceEvent;
import io.shouwang.model.DeviceId;
import io.shouwang.model.Directory;
import io.shouwang.model.EventKey;
import io.shouwang.model.HomeId;
import io.shouwang.model.Input;
import io.shouwang.model.Kind;
import io.shouwang.model.Outcome;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Role;
import io.shouwang.model.Severity;
import io.shouwang.model.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The decision: one home, one input, one time, and what follows. Pure: no I/O, clock, randomness or
 * logger; the same arguments give the same facts (P7).
 */
public final class Core {
  /** An alert about the gateway itself. */
  public static final Kind TROUBLE = new Kind("gateway_trouble");

  /** A call to the hotline that waits for somebody. */
  public static final Kind CALL = new Kind("call");

  /** Trouble rings the duty desk alone, and so do calls. */
  static final Ladder DESK_ALONE = new Ladder("duty desk", List.of());

  /** A deadline that could not be decided is tried again after this. */
  public static final Duration TRY_AGAIN_AFTER = Duration.ofSeconds(30);

  private Core() {}

  /** The home an event is decided in. */
  public static HomeId homeOf(Directory directory, DeviceEvent event) {
    return Events.homeOf(directory, event);
  }

  /** Decides an input that concerns this home. */
  public static Decision decide(World world, Home home, Input input, Stamp stamp) {
    Draft draft = new Draft(world, home, stamp);
    Answer answer =
        switch (input) {
          case Input.EventReceived received -> Events.take(draft, received.event());
          case Input.ReplyReceived received -> Replies.take(draft, received);
          case Input.CallReceived call -> call(draft, call);
          case Input.CallReported report -> Calls.take(draft, report);
          case Input.ExerciseOrdered ordered -> Exercises.begin(draft, ordered);
          case Input.ContactRecorded recorded -> Care.take(draft, recorded);
          case Input.ModeChanged changed -> Modes.change(draft, changed);
          case Input.AlertReopened reopened -> Amending.reopen(draft, reopened);
          case Input.AlertsMerged merged -> Amending.merge(draft, merged);
          case Input.LadderHurried hurried -> Hurrying.take(draft, hurried);
          case Input.HandoverAsked asked -> Handing.take(draft, asked);
          case Input.DeliveryReported reported -> delivered(draft, reported);
          case Input.TimePassed _ -> passTime(draft);
          case Input.TroubleNoticed trouble -> trouble(draft, trouble);
          case Input.FoundByAudit found -> Audits.take(draft, found);
          case Input.IncidentNoticed noticed -> Incidents.take(draft, noticed);
          case Input.AlertForwarded forwarded -> Counties.take(draft, forwarded);
          case Input.CountyHeard heard -> Counties.hear(draft, heard);
          case Input.SessionKept _,
              Input.SessionDropped _,
              Input.Started _,
              Input.RegistryActivated _,
              Input.SettingsActivated _ ->
              throw new IllegalArgumentException("concerns no home: " + input.getClass());
        };
    for (Alert alert : draft.home().alerts()) {
      Ways.climb(draft, alert); // ways without a wait between them are tried together
    }
    return draft.decided(answer);
  }

  /**
   * What follows from an input whose decision failed: it is on record, and the duty desk hears that
   * this home needs a look. As little as possible, so that it works where the rest did not.
   */
  public static Decision undecided(World world, Home home, Input input, Stamp stamp, String error) {
    Draft draft = new Draft(world, home, stamp);
    boolean isDeadline = input instanceof Input.TimePassed(HomeId late) && late.equals(home.id());
    draft.add(new Fact.Undecided(error, isDeadline ? draft.now().plus(TRY_AGAIN_AFTER) : null));
    Input.TroubleNoticed trouble = new Input.TroubleNoticed(Input.Trouble.UNDECIDED, error);
    trouble(draft, trouble);
    return draft.decided(new Answer.Refused(Answer.Reason.UNDECIDED, "the duty desk was rung"));
  }

  /** The alert that a call raises; known before it is decided. */
  public static AlertId alertOf(Input.CallReceived call) {
    return Derived.alertId(keyOf(call), call.kind().value(), 0);
  }

  /** The alert of a call to the hotline; known before it is decided. */
  public static AlertId alertOf(Input.CallReported report) {
    return Calls.alertOf(report);
  }

  /** The alert that a drill raises in a home; known before it is decided. */
  public static AlertId alertOf(Input.ExerciseOrdered ordered) {
    return Exercises.alertOf(ordered);
  }

  /** The key of a recorded contact, by which its note is found. */
  public static long contactKey(Input.ContactRecorded input, long number) {
    return Care.keyOf(input, number);
  }

  private static EventKey keyOf(Input.CallReceived call) {
    return Derived.key(call.by().value(), call.id(), call.kind().value());
  }

  private static Answer call(Draft draft, Input.CallReceived call) {
    AlertId id = alertOf(call);
    EventKey key = keyOf(call);
    boolean seen = draft.home().seen().stream().anyMatch(event -> event.key().equals(key));
    if (seen || draft.home().alert(id).isPresent()) {
      return new Answer.Repeated();
    }
    // Remembered like an event of a device, beyond its alert: an id taken up again would number
    // the deliveries from 1 again, and who got those before would not be rung.
    DeviceId caller = new DeviceId(call.by().value());
    draft.add(new Fact.EventSeen(caller, key, 0, true, 0, Events.forgetBefore(draft)));
    Subject subject =
        call.elder() == null ? new Subject.OfHome() : new Subject.OfElder(call.elder());
    Events.begin(draft, id, call.kind(), Severity.CRITICAL, subject, null);
    draft.add(new Fact.CallTaken(id, call.by()));
    Ringing.climb(draft, id);
    return new Answer.Taken();
  }

  static Answer trouble(Draft draft, Input.TroubleNoticed trouble) {
    String what = trouble.what().name();
    Subject subject = new Subject.OfHome();
    Optional<Alert> open = Events.openAlert(draft.home(), TROUBLE, subject);
    AlertId id;
    if (open.isPresent()) {
      id = open.get().id();
    } else {
      EventKey key =
          Derived.key(draft.home().id().value(), what, Long.toString(draft.stamp.number()));
      id = Derived.freshAlertId(draft, key, TROUBLE);
      Events.begin(draft, id, TROUBLE, Severity.CRITICAL, subject, null, DESK_ALONE, null);
    }
    draft.add(new Fact.TroubleSeen(id, what, trouble.detail()));
    Ringing.climb(draft, id);
    Ringing.ringAgain(draft, id, Cause.DESK);
    return new Answer.Taken();
  }

  private static Answer delivered(Draft draft, Input.DeliveryReported reported) {
    Optional<Delivery> delivery =
        draft
            .home()
            .alert(reported.key().alert())
            .flatMap(alert -> alert.delivery(reported.key().number()));
    if (delivery.isEmpty() || !isNews(delivery.get(), reported.outcome())) {
      return new Answer.Repeated();
    }
    draft.add(
        new Fact.DeliveryEnded(
            reported.key().alert(), reported.key().number(), reported.outcome()));
    if (reported.outcome() instanceof Outcome.GaveUp
        && delivery.get().cause().isRing()
        && delivery.get().to() instanceof Delivery.ToResponder to
        && !Ways.goOn(draft, reported.key().alert(), delivery.get(), to.responder())) {
      Ringing.goOnWithout(draft, reported.key().alert(), to.responder());
    }
    return new Answer.Taken();
  }

  /** What was replaced or given up on one path may still arrive on another. */
  private static boolean isNews(Delivery delivery, Outcome reported) {
    Outcome known = delivery.outcome();
    return known == null || rank(reported) > rank(known);
  }

  /**
   * How much an outcome says: what was taken on may still be lost, and then a call to the next way
   * is due; what was lost may still be confirmed or seen.
   */
  private static int rank(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Superseded _, Outcome.Sent _ -> 0;
      case Outcome.Expired _, Outcome.HeldBack _, Outcome.GaveUp _ -> 1;
      case Outcome.Acknowledged _ -> 2;
      case Outcome.Seen _ -> 3;
    };
  }

  private static Answer passTime(Draft draft) {
    Modes.expire(draft);
    for (Alert alert : draft.home().alerts()) {
      Instant deadline = alert.deadline();
      if (deadline != null && !deadline.isAfter(draft.now())) {
        Handing.lapse(draft, alert.id());
        lapse(draft, draft.alert(alert.id()));
        Ways.climb(draft, draft.alert(alert.id()));
        Ringing.climb(draft, alert.id());
      }
      if (alert.isOpen()) {
        Ringing.ringNewcomers(draft, alert.id());
      }
    }
    if (!draft.home().id().isStandIn()) {
      look(draft);
    }
    return new Answer.Taken();
  }

  /**
   * Shows the rules the home. A rule that fails must not hold back what was due (P3): that stands,
   * the duty desk hears of the rule beside it, and the look is tried again.
   */
  private static void look(Draft draft) {
    try {
      Conditions.settle(draft, draft.look(draft.home().senses(), null));
    } catch (RuntimeException | StackOverflowError e) {
      if (draft.isUnchanged()) {
        throw e;
      }
      String error = e.getClass().getSimpleName();
      trouble(draft, new Input.TroubleNoticed(Input.Trouble.UNDECIDED, error));
      draft.lookAgainAt(draft.now().plus(TRY_AGAIN_AFTER));
    }
  }

  /**
   * Promises that weren't kept: it rings on, first to those who promised. Several may lapse at
   * once, after a restart above all; each is still rung once.
   */
  static void lapse(Draft draft, Alert alert) {
    Set<ResponderId> promised = new LinkedHashSet<>();
    Set<Role> roles = new LinkedHashSet<>();
    for (Hold hold : alert.holds()) {
      if (!hold.until().isAfter(draft.now())) {
        draft.add(new Fact.HoldEnded(alert.id(), hold.responder(), true));
        if (!hold.role().equals(Counties.ROLE)) { // a gateway is no phone
          Messages.send(draft, alert.id(), Messages.recipient(hold), Cause.LAPSED);
        }
        promised.add(hold.responder());
        roles.add(hold.role());
      }
    }
    if (promised.isEmpty() || draft.alert(alert.id()).isStopped()) {
      return;
    }
    if (alert.isStopped()) {
      Ringing.ringOn(draft, alert.id(), promised);
    } else {
      roles.forEach(role -> Ringing.ringRoleOn(draft, alert.id(), role, promised));
    }
  }
}
