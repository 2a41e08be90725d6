package io.shouwang.console;

import io.javalin.http.Context;
import io.shouwang.alerts.AlertBook;
import io.shouwang.alerts.CareBook;
import io.shouwang.host.Clock;
import io.shouwang.model.DeviceId;
import io.shouwang.model.Directory;
import io.shouwang.model.ElderId;
import io.shouwang.model.Finder;
import io.shouwang.model.Finder.Hits;
import io.shouwang.model.Finder.Holding;
import io.shouwang.model.HomeId;
import io.shouwang.model.Identity;
import io.shouwang.model.OperatorRole;
import io.shouwang.model.ResponderId;
import io.shouwang.rules.OwedContact;
import io.shouwang.rules.Protection;
import io.shouwang.rules.ProtectionBook;
import io.shouwang.wording.Wording;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The cards of an elder, a home, a device, a responder. Each look is recorded; what isn't the
 * caller's looks like what isn't there.
 */
final class CardRoutes {
  static final Set<Who> VIEWERS =
      Set.of(Who.DISPATCHER, Who.SUPERVISOR, Who.ADMINISTRATOR, Who.GRID_WORKER);

  /** Of a responder who answers for a whole street. */
  private static final int HOLDINGS_MAX = 50;

  private final SearchDesk desk;
  private final AlertBook book;
  private final CareBook care;
  private final ProtectionBook protection;
  private final Supplier<Directory> directory;
  private final Clock clock;
  private final ZoneId zone;

