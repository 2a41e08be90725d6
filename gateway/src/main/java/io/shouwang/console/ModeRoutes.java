package io.shouwang.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.shouwang.alerts.CareBook;
import io.shouwang.host.Clock;
import io.shouwang.intake.Lane;
import io.shouwang.model.Answer;
import io.shouwang.model.AreaId;
import io.shouwang.model.DeviceId;
import io.shouwang.model.Directory;
import io.shouwang.model.HomeId;
import io.shouwang.model.Identity;
import io.shouwang.model.Input;
import io.shouwang.model.Mode;
import io.shouwang.wording.Wording;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What an operator says about a home or a device: away, in hospital, visitors, maintenance, a
 * drill, a device in test mode. Each ends by itself.
 */
final class ModeRoutes {
  private static final Set<Who> CHANGERS = Set.of(Who.DISPATCHER, Who.ADMINISTRATOR);
  private static final Set<Who> VIEWERS = Set.of(Who.DISPATCHER, Who.ADMINISTRATOR, Who.SUPERVISOR);
  private static final int TEST_MINUTES = 30;
  private static final int BODY_BYTES_MAX = 4 * 1024;

  private final CareBook book;
  private final Colleagues colleagues;
  private final Supplier<Directory> directory;
  private final Submitter submitter;
  private final Body.Pace pace;
  private final Clock clock;

