package io.shouwang.console;

import io.javalin.http.Context;
import io.shouwang.alerts.CareBook;
import io.shouwang.host.Clock;
import io.shouwang.intake.ContactReader;
import io.shouwang.intake.Lane;
import io.shouwang.model.Ability;
import io.shouwang.model.Answer;
import io.shouwang.model.AreaId;
import io.shouwang.model.CareContact;
import io.shouwang.model.ContactReport;
import io.shouwang.model.Directory;
import io.shouwang.model.ElderId;
import io.shouwang.model.HomeId;
import io.shouwang.model.Identity;
import io.shouwang.model.Input;
import io.shouwang.model.Role;
import io.shouwang.rules.Duties;
import io.shouwang.rules.LimitsBook;
import io.shouwang.rules.OwedContact;
import io.shouwang.wording.AlertCard;
import io.shouwang.wording.Wording;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Visits and calls: recording them, looking at them, and what is still owed to whom. */
final class CareRoutes {
  private static final Set<Who> RECORDERS = Set.of(Who.RESPONDER, Who.DISPATCHER);
  private static final Set<Who> VIEWERS = Set.of(Who.DISPATCHER, Who.SUPERVISOR);

  private final CareBook book;
  private final Supplier<Directory> directory;
  private final Submitter submitter;
  private final Body.Pace pace;
  private final Clock clock;

