package io.shouwang.console;

import io.javalin.http.Context;
import io.shouwang.alerts.Alert;
import io.shouwang.alerts.AlertBook;
import io.shouwang.figures.Load;
import io.shouwang.host.Clock;
import io.shouwang.model.AreaId;
import io.shouwang.model.Directory;
import io.shouwang.wording.Wording;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What hangs on the wall of the room: how much is open and how old. Nobody's name or door is in it,
 * so it is nobody's data, asked for every few seconds and in no record.
 */
final class WallRoutes {
  private static final Set<Who> READERS = Set.of(Who.DISPATCHER, Who.SUPERVISOR);
  private static final int SHOWN_MAX = 60;

  private final Load load;
  private final AlertBook book;
  private final Supplier<Directory> directory;
  private final Clock clock;
  private final ZoneId zone;

  WallRoutes(Sources from) {
    this.load = from.figures().load();
    this.book = from.book();
    this.directory = from.directory();
    this.clock = from.clock();
    this.zone = from.zone();
  }

  List<Route> routes() {
    return List.of(Route.get("/api/v1/wall", READERS, this::show));
  }

  private void show(Context context, Caller caller) {
    Directory now = directory.get();
    AreaId area = Asked.seat(context, Asked.operator(caller), now);
    Sight sight = new Sight(now);
    List<Alert> open =
        book.open().stream()
            .map(AlertBook.Seen::alert)
            .filter(alert -> sight.covers(area, alert.home()))
            .sorted(Comparator.comparing(Alert::raisedAt))
            .toList();
    List<Alert> real = open.stream().filter(alert -> !alert.marks().exercise()).toList();
    List<Alert> unanswered = real.stream().filter(alert -> !alert.isHeld()).toList();
    List<Alert> alarms =
        real.stream()
            .filter(Alert::isAlarmClass)
            .sorted(Comparator.comparing(Alert::isHeld).thenComparing(Alert::raisedAt))
            .toList();
    Wording wording = Language.of(context);
    Instant at = clock.wall();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("area", area.value());
    json.put("area_name", DutyList.areaName(now, area));
    json.put("unanswered", unanswered.size());
    if (!unanswered.isEmpty()) {
      json.put("oldest_at", unanswered.getFirst().raisedAt().toString());
    }
    json.put("in_hand", real.size() - unanswered.size());
    json.put("exercises", open.size() - real.size());
    json.put("alarms", alarms.size());
    json.put("shown", alarms.stream().limit(SHOWN_MAX).map(a -> line(a, now, wording)).toList());
    json.put("flood", LoadRoutes.flood(load, now, area, at));
    json.put("as_of", at.toString());
    json.put("zone", zone.getId());
    JsonWriter.answer(context, 200, json);
  }

  private static Map<String, Object> line(Alert alert, Directory now, Wording wording) {
    Directory.Home home = now.home(alert.home());
    AreaId area = home == null ? alert.home().area() : home.area();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kind", alert.kind().value());
    json.put("text", wording.kind(alert.kind()));
    json.put("state", ProtectionRoutes.word(alert.state()));
    json.put("state_text", wording.state(alert.state()));
    json.put("raised_at", alert.raisedAt().toString());
    if (area != null) {
      json.put("area", area.value());
      json.put("area_name", DutyList.areaName(now, area));
    }
    if (home != null && !home.building().isEmpty()) {
      json.put("building", home.building());
    }
    return json;
  }
}
