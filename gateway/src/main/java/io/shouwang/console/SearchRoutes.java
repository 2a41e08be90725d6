package io.shouwang.console;

import io.javalin.http.Context;
import io.shouwang.alerts.AlertBook;
import io.shouwang.host.Clock;
import io.shouwang.model.AreaId;
import io.shouwang.model.Directory;
import io.shouwang.model.ElderId;
import io.shouwang.model.Finder;
import io.shouwang.model.Finder.Hits;
import io.shouwang.model.Finder.Question;
import io.shouwang.model.HomeId;
import io.shouwang.model.Identity;
import io.shouwang.model.ResponderId;
import io.shouwang.model.SearchWords;
import io.shouwang.wording.Wording;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds elders, homes and responders by what is remembered of them. What was typed is in no log: it
 * is somebody's name or number. Whom it found is.
 */
final class SearchRoutes {
  static final Set<Who> SEARCHERS = Set.of(Who.DISPATCHER, Who.SUPERVISOR, Who.ADMINISTRATOR);
  static final int LIMIT_DEFAULT = 20;
  static final int LIMIT_MAX = 100;

  private static final int ROLES_SHOWN = 5;

  private final SearchDesk desk;
  private final AlertBook book;
  private final Supplier<Directory> directory;
  private final Clock clock;
  private final ZoneId zone;

