package io.shouwang.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.shouwang.host.Clock;
import io.shouwang.model.Directory;
import io.shouwang.model.Identity;
import io.shouwang.model.ResponderId;
import io.shouwang.registry.Entry;
import io.shouwang.registry.Office;
import io.shouwang.registry.Order;
import io.shouwang.registry.Post;
import io.shouwang.registry.Registry;
import io.shouwang.registry.Roster;
import io.shouwang.registry.Section;
import io.shouwang.registry.Shift;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who is on call, now and in the days to come, and who stands in for whom. A swap is an edit of the
 * schedule's exceptions: a generation like any other, so that the journal names it (P7).
 */
final class ScheduleRoutes {
  private static final Set<Who> VIEWERS = Set.of(Who.DISPATCHER, Who.SUPERVISOR, Who.ADMINISTRATOR);
  private static final Set<Who> CHANGERS = Set.of(Who.SUPERVISOR, Who.ADMINISTRATOR);
  private static final int BODY_BYTES_MAX = 4 * 1024;
  private static final int REASON_LENGTH_MAX = 200;
  private static final int DAYS_MAX = 31;
  private static final Duration SWAP_MAX = Duration.ofDays(62);

  private final Office office;
  private final Body.Pace pace;
  private final Clock clock;
  private final Orders orders;
  private final ShiftOffers offers;

  ScheduleRoutes(Office office, ShiftOffers offers, Body.Pace pace, Clock clock) {
    this.office = office;
    this.offers = offers;
    this.pace = pace;
    this.clock = clock;
    this.orders = new Orders(office);
  }

  List<Route> routes() {
    return List.of(
        Route.get("/api/v1/schedules", VIEWERS, this::list),
        Route.post("/api/v1/schedules/{schedule}/swaps", CHANGERS, this::swap),
        Route.delete("/api/v1/schedules/{schedule}/swaps/{swap}", CHANGERS, this::undo));
  }

  private void list(Context context, Caller caller) {
    Registry now = office.registry();
    EntrySight sight = new EntrySight(now, RegistryRoutes.operator(caller));
    Roster roster = new Roster(now);
    Instant from = clock.wall().truncatedTo(ChronoUnit.MINUTES);
    Instant to = from.plus(Duration.ofDays(days(context)));
    Map<String, List<Post>> posts =
        roster.posts().stream().collect(Collectors.groupingBy(Post::schedule));
    List<Map<String, Object>> schedules = new ArrayList<>();
    for (String id : roster.schedules()) {
      if (sight.coversSchedule(id)) {
        schedules.add(json(now, roster, id, posts.getOrDefault(id, List.of()), from, to));
      }
    }
    AlertRoutes.ACCESS.info(
        "who={} look=schedules count={} result=200", caller.name(), schedules.size());
    JsonWriter.answer(
        context, 200, Map.of("from", from.toString(), "to", to.toString(), "schedules", schedules));
  }

  private static int days(Context context) {
    String said = context.queryParam("days");
    int days = said == null ? 7 : said.matches("[0-9]{1,2}") ? Integer.parseInt(said) : 0;
    if (days < 1 || days > DAYS_MAX) {
      throw Problem.badRequest("days must be 1 to " + DAYS_MAX);
    }
    return days;
  }

  private Map<String, Object> json(
      Registry now, Roster roster, String id, List<Post> posts, Instant from, Instant to) {
    List<Shift> shifts = roster.shifts(id, from, to);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", id);
    json.put("zone", roster.zone(id).getId());
    json.put(
        "posts",
        posts.stream()
            .map(post ->
                Map.of(
                    "area", post.area().value(),
                    "area_name", now.areaName(post.area()),
                    "role", post.role().value()))
            .toList());
    json.put("now", json(now, shifts.getFirst()));
    if (shifts.size() > 1) {
      json.put("next", json(now, shifts.get(1)));
    }
    json.put("shifts", shifts.stream().map(shift -> json(now, shift)).toList());
    json.put("people", roster.people(id).stream().map(who -> person(now, who)).toList());
    List<Map<String, Object>> swaps = new ArrayList<>();
    for (Map<String, String> row : now.entry(Section.EXCEPTIONS, id).rows()) {
      if (ShiftSwap.end(row, roster.zone(id)).isAfter(from)) {
        Map<String, Object> swap = new LinkedHashMap<>(row);
        swap.put("id", swapId(id, row));
        swaps.add(swap);
      }
    }
    json.put("swaps", swaps);
    json.put("offers", offers.of(id, from).stream().map(offer -> json(now, offer)).toList());
    return json;
  }

