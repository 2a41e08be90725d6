package io.shouwang.alerts;

import io.shouwang.model.AlertId;
import io.shouwang.model.Answer;
import io.shouwang.model.EventKey;
import io.shouwang.model.Input;
import io.shouwang.model.Input.CountyStanding;
import io.shouwang.model.Kind;
import io.shouwang.model.Role;
import io.shouwang.model.Severity;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * At a city: the alerts of its counties' gateways. One is in the county's hands until the county
 * calls, and that is a lease as any other: what the county doesn't say again in time rings here
 * (P2). It rings the desks alone; people are the county's to ring.
 */
public final class Counties {
  /** In which a county holds its own alerts. */
  public static final Role ROLE = new Role("county");

  /** A county's gateway is silent, or unwell. */
  public static final Kind TROUBLE = new Kind("county_trouble");

  /** How an alert ended whose county did not say. */
  private static final String UNSAID = "other";

  private static final String RELATION = ROLE.value();

  private Counties() {}

  /** What the county said last; empty for an alert of our own. */
  public static Optional<Fact.Forwarded> latest(Alert alert) {
    for (Entry entry : alert.timeline().reversed()) {
      if (entry.fact() instanceof Fact.Forwarded forwarded) {
        return Optional.of(forwarded);
      }
    }
    return Optional.empty();
  }

  /** The alert here that stands for a county's. */
  private static Optional<Alert> find(Home home, Input.AlertForwarded said) {
    return home.alerts().stream()
        .filter(alert ->
            latest(alert)
                .filter(f -> f.its().equals(said.its()) && f.county().equals(said.county()))
                .isPresent())
        .findFirst();
  }

  private static EventKey keyOf(Input.AlertForwarded said) {
    return Derived.key(ROLE.value(), said.county().value(), said.its().value());
  }

  static Answer take(Draft draft, Input.AlertForwarded said) {
    Optional<Alert> found = find(draft.home(), said);
    Fact.Forwarded known = found.flatMap(Counties::latest).orElse(null);
    if (known != null && said.number() < known.number()) {
      return new Answer.Repeated(); // overtaken on the way by what was said later
    }
    // One that was forgotten, and comes up again, is another: its rings would else bear old keys.
    AlertId id =
        found.map(Alert::id).orElseGet(() -> Derived.freshAlertId(draft, keyOf(said), said.kind()));
    if (known == null) {
      Subject subject = new Subject.OfHome();
      Events.begin(draft, id, said.kind(), said.severity(), subject, Marks.NONE, Core.DESK_ALONE);
    }
    boolean isNews = isNews(known, said);
    if (isNews) {
      draft.add(
          new Fact.Forwarded(
              id,
              said.county(),
              said.its(),
              said.number(),
              said.standing(),
              said.by(),
              said.reopened(),
              said.person() != null || (known != null && known.withPerson())));
    }
    stand(draft, id, said, known);
    return draft.isUnchanged() ? new Answer.Repeated() : new Answer.Taken();
  }

  private static boolean isNews(Fact.@Nullable Forwarded known, Input.AlertForwarded said) {
    return known == null
        || said.number() > known.number()
        || said.standing() != known.standing()
        || (said.person() != null && !known.withPerson());
  }

  private static void stand(
      Draft draft, AlertId id, Input.AlertForwarded said, Fact.@Nullable Forwarded known) {
    boolean wasReopened = known != null && said.reopened() > known.reopened();
    boolean isOpenThere = said.standing() != CountyStanding.CLOSED;
    if (!draft.alert(id).isOpen()) {
      if (!wasReopened || !isOpenThere) {
        return; // what the city did is on its way to the county
      }
      draft.add(new Fact.Reopened(id, said.county(), false, RELATION, null));
    }
    switch (said.standing()) {
      case RINGING, ACCEPTED -> hold(draft, id, said, known);
      case CALLED -> call(draft, id, said);
      case CLOSED -> {
        String disposition = said.disposition();
        draft.add(new Fact.Closed(id, said.county(), disposition == null ? UNSAID : disposition));
        Messages.tellOthers(draft, id, Delivery.Cause.ENDED, said.county());
      }
    }
  }

  private static void hold(
      Draft draft, AlertId id, Input.AlertForwarded said, Fact.@Nullable Forwarded known) {
    Alert alert = draft.alert(id);
    Instant now = draft.now();
    Instant until = now.plus(said.heldFor());
    Hold held = alert.holdOf(said.county()).orElse(null);
    // A lease that was renewed a moment ago needs no further entry: a resend must leave no trace.
    boolean isFresh =
        held != null && held.until().isAfter(until.minus(said.heldFor().dividedBy(8)));
    if (isFresh) {
      return;
    }
    Instant since = held == null ? now : held.since();
    draft.add(
        new Fact.Held(
            id, new Hold(said.county(), ROLE, RELATION, Hold.Phase.PROMISED, since, null, until)));
    boolean wasAsked = known != null && known.standing() == CountyStanding.CALLED;
    if (wasAsked && said.standing() == CountyStanding.ACCEPTED) {
      Messages.tellOthers(draft, id, Delivery.Cause.COMING, said.county());
    }
  }

  private static void call(Draft draft, AlertId id, Input.AlertForwarded said) {
    if (draft.alert(id).holdOf(said.county()).isPresent()) {
      draft.add(new Fact.HoldEnded(id, said.county(), false));
      if (!draft.alert(id).isStopped()) {
        draft.add(new Fact.RingsOn(id, null, draft.now()));
      }
    }
    Ringing.climb(draft, id);
  }

  static Answer hear(Draft draft, Input.CountyHeard heard) {
    Subject subject = new Subject.OfHome();
    Optional<Alert> open = Events.openAlert(draft.home(), TROUBLE, subject);
    boolean isWell = heard.pulse() == Input.CountyPulse.WELL;
    if (open.isEmpty() ? isWell : heard.pulse() == pulseOf(open.get())) {
      return new Answer.Repeated();
    }
    if (open.isPresent()) {
      AlertId id = open.get().id();
      draft.add(new Fact.CountySeen(id, heard.county(), heard.pulse(), heard.open()));
      if (!isWell) {
        Ringing.ringAgain(draft, id, Delivery.Cause.DESK);
      }
      return new Answer.Taken();
    }
    EventKey key =
        Derived.key(
            draft.home().id().value(), heard.county().value(), Long.toString(draft.stamp.number()));
    AlertId id = Derived.freshAlertId(draft, key, TROUBLE);
    Events.begin(draft, id, TROUBLE, Severity.CRITICAL, subject, Marks.NONE, Core.DESK_ALONE);
    draft.add(new Fact.CountySeen(id, heard.county(), heard.pulse(), heard.open()));
    Ringing.climb(draft, id);
    return new Answer.Taken();
  }

  private static Input.@Nullable CountyPulse pulseOf(Alert alert) {
    for (Entry entry : alert.timeline().reversed()) {
      if (entry.fact() instanceof Fact.CountySeen seen) {
        return seen.pulse();
      }
    }
    return null;
  }
}
