package io.shouwang.console;

import io.javalin.http.Context;
import io.shouwang.alerts.Alert;
import io.shouwang.alerts.AlertBook;
import io.shouwang.alerts.CareBook;
import io.shouwang.alerts.Standing;
import io.shouwang.host.Clock;
import io.shouwang.model.AreaId;
import io.shouwang.model.Directory;
import io.shouwang.model.Point;
import io.shouwang.model.ResponderId;
import io.shouwang.rules.OwedContact;
import io.shouwang.wording.AlertCard;
import io.shouwang.wording.Wording;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What somebody on their round needs, in one answer: a phone far from a mast asks once. */
final class FieldRoutes {
  static final int ALERTS_MAX = 50;
  static final int DUTIES_MAX = 100;

  /** A grid has some hundreds; so many are looked at within tens of milliseconds. */
  static final int HOMES_MAX = 20_000;

  private static final Set<Who> WORKERS = Set.of(Who.GRID_WORKER, Who.ORGANIZATION_WORKER);
  private static final Set<OwedContact.State> OWED =
      Set.of(OwedContact.State.OVERDUE, OwedContact.State.DUE);

  private final AlertBook alerts;
  private final CareBook care;
  private final Supplier<Directory> directory;
  private final Clock clock;
  private final ZoneId zone;

  FieldRoutes(
      AlertBook alerts, CareBook care, Supplier<Directory> directory, Clock clock, ZoneId zone) {
    this.alerts = alerts;
    this.care = care;
    this.directory = directory;
    this.clock = clock;
    this.zone = zone;
  }

  List<Route> routes() {
    return List.of(Route.get("/api/v1/field", WORKERS, this::show));
  }

  private void show(Context context, Caller caller) {
    if (!(caller instanceof Caller.OfOperator operator)) {
      throw Problem.forbidden();
    }
    Directory now = directory.get();
    Sight sight = new Sight(now);
    ResponderId responder = sight.responder(operator);
    Wording wording = Language.of(context);
    Map<String, Object> json = new LinkedHashMap<>();
    if (responder != null) {
      json.put(
          "responder", Map.of("id", responder.value(), "name", Wording.person(responder, now)));
    }
    AreaId area = operator.operator().area();
    json.put("area", Map.of("id", area.value(), "name", DutyList.areaName(now, area)));
    List<AlertBook.Seen> open =
        AlertJson.sorted(
            alerts.open().stream().filter(seen -> sight.sees(caller, seen.alert())).toList(), now);
    List<AlertBook.Seen> shown = open.subList(0, Math.min(ALERTS_MAX, open.size()));
    AlertJson cards = new AlertJson(now, wording, clock.wall(), zone);
    json.put("alerts", shown.stream().map(seen -> card(seen, caller, responder, cards)).toList());
    json.put("alerts_total", open.size());
    List<DutyList.Line> owed = putDuties(json, operator, sight, now, wording);
    json.put("as_of", clock.wall().toString());
    json.put("zone", zone.getId());
    AlertRoutes.ACCESS.info(
        "who={} look=field alerts={} elders={} result=200",
        caller.name(),
        String.join(",", shown.stream().map(seen -> seen.alert().id().value()).toList()),
        String.join(",", owed.stream().map(line -> line.elder().id().value()).toList()));
    JsonWriter.answer(context, 200, json);
  }

  /**
   * Those whom the caller may record a contact for; for an account linked to nobody, the grid's.
   */
  private List<DutyList.Line> putDuties(
      Map<String, Object> json,
      Caller.OfOperator operator,
      Sight sight,
      Directory now,
      Wording wording) {
    boolean isLinked = sight.responder(operator) != null;
    Instant at = clock.wall();
    DutyList duties = new DutyList(care, now, at);
    DutyList.Found found =
        duties.of(
            operator.operator().area(),
            elder ->
                isLinked ? sight.answersFor(operator, elder) : sight.looksAfter(operator, elder),
            each -> OWED.contains(each.state()),
            false,
            HOMES_MAX);
    List<DutyList.Line> shown =
        found.lines().subList(0, Math.min(DUTIES_MAX, found.lines().size()));
    List<Map<String, Object>> lines = new ArrayList<>();
    for (DutyList.Line line : shown) {
      Map<String, Object> one = duties.json(line, wording);
      one.put("access", line.home().access());
      putPlace(one, line.home().at());
      lines.add(one);
    }
    json.put("duties", lines);
    json.put("duties_total", found.lines().size());
    json.put("duties_whole", found.whole());
    return shown;
  }

  private static Map<String, Object> card(
      AlertBook.Seen seen, Caller caller, @Nullable ResponderId responder, AlertJson cards) {
    Alert alert = seen.alert();
    boolean isWhole = Sight.isWhole(caller, alert);
    Map<String, Object> json = cards.line(seen, isWhole);
    Map<String, Object> mine = new LinkedHashMap<>();
    mine.put("asked", responder != null && alert.asked(responder).isPresent());
    if (responder != null) {
      alert
          .asked(responder)
          .ifPresent(asked -> {
            Standing standing = Standing.of(alert, asked);
            mine.put("standing", AlertCard.word(standing));
            mine.put("standing_text", cards.wording().standing(standing.name()));
            mine.put("declined", asked.declined());
            mine.put("last_rung_at", asked.lastRungAt().toString());
          });
    }
    json.put("mine", mine);
    if (isWhole) {
      Directory.Home home = cards.directory().home(alert.home());
      if (home != null) {
        putPlace(json, home.at());
        json.put(
            "persons",
            home.elders().stream()
                .map(cards.directory()::elder)
                .filter(Objects::nonNull)
                .map(elder -> CallerCard.elder(elder, cards.now(), cards.zone()))
                .toList());
      }
    }
    return json;
  }

  private static void putPlace(Map<String, Object> json, @Nullable Point at) {
    if (at != null) {
      json.put("place", Map.of("lat", at.lat(), "lon", at.lon()));
    }
  }
}
