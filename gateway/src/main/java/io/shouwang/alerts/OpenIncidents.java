package io.shouwang.alerts;

import io.shouwang.model.AlertId;
import io.shouwang.model.Directory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Follows the alert book and knows which incidents are open. Any thread; close to stop. */
public final class OpenIncidents implements IncidentBook, AutoCloseable {
  private final AlertBook alerts;
  private final Supplier<Directory> directory;
  private final AutoCloseable watching;

  /** Replaced as a whole at each change, since there are few of them. */
  private volatile Map<AlertId, Incident> open = Map.of();

  private record Incident(Alert alert, List<IncidentScope> scopes) {}

  public OpenIncidents(AlertBook alerts, Supplier<Directory> directory) {
    this.alerts = alerts;
    this.directory = directory;
    this.watching = alerts.watch(seen -> take(seen.alert()));
    alerts.open().forEach(seen -> take(seen.alert()));
  }

  private synchronized void take(Alert alert) {
    if (alert.kind().equals(Incidents.KIND)) {
      Map<AlertId, Incident> next = new HashMap<>(open);
      if (alert.isOpen()) {
        next.put(alert.id(), new Incident(alert, IncidentScope.of(alert)));
      } else {
        next.remove(alert.id());
      }
      open = Map.copyOf(next);
    }
  }

  @Override
  public List<Alert> open() {
    return open.values().stream().map(Incident::alert).toList();
  }

  @Override
  public Optional<Alert> covering(Alert alert) {
    Map<AlertId, Incident> now = open;
    if (now.isEmpty() || alert.kind().equals(Incidents.KIND)) {
      return Optional.empty();
    }
    Directory inForce = directory.get();
    return now.values().stream()
        .filter(incident -> covers(incident.scopes(), alert, inForce))
        .map(Incident::alert)
        .findFirst();
  }

  @Override
  public List<Alert> members(Alert incident) {
    List<IncidentScope> scopes = IncidentScope.of(incident);
    Directory inForce = directory.get();
    return Stream.concat(alerts.open().stream(), alerts.closed().stream())
        .map(AlertBook.Seen::alert)
        .filter(alert -> !alert.kind().equals(Incidents.KIND))
        .filter(alert -> covers(scopes, alert, inForce))
        .toList();
  }

  private static boolean covers(List<IncidentScope> scopes, Alert alert, Directory directory) {
    return scopes.stream().anyMatch(scope -> scope.covers(alert, directory));
  }

  @Override
  public void close() {
    try {
      watching.close();
    } catch (Exception e) {
      throw new IllegalStateException("a listener can always be taken away", e);
    }
  }
}