  ModeRoutes(
      CareBook book,
      Colleagues colleagues,
      Supplier<Directory> directory,
      Submitter submitter,
      Body.Pace pace,
      Clock clock) {
    this.book = book;
    this.colleagues = colleagues;
    this.directory = directory;
    this.submitter = submitter;
    this.pace = pace;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/api/v1/modes", VIEWERS, this::running),
        Route.get("/api/v1/homes/{home}/modes", VIEWERS, this::list),
        Route.post("/api/v1/homes/{home}/modes", CHANGERS, this::begin),
        Route.delete("/api/v1/homes/{home}/modes/{mode}", CHANGERS, this::end),
        Route.post("/api/v1/devices/{deviceId}/test-mode", CHANGERS, this::beginTest),
        Route.delete("/api/v1/devices/{deviceId}/test-mode", CHANGERS, this::endTest));
  }

  private void list(Context context, Caller caller) {
    HomeId home = home(context.pathParam("home"), caller);
    Instant now = clock.wall();
    Wording wording = Language.of(context);
    List<Map<String, Object>> modes = new ArrayList<>();
    for (Mode mode : book.of(home).modes()) {
      if (mode.holdsAt(now)) {
        modes.add(json(mode, wording));
      }
    }
    log(caller, "modes", home);
    JsonWriter.answer(context, 200, Map.of("home", home.value(), "modes", modes));
  }

  private static Map<String, Object> json(Mode mode, Wording wording) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("mode", mode.kind().word());
    if (mode.device() != null) {
      json.put("device", mode.device().value());
    }
    json.put("since", mode.since().toString());
    json.put("until", mode.until().toString());
    json.put("by", mode.by().value());
    json.put("text", wording.mode(mode.kind()));
    return json;
  }

  /** A mode that holds, and where. */
  private record Running(Directory.Home home, Mode mode) {}

  /** All that hold in an area, the soonest to end first. */
  private void running(Context context, Caller caller) {
    if (!(caller instanceof Caller.OfOperator operator)) {
      throw Problem.forbidden();
    }
    Directory registry = Veil.over(directory).get();
    AreaId own = operator.operator().area();
    String asked = context.queryParam("area");
    if (asked != null && !Identity.isValid(asked)) {
      throw Problem.badRequest("area must be an area's id");
    }
    AreaId area = asked == null ? own : new AreaId(asked);
    int limit = Asked.number(context, "limit", 1, AlertRoutes.LIMIT_MAX, AlertRoutes.LIMIT_DEFAULT);
    Instant now = clock.wall();
    List<Running> all = new ArrayList<>();
    if (registry.areaPath(area).contains(own)) {
      registry.eachHome(
          area,
          id -> {
            for (Mode mode : book.of(id).modes()) {
              Directory.Home home = mode.holdsAt(now) ? registry.home(id) : null;
              if (home != null) {
                all.add(new Running(home, mode));
              }
            }
          });
    }
    all.sort(
        Comparator.comparing((Running one) -> one.mode().until())
            .thenComparing(one -> one.home().id()));
    List<Running> shown = all.subList(0, Math.min(limit, all.size()));
    Wording wording = Language.of(context);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("modes", shown.stream().map(one -> json(one, registry, wording)).toList());
    json.put("total", all.size());
    json.put("as_of", now.toString());
    AlertRoutes.ACCESS.info(
        "who={} look=modes homes={} result=200",
        caller.name(),
        String.join(",", shown.stream().map(one -> one.home().id().value()).distinct().toList()));
    JsonWriter.answer(context, 200, json);
  }

  private Map<String, Object> json(Running one, Directory registry, Wording wording) {
    Directory.Home home = one.home();
    Map<String, Object> json = json(one.mode(), wording);
    json.put("home", home.id().value());
    json.put("address", home.address());
    json.put("area", home.area().value());
    json.put("area_name", DutyList.areaName(registry, home.area()));
    json.put(
        "elders",
        home.elders().stream()
            .map(registry::elder)
            .filter(Objects::nonNull)
            .map(Directory.Elder::name)
            .toList());
    json.put("by_name", colleagues.name(one.mode().by(), registry));
    return json;
  }

  private void begin(Context context, Caller caller) {
    HomeId home = home(context.pathParam("home"), caller);
    JsonNode json = CallReader.json(Body.json(context, BODY_BYTES_MAX, pace));
    String word = CallReader.text(json, "mode", Identity.LENGTH_MAX);
    Mode.Kind kind = kind(word == null ? "" : word);
    if (kind == null) {
      throw Problem.badRequest("mode must be away, hospital, visitor, maintenance or drill");
    }
    change(context, caller, home, null, kind, until(json, kind, null));
  }

  private void end(Context context, Caller caller) {
    HomeId home = home(context.pathParam("home"), caller);
    Mode.Kind kind = kind(context.pathParam("mode"));
    if (kind == null) {
      throw Problem.notFound("mode");
    }
    change(context, caller, home, null, kind, null);
  }

  private void beginTest(Context context, Caller caller) {
    DeviceId device = device(context);
    HomeId home = homeOf(device, caller);
    JsonNode json = CallReader.json(Body.json(context, BODY_BYTES_MAX, pace));
    Mode.Kind kind = Mode.Kind.TEST;
    change(context, caller, home, device, kind, until(json, kind, TEST_MINUTES));
  }

  private void endTest(Context context, Caller caller) {
    DeviceId device = device(context);
    change(context, caller, homeOf(device, caller), device, Mode.Kind.TEST, null);
  }

  private void change(
      Context context,
      Caller caller,
      HomeId home,
      @Nullable DeviceId device,
      Mode.Kind kind,
      @Nullable Instant until) {
    if (!(caller instanceof Caller.OfOperator operator)) {
      throw Problem.forbidden();
    }
    Submitter.Synced synced =
        submitter.submit(
            new Input.ModeChanged(home, device, kind, until, operator.operator().id(), "http"),
            Lane.ALARM);
    if (synced.answer() instanceof Answer.Refused(Answer.Reason reason, String detail)) {
      throw AlertRoutes.refused(reason, detail);
    }
    log(caller, (until == null ? "end_" : "begin_") + kind.word(), home);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("number", synced.number());
    json.put("home", home.value());
    if (device != null) {
      json.put("device", device.value());
    }
    json.put("mode", kind.word());
    if (until != null) {
      json.put("until", until.toString());
    }
    json.put("result", synced.answer() instanceof Answer.Repeated ? "repeated" : "taken");
    JsonWriter.answer(context, 200, json);
  }

  /** When it ends; said as a time or in minutes from now, never later than its kind may last. */
  private Instant until(JsonNode json, Mode.Kind kind, @Nullable Integer minutesUsual) {
    Instant now = clock.wall();
    Duration longest = kind.longest();
    String said = CallReader.text(json, "until", Identity.LENGTH_MAX);
    JsonNode minutes = json.get("minutes");
    Instant until;
    if (said != null) {
      until = time(said);
    } else if (minutes != null && minutes.isIntegralNumber() && minutes.canConvertToInt()) {
      until = now.plus(Duration.ofMinutes(minutes.intValue()));
    } else if (minutes == null && minutesUsual != null) {
      until = now.plus(Duration.ofMinutes(minutesUsual));
    } else {
      throw Problem.badRequest("say when it ends: \"until\" (RFC 3339) or \"minutes\"");
    }
    if (!until.isAfter(now) || until.isAfter(now.plus(longest))) {
      throw Problem.badRequest(
          "it must end in the future, at most " + longest.toMinutes() + " minutes from now");
    }
    return until.truncatedTo(ChronoUnit.MILLIS);
  }

  private static Instant time(String said) {
    try {
      return OffsetDateTime.parse(said).toInstant();
    } catch (DateTimeException e) {
      throw Problem.badRequest("until must be RFC 3339 with an offset");
    }
  }

  /** A mode of a home; a device's test mode has a route of its own. */
  private static Mode.@Nullable Kind kind(String word) {
    for (Mode.Kind kind : Mode.Kind.values()) {
      if (kind.word().equals(word) && kind != Mode.Kind.TEST) {
        return kind;
      }
    }
    return null;
  }

  private static DeviceId device(Context context) {
    String name = context.pathParam("deviceId");
    if (!Identity.isValid(name)) {
      throw Problem.notFound("device");
    }
    return new DeviceId(name);
  }

  private HomeId homeOf(DeviceId device, Caller caller) {
    Directory.Placement placement = directory.get().placement(device);
    HomeId home = placement == null ? null : placement.home();
    if (home == null || !covers(caller, home)) {
      throw Problem.notFound("device");
    }
    return home;
  }

  private HomeId home(String name, Caller caller) {
    if (!Identity.isValid(name) || !covers(caller, new HomeId(name))) {
      throw Problem.notFound("home");
    }
    return new HomeId(name);
  }

  private boolean covers(Caller caller, HomeId home) {
    Directory now = directory.get();
    return caller instanceof Caller.OfOperator operator
        && now.home(home) != null
        && new Sight(now).covers(operator, home);
  }

  private static void log(Caller caller, String look, HomeId home) {
    AlertRoutes.ACCESS.info("who={} look={} home={} result=200", caller.name(), look, home);
  }
}
