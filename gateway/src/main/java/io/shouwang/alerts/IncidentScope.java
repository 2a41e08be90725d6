package io.shouwang.alerts;

import io.shouwang.model.AreaId;
import io.shouwang.model.DeviceId;
import io.shouwang.model.Directory;
import io.shouwang.model.Input;
import io.shouwang.rules.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which homes' alerts are part of an incident.
 *
 * @param place the building, the area, or model and kind
 * @param since when the first of them was rung for
 */
record IncidentScope(Input.Incident what, String place, AreaId area, Instant since) {
  /** The first alert may have begun a moment before it was counted. */
  private static final Duration SLACK = Duration.ofMinutes(1);

  /** What an incident's own alert says of itself: one scope for each thing that was noticed. */
  static List<IncidentScope> of(Alert incident) {
    AreaId area = incident.home().area();
    List<IncidentScope> scopes = new ArrayList<>();
    if (area == null || !incident.kind().equals(Incidents.KIND)) {
      return scopes;
    }
    for (Entry entry : incident.timeline()) {
      Finding finding =
          switch (entry.fact()) {
            case Fact.Raised raised -> raised.finding();
            case Fact.Found found -> found.finding();
            default -> null;
          };
      IncidentScope scope = finding == null ? null : of(finding, area);
      if (scope != null && scopes.stream().noneMatch(scope::isSamePlace)) {
        scopes.add(scope);
      }
    }
    return scopes;
  }

  private static @Nullable IncidentScope of(Finding finding, AreaId area) {
    for (Input.Incident what : Input.Incident.values()) {
      if (what.name().toLowerCase(Locale.ROOT).equals(finding.code())) {
        String place =
            finding.figures().stream()
                .filter(figure -> figure.name().equals("place"))
                .map(figure -> String.valueOf(figure.value()))
                .findFirst()
                .orElse("");
        Instant since = finding.since();
        return since == null ? null : new IncidentScope(what, place, area, since);
      }
    }
    return null;
  }

  private boolean isSamePlace(IncidentScope other) {
    return what == other.what && place.equals(other.place) && area.equals(other.area);
  }

  boolean covers(Alert alert, Directory directory) {
    Directory.Home card = directory.home(alert.home());
    if (card == null
        || alert.home().isStandIn()
        || alert.marks().exercise()
        || alert.raisedAt().isBefore(since.minus(SLACK))) {
      return false;
    }
    return switch (what) {
      case FIRE -> card.area().equals(area) && card.building().equals(place);
      // A press in a dark street is a press: no outage holds back what follows from it.
      case OUTAGE -> card.area().equals(area) && !alert.isAlarmClass();
      case MODEL ->
          place.endsWith(" " + alert.kind().value())
              && directory.areaPath(card.area()).contains(area)
              && devices(alert).stream().anyMatch(device -> isOfModel(device, alert, directory));
    };
  }

  private boolean isOfModel(DeviceId device, Alert alert, Directory directory) {
    Directory.Placement placement = directory.placement(device);
    return placement != null && place.equals(placement.model() + " " + alert.kind().value());
  }

  private static List<DeviceId> devices(Alert alert) {
    if (alert.subject() instanceof Subject.OfDevice(DeviceId device)) {
      return List.of(device);
    }
    return alert.evidence().stream().map(evidence -> evidence.device()).distinct().toList();
  }
}
