package io.shouwang.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.shouwang.accounts.Handovers;
import io.shouwang.accounts.Unavailable;
import io.shouwang.alerts.AlertBook;
import io.shouwang.drills.DrillReport;
import io.shouwang.drills.Drills;
import io.shouwang.model.AreaId;
import io.shouwang.model.Directory;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The sheet that one shift hands to the next, and that both sign. */
final class HandoverRoutes {
  private static final Set<Who> SIGNERS = Set.of(Who.DISPATCHER, Who.SUPERVISOR);
  private static final Duration SHIFT_USUAL = Duration.ofHours(8);
  private static final Duration SHIFT_MAX = Duration.ofDays(7);
  private static final int SHEETS = 10;
  private static final int BODY_BYTES_MAX = 16 * 1024;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Sources from;
  private final Drills drills;
  private final Handovers handovers;
  private final Body.Pace pace;

  /** A sheet walks every home of an area. */
  private final Turns turns =
      new Turns(1, PATIENCE, "somebody else's sheet is being made; ask again");

  HandoverRoutes(Sources from, Body.Pace pace) {
    this.from = from;
    this.drills = new Drills(from.book(), from.clock());
    this.handovers = from.accounts().handovers();
    this.pace = pace;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/api/v1/handover", SIGNERS, this::show),
        Route.post("/api/v1/handover", SIGNERS, this::give),
        Route.post("/api/v1/handover/{sheet}/signature", SIGNERS, this::take));
  }

  private void show(Context context, Caller caller) {
    Directory registry = Veil.over(from.directory()).get();
    Caller.OfOperator operator = Asked.operator(caller);
    AreaId area = Asked.seat(context, operator, registry);
    Instant now = from.clock().wall();
    Instant begin = begin(Asked.time(context, "from", now.minus(SHIFT_USUAL)), now);
    ShiftSheet sheet = new ShiftSheet(from, registry, area, begin, now, Language.of(context));
    List<AlertBook.Seen> open = sheet.open();
    AlertRoutes.ACCESS.info(
        "who={} look=handover alerts={} result=200", caller.name(), ShiftSheet.whose(open));
    Map<String, Object> json;
    try (Turns.Turn _ = turns.take()) {
      json = sheet.json(open, drills(registry, operator), operator);
    }
    try {
      json.put(
          "sheets", handovers.latest(area, SHEETS).stream().map(HandoverRoutes::json).toList());
    } catch (Unavailable e) {
      json.put("sheets", List.of()); // the sheet is needed all the same; it can't be signed now
      json.put("unsigned", e.words());
    }
    JsonWriter.answer(context, 200, json);
  }

  private static Instant begin(Instant asked, Instant now) {
    if (!asked.isBefore(now) || asked.isBefore(now.minus(SHIFT_MAX))) {
      throw Problem.badRequest("from must be in the past, at most 7 days ago");
    }
    return asked;
  }

  private List<DrillReport> drills(Directory registry, Caller.OfOperator operator) {
    Sight sight = new Sight(registry);
    return drills.running().stream()
        .filter(
            drill -> drill.homes().stream().anyMatch(home -> sight.covers(operator, home.home())))
        .toList();
  }

  private void give(Context context, Caller caller) {
    Caller.OfOperator operator = Asked.operator(caller);
    Directory registry = from.directory().get();
    AreaId area = Asked.seat(context, operator, registry);
    JsonNode json = CallReader.json(Body.json(context, BODY_BYTES_MAX, pace));
    Instant now = from.clock().wall();
    String said = CallReader.text(json, "remark", Handovers.REMARK_LENGTH_MAX);
    String since = CallReader.text(json, "from", Asked.TEXT_LENGTH_MAX);
    Instant begin = begin(since == null ? now.minus(SHIFT_USUAL) : Asked.time("from", since), now);
    ShiftSheet sheet = new ShiftSheet(from, registry, area, begin, now, Language.of(context));
    Handovers.Handover given =
        handovers.give(
            area,
            begin,
            said == null ? "" : CallReader.prose(said),
            sheet.open().size(),
            operator.operator().name(),
            Trace.actor(caller, context.ip()));
    Trace.isRecorded();
    JsonWriter.answer(context, 201, json(given));
  }

  private void take(Context context, Caller caller) {
    Caller.OfOperator operator = Asked.operator(caller);
    String id = context.pathParam("sheet");
    Handovers.Handover sheet = id.matches("[0-9a-f]{16}") ? handovers.find(id) : null;
    Directory registry = from.directory().get();
    if (sheet == null || !registry.areaPath(sheet.area()).contains(operator.operator().area())) {
      throw Problem.notFound("hand-over");
    }
    if (sheet.givenBy().equals(caller.name())) {
      throw new Problem(
          409, "two-must-sign", "Two must sign", "whoever hands over can't take over as well");
    }
    Handovers.Handover taken =
        handovers.take(id, operator.operator().name(), Trace.actor(caller, context.ip()));
    Trace.isRecorded();
    JsonWriter.answer(context, 200, json(taken));
  }

  private static Map<String, Object> json(Handovers.Handover one) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("sheet", one.id());
    json.put("area", one.area().value());
    json.put("from", one.from().toString());
    json.put("given_at", one.givenAt().toString());
    json.put("given_by", one.givenBy());
    json.put("given_name", one.givenName());
    json.put("remark", one.remark());
    json.put("open", one.openAlerts());
    if (one.takenAt() != null) {
      json.put("taken_at", one.takenAt().toString());
      json.put("taken_by", one.takenBy());
      json.put("taken_name", one.takenName());
    }
    return json;
  }
}
