package io.shouwang.console;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One thing that can be asked, and who may. */
record Route(HandlerType method, String path, Set<Who> who, Answering answering) {

  /** What a route does, for a caller who may use it. */
  @FunctionalInterface
  interface Answering {
    void answer(Context context, Caller caller) throws Exception;
  }

  static Route get(String path, Set<Who> who, Answering answering) {
    return new Route(HandlerType.GET, path, who, answering);
  }

  static Route post(String path, Set<Who> who, Answering answering) {
    return new Route(HandlerType.POST, path, who, answering);
  }

  static Route delete(String path, Set<Who> who, Answering answering) {
    return new Route(HandlerType.DELETE, path, who, answering);
  }

  /** Whether it does something, other than showing. */
  boolean changes() {
    return !method.equals(HandlerType.GET);
  }

  String name() {
    return method.name() + " " + path;
  }

  /** Refuses a table in which a route says nothing about who may use it. */
  static List<Route> checked(List<Route> routes) {
    Set<String> names = new HashSet<>();
    for (Route route : routes) {
      if (route.who().isEmpty()) {
        throw new IllegalStateException(route.name() + " says nobody who may use it");
      }
      if (route.who().contains(Who.ANYONE) && route.who().size() > 1) {
        throw new IllegalStateException(route.name() + " is open to anyone and to some");
      }
      if (!names.add(route.name())) {
        throw new IllegalStateException(route.name() + " is there twice");
      }
    }
    return List.copyOf(routes);
  }
}
