package io.shouwang.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.shouwang.accounts.Accounts;
import io.shouwang.accounts.Glass;
import io.shouwang.accounts.Person;
import io.shouwang.accounts.Seat;
import io.shouwang.accounts.Seats;
import io.shouwang.host.Clock;
import io.shouwang.model.AreaId;
import io.shouwang.model.Directory;
import io.shouwang.model.Identity;
import io.shouwang.model.Operator;
import io.shouwang.model.OperatorRole;
import io.shouwang.model.ResponderId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** The first start, logging in and out, and the seats somebody has. */
final class SessionRoutes {
  /** What a locked seat may do still: hear open alarms, and be unlocked or left. */
  static final Set<String> FOR_LOCKED =
      Set.of(
          "GET /api/v1/alerts",
          "GET /api/v1/stream",
          "GET /api/v1/wall", // nobody is named there
          "GET /api/v1/session",
          "DELETE /api/v1/session",
          "POST /api/v1/session/lock",
          "POST /api/v1/session/reauthenticate");

  /** What may be done with a password that somebody else gave out. */
  static final Set<String> FOR_FIRST =
      Set.of(
          "GET /api/v1/session",
          "DELETE /api/v1/session",
          "POST /api/v1/session/reauthenticate",
          "POST /api/v1/me/password");

  private static final Set<Who> ANYONE = Set.of(Who.ANYONE);
  private static final Set<Who> PEOPLE = Set.of(Who.PERSON);
  private static final Set<Who> OPERATORS =
      Set.of(
          Who.DISPATCHER,
          Who.SUPERVISOR,
          Who.ADMINISTRATOR,
          Who.AUDITOR,
          Who.GRID_WORKER,
          Who.ORGANIZATION_WORKER,
          Who.PERSON);
  static final int BODY_BYTES_MAX = 4 * 1024;

  /** Beyond it the text is no password anyway; it is read so that all wrong ones look alike. */
  private static final int SECRET_LENGTH_MAX = 1_024;

  /** A registry has one topmost area, or a few. */
  private static final int AREAS_MAX = 50;

  private final Accounts accounts;
  private final Supplier<Directory> directory;
  private final Body.Pace pace;
  private final Clock clock;
  private final ZoneId zone;

