package io.shouwang.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.shouwang.host.Clock;
import io.shouwang.model.AreaId;
import io.shouwang.model.Directory;
import io.shouwang.model.Identity;
import io.shouwang.model.OperatorRole;
import io.shouwang.model.ResponderId;
import io.shouwang.registry.Office;
import io.shouwang.registry.Order;
import io.shouwang.registry.Post;
import io.shouwang.registry.Registrar;
import io.shouwang.registry.Registry;
import io.shouwang.registry.Roster;
import io.shouwang.registry.Shift;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Those who are on call swap shifts among themselves: one offers, another takes. What is taken is a
 * swap like those of a supervisor, who sees it and can undo it.
 */
final class OfferRoutes {
  private static final Set<Who> WORKERS = Set.of(Who.GRID_WORKER, Who.ORGANIZATION_WORKER);
  private static final Set<Who> WITHDRAWERS =
      Set.of(Who.GRID_WORKER, Who.ORGANIZATION_WORKER, Who.SUPERVISOR, Who.ADMINISTRATOR);
  private static final int BODY_BYTES_MAX = 1_024;
  private static final Duration AHEAD = Duration.ofDays(14);

  /** A shift that begins in time is shown whole. */
  private static final Duration END = Duration.ofDays(28);

  private static final int SHIFTS_MAX = 60;

  private final Office office;
  private final ShiftOffers offers;
  private final Body.Pace pace;
  private final Clock clock;
  private final Orders orders;

  OfferRoutes(Office office, ShiftOffers offers, Body.Pace pace, Clock clock) {
    this.office = office;
    this.offers = offers;
    this.pace = pace;
    this.clock = clock;
    this.orders = new Orders(office);
  }

  List<Route> routes() {
    return List.of(
        Route.get("/api/v1/field/shifts", WORKERS, this::list),
        Route.post("/api/v1/field/offers", WORKERS, this::offer),
        Route.post("/api/v1/field/offers/{id}/acceptance", WORKERS, this::take),
        Route.delete("/api/v1/field/offers/{id}", WITHDRAWERS, this::withdraw));
  }

  /** Whom they speak for. */
  private static ResponderId self(Registry now, Caller caller) {
    ResponderId self = new Sight(now).responder(Asked.operator(caller));
    if (self == null) {
      throw new Problem(
          409,
          "not-linked",
          "Your account speaks for nobody on call",
          "have an administrator link it to a responder of the registry");
    }
    return self;
  }

  private Instant now() {
    return clock.wall().truncatedTo(ChronoUnit.MINUTES);
  }

  private void list(Context context, Caller caller) {
    Registry now = office.registry();
    Instant from = now();
    ResponderId self = new Sight(now).responder(Asked.operator(caller));
    List<Map<String, Object>> shifts = new ArrayList<>();
    List<Map<String, Object>> open = new ArrayList<>();
    if (self != null) {
      Roster roster = new Roster(now);
      for (String schedule : roster.schedules()) {
        for (Shift shift : roster.shifts(schedule, from, from.plus(END))) {
          boolean isSoon = shift.from().isBefore(from.plus(AHEAD));
          if (isSoon && shift.people().contains(self) && shifts.size() < SHIFTS_MAX) {
            shifts.add(shift(now, schedule, shift, self, from));
          }
        }
      }
      offers.all(from).stream()
          .filter(offer ->
              !offer.by().equals(self) && mayTake(now, Asked.operator(caller), self, offer))
          .filter(offer -> isOnCall(now, offer.schedule(), offer.from(), offer.to(), offer.by()))
          .limit(SHIFTS_MAX)
          .forEach(offer -> open.add(json(now, offer)));
    }
    AlertRoutes.ACCESS.info(
        "who={} look=own_shifts to={} count={} result=200",
        caller.name(),
        self == null ? "-" : self.value(),
        shifts.size());
    JsonWriter.answer(
        context, 200, Map.of("shifts", shifts, "offers", open, "linked", self != null));
  }

