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
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HexFormat;
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

  /** What is shown, before it is worded: equal ones look the same but for the time that passed. */
  private record View(
      String registry,
      Wording wording,
      @Nullable ResponderId responder,
      List<AlertBook.Seen> alerts,
      List<DutyList.Line> duties,
      boolean whole) {

    /** Names it, for whoever asks whether anything changed. */
    String tag() {
      StringBuilder text = new StringBuilder(registry).append(wording.language()).append(responder);
      for (AlertBook.Seen seen : alerts) {
        text.append(seen.alert().id())
            .append(seen.alert().timeline().getLast().stamp().number())
            .append(seen.fixes());
      }
      for (DutyList.Line line : duties) {
        text.append(line.owed());
      }
      try {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        byte[] sum = digest.digest(text.toString().getBytes(StandardCharsets.UTF_8));
        return '"' + HexFormat.of().formatHex(sum) + '"';
      } catch (NoSuchAlgorithmException missing) {
        throw new IllegalStateException("every Java platform has SHA-256", missing);
      }
    }
  }

  private View view(Caller.OfOperator operator, Context context, Directory now, Instant at) {
    Sight sight = new Sight(now);
    ResponderId responder = sight.responder(operator);
    List<AlertBook.Seen> open =
        AlertJson.sorted(
            alerts.open().stream().filter(seen -> sight.sees(operator, seen.alert())).toList(),
            now);
    DutyList.Found found =
        new DutyList(care, now, at)
            .of(
                operator.operator().area(),
                elder ->
                    responder == null
                        ? sight.looksAfter(operator, elder)
                        : sight.answersFor(operator, elder),
                each -> OWED.contains(each.state()),
                false,
                HOMES_MAX);
    return new View(
        now.hash(), Language.of(context), responder, open, found.lines(), found.whole());
  }

  /** Who asks again and learns nothing new has looked at nothing: only what is sent is recorded. */
  private void show(Context context, Caller caller) {
    if (!(caller instanceof Caller.OfOperator operator)) {
      throw Problem.forbidden();
    }
    Directory now = directory.get();
    Instant at = clock.wall();
    View view = view(operator, context, now, at);
    String tag = view.tag();
    context.header("ETag", tag);
    if (tag.equals(context.header("If-None-Match"))) {
      context.status(304);
      return;
    }
    Map<String, Object> json = new LinkedHashMap<>();
    ResponderId responder = view.responder();
    if (responder != null) {
      json.put(
          "responder", Map.of("id", responder.value(), "name", Wording.person(responder, now)));
    }
    AreaId area = operator.operator().area();
    json.put("area", Map.of("id", area.value(), "name", DutyList.areaName(now, area)));
    List<AlertBook.Seen> shown =
        view.alerts().subList(0, Math.min(ALERTS_MAX, view.alerts().size()));
    AlertJson cards = new AlertJson(now, view.wording(), at, zone);
    json.put("alerts", shown.stream().map(seen -> card(seen, caller, responder, cards)).toList());
    json.put("alerts_total", view.alerts().size());
    List<DutyList.Line> owed = view.duties().subList(0, Math.min(DUTIES_MAX, view.duties().size()));
    DutyList list = new DutyList(care, now, at);
    json.put("duties", owed.stream().map(line -> duty(line, list, view.wording())).toList());
    json.put("duties_total", view.duties().size());
    json.put("duties_whole", view.whole());
    json.put("as_of", at.toString());
    json.put("zone", zone.getId());
    AlertRoutes.ACCESS.info(
        "who={} look=field alerts={} elders={} result=200",
        caller.name(),
        String.join(",", shown.stream().map(seen -> seen.alert().id().value()).toList()),
        String.join(",", owed.stream().map(line -> line.elder().id().value()).toList()));
    JsonWriter.answer(context, 200, json);
  }

  private static Map<String, Object> duty(DutyList.Line line, DutyList list, Wording wording) {
    Map<String, Object> json = list.json(line, wording);
    json.put("access", line.home().access());
    putPlace(json, line.home().at());
    return json;
  }

  private static Map<String, Object> card(
      AlertBook.Seen seen, Caller caller, @Nullable ResponderId responder, AlertJson cards) {
    Alert alert = seen.alert();
    boolean isWhole = Sight.isWhole(caller, alert);
    Map<String, Object> json = cards.line(seen, isWhole);
    Map<String, Object> mine = new LinkedHashMap<>();
    mine.put("asked", responder != null && alert.asked(responder).isPresent());
    mine.put("coming", alert.holds().stream().anyMatch(hold -> hold.responder().equals(responder)));
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
                .map(new ElderJson(cards.now(), cards.zone())::noted)
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
