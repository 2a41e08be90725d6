package io.shouwang.console;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.shouwang.accounts.Accounts;
import io.shouwang.accounts.Refusal;
import io.shouwang.accounts.Unavailable;
import io.shouwang.host.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one way to a route: headers first, then who speaks, then whether they may. */
final class Gate {
  private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
  private static final String ROUTE = "route";
  private static final String NO_ROUTE = "none";

  private final Doorman doorman;
  private final Accounts accounts;
  private final Clock clock;
  private final MeterRegistry meters;
  private final String listener;
  private final Rates rates;
  private final Map<String, String> headers;

  /**
   * A gate of one server.
   *
   * @param listener its name among the figures
   */
  Gate(Doorman doorman, Accounts accounts, Clock clock, MeterRegistry meters, String listener) {
    this(doorman, accounts, clock, meters, listener, SecurityHeaders.ALL);
  }

  /**
   * A gate with headers of its own.
   *
   * @param headers that each answer carries
   */
  Gate(
      Doorman doorman,
      Accounts accounts,
      Clock clock,
      MeterRegistry meters,
      String listener,
      Map<String, String> headers) {
    this.doorman = doorman;
    this.accounts = accounts;
    this.clock = clock;
    this.meters = meters;
    this.listener = listener;
    this.rates = new Rates(clock, meters);
    this.headers = headers;
  }

  void addTo(JavalinConfig config, List<Route> routes) {
    config.routes.before(context -> headers.forEach(context::header));
    config.routes.before(context -> refuseOtherMethods(context, routes));
    for (Route route : routes) {
      config.routes.addHttpHandler(route.method(), route.path(), context -> pass(route, context));
    }
    config.routes.exception(
        Problem.class,
        (problem, context) -> {
          JsonWriter.answer(context, problem);
        });
    config.routes.exception(HttpResponseException.class, Gate::refused);
    config.routes.exception(
        Exception.class,
        (error, context) -> {
          LOG.error("{} failed", routeOf(context), error);
          JsonWriter.problem(context, 500, ServerProblems.tree(500));
        });
    config.routes.after(this::count);
  }

  private void pass(Route route, Context context) throws Exception {
    context.attribute(ROUTE, route.name());
    Caller caller = identify(route, context);
    Trace trace = new Trace(accounts.log(), clock, caller, route, context.ip());
    try {
      admit(route, context, caller);
      trace.answer(() -> route.answering().answer(context, caller));
      trace.end(context.statusCode());
    } catch (Problem problem) {
      trace.end(problem.status());
      throw problem;
    } catch (Refusal refusal) {
      Problem problem = AccountProblem.of(refusal);
      trace.end(problem.status());
      throw problem;
    } catch (Unavailable e) {
      trace.end(503);
      throw Problem.busy(e.words());
    }
  }

  private Caller identify(Route route, Context context) {
    if (route.who().contains(Who.ANYONE)) {
      rates.countStranger(route, context);
      return new Caller.Nobody();
    }
    Caller caller;
    try {
      caller = doorman.identify(Claim.of(context));
    } catch (Problem unknown) {
      if (unknown.status() == 401) {
        rates.countStranger(route, context);
      }
      throw unknown;
    }
    rates.count(route, caller);
    return caller;
  }

  private void admit(Route route, Context context, Caller caller) {
    if (caller instanceof Caller.OfOperator operator && operator.seat() != null) {
      SameSite.require(context);
      if (SameSite.isByHand(context)) {
        accounts.seats().touch(operator.seat());
      }
      if (operator.locked() && !SessionRoutes.FOR_LOCKED.contains(route.name())) {
        throw new Problem(
            403,
            "seat-locked",
            "This seat is locked",
            "enter your password again: POST /api/v1/session/reauthenticate");
      }
      if (operator.mustChangePassword() && !SessionRoutes.FOR_FIRST.contains(route.name())) {
        throw new Problem(
            403,
            "password-not-yours",
            "This password was given to you",
            "choose your own first: POST /api/v1/me/password");
      }
    }
    if (route.who().stream().noneMatch(who -> who.admits(caller))) {
      throw Problem.forbidden();
    }
  }

  /**
   * A server library answers HEAD and OPTIONS by itself; here only what is declared is answered.
   */
  private static void refuseOtherMethods(Context context, List<Route> routes) {
    HandlerType method = context.method();
    if (routes.stream().noneMatch(route -> route.method().equals(method))) {
      String known =
          routes.stream()
              .map(route -> route.method().name())
              .distinct()
              .sorted()
              .collect(Collectors.joining(", "));
      throw new Problem(405, "http-405", "Method Not Allowed", "use one of " + known)
          .header("Allow", known);
    }
  }

  private static void refused(HttpResponseException refusal, Context context) {
    int status = refusal.getStatus();
    if (refusal instanceof MethodNotAllowedResponse) {
      boolean isGet = context.method().equals(HandlerType.GET);
      context.header("Allow", isGet ? "POST" : "GET");
    }
    JsonWriter.problem(context, status, ServerProblems.tree(status));
  }

  private void count(Context context) {
    Counter.builder("shouwang.http.requests")
        .description("requests by listener, route and status")
        .tag("listener", listener)
        .tag("route", routeOf(context))
        .tag("status", Integer.toString(context.statusCode()))
        .register(meters)
        .increment();
  }

  private static String routeOf(Context context) {
    String route = context.attribute(ROUTE);
    return route == null ? NO_ROUTE : route;
  }
}