  private Map<String, Object> shift(
      Registry now, String schedule, Shift shift, ResponderId self, Instant at) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("schedule", schedule);
    json.put("areas", areas(now, schedule));
    json.put("zone", new Roster(now).zone(schedule).getId());
    json.put("from", shift.from().toString());
    json.put("to", shift.to().toString());
    offers.of(schedule, at).stream()
        .filter(offer ->
            offer.by().equals(self)
                && offer.from().isBefore(shift.to())
                && shift.from().isBefore(offer.to()))
        .findFirst()
        .ifPresent(offer -> json.put("offer", offer.id()));
    return json;
  }

  private static Map<String, Object> json(Registry now, ShiftOffers.Offer offer) {
    Directory.Responder by = now.responder(offer.by());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("offer", offer.id());
    json.put("schedule", offer.schedule());
    json.put("areas", areas(now, offer.schedule()));
    json.put("zone", new Roster(now).zone(offer.schedule()).getId());
    json.put("from", offer.from().toString());
    json.put("to", offer.to().toString());
    json.put("by_name", by == null ? offer.by().value() : by.name());
    return json;
  }

  private static List<Post> posts(Registry now, String schedule) {
    return new Roster(now)
        .posts().stream().filter(post -> post.schedule().equals(schedule)).toList();
  }

  private static List<String> areas(Registry now, String schedule) {
    return posts(now, schedule).stream().map(post -> now.areaName(post.area())).distinct().toList();
  }

  /** Who is in the schedule or a worker of the grid; covers where it holds; and can be rung. */
  private static boolean mayTake(
      Registry now, Caller.OfOperator operator, ResponderId self, ShiftOffers.Offer offer) {
    AreaId area = operator.operator().area();
    List<Post> posts = posts(now, offer.schedule());
    boolean covers = posts.stream().allMatch(post -> now.areaPath(post.area()).contains(area));
    boolean isOneOfThem = new Roster(now).people(offer.schedule()).contains(self);
    boolean isOfGrid = operator.has(OperatorRole.GRID_WORKER) && !posts.isEmpty();
    return covers && (isOneOfThem || isOfGrid) && ShiftSwap.isReachable(now, self);
  }

  private static boolean isOnCall(
      Registry now, String schedule, Instant from, Instant to, ResponderId who) {
    return new Roster(now)
        .shifts(schedule, from, to).stream().allMatch(shift -> shift.people().contains(who));
  }

  private void offer(Context context, Caller caller) {
    Registry now = office.registry();
    ResponderId self = self(now, caller);
    JsonNode json = CallReader.json(Body.json(context, BODY_BYTES_MAX, pace));
    String schedule =
        CallReader.identity("schedule", CallReader.required(json, "schedule", Identity.LENGTH_MAX));
    Instant at = now();
    Instant said = ScheduleRoutes.time(json, "from");
    Instant from = said.isBefore(at) ? at : said;
    Instant to = ScheduleRoutes.time(json, "to");
    if (!to.isAfter(from) || to.isAfter(at.plus(END))) {
      throw Problem.badRequest(
          "offer a shift that isn't over and ends within " + END.toDays() + " days");
    }
    if (!isOnCall(now, schedule, from, to, self)) {
      throw ShiftSwap.conflict("not-on-call", "you aren't on call in all of this time");
    }
    ShiftOffers.Offer made =
        offers
            .offer(schedule, from, to, self, at)
            .orElseThrow(() ->
                new Problem(
                    409,
                    "too-many",
                    "Too many shifts are offered",
                    "withdraw one, or call your office"));
    AlertRoutes.ACCESS.info(
        "who={} look=offer_shift to={} schedule={} offer={} result=201",
        caller.name(),
        self.value(),
        schedule,
        made.id());
    JsonWriter.answer(context, 201, json(now, made));
  }

  private ShiftOffers.Offer find(Context context) {
    return offers.find(context.pathParam("id"), now()).orElseThrow(() -> Problem.notFound("offer"));
  }

  private void take(Context context, Caller caller) {
    Registry now = office.registry();
    ShiftOffers.Offer offer = find(context);
    ResponderId self = self(now, caller);
    if (offer.by().equals(self) || !mayTake(now, Asked.operator(caller), self, offer)) {
      throw Problem.notFound("offer"); // they weren't shown it
    }
    Instant at = now();
    Instant from = offer.from().isBefore(at) ? at : offer.from();
    Order.Wanted wanted =
        ShiftSwap.wanted(now, at, offer.schedule(), from, offer.to(), offer.by(), self, "");
    if (!offers.remove(offer)) {
      throw Problem.notFound("offer");
    }
    Registrar.Ticket ticket;
    try {
      ticket = orders.submit(new Order(caller.name(), List.of(wanted)));
    } catch (Problem busy) {
      offers.restore(offer);
      throw busy;
    }
    // However late it is known: a swap that failed leaves the shift where it was, and offered.
    var _ =
        ticket
            .outcome()
            .thenAccept(outcome -> {
              if (!(Objects.requireNonNull(outcome) instanceof Order.Outcome.Done)) {
                offers.restore(offer);
              }
            });
    AlertRoutes.ACCESS.info(
        "who={} look=take_shift to={} schedule={} offer={} result=200",
        caller.name(),
        offer.by().value(),
        offer.schedule(),
        offer.id());
    orders.answer(context, ticket);
  }

  private void withdraw(Context context, Caller caller) {
    Registry now = office.registry();
    ShiftOffers.Offer offer = find(context);
    Caller.OfOperator operator = Asked.operator(caller);
    boolean isOwn = offer.by().equals(new Sight(now).responder(operator));
    boolean isOffice =
        operator.has(OperatorRole.SUPERVISOR) || operator.has(OperatorRole.ADMINISTRATOR);
    boolean isTheirs =
        isOffice && new EntrySight(now, operator.operator()).coversSchedule(offer.schedule());
    if ((!isOwn && !isTheirs) || !offers.remove(offer)) {
      throw Problem.notFound("offer");
    }
    AlertRoutes.ACCESS.info(
        "who={} look=withdraw_shift to={} schedule={} offer={} result=200",
        caller.name(),
        offer.by().value(),
        offer.schedule(),
        offer.id());
    JsonWriter.answer(context, 200, json(now, offer));
  }
}
