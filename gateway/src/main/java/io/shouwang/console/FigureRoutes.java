package io.shouwang.console;

import java.util.ArrayList;
import java.util.List;

/** The routes that tell by numbers, put together. */
final class FigureRoutes {
  private FigureRoutes() {}

  static List<Route> of(Sources from, Body.Pace pace) {
    List<Route> routes = new ArrayList<>();
    routes.addAll(new DeviceListRoutes(from).routes());
    routes.addAll(new DeviceHealthRoutes(from).routes());
    routes.addAll(new ReadingsRoutes(from).routes());
    routes.addAll(new LoadRoutes(from).routes());
    routes.addAll(new WallRoutes(from).routes());
    routes.addAll(new HandoverRoutes(from, pace).routes());
    return routes;
  }
}
