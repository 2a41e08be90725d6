package io.shouwang.console;

import io.javalin.http.Context;
import io.shouwang.host.Clock;
import io.shouwang.model.Finder;
import io.shouwang.model.Identity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tree of areas, a level at a time, and the registry's generation in force. No persons. */
final class AreaRoutes {
  private final SearchDesk desk;
  private final Clock clock;

  AreaRoutes(SearchDesk desk, Clock clock) {
    this.desk = desk;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/api/v1/areas", SearchRoutes.SEARCHERS, this::areas),
        Route.get("/api/v1/registry", SearchRoutes.SEARCHERS, this::registry));
  }

  private void areas(Context context, Caller caller) {
    String asked = context.queryParam("parent");
    if (asked != null && !Identity.isValid(asked)) {
      throw Problem.badRequest("parent must be an area's id");
    }
    if (!(caller instanceof Caller.OfOperator operator)) {
      throw Problem.forbidden();
    }
    String own = operator.operator().area().value();
    Finder finder = desk.ready();
    Finder.Area parent = SearchDesk.within(finder, own, asked);
    if (parent == null) {
      throw Problem.notFound("area");
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("area", Places.card(parent));
    json.put("path", new Places(finder).path(parent.id()));
    json.put("areas", finder.areasIn(parent.id()).stream().map(Places::card).toList());
    JsonWriter.answer(context, 200, json);
  }

  private void registry(Context context, Caller caller) {
    Finder.Counts counts = desk.ready().counts();
    SearchDesk.Standing standing = desk.standing();
    Map<String, Object> counted = new LinkedHashMap<>();
    counted.put("areas", counts.areas());
    counted.put("homes", counts.homes());
    counted.put("elders", counts.elders());
    counted.put("devices", counts.devices());
    counted.put("responders", counts.responders());
    counted.put("contacts", counts.contacts());
    counted.put("fences", counts.fences());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("hash", standing.hash());
    json.put("since", standing.since().toString());
    json.put("since_start", standing.sinceStart());
    json.put("counts", counted);
    json.put("as_of", clock.wall().toString());
    JsonWriter.answer(context, 200, json);
  }
}
