package io.shouwang.console;

import io.javalin.http.Context;
import io.shouwang.accounts.Accounts;
import io.shouwang.accounts.Seat;
import io.shouwang.alerts.AlertBook;
import io.shouwang.figures.Flood;
import io.shouwang.figures.Load;
import io.shouwang.figures.LoadFigures;
import io.shouwang.figures.Shown;
import io.shouwang.figures.Source;
import io.shouwang.host.Clock;
import io.shouwang.model.AreaId;
import io.shouwang.model.Directory;
import io.shouwang.model.OperatorRole;
import io.shouwang.model.Severity;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/** How much a seat has to answer, against what a person can, and who makes most of it. */
final class LoadRoutes {
  private static final Set<Who> READERS = Set.of(Who.DISPATCHER, Who.SUPERVISOR);
  private static final Duration SPAN_DEFAULT = Duration.ofHours(24);
  private static final Duration SPAN_MAX = Duration.ofDays(31);
  private static final Duration SOURCES_SPAN = Duration.ofDays(30);
  private static final Duration STALE_AFTER = Duration.ofHours(24);
  private static final int SHIFTS_MAX = 93;
  private static final int SOURCES_MAX = 10;
  private static final int FLOODS_MAX = 100;

  private final Load load;
  private final AlertBook book;
  private final Accounts accounts;
  private final Supplier<Directory> directory;
  private final Clock clock;
  private final ZoneId zone;

  LoadRoutes(Sources from) {
    this.load = from.figures().load();
    this.book = from.book();
    this.accounts = from.accounts();
    this.directory = from.directory();
    this.clock = from.clock();
    this.zone = from.zone();
  }

  List<Route> routes() {
    return List.of(
        Route.get("/api/v1/load", READERS, this::show),
        Route.get("/api/v1/load/now", READERS, this::now));
  }

  /** For a banner that many seats ask for again and again: whether there is a flood. */
  private void now(Context context, Caller caller) {
    Directory registry = directory.get();
    AreaId area = Asked.seat(context, Asked.operator(caller), registry);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("area", area.value());
    json.put("flood", flood(load, registry, area, clock.wall()));
    json.put("as_of", clock.wall().toString());
    JsonWriter.answer(context, 200, json);
  }

  /** Whether it floods at a seat now. Looks a day back: a flood lasts until it is over. */
  static Map<String, Object> flood(Load load, Directory registry, AreaId area, Instant now) {
    List<Instant> raised =
        load.of(area, now.minus(SPAN_DEFAULT), isTopmost(registry, area)).shown().stream()
            .filter(one -> !one.exercise())
            .map(Shown::raisedAt)
            .toList();
    Instant recent = now.minus(Flood.WINDOW);
    List<Flood> floods = Flood.of(raised, now);
    Flood last = floods.isEmpty() ? null : floods.getLast();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("on", last != null && last.to() == null);
    if (last != null && last.to() == null) {
      json.put("since", last.from().toString());
      json.put("most", last.most());
    }
    json.put("in_10_min", raised.stream().filter(at -> at.isAfter(recent)).count());
    return json;
  }

  static boolean isTopmost(Directory registry, AreaId area) {
    return registry.areaPath(area).size() == 1;
  }

  private void show(Context context, Caller caller) {
    Directory registry = directory.get();
    AreaId area = Asked.seat(context, Asked.operator(caller), registry);
    Instant now = clock.wall();
    Instant to = Asked.time(context, "to", now);
    Instant from = Asked.time(context, "from", to.minus(SPAN_DEFAULT));
    int hours = Asked.number(context, "shift_hours", 8, 12, 8);
    if (!from.isBefore(to) || Duration.between(from, to).compareTo(SPAN_MAX) > 0) {
      throw Problem.badRequest("from must be before to, and at most 31 days");
    }
    Instant month = now.minus(SOURCES_SPAN);
    Instant earliest = from.minus(Duration.ofDays(1));
    Load.Counted counted =
        load.of(area, earliest.isBefore(month) ? earliest : month, isTopmost(registry, area));
    LoadFigures figures = LoadFigures.of(counted.shown(), from, to);
    AlertRoutes.ACCESS.info("who={} look=load area={} result=200", caller.name(), area);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("area", area.value());
    json.put("area_name", DutyList.areaName(registry, area));
    Instant countedFrom = counted.countedFrom();
    json.put("counted_from", (countedFrom == null ? now : countedFrom).toString());
    json.put("complete", countedFrom != null && !countedFrom.isAfter(from));
    json.putAll(json(figures));
    json.put("floods", floods(figures.floods()));
    json.put("flood", flood(load, registry, area, now));
    json.put("stale", stale(registry, area, now));
    json.put("seats", seats(registry, area, now));
    json.put("shifts", shifts(counted.shown(), from, to, hours));
    json.put("sources", sources(counted.shown(), month));
    json.put("as_of", now.toString());
    json.put("zone", zone.getId());
    JsonWriter.answer(context, 200, json);
  }