  CardRoutes(
      SearchDesk desk,
      AlertBook book,
      CareBook care,
      ProtectionBook protection,
      Supplier<Directory> directory,
      Clock clock,
      ZoneId zone) {
    this.desk = desk;
    this.book = book;
    this.care = care;
    this.protection = protection;
    this.directory = directory;
    this.clock = clock;
    this.zone = zone;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/api/v1/elders/{elder}", VIEWERS, this::elder),
        Route.get("/api/v1/homes/{home}", VIEWERS, this::home),
        Route.get("/api/v1/devices/{deviceId}", SearchRoutes.SEARCHERS, this::device),
        Route.get("/api/v1/responders/{responder}", SearchRoutes.SEARCHERS, this::responder));
  }

  /**
   * Whether alerts and visits are a caller's business; whoever keeps the registry needs neither.
   */
  static boolean answersAlerts(Caller caller) {
    return caller instanceof Caller.OfOperator operator
        && (operator.has(OperatorRole.DISPATCHER)
            || operator.has(OperatorRole.SUPERVISOR)
            || operator.has(OperatorRole.GRID_WORKER));
  }

  private void elder(Context context, Caller caller) {
    String name = context.pathParam("elder");
    Directory now = directory.get();
    Directory.Elder elder = Identity.isValid(name) ? now.elder(new ElderId(name)) : null;
    Directory.Home home = elder == null ? null : now.home(elder.home());
    HomeJson json = homeJson(context, caller, now);
    boolean isSeen = home != null && isTheirs(caller, now, home, json);
    log(caller, "elder", "elder", name, isSeen);
    if (elder == null || home == null || !isSeen) {
      throw Problem.notFound("elder");
    }
    Map<String, Object> card = new LinkedHashMap<>();
    card.put("elder", elder.id().value());
    card.putAll(json.of(home));
    JsonWriter.answer(context, 200, card);
  }

  private void home(Context context, Caller caller) {
    String name = context.pathParam("home");
    Directory now = directory.get();
    Directory.Home home = Identity.isValid(name) ? now.home(new HomeId(name)) : null;
    HomeJson json = homeJson(context, caller, now);
    boolean isSeen = home != null && isTheirs(caller, now, home, json);
    log(caller, "home", "home", name, isSeen);
    if (home == null || !isSeen) {
      throw Problem.notFound("home");
    }
    JsonWriter.answer(context, 200, json.of(home));
  }

  private HomeJson homeJson(Context context, Caller caller, Directory now) {
    Places places = new Places(desk.ready());
    CallerCard card =
        new CallerCard(now, book, care, protection, Language.of(context), clock.wall(), zone);
    return new HomeJson(card, places, answersAlerts(caller));
  }

  /**
   * Whether a home is a caller's: an office has those of its area; whoever goes there on foot those
   * where something is open, or somebody is waiting for a visit or a call.
   */
  private boolean isTheirs(Caller caller, Directory now, Directory.Home home, HomeJson json) {
    Sight sight = new Sight(now);
    if (!(caller instanceof Caller.OfOperator operator) || !sight.covers(operator, home.id())) {
      return false;
    }
    return operator.has(OperatorRole.DISPATCHER)
        || operator.has(OperatorRole.SUPERVISOR)
        || operator.has(OperatorRole.ADMINISTRATOR)
        || book.open().stream()
            .anyMatch(
                seen -> seen.alert().home().equals(home.id()) && sight.sees(caller, seen.alert()))
        || home.elders().stream().anyMatch(id -> isAwaited(now.elder(id), json));
  }

  private static boolean isAwaited(Directory.@Nullable Elder elder, HomeJson json) {
    return elder != null
        && json.owed(elder).stream()
            .anyMatch(owed ->
                owed.state() == OwedContact.State.OVERDUE || owed.state() == OwedContact.State.DUE);
  }

  private static void log(Caller caller, String look, String what, String name, boolean isSeen) {
    AlertRoutes.ACCESS.info(
        "who={} look=" + look + " " + what + "={} result={}",
        caller.name(),
        Identity.isValid(name) ? name : "-",
        isSeen ? 200 : 404);
  }

  private void device(Context context, Caller caller) {
    String name = context.pathParam("deviceId");
    Directory now = directory.get();
    DeviceId id = Identity.isValid(name) ? new DeviceId(name) : null;
    Directory.Placement placement = id == null ? null : now.placement(id);
    boolean isSeen =
        placement != null
            && caller instanceof Caller.OfOperator operator
            && new Sight(now)
                .covers(
                    operator,
                    placement.home() == null
                        ? HomeId.standIn(placement.device())
                        : placement.home());
    log(caller, "device", "device", name, isSeen);
    if (placement == null || !isSeen) {
      throw Problem.notFound("device");
    }
    List<DeviceId> children = desk.ready().childrenOf(placement.device());
    JsonWriter.answer(context, 200, device(placement, children, now));
  }

  private Map<String, Object> device(
      Directory.Placement placement, List<DeviceId> children, Directory now) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("device", placement.device().value());
    json.put("type", placement.type());
    json.put("model", placement.model());
    HomeId home = placement.home();
    if (home != null) {
      protection.of(home).devices().stream()
          .filter(device -> device.device().equals(placement.device()))
          .findFirst()
          .ifPresent(
              (Protection.OfDevice device) -> json.putAll(ProtectionRoutes.json(home, device)));
      Directory.Home card = now.home(home);
      json.put("address", card == null ? "" : card.address());
    }
    ElderId elder = placement.elder();
    if (elder != null) {
      Directory.Elder card = now.elder(elder);
      json.put("elder", elder.value());
      json.put("elder_name", card == null ? "" : card.name());
    }
    DeviceId hub = placement.hub();
    if (hub != null) {
      json.put("hub", hub.value());
    }
    json.put("children", children.stream().map(DeviceId::value).toList());
    json.put("as_of", clock.wall().toString());
    return json;
  }

  /** What a responder is to whom, and where all that is. */
  private record Held(Hits<Holding> holdings, boolean theirs, Places places) {}

  private void responder(Context context, Caller caller) {
    String name = context.pathParam("responder");
    Directory now = directory.get();
    ResponderId id = Identity.isValid(name) ? new ResponderId(name) : null;
    Directory.Responder responder = id == null ? null : now.responder(id);
    Instant at = clock.wall();
    Held held =
        id != null && responder != null && caller instanceof Caller.OfOperator operator
            ? held(desk.ready(), operator, id, at)
            : null;
    boolean isSeen = held != null && held.theirs();
    log(caller, "responder", "to", name, isSeen);
    if (responder == null || held == null || !isSeen) {
      throw Problem.notFound("responder");
    }
    boolean dials = caller instanceof Caller.OfOperator o && o.has(OperatorRole.DISPATCHER);
    Wording wording = Language.of(context);
    Map<String, Object> json = ResponderJson.line(responder);
    json.put("language", responder.language());
    json.put("quiet", now.isQuiet(responder.id(), at));
    json.put("ways", ResponderJson.ways(now.ways(responder.id()), dials));
    json.put(
        "on_call",
        held.holdings().found().stream().anyMatch(one -> one.scheduled() && one.onCall()));
    json.put(
        "holdings",
        held.holdings().found().stream().map(one -> holding(one, now, held, wording)).toList());
    json.put("total", held.holdings().count());
    json.put("more", held.holdings().more());
    json.put("as_of", at.toString());
    JsonWriter.answer(context, 200, json);
  }

  private static Held held(Finder finder, Caller.OfOperator operator, ResponderId id, Instant at) {
    return new Held(
        finder.holdings(id, operator.operator().area(), at, HOLDINGS_MAX),
        finder.answersIn(id, operator.operator().area()),
        new Places(finder));
  }

  private static Map<String, Object> holding(
      Holding one, Directory now, Held held, Wording wording) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("role", one.role().value());
    json.put("text", wording.role(one.role()));
    json.put("relation", one.relation());
    ElderId elder = one.elder();
    HomeId home = one.home();
    if (elder != null) {
      Directory.Elder card = now.elder(elder);
      json.put("elder", elder.value());
      json.put("name", card == null ? "" : card.name());
    } else if (home != null) {
      Directory.Home card = now.home(home);
      json.put("home", home.value());
      json.put("name", card == null ? "" : card.address());
    } else if (one.area() != null) {
      Finder.Area area = held.places().finder().area(one.area());
      json.put("area", one.area().value());
      json.put("name", area == null ? "" : area.name());
    }
    json.put("scheduled", one.scheduled());
    json.put("on_call", one.onCall());
    return json;
  }
}
