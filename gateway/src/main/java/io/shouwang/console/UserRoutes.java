package io.shouwang.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.shouwang.accounts.Accounts;
import io.shouwang.accounts.People;
import io.shouwang.accounts.Person;
import io.shouwang.model.AreaId;
import io.shouwang.model.Directory;
import io.shouwang.model.Identity;
import io.shouwang.model.Operator;
import io.shouwang.model.OperatorRole;
import io.shouwang.model.ResponderId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** People's accounts, for administrators, within their area; nobody changes their own rights. */
final class UserRoutes {
  static final int NAME_LENGTH_MAX = People.NAME_LENGTH_MAX;
  private static final int AREAS_MAX = 50;
  private static final Set<Who> ADMINISTRATORS = Set.of(Who.ADMINISTRATOR);

  private final Accounts accounts;
  private final Supplier<Directory> directory;
  private final Body.Pace pace;

  UserRoutes(Accounts accounts, Supplier<Directory> directory, Body.Pace pace) {
    this.accounts = accounts;
    this.directory = directory;
    this.pace = pace;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/api/v1/users", ADMINISTRATORS, this::list),
        Route.get("/api/v1/users/areas", ADMINISTRATORS, this::areas),
        Route.post("/api/v1/users", ADMINISTRATORS, this::make),
        Route.post("/api/v1/users/{user}", ADMINISTRATORS, this::change));
  }

  private void list(Context context, Caller caller) {
    AreaId own = operator(caller).area();
    Wanted wanted = Wanted.of(context);
    int limit = Asked.number(context, "limit", 1, AlertRoutes.LIMIT_MAX, AlertRoutes.LIMIT_DEFAULT);
    Directory now = directory.get();
    List<Person> found =
        accounts.people().all().stream()
            .filter(person -> isWithin(now, own, person.area()) && wanted.is(now, person))
            .toList();
    List<Person> page =
        found.stream()
            .dropWhile(person -> person.id().value().compareTo(wanted.after()) <= 0)
            .limit(limit)
            .toList();
    AlertRoutes.ACCESS.info("who={} look=users count={} result=200", caller.name(), page.size());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("users", page.stream().map(person -> json(now, person)).toList());
    json.put("total", found.size());
    if (!page.isEmpty() && !page.getLast().equals(found.getLast())) {
      json.put("after", page.getLast().id().value());
    }
    JsonWriter.answer(context, 200, json);
  }

  /**
   * Which accounts are wanted.
   *
   * @param text somewhere in the login name or the name; empty for all
   * @param after only those with a later login name
   */
  private record Wanted(
      String text,
      @Nullable OperatorRole role,
      @Nullable AreaId area,
      @Nullable Boolean disabled,
      String after) {

    static Wanted of(Context context) {
      String role = context.queryParam("role");
      String area = context.queryParam("area");
      String disabled = context.queryParam("disabled");
      String after = context.queryParam("after");
      List<String> words = SessionRoutes.words(EnumSet.allOf(OperatorRole.class));
      if (role != null && !words.contains(role)) {
        throw Problem.badRequest("role must be one of " + String.join(", ", words));
      }
      if (disabled != null && !disabled.equals("true") && !disabled.equals("false")) {
        throw Problem.badRequest("disabled must be true or false");
      }
      return new Wanted(
          asked(context, "q"),
          role == null ? null : OperatorRole.valueOf(role.toUpperCase(Locale.ROOT)),
          area == null ? null : new AreaId(CallReader.identity("area", area)),
          disabled == null ? null : Boolean.valueOf(disabled),
          after == null ? "" : CallReader.identity("after", after));
    }

    boolean is(Directory now, Person person) {
      return (role == null || person.roles().contains(role))
          && (area == null || now.areaPath(person.area()).contains(area))
          && (disabled == null || disabled == person.disabled())
          && (contains(person.id().value(), text) || contains(person.name(), text));
    }
  }

  /** A text to be searched for, in small letters. */
  private static String asked(Context context, String name) {
    String text = context.queryParam(name);
    if (text != null && text.length() > NAME_LENGTH_MAX) {
      throw Problem.badRequest(name + " must have at most " + NAME_LENGTH_MAX + " characters");
    }
    return text == null ? "" : text.strip().toLowerCase(Locale.ROOT);
  }

  private static boolean contains(String text, String part) {
    return text.toLowerCase(Locale.ROOT).contains(part);
  }

  /** Where accounts may be put: the caller's area and those below it, by name or id. */
  private void areas(Context context, Caller caller) {
    AreaId own = operator(caller).area();
    String text = asked(context, "q");
    Directory now = directory.get();
    List<Directory.Area> found = new ArrayList<>();
    now.eachArea(area -> {
      boolean isMeant = contains(area.name(), text) || contains(area.id().value(), text);
      if (isMeant && now.areaPath(area.id()).contains(own)) {
        found.add(area);
      }
    });
    List<Map<String, Object>> shown =
        found.stream()
            .sorted(
                Comparator.comparingInt((Directory.Area area) -> now.areaPath(area.id()).size())
                    .thenComparing(Directory.Area::name))
            .limit(AREAS_MAX)
            .map(area -> area(now, area))
            .toList();
    JsonWriter.answer(context, 200, Map.of("areas", shown, "total", found.size()));
  }

  private static Map<String, Object> area(Directory now, Directory.Area area) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("area", area.id().value());
    json.put("name", area.name());
    if (!area.level().isEmpty()) {
      json.put("level", area.level());
    }
    json.put("names", AreaNames.path(now, area.id()));
    return json;
  }

  private void make(Context context, Caller caller) {
    JsonNode json = body(context);
    ResponderId id =
        new ResponderId(CallReader.identity("user", CallReader.required(json, "user", 64)));
    String name = name(CallReader.required(json, "name", NAME_LENGTH_MAX));
    Set<OperatorRole> roles = roles(json);
    AreaId area = area(json);
    String language = CallReader.text(json, "language", 8);
    if (roles == null) {
      throw Problem.badRequest("roles is missing");
    }
    if (area == null || !mayPut(operator(caller), area)) {
      throw Problem.badRequest("area must be one of the registry's, yours or below it");
    }
    requireOwnName(id, roles);
    ResponderId responder = link(json).responder();
    requireWorker(responder, roles);
    Trace.isRecorded();
    People.Made made =
        accounts
            .people()
            .make(
                id,
                name,
                roles,
                area,
                language(language == null ? "zh" : language),
                responder,
                Trace.actor(caller, context.ip()));
    context.header("Location", "/api/v1/users/" + id);
    JsonWriter.answer(context, 201, json(directory.get(), made));
  }

  private void change(Context context, Caller caller) {
    Operator operator = operator(caller);
    JsonNode json = body(context);
    String id = context.pathParam("user");
    Person person =
        Identity.isValid(id)
            ? accounts
                .people()
                .find(id)
                .filter(found -> isWithin(operator.area(), found.area()))
                .orElse(null)
            : null;
    if (person == null) {
      throw Problem.notFound("user");
    }
    String name = CallReader.text(json, "name", NAME_LENGTH_MAX);
    String language = CallReader.text(json, "language", 8);
    People.Change change =
        new People.Change(
            name == null ? null : name(name),
            roles(json),
            area(json),
            language == null ? null : language(language),
            truth(json, "disabled"),
            Boolean.TRUE.equals(truth(json, "reset_password")),
            Boolean.TRUE.equals(truth(json, "reset_second_factor")),
            Boolean.TRUE.equals(truth(json, "reset_sign_on")),
            json.has("responder") ? link(json) : null);
    boolean isAboutRights =
        change.roles() != null
            || change.area() != null
            || change.disabled() != null
            || change.resetPassword()
            || change.resetSecondFactor()
            || change.resetSignOn()
            || change.link() != null;
    if (isAboutRights && person.id().equals(operator.id())) {
      throw new Problem(
          403,
          "own-account",
          "This is your own account",
          "another administrator changes your rights; your password is at /api/v1/me/password");
    }
    if (change.area() != null && !mayPut(operator, change.area())) {
      throw Problem.badRequest("area must be one of the registry's, yours or below it");
    }
    if (change.roles() != null) {
      requireOwnName(person.id(), change.roles());
    }
    People.Link link = change.link();
    requireWorker(
        link == null ? person.responder() : link.responder(),
        change.roles() == null ? person.roles() : change.roles());
    Trace.isRecorded();
    JsonWriter.answer(
        context,
        200,
        json(
            directory.get(),
            accounts.people().change(person, change, Trace.actor(caller, context.ip()))));
  }

  private JsonNode body(Context context) {
    return CallReader.json(Body.json(context, SessionRoutes.BODY_BYTES_MAX, pace));
  }

  private static Operator operator(Caller caller) {
    return Asked.operator(caller).operator();
  }

  private boolean mayPut(Operator operator, AreaId area) {
    return directory.get().areaPath(area).contains(operator.area());
  }

  /** An area that the registry has no more lies in the topmost areas only, as its homes do. */
  private boolean isWithin(AreaId own, AreaId area) {
    return isWithin(directory.get(), own, area);
  }

  static boolean isWithin(Directory directory, AreaId own, AreaId area) {
    List<AreaId> path = directory.areaPath(area);
    return path.isEmpty() ? directory.areaPath(own).size() == 1 : path.contains(own);
  }

  /** What a dispatcher says must not look as if a responder of the same name had said it. */
  private void requireOwnName(ResponderId id, Set<OperatorRole> roles) {
    boolean isResponder = directory.get().responder(id) != null;
    if (isResponder && !Sight.WORKERS.containsAll(roles)) {
      throw isResponders();
    }
  }

  /** Whom a worker speaks for, and nobody else: a dispatcher answers as the desk. */
  private void requireWorker(@Nullable ResponderId responder, Set<OperatorRole> roles) {
    if (responder == null) {
      return;
    }
    if (!Sight.WORKERS.containsAll(roles)) {
      throw Problem.badRequest(
          "only a grid worker or an organization's worker speaks for a responder;"
              + " send \"responder\": null, or those roles alone");
    }
    if (directory.get().responder(responder) == null) {
      throw Problem.badRequest("responder must be one of the registry's (responders.csv)");
    }
  }

  private static People.Link link(JsonNode json) {
    String said = CallReader.text(json, "responder", Identity.LENGTH_MAX);
    return new People.Link(
        said == null ? null : new ResponderId(CallReader.identity("responder", said)));
  }

  static Problem isResponders() {
    return new Problem(
        409,
        "taken",
        "The login name is taken",
        "a responder of the registry has this id; only grid workers and organizations' workers"
            + " log in under it");
  }

  static String name(String text) {
    String name = text.strip();
    boolean isPlain =
        name.codePoints()
            .noneMatch(
                c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
    if (name.isEmpty() || !isPlain) {
      throw Problem.badRequest("name must be text without control characters");
    }
    return name;
  }

  static String language(String word) {
    if (!word.equals("zh") && !word.equals("en")) {
      throw Problem.badRequest("language must be zh or en");
    }
    return word;
  }

  private static @Nullable AreaId area(JsonNode json) {
    String area = CallReader.text(json, "area", Identity.LENGTH_MAX);
    return area == null ? null : new AreaId(CallReader.identity("area", area));
  }

  private static @Nullable Boolean truth(JsonNode json, String name) {
    JsonNode value = json.get(name);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isBoolean()) {
      throw Problem.badRequest(name + " must be true or false");
    }
    return value.booleanValue();
  }

  private static @Nullable Set<OperatorRole> roles(JsonNode json) {
    JsonNode value = json.get("roles");
    if (value == null || value.isNull()) {
      return null;
    }
    Set<OperatorRole> roles = EnumSet.noneOf(OperatorRole.class);
    List<String> words = SessionRoutes.words(EnumSet.allOf(OperatorRole.class));
    for (JsonNode word : value) {
      if (!word.isTextual() || !words.contains(word.textValue())) {
        throw Problem.badRequest("roles are " + String.join(", ", words));
      }
      roles.add(OperatorRole.valueOf(word.textValue().toUpperCase(Locale.ROOT)));
    }
    if (!value.isArray() || roles.isEmpty()) {
      throw Problem.badRequest("roles must be a list of at least one");
    }
    return roles;
  }

  private static Map<String, Object> json(Directory now, People.Made made) {
    Map<String, Object> json = json(now, made.person());
    if (made.password() != null) {
      json.put("password", Objects.requireNonNull(made.password()));
    }
    return json;
  }

  static Map<String, Object> json(Directory now, Person person) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("user", person.id().value());
    json.put("name", person.name());
    json.put("roles", SessionRoutes.words(person.roles()));
    json.put("area", person.area().value());
    json.put("area_names", AreaNames.path(now, person.area()));
    json.put("language", person.language());
    if (person.responder() != null) {
      json.put("responder", person.responder().value());
    }
    json.put("disabled", person.disabled());
    json.put("second_factor", person.secondFactor());
    json.put("must_change_password", person.mustChange());
    json.put("made_at", person.made().toString());
    return json;
  }
}