  private static Map<String, Object> json(Registry now, ShiftOffers.Offer offer) {
    return Map.of(
        "offer", offer.id(),
        "from", offer.from().toString(),
        "to", offer.to().toString(),
        "by", person(now, offer.by()));
  }

  private static Map<String, Object> json(Registry now, Shift shift) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("from", shift.from().toString());
    json.put("to", shift.to().toString());
    json.put("people", shift.people().stream().map(who -> person(now, who)).toList());
    json.put("swapped", shift.isSwapped());
    return json;
  }

  private static Map<String, Object> person(Registry now, ResponderId id) {
    Directory.Responder responder = now.responder(id);
    return Map.of(
        "id", id.value(),
        "name", responder == null ? id.value() : responder.name(),
        "phone", responder == null ? "" : responder.phone());
  }

  /** Names a swap by what it says. */
  private static String swapId(String schedule, Map<String, String> row) {
    return new Entry(Section.EXCEPTIONS, schedule, List.of(row)).version();
  }

  private void swap(Context context, Caller caller) {
    Registry now = office.registry();
    String id = schedule(context, caller, now);
    JsonNode json = CallReader.json(Body.json(context, BODY_BYTES_MAX, pace));
    Instant from = time(json, "from");
    Instant to = time(json, "to");
    ResponderId out = responder(json, "out");
    ResponderId in = responder(json, "in");
    String reason = CallReader.text(json, "reason", REASON_LENGTH_MAX);
    if (!to.isAfter(from) || to.isAfter(from.plus(SWAP_MAX))) {
      throw Problem.badRequest("to must be after from, by at most 62 days");
    }
    if (!to.isAfter(clock.wall())) {
      throw Problem.badRequest("this time is over; swap a shift that is to come");
    }
    Order.Wanted wanted =
        ShiftSwap.wanted(
            now,
            clock.wall(),
            id,
            from,
            to,
            out,
            in,
            reason == null || reason.isBlank() ? "" : UserRoutes.name(reason));
    orders.answer(context, new Order(caller.name(), List.of(wanted)));
  }

  private void order(Context context, Caller caller, Entry before, List<Map<String, String>> rows) {
    Entry after = new Entry(Section.EXCEPTIONS, before.id(), rows);
    orders.answer(
        context, new Order(caller.name(), List.of(new Order.Wanted(after, before.version()))));
  }

  private void undo(Context context, Caller caller) {
    Registry now = office.registry();
    String id = schedule(context, caller, now);
    String swap = context.pathParam("swap");
    Entry before = now.entry(Section.EXCEPTIONS, id);
    List<Map<String, String>> left =
        before.rows().stream().filter(row -> !swapId(id, row).equals(swap)).toList();
    if (left.size() == before.rows().size()) {
      throw Problem.notFound("swap");
    }
    order(context, caller, before, left);
  }

  private static String schedule(Context context, Caller caller, Registry now) {
    String id = context.pathParam("schedule");
    boolean isThere = Identity.isValid(id) && !now.entry(Section.SCHEDULES, id).isAbsent();
    if (!isThere || !new EntrySight(now, RegistryRoutes.operator(caller)).coversSchedule(id)) {
      throw Problem.notFound("schedule");
    }
    return id;
  }

  private static ResponderId responder(JsonNode json, String name) {
    return new ResponderId(
        CallReader.identity(name, CallReader.required(json, name, Identity.LENGTH_MAX)));
  }

  static Instant time(JsonNode json, String name) {
    try {
      return OffsetDateTime.parse(CallReader.required(json, name, 64))
          .toInstant()
          .truncatedTo(ChronoUnit.MINUTES);
    } catch (DateTimeException e) {
      throw Problem.badRequest(name + " must be RFC 3339 with an offset");
    }
  }
}
