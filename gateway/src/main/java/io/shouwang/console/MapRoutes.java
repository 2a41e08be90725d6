package io.shouwang.console;

import io.javalin.http.Context;
import io.shouwang.map.Basemap;
import io.shouwang.map.MapPlan;
import io.shouwang.map.Outlines;
import io.shouwang.model.AreaId;
import io.shouwang.model.Directory;
import io.shouwang.model.HomeId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a map is drawn on: outlines, and where the tiles beneath them are. Nothing of anybody's. */
final class MapRoutes {
  /** Those who see alerts; a key of the national map goes to nobody else. */
  static final Set<Who> VIEWERS = Set.of(Who.DISPATCHER, Who.SUPERVISOR);

  static final String TILES = "/api/v1/map/tiles.pmtiles";
  private static final String OUTLINES = "/api/v1/map/outlines";
  private static final String A_YEAR = "private, max-age=31536000, immutable";

  private final MapPlan plan;
  private final Supplier<Directory> directory;

  MapRoutes(MapPlan plan, Supplier<Directory> directory) {
    this.plan = plan;
    this.directory = directory;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/api/v1/map", VIEWERS, this::show),
        Route.get(OUTLINES, VIEWERS, this::outlines));
  }

  private void show(Context context, Caller caller) {
    if (!(caller instanceof Caller.OfOperator operator)) {
      throw Problem.forbidden();
    }
    Directory now = directory.get();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("base", base());
    Outlines outlines = plan.outlines(now);
    if (outlines != null) {
      json.put("outlines", OUTLINES + "?hash=" + outlines.hash());
    }
    MapPlan.View view = plan.view();
    if (view != null) {
      json.put("view", Map.of("lat", view.lat(), "lon", view.lon(), "zoom", view.zoom()));
    }
    AreaId own = operator.operator().area();
    json.put("area", own.value());
    json.put("areas", areas(now, own, outlines));
    JsonWriter.answer(context, 200, json);
  }

  /** The caller's area and those in it that have an outline, with their names in the registry. */
  private static List<Map<String, Object>> areas(
      Directory now, AreaId own, @Nullable Outlines outlines) {
    List<AreaId> all = new ArrayList<>(List.of(own));
    if (outlines != null) {
      outlines.areas().stream()
          .filter(area -> !area.equals(own) && now.areaPath(area).contains(own))
          .sorted()
          .forEach(all::add);
    }
    List<Map<String, Object>> areas = new ArrayList<>();
    for (AreaId area : all) {
      Directory.Home named = now.home(HomeId.ofArea(area));
      String name = named == null || named.address().isEmpty() ? area.value() : named.address();
      int depth = Math.max(0, now.areaPath(area).size() - now.areaPath(own).size());
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("id", area.value());
      json.put("name", name);
      json.put("depth", depth);
      now.areaPath(area).stream()
          .skip(1)
          .filter(all::contains)
          .findFirst()
          .ifPresent(parent -> json.put("parent", parent.value()));
      areas.add(json);
    }
    return areas;
  }

  private Map<String, Object> base() {
    Map<String, Object> json = new LinkedHashMap<>();
    switch (plan.base()) {
      case Basemap.None _ -> json.put("kind", "none");
      case Basemap.Pmtiles _ -> {
        json.put("kind", "pmtiles");
        json.put("url", TILES);
      }
      case Basemap.Tianditu tianditu -> {
        json.put("kind", "tianditu");
        json.put("url", tianditu.template());
        json.put("subdomains", tianditu.subdomains());
        json.put("layers", List.of("vec", "cva"));
        json.put("key", tianditu.key());
        json.put("max_zoom", 18);
      }
      case Basemap.Wmts wmts -> {
        json.put("kind", "wmts");
        json.put("url", wmts.template());
        json.put("subdomains", wmts.subdomains());
        json.put("max_zoom", wmts.zoomMax());
      }
    }
    json.put("attribution", plan.base().attribution());
    return json;
  }

  private void outlines(Context context, Caller caller) {
    Outlines outlines = plan.outlines(directory.get());
    if (outlines == null) {
      throw Problem.notFound("outline");
    }
    String tag = '"' + outlines.hash() + '"';
    boolean isNamed = outlines.hash().equals(context.queryParam("hash"));
    // A name without the hash may mean another content tomorrow.
    context.header("Cache-Control", isNamed ? A_YEAR : "private, no-cache");
    context.header("Vary", "Authorization, Cookie").header("ETag", tag);
    if (tag.equals(context.header("If-None-Match"))) {
      context.status(304);
      return;
    }
    context.contentType("application/geo+json; charset=utf-8").result(outlines.json());
  }
}
