package io.shouwang.alerts;

import io.shouwang.model.AlertId;
import io.shouwang.model.DeviceId;
import io.shouwang.model.ElderId;
import io.shouwang.model.Kind;
import io.shouwang.model.Mode;
import io.shouwang.model.Severity;
import io.shouwang.rules.Condition;
import io.shouwang.rules.Finding;
import io.shouwang.rules.Findings;
import java.util.Optional;

/**
 * What of the rules' findings is news: what began to hold raises an alert or adds to the open one,
 * what holds no longer is said of it. What rang once doesn't ring again until it has gone.
 */
final class Conditions {
  private Conditions() {}

  static void settle(Draft draft, Findings findings) {
    for (Findings.Said said : findings.said()) {
      switch (said) {
        case Findings.Holds holds -> holds(draft, holds);
        case Findings.Gone gone -> gone(draft, gone);
        case Findings.News news -> news(draft, news);
        case Findings.Remember remembered -> remember(draft, remembered);
      }
    }
  }

  private static void holds(Draft draft, Findings.Holds said) {
    Finding finding = said.finding();
    Optional<Condition> known = draft.home().condition(finding.rule(), said.key());
    if (isQuiet(draft, said)) {
      if (known.isEmpty()) {
        remember(draft, finding, said.key(), null);
      }
      return;
    }
    if (known.isPresent() && known.get().alert() != null) {
      if (!known.get().code().equals(finding.code())) {
        remember(draft, finding, said.key(), known.get().alert());
        openAlert(draft, known.get())
            .ifPresent(alert -> draft.add(new Fact.Found(alert.id(), finding)));
      }
      return;
    }
    AlertId alert = raise(draft, said);
    remember(draft, finding, said.key(), alert);
  }

  private static void remember(Draft draft, Findings.Remember said) {
    Finding finding = said.finding();
    Optional<Condition> known = draft.home().condition(finding.rule(), said.key());
    if (known.isEmpty() || !known.get().code().equals(finding.code())) {
      remember(draft, finding, said.key(), null);
    }
  }

  private static void remember(
      Draft draft, Finding finding, String key, @org.jspecify.annotations.Nullable AlertId alert) {
    draft.add(
        new Fact.ConditionBegan(
            new Condition(finding.rule(), key, finding.code(), draft.now(), alert)));
  }

  /**
   * What a home under maintenance says of its devices' health rings nobody. It is remembered
   * without an alert, and rings when the maintenance is over and it still holds. What devices say
   * of people and places is none of it.
   */
  private static boolean isQuiet(Draft draft, Findings.Holds said) {
    return said.about() == Findings.About.DEVICE_HEALTH
        && said.severity() != Severity.CRITICAL
        && Modes.holds(draft, Mode.Kind.MAINTENANCE, null);
  }

  private static AlertId raise(Draft draft, Findings.Holds said) {
    Kind kind = said.alert();
    Finding finding = said.finding();
    Subject subject = said.about() == Findings.About.HOME ? new Subject.OfHome() : subject(finding);
    Optional<Alert> open = Events.openAlert(draft.home(), kind, subject);
    boolean full = draft.home().openCount() >= Home.OPEN_ALERTS_MAX;
    if (open.isEmpty() && full && subject instanceof Subject.OfDevice) {
      subject = new Subject.OfHome();
      open = Events.openAlert(draft.home(), kind, subject);
    }
    if (open.isPresent()) {
      draft.add(new Fact.Found(open.get().id(), finding));
      return open.get().id();
    }
    AlertId id =
        Derived.freshAlertId(
            draft, Derived.key(draft.home().id().value(), finding.rule(), said.key()), kind);
    Ladder ladder = draft.ladder(kind, said.severity());
    Events.begin(draft, id, kind, said.severity(), subject, null, ladder, finding);
    Ringing.climb(draft, id);
    return id;
  }

  private static Subject subject(Finding finding) {
    ElderId elder = finding.elder();
    DeviceId device = finding.device();
    if (elder != null) {
      return new Subject.OfElder(elder);
    }
    return device == null ? new Subject.OfHome() : new Subject.OfDevice(device);
  }

  private static void gone(Draft draft, Findings.Gone said) {
    Finding finding = said.finding();
    Optional<Condition> known = draft.home().condition(finding.rule(), said.key());
    if (known.isEmpty()) {
      return;
    }
    draft.add(new Fact.ConditionEnded(finding.rule(), said.key()));
    Optional<Alert> open = openAlert(draft, known.get());
    if (open.isPresent()) {
      AlertId id = open.get().id();
      boolean more = draft.home().conditions().stream().anyMatch(c -> id.equals(c.alert()));
      boolean closes =
          open.get().severity() == Severity.MINOR && !more && !hasTakenOver(open.get());
      draft.add(new Fact.Cleared(id, finding, closes));
      if (closes) {
        Messages.tellOthers(draft, id, Delivery.Cause.ENDED, Closing.RULE);
      }
    }
  }

  /** Another alert goes on in it: only a person says that both are over. */
  private static boolean hasTakenOver(Alert alert) {
    return alert.timeline().stream().anyMatch(entry -> entry.fact() instanceof Fact.MergedFrom);
  }

  private static void news(Draft draft, Findings.News said) {
    Finding finding = said.finding();
    String key = Condition.NEWS + said.key();
    Optional<Alert> open = Events.openAlert(draft.home(), said.alert(), subject(finding));
    if (open.isEmpty() || draft.home().condition(finding.rule(), key).isPresent()) {
      return;
    }
    AlertId id = open.get().id();
    draft.add(new Fact.Found(id, finding));
    remember(draft, finding, key, id);
    if (said.ringsAgain()) {
      Ringing.ringAgain(draft, id, Delivery.Cause.PRESSED_AGAIN);
    }
  }

  private static Optional<Alert> openAlert(Draft draft, Condition condition) {
    AlertId id = condition.alert();
    return id == null
        ? Optional.empty()
        : draft.home().alert(id).map(draft.home()::goesOnIn).filter(Alert::isOpen);
  }
}