  CareRoutes(
      CareBook book,
      Supplier<Directory> directory,
      Submitter submitter,
      Body.Pace pace,
      Clock clock) {
    this.book = book;
    this.directory = directory;
    this.submitter = submitter;
    this.pace = pace;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        Route.post("/api/v1/elders/{elder}/contacts", RECORDERS, this::record),
        Route.get("/api/v1/elders/{elder}/contacts", VIEWERS, this::contacts),
        Route.get("/api/v1/duties", VIEWERS, this::duties));
  }

  private void record(Context context, Caller caller) {
    Directory.Elder elder = elder(context, caller, "record_contact");
    byte[] body = Body.json(context, ContactReader.PAYLOAD_BYTES_MAX, pace);
    ContactReport report =
        switch (ContactReader.read(body, elder.id())) {
          case ContactReader.Result.Read(ContactReport read) -> read;
          case ContactReader.Result.Unreadable(String why) -> throw Problem.badRequest(why);
        };
    Input.ContactRecorded input =
        switch (caller) {
          case Caller.OfResponder responder ->
              new Input.ContactRecorded(report, responder.id(), false, "http");
          case Caller.OfOperator operator ->
              new Input.ContactRecorded(report, operator.operator().id(), true, "http");
          case Caller.Nobody _, Caller.OfDevice _ -> throw Problem.forbidden();
        };
    Submitter.Synced synced = submitter.submit(input, Lane.TELEMETRY);
    if (synced.answer() instanceof Answer.Refused(Answer.Reason reason, String detail)) {
      throw AlertRoutes.refused(reason, detail);
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("number", synced.number());
    json.put("elder", elder.id().value());
    json.put("result", synced.answer() instanceof Answer.Repeated ? "repeated" : "taken");
    JsonWriter.answer(context, 200, json);
  }

  /** The elder of the path, if the caller has to do with them; the look is recorded either way. */
  private Directory.Elder elder(Context context, Caller caller, String look) {
    String name = context.pathParam("elder");
    if (!Identity.isValid(name)) {
      throw Problem.notFound("elder");
    }
    Directory now = directory.get();
    Directory.Elder elder = now.elder(new ElderId(name));
    boolean isTheirs =
        elder != null
            && switch (caller) {
              case Caller.Nobody _, Caller.OfDevice _ -> false;
              case Caller.OfResponder responder ->
                  !now.roles(elder.home(), elder.id(), responder.id()).isEmpty();
              case Caller.OfOperator operator -> new Sight(now).covers(operator, elder.home());
            };
    AlertRoutes.ACCESS.info(
        "who={} look={} elder={} result={}", caller.name(), look, name, isTheirs ? 200 : 404);
    if (elder == null || !isTheirs) {
      throw Problem.notFound("elder");
    }
    return elder;
  }

  private void contacts(Context context, Caller caller) {
    Directory.Elder elder = elder(context, caller, "contacts");
    List<Map<String, Object>> contacts = new ArrayList<>();
    for (CareContact contact : book.of(elder.home()).contacts().reversed()) {
      if (contact.elder().equals(elder.id())) {
        contacts.add(contact(book, contact));
      }
    }
    JsonWriter.answer(context, 200, Map.of("elder", elder.id().value(), "contacts", contacts));
  }

  static Map<String, Object> contact(CareBook book, CareContact contact) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("means", contact.means().word());
    json.put("by", contact.by());
    json.put("roles", contact.roles().stream().map(Role::value).sorted().toList());
    json.put("at", contact.at().toString());
    json.put("result", contact.result());
    book.note(contact).ifPresent(note -> json.put("note", note));
    return json;
  }

  /** One line of the list. */
  private record Line(Directory.Elder elder, AreaId area, OwedContact owed) {}

  private void duties(Context context, Caller caller) {
    if (!(caller instanceof Caller.OfOperator operator)) {
      throw Problem.forbidden();
    }
    String state = context.queryParam("state");
    Set<OwedContact.State> wanted = wanted(state == null ? "overdue" : state);
    int limit = AlertRoutes.limit(context.queryParam("limit"));
    String asked = context.queryParam("area");
    if (asked != null && !Identity.isValid(asked)) {
      throw Problem.badRequest("area must be an area's id");
    }
    AreaId area = asked == null ? null : new AreaId(asked);
    LimitsBook limits = book.limits();
    Instant now = clock.wall();
    List<Line> lines = lines(operator.operator().area(), area, wanted, now);
    List<Line> shown = lines.subList(0, Math.min(limit, lines.size()));
    AlertRoutes.ACCESS.info(
        "who={} look=duties elders={} result=200",
        caller.name(),
        String.join(",", shown.stream().map(line -> line.elder().id().value()).toList()));
    Wording wording = Language.of(context);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("duties", shown.stream().map(line -> line(line, wording)).toList());
    json.put("total", lines.size());
    json.put("as_of", now.toString());
    json.put("zone", limits.zone().getId());
    JsonWriter.answer(context, 200, json);
  }

  private static Set<OwedContact.State> wanted(String state) {
    return switch (state) {
      case "overdue" -> Set.of(OwedContact.State.OVERDUE);
      case "due" -> Set.of(OwedContact.State.DUE);
      case "all" -> Set.of(OwedContact.State.values());
      default -> throw Problem.badRequest("state must be overdue, due or all");
    };
  }

  /** The longest missed first, among those of one day the least able. */
  private List<Line> lines(
      AreaId rights, @Nullable AreaId area, Set<OwedContact.State> wanted, Instant now) {
    Directory registry = directory.get();
    LimitsBook limits = book.limits();
    ZonedDateTime local = now.atZone(limits.zone());
    List<Line> lines = new ArrayList<>();
    registry.eachHome(id -> {
      Directory.Home home = registry.home(id);
      if (home == null || home.elders().isEmpty()) {
        return;
      }
      List<AreaId> path = registry.areaPath(home.area());
      if (path.contains(rights) && (area == null || path.contains(area))) {
        for (ElderId elder : home.elders()) {
          add(lines, registry, limits, id, home.area(), elder, local, wanted);
        }
      }
    });
    lines.sort(
        Comparator.comparing((Line line) -> line.owed().state())
            .thenComparing(line -> since(line.owed()))
            .thenComparingInt(line -> Ability.rank(line.elder().ability()))
            .thenComparing(line -> line.elder().id())
            .thenComparing(line -> line.owed().duty()));
    return lines;
  }

  private static Instant since(OwedContact owed) {
    Instant missedAt = owed.missedAt();
    return missedAt == null ? owed.dueAt() : missedAt;
  }

  private void add(
      List<Line> lines,
      Directory registry,
      LimitsBook limits,
      HomeId home,
      AreaId area,
      ElderId id,
      ZonedDateTime local,
      Set<OwedContact.State> wanted) {
    Directory.Elder elder = registry.elder(id);
    if (elder == null) {
      return;
    }
    CareBook.Care care = book.of(home);
    Duties duties =
        new Duties(limits.of(registry, home, id).duties(), care.contacts(), care.modes(), local);
    for (OwedContact owed : duties.of(elder)) {
      if (wanted.contains(owed.state())) {
        lines.add(new Line(elder, area, owed));
      }
    }
  }

  private static Map<String, Object> line(Line line, Wording wording) {
    OwedContact owed = line.owed();
    Map<String, Object> elder = new LinkedHashMap<>();
    elder.put("id", line.elder().id().value());
    elder.put("name", line.elder().name());
    if (!line.elder().ability().isEmpty()) {
      elder.put("ability", line.elder().ability());
    }
    elder.put("categories", line.elder().categories().stream().sorted().toList());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("elder", elder);
    json.put("home", line.elder().home().value());
    json.put("area", line.area().value());
    json.put("duty", owed.duty());
    json.put("text", wording.word(owed.duty()));
    json.put("state", AlertCard.word(owed.state()));
    json.put("period", owed.period());
    json.put("done", owed.done());
    json.put("count", owed.count());
    json.put("due_at", owed.dueAt().toString());
    if (owed.missedAt() != null) {
      json.put("missed_at", owed.missedAt().toString());
    }
    if (owed.lastAt() != null) {
      json.put("last_at", owed.lastAt().toString());
    }
    return json;
  }
}