  SessionRoutes(
      Accounts accounts, Supplier<Directory> directory, Body.Pace pace, Clock clock, ZoneId zone) {
    this.accounts = accounts;
    this.directory = directory;
    this.pace = pace;
    this.clock = clock;
    this.zone = zone;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/api/v1/setup", ANYONE, (context, _) -> showSetUp(context)),
        Route.post("/api/v1/setup", ANYONE, (context, _) -> setUp(context)),
        Route.post("/api/v1/session", ANYONE, (context, _) -> login(context)),
        Route.get("/api/v1/session", OPERATORS, this::show),
        Route.delete("/api/v1/session", PEOPLE, this::logout),
        Route.post("/api/v1/session/lock", PEOPLE, this::lock),
        Route.post("/api/v1/session/reauthenticate", PEOPLE, this::reauthenticate),
        Route.get("/api/v1/sessions", PEOPLE, this::list),
        Route.delete("/api/v1/sessions/{session}", PEOPLE, this::end));
  }

  /** Says no more than the first page needs: whether anybody can log in, and a city's name. */
  private void showSetUp(Context context) {
    boolean isOpen = accounts.people().isSetupOpen();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("open", isOpen);
    json.put("first", isOpen && accounts.people().isEmpty());
    if (isOpen) {
      List<Map<String, Object>> areas = new ArrayList<>();
      directory
          .get()
          .eachArea(area -> {
            if (area.parent() == null && areas.size() < AREAS_MAX) {
              areas.add(Map.of("area", area.id().value(), "name", area.name()));
            }
          });
      json.put("areas", areas);
    }
    JsonWriter.answer(context, 200, json);
  }

  private void setUp(Context context) {
    SameSite.require(context);
    Claim.requirePrivate(context);
    JsonNode json = CallReader.json(Body.json(context, BODY_BYTES_MAX, pace));
    String token = CallReader.required(json, "token", SECRET_LENGTH_MAX);
    String user = CallReader.identity("user", CallReader.required(json, "user", 64));
    String name = UserRoutes.name(CallReader.required(json, "name", UserRoutes.NAME_LENGTH_MAX));
    String password = CallReader.required(json, "password", SECRET_LENGTH_MAX);
    String area = CallReader.identity("area", CallReader.required(json, "area", 64));
    String language = CallReader.text(json, "language", 8);
    if (directory.get().areaPath(new AreaId(area)).size() != 1) {
      throw Problem.badRequest("area must be a topmost area of the registry (areas.csv)");
    }
    if (directory.get().responder(new ResponderId(user)) != null) {
      throw UserRoutes.isResponders();
    }
    Person person =
        accounts
            .people()
            .setUp(
                token,
                new ResponderId(user),
                name,
                password,
                new AreaId(area),
                UserRoutes.language(language == null ? "zh" : language),
                context.ip());
    Trace.isRecorded();
    JsonWriter.answer(context, 201, UserRoutes.json(directory.get(), person));
  }

  private void login(Context context) {
    SameSite.require(context);
    Claim.requirePrivate(context);
    JsonNode json = CallReader.json(Body.json(context, BODY_BYTES_MAX, pace));
    String user = CallReader.required(json, "user", SECRET_LENGTH_MAX);
    String password = CallReader.required(json, "password", SECRET_LENGTH_MAX);
    String code = CallReader.text(json, "code", Identity.LENGTH_MAX);
    String cookie = Claim.of(context).cookie();
    Seat before = cookie == null ? null : accounts.seats().find(cookie).orElse(null);
    Trace.isRecorded();
    Seats.Fresh fresh =
        accounts.entrance().login(user, password, code == null ? "" : code, context.ip(), before);
    Claim.give(context, fresh.secret());
    JsonWriter.answer(context, 200, json(fresh.seat(), false, List.of()));
  }

  /** The seat that the caller sits at. */
  static Seat seat(Caller caller) {
    if (caller instanceof Caller.OfOperator operator && operator.seat() != null) {
      return operator.seat();
    }
    throw Problem.forbidden();
  }

  private void show(Context context, Caller caller) {
    if (!(caller instanceof Caller.OfOperator operator)) {
      throw Problem.forbidden();
    }
    Seat seat = operator.seat();
    JsonWriter.answer(
        context,
        200,
        seat == null
            ? json(operator.operator())
            : json(seat, operator.locked(), operator.broken()));
  }

  private void lock(Context context, Caller caller) {
    Trace.isRecorded();
    accounts.seats().lock(seat(caller), Trace.actor(caller, context.ip()));
    context.status(204);
  }

  private void logout(Context context, Caller caller) {
    Seat seat = seat(caller);
    Trace.isRecorded();
    boolean _ = accounts.seats().end(seat.person(), seat.name(), Trace.actor(caller, context.ip()));
    Claim.take(context);
    context.status(204);
  }

  private void reauthenticate(Context context, Caller caller) {
    JsonNode json = CallReader.json(Body.json(context, BODY_BYTES_MAX, pace));
    Entered entered = Entered.of(json);
    Trace.isRecorded();
    Seat seat = seat(caller);
    accounts
        .entrance()
        .reauthenticate(
            seat, entered.password(), entered.code(), Trace.actor(caller, context.ip()));
    context.status(204);
  }

  /** A password, and the code beside it. */
  record Entered(String password, String code) {
    static Entered of(JsonNode json) {
      String code = CallReader.text(json, "code", Identity.LENGTH_MAX);
      return new Entered(
          CallReader.required(json, "password", SECRET_LENGTH_MAX), code == null ? "" : code);
    }

    @Override
    public String toString() {
      return "Entered[]";
    }
  }

  /** A new password as it was sent. */
  static String newPassword(JsonNode json) {
    return CallReader.required(json, "new_password", SECRET_LENGTH_MAX);
  }

  private void list(Context context, Caller caller) {
    Seat own = seat(caller);
    List<Map<String, Object>> seats =
        accounts.seats().of(own.person()).stream().map(seat -> line(seat, own)).toList();
    JsonWriter.answer(context, 200, Map.of("sessions", seats));
  }

  private Map<String, Object> line(Seat seat, Seat own) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("session", seat.name());
    json.put("own", seat.hash().equals(own.hash()));
    json.put("made_at", seat.made().toString());
    json.put("seen_at", seat.seen().toString());
    json.put("address", seat.address());
    json.put("locked", seat.standing(clock.wall()) != Seat.Standing.LIVE);
    return json;
  }

  private void end(Context context, Caller caller) {
    Person person = seat(caller).person();
    Trace.isRecorded();
    boolean isEnded =
        accounts
            .seats()
            .end(person, context.pathParam("session"), Trace.actor(caller, context.ip()));
    if (!isEnded) {
      throw Problem.notFound("session");
    }
    context.status(204);
  }

  /** A program, or somebody who came with a program's token. */
  private Map<String, Object> json(Operator operator) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("source", "token");
    json.put("user", operator.id().value());
    json.put("name", operator.name());
    json.put("roles", words(operator.roles()));
    json.put("area", operator.area().value());
    json.put("area_names", AreaNames.path(directory.get(), operator.area()));
    json.put("as_of", clock.wall().toString());
    json.put("zone", zone.getId());
    return json;
  }

  private Map<String, Object> json(Seat seat, boolean isLocked, List<Glass.Broken> broken) {
    Person person = seat.person();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("source", "account");
    json.put("session", seat.name());
    json.put("user", person.id().value());
    json.put("name", person.name());
    json.put("roles", words(person.roles()));
    json.put("area", person.area().value());
    json.put("area_names", AreaNames.path(directory.get(), person.area()));
    if (person.responder() != null) {
      json.put("responder", person.responder().value());
    }
    json.put("language", person.language());
    json.put("second_factor", person.secondFactor());
    json.put("must_change_password", person.mustChange() && !seat.signedOn());
    json.put("signed_on", seat.signedOn());
    json.put("locked", isLocked);
    json.put("locks_at", locksAt(seat).toString());
    json.put("glass", broken.stream().map(RecordRoutes::json).toList());
    json.put("as_of", clock.wall().toString());
    json.put("zone", zone.getId());
    return json;
  }

  private static Instant locksAt(Seat seat) {
    Instant idle = seat.seen().plus(Seat.IDLE_MAX);
    Instant stale = seat.proved().plus(Seat.PROVED_MAX);
    return idle.isBefore(stale) ? idle : stale;
  }

  static List<String> words(Set<OperatorRole> roles) {
    return roles.stream().sorted().map(role -> role.name().toLowerCase(Locale.ROOT)).toList();
  }
}
