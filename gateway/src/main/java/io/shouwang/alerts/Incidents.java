package io.shouwang.alerts;

import io.shouwang.model.AlertId;
import io.shouwang.model.Answer;
import io.shouwang.model.Input;
import io.shouwang.model.Kind;
import io.shouwang.model.Severity;
import io.shouwang.rules.Figure;
import io.shouwang.rules.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Many homes at once: one incident of their area, for the desk and the area's own people. What each
 * home rings for is its own, came first, and stays.
 */
public final class Incidents {
  /** A fire or an outage that goes beyond one home. */
  public static final Kind KIND = new Kind("area_incident");

  private static final String RULE = "area";

  private Incidents() {}

  static Answer take(Draft draft, Input.IncidentNoticed noticed) {
    Finding finding = finding(noticed);
    Subject subject = new Subject.OfHome();
    boolean fire = noticed.what() == Input.Incident.FIRE;
    Optional<Alert> open = Events.openAlert(draft.home(), KIND, subject);
    if (open.isPresent()) {
      AlertId id = open.get().id();
      draft.add(new Fact.Found(id, finding));
      if (fire) {
        Ringing.ringAgain(draft, id, Delivery.Cause.PRESSED_AGAIN);
      }
      return new Answer.Taken();
    }
    AlertId id =
        Derived.freshAlertId(
            draft,
            Derived.key(draft.home().id().value(), RULE, noticed.what().name(), noticed.place()),
            KIND);
    Severity severity = fire || isOfAlarms(noticed) ? Severity.CRITICAL : Severity.MAJOR;
    Ladder ladder = draft.ladder(KIND, severity);
    Events.begin(draft, id, KIND, severity, subject, null, ladder, finding);
    Ringing.climb(draft, id);
    return new Answer.Taken();
  }

  /**
   * Devices of one model that all press: what follows from the presses folds into it, so the desk
   * must hear of it as soon as of them. Its place ends with what they say.
   */
  private static boolean isOfAlarms(Input.IncidentNoticed noticed) {
    String place = noticed.place();
    String said = place.substring(place.lastIndexOf(' ') + 1);
    return noticed.what() == Input.Incident.MODEL
        && (said.equals(Kind.GAS.value())
            || said.equals(Kind.SOS.value())
            || said.equals(Kind.FALL.value())
            || said.equals(Kind.SMOKE.value()));
  }

  private static Finding finding(Input.IncidentNoticed noticed) {
    List<Figure> figures = new ArrayList<>();
    figures.add(Figure.of("homes", noticed.homes()));
    figures.add(new Figure("place", noticed.place()));
    figures.add(
        new Figure(
            "which", String.join(" ", noticed.which().stream().map(h -> h.value()).toList())));
    return new Finding(
        RULE, noticed.what().name().toLowerCase(Locale.ROOT), null, null, noticed.since(), figures);
  }
}
