package io.shouwang.console;

import io.javalin.http.Context;
import io.shouwang.alerts.CareBook;
import io.shouwang.host.Clock;
import io.shouwang.model.AreaId;
import io.shouwang.model.Directory;
import io.shouwang.model.Identity;
import io.shouwang.model.ResponderId;
import io.shouwang.rules.OwedContact;
import io.shouwang.wording.Wording;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is owed to whom: the list, its counts by area and worker, and a month's contacts as CSV. */
final class DutyRoutes {
  private static final Set<Who> VIEWERS = Set.of(Who.DISPATCHER, Who.SUPERVISOR);
  private static final int SKIP_MAX = 100_000;
  private static final String NOBODY = "";

  /** A whole city takes seconds of a processor; so many may ask at a time. */
  private static final int AT_A_TIME = 2;

  private final CareBook book;
  private final Supplier<Directory> directory;
  private final Clock clock;
  private final Turns turns =
      new Turns(
          AT_A_TIME, Duration.ZERO, "others are asking for whole areas at the moment; try again");

  DutyRoutes(CareBook book, Supplier<Directory> directory, Clock clock) {
    this.book = book;
    this.directory = directory;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/api/v1/duties", VIEWERS, this::duties),
        Route.get("/api/v1/duties/summary", VIEWERS, this::summary),
        Route.get("/api/v1/duties/contacts.csv", VIEWERS, this::export));
  }

  /** What of an area is asked for: the caller's, or one within. Null when it isn't theirs. */
  private static @Nullable AreaId area(Context context, Caller caller, Directory now) {
    if (!(caller instanceof Caller.OfOperator operator)) {
      throw Problem.forbidden();
    }
    AreaId own = operator.operator().area();
    String asked = context.queryParam("area");
    if (asked == null) {
      return own;
    }
    if (!Identity.isValid(asked)) {
      throw Problem.badRequest("area must be an area's id");
    }
    AreaId area = new AreaId(asked);
    return now.areaPath(area).contains(own) ? area : null;
  }

  private DutyList.Found find(
      DutyList duties, @Nullable AreaId area, Predicate<OwedContact> which, boolean workers) {
    if (area == null) {
      return new DutyList.Found(List.of(), true);
    }
    try (Turns.Turn _ = turns.take()) {
      return duties.of(area, _ -> true, which, workers, Integer.MAX_VALUE);
    }
  }

  private void duties(Context context, Caller caller) {
    Directory now = directory.get();
    AreaId area = area(context, caller, now);
    String state = context.queryParam("state");
    Set<OwedContact.State> states = states(state == null ? "overdue" : state);
    String duty = identity(context, "duty");
    String worker = identity(context, "worker");
    int limit = Asked.number(context, "limit", 1, AlertRoutes.LIMIT_MAX, AlertRoutes.LIMIT_DEFAULT);
    int skip = skip(context.queryParam("skip"));
    Instant at = clock.wall();
    DutyList list = new DutyList(book, now, at);
    List<DutyList.Line> lines =
        find(
                list,
                area,
                owed -> states.contains(owed.state()) && (duty == null || duty.equals(owed.duty())),
                true)
            .lines()
            .stream()
            .filter(line -> worker == null || worker.equals(worker(line)))
            .toList();
    int from = Math.min(skip, lines.size());
    List<DutyList.Line> shown = lines.subList(from, Math.min(from + limit, lines.size()));
    AlertRoutes.ACCESS.info(
        "who={} look=duties elders={} result=200",
        caller.name(),
        String.join(",", shown.stream().map(line -> line.elder().id().value()).toList()));
    Wording wording = Language.of(context);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("duties", shown.stream().map(line -> list.json(line, wording)).toList());
    json.put("total", lines.size());
    json.put("skipped", from);
    json.put("as_of", at.toString());
    json.put("zone", book.limits().zone().getId());
    JsonWriter.answer(context, 200, json);
  }

  private static String worker(DutyList.Line line) {
    return line.worker() == null ? NOBODY : line.worker().value();
  }

  private static @Nullable String identity(Context context, String name) {
    String asked = context.queryParam(name);
    if (asked != null && !Identity.isValid(asked)) {
      throw Problem.badRequest(name + " must be 1 to 64 of A-Z a-z 0-9 _ -");
    }
    return asked;
  }

  private static Set<OwedContact.State> states(String state) {
    return switch (state) {
      case "overdue" -> Set.of(OwedContact.State.OVERDUE);
      case "due" -> Set.of(OwedContact.State.DUE);
      case "owed" -> Set.of(OwedContact.State.OVERDUE, OwedContact.State.DUE);
      case "open" -> Set.of(OwedContact.State.OPEN);
      case "done" -> Set.of(OwedContact.State.DONE);
      case "paused" -> Set.of(OwedContact.State.PAUSED);
      case "all" -> Set.of(OwedContact.State.values());
      default ->
          throw Problem.badRequest("state must be overdue, due, owed, open, done, paused or all");
    };
  }

  private static int skip(@Nullable String asked) {
    if (asked == null) {
      return 0;
    }
    try {
      int skip = Integer.parseInt(asked);
      if (skip >= 0 && skip <= SKIP_MAX) {
        return skip;
      }
    } catch (NumberFormatException e) {
      // falls through to the one answer for every wrong number
    }
    throw Problem.badRequest("skip must be 0 to " + SKIP_MAX);
  }

  /** How many of each state. */
  private static final class Counts {
    private final Map<OwedContact.State, Integer> byState = new EnumMap<>(OwedContact.State.class);

    void add(OwedContact.State state) {
      byState.merge(state, 1, Integer::sum);
    }

    void putInto(Map<String, Object> json) {
      for (OwedContact.State state : OwedContact.State.values()) {
        json.put(state.name().toLowerCase(Locale.ROOT), byState.getOrDefault(state, 0));
      }
    }
  }

  private void summary(Context context, Caller caller) {
    Directory now = directory.get();
    AreaId area = area(context, caller, now);
    Instant at = clock.wall();
    Counts all = new Counts();
    Map<String, Counts> byArea = new TreeMap<>();
    Map<String, Counts> byWorker = new TreeMap<>();
    Map<String, Counts> byDuty = new TreeMap<>();
    find(new DutyList(book, now, at), area, _ -> true, true)
        .lines()
        .forEach(line -> {
          OwedContact.State state = line.owed().state();
          all.add(state);
          count(byArea, below(now, Objects.requireNonNull(area), line.area()), state);
          count(byWorker, worker(line), state);
          count(byDuty, line.owed().duty(), state);
        });
    AlertRoutes.ACCESS.info("who={} look=duties_summary result=200", caller.name());
    Wording wording = Language.of(context);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("area", area == null ? "" : area.value());
    all.putInto(json);
    json.put("areas", groups("area", byArea, id -> DutyList.areaName(now, new AreaId(id))));
    json.put(
        "workers",
        groups(
            "worker",
            byWorker,
            id -> id.isEmpty() ? "" : Wording.person(new ResponderId(id), now)));
    json.put("duties", groups("duty", byDuty, wording::word));
    json.put("as_of", at.toString());
    json.put("zone", book.limits().zone().getId());
    JsonWriter.answer(context, 200, json);
  }

  private static void count(Map<String, Counts> groups, String key, OwedContact.State state) {
    groups.computeIfAbsent(key, _ -> new Counts()).add(state);
  }

  /** Which area right below {@code area} another lies in; itself when it lies in none. */
  private static String below(Directory now, AreaId area, AreaId of) {
    List<AreaId> path = now.areaPath(of);
    int at = path.indexOf(area);
    return at <= 0 ? of.value() : path.get(at - 1).value();
  }

  private interface Naming {
    String of(String id);
  }

  private static List<Map<String, Object>> groups(
      String name, Map<String, Counts> groups, Naming naming) {
    List<Map<String, Object>> list = new ArrayList<>();
    groups.forEach((id, counts) -> {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put(name, id);
      one.put("name", naming.of(id));
      counts.putInto(one);
      list.add(one);
    });
    return list;
  }

  private void export(Context context, Caller caller) {
    Directory now = directory.get();
    AreaId area = area(context, caller, now);
    ZoneId zone = book.limits().zone();
    Instant at = clock.wall();
    String asked = context.queryParam("month");
    YearMonth month;
    try {
      month = asked == null ? YearMonth.from(at.atZone(zone)) : YearMonth.parse(asked);
    } catch (DateTimeException e) {
      throw Problem.badRequest("month must be like 2026-11");
    }
    try (Turns.Turn _ = turns.take()) {
      ContactCsv csv = new ContactCsv(book, now, Language.of(context), at);
      byte[] text = area == null ? csv.empty() : csv.of(area, month);
      AlertRoutes.ACCESS.info(
          "who={} look=export_contacts area={} month={} rows={}",
          caller.name(),
          area == null ? "-" : area,
          month,
          csv.rows());
      context.header("Content-Disposition", "attachment; filename=\"contacts-" + month + ".csv\"");
      context.contentType("text/csv;charset=UTF-8");
      context.result(text);
    }
  }
}