  SearchRoutes(
      SearchDesk desk, AlertBook book, Supplier<Directory> directory, Clock clock, ZoneId zone) {
    this.desk = desk;
    this.book = book;
    this.directory = directory;
    this.clock = clock;
    this.zone = zone;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/api/v1/elders", SEARCHERS, this::elders),
        Route.get("/api/v1/homes", SEARCHERS, this::homes),
        Route.get("/api/v1/responders", SEARCHERS, this::responders));
  }

  /** What was found, and in which areas it lies: asked of one generation. */
  private record Found<T>(Hits<T> hits, Map<T, List<Finder.Holding>> held, Places places) {}

  private void elders(Context context, Caller caller) {
    Found<ElderId> found = find(context, caller, Finder::elders, (_, _) -> List.of());
    Directory now = directory.get();
    Rows rows = new Rows(context, caller, now, found.places());
    List<Map<String, Object>> elders = new ArrayList<>();
    for (ElderId id : found.hits().found()) {
      Directory.Elder elder = now.elder(id);
      if (elder != null) {
        elders.add(rows.elder(elder));
      }
    }
    answer(context, caller, "elders", found.hits(), elders);
  }

  private void homes(Context context, Caller caller) {
    Found<HomeId> found = find(context, caller, Finder::homes, (_, _) -> List.of());
    Directory now = directory.get();
    Rows rows = new Rows(context, caller, now, found.places());
    List<Map<String, Object>> homes = new ArrayList<>();
    for (HomeId id : found.hits().found()) {
      Directory.Home home = now.home(id);
      if (home != null) {
        homes.add(rows.home(home));
      }
    }
    answer(context, caller, "homes", found.hits(), homes);
  }

  private void responders(Context context, Caller caller) {
    Instant at = clock.wall();
    Found<ResponderId> found =
        find(
            context,
            caller,
            Finder::responders,
            (finder, hit) -> finder.holdings(hit.id(), hit.within(), at, ROLES_SHOWN).found());
    Directory now = directory.get();
    Wording wording = Language.of(context);
    List<Map<String, Object>> responders = new ArrayList<>();
    for (ResponderId id : found.hits().found()) {
      Directory.Responder responder = now.responder(id);
      if (responder != null) {
        Map<String, Object> json = ResponderJson.line(responder);
        json.put(
            "roles",
            found.held().getOrDefault(id, List.of()).stream()
                .map(held -> wording.role(held.role()))
                .distinct()
                .toList());
        responders.add(json);
      }
    }
    answer(context, caller, "responders", found.hits(), responders);
  }

  /** Somebody found, and where was looked. */
  private record Hit<T>(T id, AreaId within) {}

  private <T> Found<T> find(
      Context context,
      Caller caller,
      BiFunction<Finder, Question, Hits<T>> search,
      BiFunction<Finder, Hit<T>, List<Finder.Holding>> held) {
    SearchWords words = words(context.queryParam("q"));
    int limit = Asked.number(context, "limit", 1, LIMIT_MAX, LIMIT_DEFAULT);
    String asked = area(context.queryParam("area"));
    if (!(caller instanceof Caller.OfOperator operator)) {
      throw Problem.forbidden();
    }
    String own = operator.operator().area().value();
    return desk.ask(finder -> {
      Finder.Area within = SearchDesk.within(finder, own, asked);
      Places places = new Places(finder);
      if (within == null) {
        return new Found<>(new Hits<>(List.of(), 0, false), Map.of(), places);
      }
      Hits<T> hits = search.apply(finder, new Question(words, within.id(), limit));
      Map<T, List<Finder.Holding>> holdings = new HashMap<>();
      hits.found().forEach(id -> holdings.put(id, held.apply(finder, new Hit<>(id, within.id()))));
      return new Found<>(hits, holdings, places);
    });
  }

  private static SearchWords words(@Nullable String typed) {
    if (typed == null || typed.length() > SearchWords.LENGTH_MAX) {
      throw Problem.badRequest(
          "say in q what to look for, in at most " + SearchWords.LENGTH_MAX + " characters");
    }
    SearchWords words = SearchWords.of(typed);
    if (!words.isEnough()) {
      throw Problem.badRequest(
          "q must have a Chinese character, or two letters or digits of one word");
    }
    return words;
  }

  private static @Nullable String area(@Nullable String asked) {
    if (asked != null && !Identity.isValid(asked)) {
      throw Problem.badRequest("area must be an area's id");
    }
    return asked;
  }

  /** The rows of an answer, each with what is open in the home. */
  private final class Rows {
    private final ElderJson elders;
    private final Map<HomeId, AlertBook.Seen> open = new HashMap<>();
    private final Directory now;
    private final Places places;
    private final Wording wording;

    Rows(Context context, Caller caller, Directory now, Places places) {
      this.now = now;
      this.places = places;
      elders = new ElderJson(clock.wall(), zone);
      wording = Language.of(context);
      Sight sight = new Sight(now);
      if (CardRoutes.answersAlerts(caller)) {
        AlertJson.sorted(
                book.open().stream().filter(seen -> sight.sees(caller, seen.alert())).toList(), now)
            .forEach(seen -> open.putIfAbsent(seen.alert().home(), seen));
      }
    }

    Map<String, Object> elder(Directory.Elder elder) {
      Map<String, Object> json = elders.line(elder);
      Directory.Home home = now.home(elder.home());
      if (home != null) {
        json.put("home", place(home));
      }
      return json;
    }

    Map<String, Object> home(Directory.Home home) {
      Map<String, Object> json = place(home);
      List<Map<String, Object>> living = new ArrayList<>();
      for (ElderId id : home.elders()) {
        Directory.Elder elder = now.elder(id);
        if (elder != null) {
          living.add(elders.line(elder));
        }
      }
      json.put("elders", living);
      return json;
    }

    private Map<String, Object> place(Directory.Home home) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("id", home.id().value());
      json.put("address", home.address());
      json.put("phone", home.phone());
      json.put("area", places.path(home.area()));
      AlertBook.Seen seen = open.get(home.id());
      if (seen != null) {
        json.put(
            "alert",
            Map.of("id", seen.alert().id().value(), "text", wording.kind(seen.alert().kind())));
      }
      return json;
    }
  }

  private <T> void answer(
      Context context, Caller caller, String name, Hits<T> hits, List<Map<String, Object>> rows) {
    Function<Map<String, Object>, String> id = row -> String.valueOf(row.get("id"));
    AlertRoutes.ACCESS.info(
        "who={} look=search " + name + "={} count={} result=200",
        caller.name(),
        String.join(",", rows.stream().map(id).toList()),
        rows.size());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(name, rows);
    json.put("total", hits.count());
    json.put("more", hits.more());
    json.put("as_of", clock.wall().toString());
    JsonWriter.answer(context, 200, json);
  }
}
