package io.shouwang.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.shouwang.drills.DrillOrder;
import io.shouwang.drills.DrillReport;
import io.shouwang.drills.Drills;
import io.shouwang.intake.Lane;
import io.shouwang.model.Answer;
import io.shouwang.model.AreaId;
import io.shouwang.model.Directory;
import io.shouwang.model.HomeId;
import io.shouwang.model.Identity;
import io.shouwang.model.Input;
import io.shouwang.model.Kind;
import io.shouwang.wording.AlertCard;
import io.shouwang.wording.Wording;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Drills: ordered, looked at, ended. */
final class DrillRoutes {
  private static final Set<Who> ORDERERS = Set.of(Who.SUPERVISOR, Who.ADMINISTRATOR);
  private static final Set<Who> VIEWERS = Set.of(Who.SUPERVISOR, Who.ADMINISTRATOR, Who.DISPATCHER);
  private static final int BODY_BYTES_MAX = 4 * 1024;
  private static final int LISTED_MAX = 50;
  private static final int HOMES_USUAL = 1;
  private static final int MINUTES_USUAL = 30;
  private static final int MESSAGES_PER_HOME = 20;

  private final Drills drills;
  private final Supplier<Directory> directory;
  private final Submitter submitter;
  private final Body.Pace pace;

  DrillRoutes(Drills drills, Supplier<Directory> directory, Submitter submitter, Body.Pace pace) {
    this.drills = drills;
    this.directory = directory;
    this.submitter = submitter;
    this.pace = pace;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/api/v1/drills", VIEWERS, this::list),
        Route.post("/api/v1/drills", ORDERERS, this::order),
        Route.get("/api/v1/drills/{drill}", VIEWERS, this::show),
        Route.delete("/api/v1/drills/{drill}", ORDERERS, this::end));
  }

  private void list(Context context, Caller caller) {
    String state = context.queryParam("state");
    List<DrillReport> reports =
        switch (state == null ? "running" : state) {
          case "running" -> drills.running();
          case "all" -> drills.known();
          default -> throw Problem.badRequest("state must be running or all");
        };
    List<DrillReport> theirs =
        reports.stream().filter(report -> mayTouch(caller, report)).limit(LISTED_MAX).toList();
    log(caller, theirs);
    JsonWriter.answer(
        context,
        200,
        Map.of("drills", theirs.stream().map(report -> json(report, context, caller)).toList()));
  }

  private void show(Context context, Caller caller) {
    DrillReport report = find(context, caller);
    log(caller, List.of(report));
    JsonWriter.answer(context, 200, json(report, context, caller));
  }

  /** Doors are in it, and who answered how fast. */
  private static void log(Caller caller, List<DrillReport> shown) {
    AlertRoutes.ACCESS.info(
        "who={} look=drills homes={} result=200",
        caller.name(),
        shown.stream()
            .flatMap(report -> report.homes().stream())
            .map(home -> home.home().value())
            .distinct()
            .collect(Collectors.joining(",")));
  }

  private DrillReport find(Context context, Caller caller) {
    String id = context.pathParam("drill");
    return drills
        .report(id)
        .filter(report -> mayTouch(caller, report))
        .orElseThrow(() -> Problem.notFound("drill"));
  }

  private boolean mayTouch(Caller caller, DrillReport report) {
    Sight sight = new Sight(directory.get());
    return caller instanceof Caller.OfOperator operator
        && report.homes().stream()
            .allMatch(home -> sight.covers(operator.operator().area(), home.home()));
  }

  private void order(Context context, Caller caller) {
    if (!(caller instanceof Caller.OfOperator operator)) {
      throw Problem.forbidden();
    }
    JsonNode json = CallReader.json(Body.json(context, BODY_BYTES_MAX, pace));
    DrillOrder order = order(json);
    Directory now = directory.get();
    if (!now.areaPath(order.area()).contains(operator.operator().area())) {
      throw Problem.notFound("area");
    }
    if (drills.report(order.id()).filter(report -> !mayTouch(caller, report)).isPresent()) {
      throw Problem.notFound("drill");
    }
    String home = CallReader.text(json, "home", Identity.LENGTH_MAX);
    List<Input.ExerciseOrdered> plan =
        home == null
            ? drills.plan(order, now, operator.operator().id())
            : drills.plan(order, home(home, order, now), operator.operator().id());
    if (plan.isEmpty()) {
      throw new Problem(
          409,
          "no-home",
          "No home to exercise in",
          "every home of the area has an open alert, or there is none");
    }
    if (drills.exercising() + plan.size() > DrillOrder.EXERCISES_MAX) {
      throw new Problem(
          409,
          "drills-enough",
          "Enough drills are running",
          "at most "
              + DrillOrder.EXERCISES_MAX
              + " homes exercise at a time; end a drill, or order fewer homes");
    }
    boolean isDry = json.path("dry_run").asBoolean(false);
    AlertRoutes.ACCESS.info(
        "who={} look={} drill={} area={} homes={}",
        caller.name(),
        isDry ? "plan_drill" : "order_drill",
        order.id(),
        order.area(),
        plan.size());
    if (isDry) {
      JsonWriter.answer(context, 200, planned(order, plan));
      return;
    }
    for (Submitter.Synced synced : submitter.submit(plan, Lane.ALARM)) {
      if (synced.answer() instanceof Answer.Refused(Answer.Reason reason, String detail)) {
        throw AlertRoutes.refused(reason, detail);
      }
    }
    context.header("Location", "/api/v1/drills/" + order.id());
    JsonWriter.answer(context, 201, planned(order, plan));
  }

  /** The one home that is named, which must lie in the order's area. */
  private static HomeId home(String name, DrillOrder order, Directory now) {
    Directory.Home home = Identity.isValid(name) ? now.home(new HomeId(name)) : null;
    if (home == null || !now.areaPath(home.area()).contains(order.area())) {
      throw Problem.notFound("home in this area");
    }
    return home.id();
  }

  private Map<String, Object> planned(DrillOrder order, List<Input.ExerciseOrdered> plan) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("drill", order.id());
    json.put("kind", order.kind().value());
    json.put("ends_at", plan.getFirst().endsAt().toString());
    json.put("messages_max", order.messages());
    json.put("homes", plan.stream().map(each -> each.home().value()).toList());
    return json;
  }

  private static DrillOrder order(JsonNode json) {
    String kind = CallReader.text(json, "kind", Identity.LENGTH_MAX);
    int homes = number(json, "homes", HOMES_USUAL);
    try {
      return new DrillOrder(
          identity(json, "id"),
          new AreaId(identity(json, "area")),
          kind == null ? Kind.SOS : new Kind(kind),
          homes,
          Duration.ofMinutes(number(json, "minutes", MINUTES_USUAL)),
          number(
              json,
              "messages",
              Math.min(DrillOrder.MESSAGES_MAX, Math.max(1, homes) * MESSAGES_PER_HOME)));
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest(String.valueOf(e.getMessage()));
    }
  }

  private static String identity(JsonNode json, String name) {
    String said = CallReader.text(json, name, Identity.LENGTH_MAX);
    if (said == null || !Identity.isValid(said)) {
      throw Problem.badRequest(name + " must be 1 to 64 of A-Z a-z 0-9 _ -");
    }
    return said;
  }

  private static int number(JsonNode json, String name, int usual) {
    JsonNode said = json.get(name);
    if (said == null || said.isNull()) {
      return usual;
    }
    if (!said.isIntegralNumber() || !said.canConvertToInt()) {
      throw Problem.badRequest(name + " must be a whole number");
    }
    return said.intValue();
  }

  private void end(Context context, Caller caller) {
    DrillReport report = find(context, caller);
    AlertRoutes.ACCESS.info("who={} look=end_drill drill={}", caller.name(), report.drill());
    submitter.submit(drills.endOf(report.drill()), Lane.ALARM);
    JsonWriter.answer(context, 200, json(find(context, caller), context, caller));
  }

  private Map<String, Object> json(DrillReport report, Context context, Caller caller) {
    Directory now = Veil.over(directory).get();
    Wording wording = Language.of(context);
    boolean seesHomes = caller instanceof Caller.OfOperator operator && Sight.isOffice(operator);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("drill", report.drill());
    json.put("by", report.by().value());
    json.put("started_at", report.startedAt().toString());
    json.put("ends_at", report.endsAt().toString());
    json.put("running", report.running());
    json.put("messages", report.messages());
    json.put("held_back", report.heldBack());
    List<Map<String, Object>> homes = new ArrayList<>();
    for (DrillReport.OfHome home : report.homes()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("home", home.home().value());
      Directory.Home card = seesHomes ? now.home(home.home()) : null;
      if (card != null) {
        one.put("address", card.address());
      }
      one.put("alert", home.alert().value());
      putSeconds(one, "accepted_after_s", home.answeredAfter());
      one.put("people", home.people().stream().map(person -> json(person, now, wording)).toList());
      homes.add(one);
    }
    json.put("homes", homes);
    return json;
  }

  private static Map<String, Object> json(
      DrillReport.OfPerson person, Directory now, Wording wording) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("responder", person.responder().value());
    json.put("name", Wording.person(person.responder(), now));
    json.put("role", person.role().value());
    json.put("role_text", wording.role(person.role()));
    json.put("channels", List.copyOf(person.channels()));
    putSeconds(json, "rung_after_s", person.rungAfter());
    json.put("reached", AlertCard.word(person.reached()));
    if (person.answer() != null) {
      json.put("answer", AlertCard.word(person.answer()));
    }
    putSeconds(json, "answered_after_s", person.answeredAfter());
    return json;
  }

  private static void putSeconds(
      Map<String, Object> json, String name, @Nullable Duration duration) {
    if (duration != null) {
      json.put(name, duration.toMillis() / 1000.0);
    }
  }
}
