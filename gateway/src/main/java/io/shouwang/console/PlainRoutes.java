package io.shouwang.console;

import io.javalin.http.Context;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is no alert: health, figures, the API's description, and the page's files. */
final class PlainRoutes {
  private static final Set<Who> ANYONE = Set.of(Who.ANYONE);
  private static final Set<Who> OPERATORS =
      Set.of(Who.DISPATCHER, Who.SUPERVISOR, Who.ADMINISTRATOR, Who.AUDITOR);
  private static final Set<Who> ANYBODY_KNOWN =
      Set.of(
          Who.DEVICE,
          Who.RESPONDER,
          Who.DISPATCHER,
          Who.SUPERVISOR,
          Who.ADMINISTRATOR,
          Who.AUDITOR,
          Who.GRID_WORKER,
          Who.ORGANIZATION_WORKER);

  private final Health health;
  private final PrometheusMeterRegistry meters;

  PlainRoutes(Health health, PrometheusMeterRegistry meters) {
    this.health = health;
    this.meters = meters;
  }

  List<Route> routes() {
    Set<Who> anyone = ANYONE;
    List<Route> routes = new ArrayList<>(new ConsoleFiles().routes());
    routes.addAll(
        List.of(
            healthz(),
            Route.get("/readyz", anyone, (context, _) -> ready(context)),
            Route.get("/metrics", OPERATORS, (context, _) -> figures(context)),
            file("/api/v1/openapi.json", ANYBODY_KNOWN, "openapi.json", "application/json"),
            file("/", anyone, "page.html", "text/html; charset=utf-8"),
            file("/icon.svg", anyone, "icon.svg", "image/svg+xml")));
    return routes;
  }

  /** Whether it works at all: for whoever watches a listener, or spreads requests over several. */
  Route healthz() {
    return Route.get("/healthz", ANYONE, (context, _) -> live(context));
  }

  private void live(Context context) {
    if (!health.isLive()) {
      throw new Problem(503, "not-live", "The gateway does not work", "it must be restarted");
    }
    JsonWriter.answer(context, 200, Map.of("live", true));
  }

  private void ready(Context context) {
    List<String> reasons = health.reasonsNotReady();
    if (!reasons.isEmpty()) {
      throw new Problem(503, "not-ready", "The gateway takes nothing in", "see the reasons")
          .with("reasons", reasons);
    }
    // Alarms are still taken in: an answer that turns them away would do harm.
    List<String> troubles = health.troubles();
    JsonWriter.answer(
        context,
        200,
        troubles.isEmpty() ? Map.of("ready", true) : Map.of("ready", true, "troubles", troubles));
  }

  private void figures(Context context) {
    context.contentType("text/plain; version=0.0.4; charset=utf-8").result(meters.scrape());
  }

  static Route file(String path, Set<Who> who, String name, String type) {
    byte[] bytes = resource(name);
    return Route.get(path, who, (context, _) -> context.contentType(type).result(bytes));
  }

  static byte[] resource(String name) {
    try (InputStream in = PlainRoutes.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the program");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }
}
