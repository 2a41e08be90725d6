package io.shouwang.console;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.shouwang.accounts.Accounts;
import io.shouwang.alerts.AlertBook;
import io.shouwang.alerts.OpenIncidents;
import io.shouwang.drills.Drills;
import io.shouwang.host.Clock;
import io.shouwang.model.Directory;
import io.shouwang.model.Operator;
import io.shouwang.model.OperatorRole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The console's HTTP server: the API, the live feed and the page, one virtual thread per request.
 * Beside it, if so set, the {@link OutsideServer} for the internet. Serves from {@link #open} until
 * {@link #close}.
 */
public final class ConsoleServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ConsoleServer.class);

  private final Javalin javalin;
  private final Listeners listeners;
  private final LiveFeed feed;
  private final List<Route> routes;
  private final @Nullable OutsideServer outside;
  private final SearchDesk desk;

  private ConsoleServer(
      Javalin javalin,
      Listeners listeners,
      LiveFeed feed,
      List<Route> routes,
      @Nullable OutsideServer outside,
      SearchDesk desk) {
    this.javalin = javalin;
    this.listeners = listeners;
    this.feed = feed;
    this.routes = routes;
    this.outside = outside;
    this.desk = desk;
  }

  /**
   * Binds its ports and serves.
   *
   * @throws IOException when a port can't be bound or a TLS file can't be read
   */
  public static ConsoleServer open(ConsoleSettings settings, Sources from) throws IOException {
    AlertBook book = from.book();
    Supplier<Directory> directory = from.directory();
    Accounts accounts = from.accounts();
    PrometheusMeterRegistry meters = from.meters();
    Clock clock = from.clock();
    ZoneId zone = from.zone();
    ConsoleSettings.Limits limits = settings.limits();
    Doorman doorman =
        new Doorman(
            from.credentials(),
            from.operators(),
            accounts,
            operator -> isAlarming(book, directory.get(), operator),
            directory,
            new FailedLogins(limits.failedLoginsPerMinute()),
            clock,
            meters);
    Supplier<Directory> veiled = Veil.over(directory);
    Submitter submitter = new Submitter(from.intake(), limits, clock);
    Body.Pace pace = new Body.Pace(clock, limits.bodyBytesPerSecondMin());
    String epoch = Long.toHexString(clock.wall().toEpochMilli());
    LiveFeed feed = new LiveFeed(book, epoch, limits, meters);
    PlainRoutes plain = new PlainRoutes(from.health(), meters);
    List<Route> page =
        new AnswerPage(from.links(), book, directory, submitter, pace, clock, zone).routes();
    Split split =
        Split.of(
            settings.outside(), page, new CallbackRoutes(from.callbacks(), pace).routes(), plain);
    List<Route> routes = new ArrayList<>(split.inside());
    routes.addAll(plain.routes());
    routes.addAll(new DeviceRoutes(directory, submitter, pace).routes());
    Colleagues colleagues = new Colleagues(accounts, from.operators(), clock);
    AlertLooks looks = new AlertLooks(book, directory);
    AlertRoutes alerts =
        new AlertRoutes(book, directory, colleagues, submitter, pace, from.cap(), clock, zone);
    AmendingRoutes amending = new AmendingRoutes(looks, submitter, pace);
    routes.addAll(alerts.routes());
    routes.addAll(amending.routes());
    routes.addAll(new HandlingRoutes(book, directory, colleagues, amending, alerts::json).routes());
    routes.addAll(
        new AlertNoteRoutes(accounts.notes(), looks, directory, feed::touch, pace).routes());
    routes.addAll(new ShownRoutes(looks, directory, pace).routes());
    routes.addAll(new CareRoutes(from.care(), veiled, submitter, pace).routes());
    routes.addAll(new DutyRoutes(from.care(), veiled, clock).routes());
    routes.addAll(new RuleRoutes(from.policy(), directory, pace).routes());
    routes.addAll(new FieldRoutes(book, from.care(), directory, clock, zone).routes());
    routes.addAll(
        new ModeRoutes(from.care(), colleagues, directory, submitter, pace, clock).routes());
    routes.addAll(new ProtectionRoutes(from.protection(), directory).routes());
    routes.addAll(FigureRoutes.of(from, pace));
    routes.addAll(
        new CallRoutes(book, from.care(), from.protection(), veiled, from.dialers(), clock, zone)
            .routes());
    routes.addAll(new DialRoutes(book, directory, from.dialers(), pace, clock).routes());
    OpenIncidents incidents = new OpenIncidents(book, directory);
    routes.addAll(new IncidentRoutes(incidents, veiled, zone).routes());
    routes.addAll(new DrillRoutes(new Drills(book, clock), directory, submitter, pace).routes());
    routes.addAll(new SessionRoutes(accounts, directory, pace, clock, zone).routes());
    routes.addAll(new SignOnRoutes(from.signOn(), accounts, directory).routes());
    routes.addAll(new OwnRoutes(accounts, pace).routes());
    routes.addAll(new UserRoutes(accounts, directory, pace).routes());
    routes.addAll(new MapRoutes(settings.map(), directory).routes());
    routes.addAll(new TileRoute(settings.map().base(), clock, meters).routes());
    routes.addAll(new RegistryRoutes(from.office(), pace).routes());
    routes.addAll(new ImportRoutes(from.office(), pace).routes());
    ShiftOffers offers = new ShiftOffers();
    routes.addAll(new ScheduleRoutes(from.office(), offers, pace, clock).routes());
    routes.addAll(new OfferRoutes(from.office(), offers, pace, clock).routes());
    routes.addAll(new RecordRoutes(accounts, book, directory, pace).routes());
    SearchDesk desk = new SearchDesk(from.finder(), clock, meters);
    routes.addAll(new SearchRoutes(desk, book, veiled, clock, zone).routes());
    routes.addAll(
        new CardRoutes(desk, book, from.care(), from.protection(), veiled, clock, zone).routes());
    routes.addAll(new AreaRoutes(desk, clock).routes());
    accounts.seats().whenChanged(feed::wake);
    routes.addAll(
        new StreamRoute(
                feed,
                doorman,
                directory,
                new Tellings(colleagues::name, clock, zone, feed::id),
                limits.heartbeat(),
                clock)
            .routes());
    OutsideServer outside = null;
    try {
      if (settings.outside() != null) {
        outside =
            OutsideServer.open(
                settings.outside(),
                limits,
                Route.checked(split.outside()),
                new Gate(doorman, accounts, clock, meters, "outside"),
                Turnstile.LASTS,
                meters,
                clock);
      }
      Gate gate =
          new Gate(
              doorman,
              accounts,
              clock,
              meters,
              "inside",
              SecurityHeaders.withPictures(settings.map().base().origins()));
      return start(settings, Route.checked(routes), gate, feed, outside, desk, clock, meters);
    } catch (IOException | RuntimeException e) {
      feed.close();
      desk.close();
      if (outside != null) {
        outside.close();
      }
      throw e;
    }
  }

  /** Whether an alarm is open that an operator's seat must go on hearing. */
  private static boolean isAlarming(AlertBook book, Directory now, Operator operator) {
    Sight sight = new Sight(now);
    return operator.roles().contains(OperatorRole.DISPATCHER)
        && book.open().stream()
            .map(AlertBook.Seen::alert)
            .anyMatch(alert -> alert.isAlarmClass() && sight.covers(operator.area(), alert.home()));
  }

  /** Which of the routes that the internet needs are served where; each is somewhere. */
  private record Split(List<Route> inside, List<Route> outside) {
    static Split of(
        ConsoleSettings.@Nullable Outside settings,
        List<Route> page,
        List<Route> callbacks,
        PlainRoutes plain) {
      List<Route> inside = new ArrayList<>();
      List<Route> outside = new ArrayList<>(List.of(plain.healthz()));
      boolean hasOutside = settings != null;
      boolean pageInside = settings == null || settings.alsoInside();
      boolean callbacksOutside = settings != null && settings.callbacks();
      if (hasOutside) {
        outside.addAll(page);
      }
      if (pageInside) {
        inside.addAll(page);
      }
      if (callbacksOutside) {
        outside.addAll(callbacks);
      }
      if (pageInside || !callbacksOutside) {
        inside.addAll(callbacks);
      }
      return new Split(inside, outside);
    }
  }

  private static ConsoleServer start(
      ConsoleSettings settings,
      List<Route> routes,
      Gate gate,
      LiveFeed feed,
      @Nullable OutsideServer outside,
      SearchDesk desk,
      Clock clock,
      MeterRegistry meters)
      throws IOException {
    Listeners listeners = new Listeners();
    try {
      Javalin javalin =
          Javalin.create(config -> {
            set(config);
            try {
              listeners.addTo(config.jetty, settings, clock, meters);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
            gate.addTo(config, routes);
          });
      javalin.start();
      LOG.info("console listens on {}:{}", settings.host(), listeners.port());
      return new ConsoleServer(javalin, listeners, feed, routes, outside, desk);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (RuntimeException e) {
      throw new IOException(
          "the console can't listen on " + settings.host() + ":" + settings.port(), e);
    }
  }

  static void set(JavalinConfig config) {
    config.concurrency.useVirtualThreads = true;
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.prefer405over404 = true;
    config.http.maxRequestSize = DeviceRoutes.BODY_BYTES_MAX;
    config.http.compressionStrategy = CompressionStrategy.NONE;
    config.jetty.modifyServletContextHandler(
        handler -> handler.setErrorHandler(new ServerProblems()));
  }

  /** Called once a second or so: sees to what is better done before anybody asks for it. */
  public void tend() {
    desk.tend();
  }

  /** The bound port of plain HTTP. */
  public int port() {
    return listeners.port();
  }

  /** The bound port of HTTPS; 0 when there is none. */
  public int tlsPort() {
    return listeners.tlsPort();
  }

  /** The bound port for the internet; 0 when there is none. */
  public int outsidePort() {
    return outside == null ? 0 : outside.port();
  }

  List<Route> routes() {
    return routes;
  }

  /** What the internet may reach; empty when there is no listener for it. */
  List<Route> outsideRoutes() {
    return outside == null ? List.of() : outside.routes();
  }

  @Override
  public void close() {
    if (outside != null) {
      outside.close();
    }
    feed.close();
    javalin.stop();
    desk.close();
  }
}
