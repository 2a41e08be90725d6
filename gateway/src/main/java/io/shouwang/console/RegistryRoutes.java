package io.shouwang.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.shouwang.host.LockTaken;
import io.shouwang.intake.Utf8;
import io.shouwang.model.Identity;
import io.shouwang.model.Operator;
import io.shouwang.registry.Entry;
import io.shouwang.registry.Office;
import io.shouwang.registry.Order;
import io.shouwang.registry.Registrar;
import io.shouwang.registry.Registry;
import io.shouwang.registry.RegistryCounts;
import io.shouwang.registry.Section;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The registry's entries, for administrators: to be looked at, added, changed and taken away. */
final class RegistryRoutes {
  private static final Set<Who> ADMINISTRATORS = Set.of(Who.ADMINISTRATOR);
  private static final int BODY_BYTES_MAX = 256 * 1024;
  private static final int CHANGES_MAX = 200;

  private final Office office;
  private final Body.Pace pace;
  private final Orders orders;

  RegistryRoutes(Office office, Body.Pace pace) {
    this.office = office;
    this.pace = pace;
    this.orders = new Orders(office);
  }

  List<Route> routes() {
    return List.of(
        Route.get("/api/v1/registry/edits", ADMINISTRATORS, this::overview),
        Route.get("/api/v1/registry/changes", ADMINISTRATORS, this::changes),
        Route.get("/api/v1/registry/edits/{edit}", ADMINISTRATORS, this::edit),
        Route.get("/api/v1/registry/entries/{section}/{entry}", ADMINISTRATORS, this::show),
        Route.post("/api/v1/registry/entries/{section}/{entry}", ADMINISTRATORS, this::put),
        Route.delete("/api/v1/registry/entries/{section}/{entry}", ADMINISTRATORS, this::remove),
        Route.post("/api/v1/registry/secrets/{login}", ADMINISTRATORS, this::secret));
  }

  private void overview(Context context, Caller caller) {
    Registry now = office.registry();
    RegistryCounts counts = now.counts();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("registry", now.hash());
    json.put("counts", ImportJson.counts(counts));
    json.put("waiting", office.waiting());
    json.put("topmost", new EntrySight(now, operator(caller)).isTopmost());
    JsonWriter.answer(context, 200, json);
  }

  private void changes(Context context, Caller caller) throws IOException {
    EntrySight sight = new EntrySight(office.registry(), operator(caller));
    List<Map<String, Object>> shown =
        office.changes(CHANGES_MAX).stream()
            .filter(change -> sight.covers(change.entry()))
            .map(Orders::json)
            .toList();
    AlertRoutes.ACCESS.info(
        "who={} look=registry_changes count={} result=200", caller.name(), shown.size());
    JsonWriter.answer(context, 200, Map.of("changes", shown, "registry", sight.now().hash()));
  }

  private void edit(Context context, Caller caller) {
    String said = context.pathParam("edit");
    long number = said.matches("[0-9]{1,18}") ? Long.parseLong(said) : -1;
    Registrar.Ticket ticket =
        office
            .find(number)
            .filter(found -> found.order().by().equals(caller.name()))
            .orElseThrow(() -> Problem.notFound("edit"));
    orders.again(context, ticket);
  }

  private void show(Context context, Caller caller) {
    Entry entry = entry(context, caller);
    AlertRoutes.ACCESS.info(
        "who={} look=registry to={} section={} result={}",
        caller.name(),
        entry.id(),
        entry.section().word(),
        entry.isAbsent() ? 404 : 200);
    // Of what there may be several there may be none, too: the form begins with an empty list.
    if (entry.isAbsent() && entry.section().isSingle()) {
      throw Problem.notFound("entry");
    }
    context.header("ETag", '"' + entry.version() + '"');
    JsonWriter.answer(context, 200, Orders.json(entry));
  }

  private void put(Context context, Caller caller) {
    Entry before = entry(context, caller);
    JsonNode json = CallReader.json(Body.json(context, BODY_BYTES_MAX, pace));
    JsonNode rows = json.get("rows");
    if (rows == null || !rows.isArray() || rows.isEmpty()) {
      throw Problem.badRequest("send {\"rows\":[{...}]}, or DELETE to take it away");
    }
    List<Map<String, String>> said = new ArrayList<>();
    rows.forEach(row -> said.add(row(row)));
    Entry after = new Entry(before.section(), before.id(), said);
    if (!new EntrySight(office.registry(), operator(caller)).covers(after)) {
      throw Problem.badRequest("it would lie outside your area, or where there is nothing");
    }
    order(context, caller, after, version(context, before));
  }

  private static Map<String, String> row(JsonNode json) {
    if (!json.isObject()) {
      throw Problem.badRequest("each row must be an object of texts");
    }
    Map<String, String> row = new HashMap<>();
    json.properties()
        .forEach(field -> {
          if (!field.getValue().isTextual()) {
            throw Problem.badRequest("each field must be text");
          }
          row.put(Utf8.whole(field.getKey()), Utf8.whole(field.getValue().textValue()));
        });
    return row;
  }

  private void remove(Context context, Caller caller) {
    Entry before = entry(context, caller);
    if (before.isAbsent()) {
      throw Problem.notFound("entry");
    }
    order(context, caller, absent(before), version(context, before));
  }

  private void order(Context context, Caller caller, Entry after, String version) {
    orders.answer(context, new Order(caller.name(), List.of(new Order.Wanted(after, version))));
  }

  private static Entry absent(Entry entry) {
    return new Entry(entry.section(), entry.id(), List.of());
  }

  /** Nobody changes what they didn't look at. */
  private static String version(Context context, Entry before) {
    String match = context.header("If-Match");
    if (match != null) {
      return match.strip().replace("W/", "").replace("\"", "");
    }
    if ("*".equals(context.header("If-None-Match"))) {
      return absent(before).version();
    }
    throw new Problem(
        428,
        "version-missing",
        "Say what you saw",
        "send If-Match with the version you looked at, or If-None-Match: * for a new entry");
  }

  private void secret(Context context, Caller caller) throws IOException {
    String login = context.pathParam("login");
    Registry now = office.registry();
    EntrySight sight = new EntrySight(now, operator(caller));
    boolean isTheirs =
        Identity.isValid(login)
            && List.of(Section.DEVICES, Section.RESPONDERS).stream()
                .map(section -> now.entry(section, login))
                .anyMatch(entry -> !entry.isAbsent() && sight.covers(entry));
    if (!isTheirs) {
      throw Problem.notFound("device or responder");
    }
    AlertRoutes.ACCESS.info("who={} look=new_secret to={} result=201", caller.name(), login);
    String secret;
    try {
      secret = office.newSecret(login);
    } catch (LockTaken importing) {
      throw Problem.busy("an import is running; try again");
    }
    JsonWriter.answer(context, 201, Map.of("id", login, "secret", secret));
  }

  private Entry entry(Context context, Caller caller) {
    Section section = Section.of(context.pathParam("section")).orElse(null);
    String id = context.pathParam("entry");
    if (section == null || !Identity.isValid(id)) {
      throw Problem.notFound("entry");
    }
    Registry now = office.registry();
    Entry entry = now.entry(section, id);
    if (!new EntrySight(now, operator(caller)).covers(entry)) {
      throw Problem.notFound("entry");
    }
    return entry;
  }

  static Operator operator(Caller caller) {
    return Asked.operator(caller).operator();
  }
}
