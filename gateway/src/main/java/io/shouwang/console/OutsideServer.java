package io.shouwang.console;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.micrometer.core.instrument.MeterRegistry;
import io.shouwang.host.Clock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the internet may reach: the one-tap pages and the callbacks, on a port of its own. It shares
 * no connection, thread or limit with the console, so that a flood here ends here. Serves from
 * {@link #open} until {@link #close}.
 *
 * <p>A good link is let through whatever its address did before: thousands of phones come from one
 * address of a mobile network. What isn't there costs a connection each time, and its address soon
 * reads 429.
 */
final class OutsideServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OutsideServer.class);

  /** For accepting, selecting and the like, beside one thread for each connection's request. */
  private static final int THREADS_BESIDE = 16;

  private static final String A_YEAR = "max-age=31536000";

  private final Javalin javalin;
  private final Listeners listeners;
  private final List<Route> routes;

  private OutsideServer(Javalin javalin, Listeners listeners, List<Route> routes) {
    this.javalin = javalin;
    this.listeners = listeners;
    this.routes = routes;
  }

  /**
   * Binds its port and serves.
   *
   * @param routes all that is served here
   * @param lasts how long a connection may last
   * @throws IOException when the port can't be bound or a TLS file can't be read
   */
  static OutsideServer open(
      ConsoleSettings.Outside settings,
      ConsoleSettings.Limits limits,
      List<Route> routes,
      Gate gate,
      Duration lasts,
      MeterRegistry meters,
      Clock clock)
      throws IOException {
    Listeners listeners = new Listeners();
    Misses misses = new Misses(new FailedLogins(settings.missesPerMinute()), clock);
    try {
      Javalin javalin =
          Javalin.create(config -> {
            ConsoleServer.set(config);
            config.jetty.threadPool =
                new VirtualThreadPool(settings.connections() + THREADS_BESIDE);
            try {
              Turnstile turnstile = new Turnstile(settings, lasts, clock, meters);
              listeners.addTo(config.jetty, settings, limits, turnstile, clock);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
            if (settings.tls() != null) {
              config.routes.before(context -> context.header("Strict-Transport-Security", A_YEAR));
            }
            config.routes.after(misses::answered);
            gate.addTo(config, routes);
          });
      javalin.start();
      LOG.info("outside listens on {}:{}", settings.host(), listeners.port());
      return new OutsideServer(javalin, listeners, routes);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (RuntimeException e) {
      throw new IOException(
          "outside can't listen on " + settings.host() + ":" + settings.port(), e);
    }
  }

  /** Requests for what isn't there, by address. */
  private record Misses(FailedLogins tally, Clock clock) {
    void answered(Context context) {
      int status = context.statusCode();
      if (status / 100 != 4) {
        return;
      }
      context.header("Connection", "close");
      if (tally.count(context.ip(), clock.nanos())) {
        return;
      }
      context.header("Retry-After", "60");
      if (String.valueOf(context.res().getContentType()).startsWith("text/html")) {
        context.status(429); // whoever reads the page reads the same
      } else {
        JsonWriter.problem(context, 429, ServerProblems.tree(429));
      }
    }
  }

  int port() {
    return listeners.port();
  }

  List<Route> routes() {
    return routes;
  }

  @Override
  public void close() {
    javalin.stop();
  }
}