  static Map<String, Object> json(LoadFigures figures) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("from", figures.from().toString());
    json.put("to", figures.to().toString());
    json.put("alerts", figures.alerts());
    json.put("exercises", figures.exercises());
    json.put("per_10_min", rounded(figures.per10()));
    json.put("most_10_min", figures.most10());
    json.put("most_hour", figures.mostHour());
    json.put("flood_share", rounded(figures.floodShare()));
    Map<String, Object> severity = new LinkedHashMap<>();
    for (Severity each : Severity.values()) {
      severity.put(ProtectionRoutes.word(each), figures.bySeverity().getOrDefault(each, 0));
    }
    json.put("severity", severity);
    json.put("chatters", figures.chatters());
    json.put("closed", new TreeMap<>(figures.closed()));
    LoadFigures.Answering answering = figures.answering();
    Map<String, Object> answered = new LinkedHashMap<>();
    answered.put("rang", answering.rang());
    answered.put("within_15_s", answering.within15());
    answered.put("within_20_s", answering.within20());
    answered.put("unanswered", answering.unanswered());
    Duration median = answering.median();
    Duration longest = answering.longest();
    if (median != null && longest != null) {
      answered.put("median_s", seconds(median));
      answered.put("longest_s", seconds(longest));
    }
    json.put("answering", answered);
    return json;
  }

  private static double rounded(double value) {
    return Math.round(value * 10_000) / 10_000.0;
  }

  private static double seconds(Duration duration) {
    return Math.round(duration.toMillis() / 100.0) / 10.0;
  }

  private static List<Map<String, Object>> floods(List<Flood> floods) {
    List<Map<String, Object>> json = new ArrayList<>();
    for (Flood flood : floods.reversed().subList(0, Math.min(FLOODS_MAX, floods.size()))) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("from", flood.from().toString());
      if (flood.to() != null) {
        one.put("to", flood.to().toString());
      }
      one.put("most", flood.most());
      json.add(one);
    }
    return json;
  }

  /** Open for longer than a day: each wants a plan. */
  private int stale(Directory registry, AreaId area, Instant now) {
    Sight sight = new Sight(registry);
    return (int)
        book.open().stream()
            .map(AlertBook.Seen::alert)
            .filter(alert -> !alert.marks().exercise())
            .filter(alert -> alert.raisedAt().plus(STALE_AFTER).isBefore(now))
            .filter(alert -> sight.covers(area, alert.home()))
            .count();
  }

  /** Dispatchers at work now whose seats are shown this area's alerts. */
  private int seats(Directory registry, AreaId area, Instant now) {
    List<AreaId> path = registry.areaPath(area);
    return (int)
        accounts.seats().taken().stream()
            .filter(seat -> seat.standing(now) == Seat.Standing.LIVE)
            .map(Seat::person)
            .filter(person -> person.roles().contains(OperatorRole.DISPATCHER))
            .filter(person -> path.contains(person.area()))
            .count();
  }

  /** Shifts begin at eight in the morning; the latest first. */
  private List<Map<String, Object>> shifts(List<Shown> shown, Instant from, Instant to, int hours) {
    List<Map<String, Object>> shifts = new ArrayList<>();
    ZonedDateTime day = to.atZone(zone);
    ZonedDateTime begin = day.toLocalDate().atTime(LocalTime.of(8, 0)).atZone(zone);
    while (begin.toInstant().isAfter(to)) {
      begin = begin.minusHours(hours);
    }
    while (!begin.plusHours(hours).toInstant().isAfter(to)) {
      begin = begin.plusHours(hours);
    }
    while (begin.plusHours(hours).toInstant().isAfter(from) && shifts.size() < SHIFTS_MAX) {
      Instant end = begin.plusHours(hours).toInstant();
      Map<String, Object> one =
          json(LoadFigures.of(shown, begin.toInstant(), end.isAfter(to) ? to : end));
      one.put("running", end.isAfter(to));
      shifts.add(one);
      begin = begin.minusHours(hours);
    }
    return shifts;
  }

  private static Map<String, Object> sources(List<Shown> shown, Instant since) {
    List<Shown> month = shown.stream().filter(one -> !one.raisedAt().isBefore(since)).toList();
    List<Source> devices = Source.devices(month, SOURCES_MAX);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("days", SOURCES_SPAN.toDays());
    json.put("alerts", month.stream().filter(one -> !one.exercise()).count());
    json.put("devices", sources(devices));
    json.put("devices_share", rounded(devices.stream().mapToDouble(Source::share).sum()));
    json.put("models", sources(Source.models(month, SOURCES_MAX)));
    json.put("vendors", sources(Source.vendors(month, SOURCES_MAX)));
    return json;
  }

  private static List<Map<String, Object>> sources(List<Source> sources) {
    List<Map<String, Object>> json = new ArrayList<>();
    for (Source source : sources) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("name", source.name());
      if (!source.home().isEmpty()) {
        one.put("type", source.type());
        one.put("model", source.model());
        one.put("home", source.home());
      }
      one.put("alerts", source.alerts());
      one.put("false_alarms", source.falseAlarms());
      one.put("chatters", source.chatters());
      one.put("share", rounded(source.share()));
      one.put("last_at", source.lastAt().toString());
      json.add(one);
    }
    return json;
  }
}
