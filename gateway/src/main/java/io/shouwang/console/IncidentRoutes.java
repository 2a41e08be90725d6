package io.shouwang.console;

import io.javalin.http.Context;
import io.shouwang.alerts.Alert;
import io.shouwang.alerts.HeadCount;
import io.shouwang.alerts.IncidentBook;
import io.shouwang.model.AlertId;
import io.shouwang.model.AreaId;
import io.shouwang.model.Directory;
import io.shouwang.model.HomeId;
import io.shouwang.model.Identity;
import io.shouwang.wording.AlertCard;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Open incidents of areas: who is safe, where somebody is, who was not reached. */
final class IncidentRoutes {
  private static final Set<Who> VIEWERS = Set.of(Who.DISPATCHER, Who.SUPERVISOR);

  private final IncidentBook incidents;
  private final Supplier<Directory> directory;
  private final ZoneId zone;

  IncidentRoutes(IncidentBook incidents, Supplier<Directory> directory, ZoneId zone) {
    this.incidents = incidents;
    this.directory = directory;
    this.zone = zone;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/api/v1/incidents", VIEWERS, this::list),
        Route.get("/api/v1/incidents/{id}", VIEWERS, this::show));
  }

  private void list(Context context, Caller caller) {
    Sight sight = new Sight(directory.get());
    JsonWriter.answer(
        context,
        200,
        Map.of(
            "incidents",
            incidents.open().stream()
                .filter(incident -> sight.sees(caller, incident))
                .map(incident -> json(context, incident, incidents.headCount(incident)))
                .toList()));
  }

  private void show(Context context, Caller caller) {
    String name = context.pathParam("id");
    Sight sight = new Sight(directory.get());
    Alert incident =
        incidents.open().stream()
            .filter(open -> Identity.isValid(name) && open.id().equals(new AlertId(name)))
            .filter(open -> sight.sees(caller, open))
            .findFirst()
            .orElseThrow(() -> Problem.notFound("open incident"));
    HeadCount count = incidents.headCount(incident);
    Map<String, Object> json = json(context, incident, count);
    List<Map<String, Object>> homes = new ArrayList<>();
    count.standings().forEach((home, standing) -> homes.add(home(home, standing)));
    json.put("homes", homes);
    AlertRoutes.ACCESS.info("who={} look=incident alert={}", caller.name(), name);
    JsonWriter.answer(context, 200, json);
  }

  private Map<String, Object> home(HomeId home, HeadCount.Standing standing) {
    Directory.Home card = directory.get().home(home);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("home", home.value());
    json.put("standing", AlertCard.word(standing));
    if (card != null) {
      json.put("address", card.address());
      json.put("phone", card.phone());
    }
    return json;
  }

  private Map<String, Object> json(Context context, Alert incident, HeadCount count) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("alert", incident.id().value());
    AreaId area = incident.home().area();
    if (area != null) {
      json.put("area", area.value());
    }
    json.put("severity", AlertCard.word(incident.severity()));
    json.put("state", AlertCard.word(incident.state()));
    json.put("raised_at", incident.raisedAt().toString());
    json.put("why", Language.of(context).why(incident, zone));
    json.put("head_count", counted(count));
    return json;
  }

  /** The numbers, by the words of {@link HeadCount.Standing}. */
  static Map<String, Object> counted(HeadCount count) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("homes", count.homes());
    for (HeadCount.Standing standing : HeadCount.Standing.values()) {
      json.put(AlertCard.word(standing), count.count(standing));
    }
    return json;
  }
}
