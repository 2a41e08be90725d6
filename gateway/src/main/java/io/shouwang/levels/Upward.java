package io.shouwang.levels;

import io.micrometer.core.instrument.MeterRegistry;
import io.shouwang.alerts.Alert;
import io.shouwang.alerts.AlertBook;
import io.shouwang.alerts.Core;
import io.shouwang.alerts.Fact;
import io.shouwang.host.Clock;
import io.shouwang.intake.Intake;
import io.shouwang.model.Directory;
import io.shouwang.model.Input.CountyStanding;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Severity;
import io.shouwang.notify.provider.Callback;
import io.shouwang.notify.provider.Http;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * At a county: says to the city how each alert stands, whenever that changes, and again while it is
 * open, since the city counts on us for a while only. At a start all that is open, and what was
 * closed of late, is said anew: what the city has, it knows by its number. Exercises stay here, and
 * so do calls that the hotline takes.
 */
final class Upward implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Upward.class);
  static final String HEARTBEAT = "io.shouwang.heartbeat.v1";
  private static final Duration LATE = Duration.ofDays(1);
  private static final int LATE_MAX = 1_000;

  private final ResponderId self;
  private final LevelSettings.City city;
  private final AlertBook book;
  private final Supplier<Directory> directory;
  private final BooleanSupplier audit;
  private final Clock clock;
  private final ZoneId zone;
  private final Courier courier;
  private final Inbox inbox;
  private final AutoCloseable watching;

  /** When each open alert was handed over last. */
  private final Map<String, Instant> said = new ConcurrentHashMap<>();

  private long beatNanos;
  private boolean isSilent;

  Upward(
      ResponderId self,
      LevelSettings.City city,
      AlertBook book,
      Intake intake,
      Supplier<Directory> directory,
      BooleanSupplier audit,
      Http http,
      Clock clock,
      Clock wall,
      ZoneId zone,
      MeterRegistry meters) {
    this.self = self;
    this.city = city;
    this.book = book;
    this.directory = directory;
    this.audit = audit;
    this.clock = clock;
    this.zone = zone;
    this.beatNanos = clock.nanos() - city.every().toNanos();
    URI url = city.url().resolve("/callbacks/" + Levels.callbackOf(self));
    courier = new Courier(city.id().value(), url, city.signature(), http, wall, meters);
    inbox =
        new Inbox(
            city.id().value(),
            city.signature(),
            event -> Doings.read(city, event, wall.wall()),
            intake,
            wall);
    watching = book.watch(seen -> Levels.guarded(() -> changed(seen)));
    sayAll();
  }

  Callback inbox() {
    return inbox;
  }

  private void sayAll() {
    book.open().forEach(this::changed);
    Instant since = clock.wall().minus(LATE);
    book.closed().stream()
        .filter(seen -> closedAt(seen).isAfter(since))
        .sorted(Comparator.comparing(Upward::closedAt).reversed())
        .limit(LATE_MAX)
        .forEach(this::changed);
  }

  private static Instant closedAt(AlertBook.Seen seen) {
    return seen.alert().closing() == null ? Instant.MAX : seen.alert().closing().at();
  }

  private boolean concerns(Alert alert) {
    return !alert.marks().exercise()
        && !alert.home().isOfCounty()
        && !isStillWithTheOperators(alert)
        && (city.minor() || alert.severity() != Severity.MINOR);
  }

  /** A call that the hotline takes within its patience is no alert that anybody was rung for. */
  private static boolean isStillWithTheOperators(Alert alert) {
    return alert.kind().equals(Core.CALL)
        && alert.timeline().stream().noneMatch(entry -> entry.fact() instanceof Fact.DeskReached);
  }

  /** On the engine's thread: notes it and goes. */
  private void changed(AlertBook.Seen seen) {
    Alert alert = seen.alert();
    if (!concerns(alert)) {
      return;
    }
    Instant now = clock.wall();
    String key = alert.id().value();
    if (alert.isOpen()) {
      said.put(key, now);
    } else {
      said.remove(key);
    }
    boolean isCall =
        alert.isOpen() && Standings.of(alert, directory.get()) == CountyStanding.CALLED;
    courier.hand(
        key,
        isCall || Standings.isTakenOver(alert),
        () -> Optional.of(Standings.write(self, city, seen, directory.get(), now, zone)));
  }

  /** Looks what is due; called every second, by one thread. */
  void tick() {
    beat();
    Instant renew = clock.wall().minus(city.heldFor().dividedBy(3));
    for (AlertBook.Seen seen : book.open()) {
      Instant at = said.get(seen.alert().id().value());
      if (at == null || at.isBefore(renew)) {
        changed(seen);
      }
    }
  }

  /** On its own way: what waits for the city must not look like our silence. */
  private void beat() {
    long now = clock.nanos();
    if (now - beatNanos < city.every().toNanos()) {
      return;
    }
    beatNanos = now;
    Instant at = clock.wall();
    List<AlertBook.Seen> open = book.open();
    var data =
        CloudEvent.JSON
            .createObjectNode()
            .put("open", open.stream().filter(seen -> concerns(seen.alert())).count())
            .put("audit", audit.getAsBoolean() ? "passes" : "fails");
    CloudEvent event =
        new CloudEvent(
            "beat." + at.toEpochMilli(),
            CloudEvent.sourceOf(self.value()),
            HEARTBEAT,
            null,
            at,
            data);
    boolean heard =
        courier.post(List.of(event)).filter(reply -> reply.status() / 100 == 2).isPresent();
    if (heard == isSilent) {
      LOG.warn(heard ? "{} hears our heartbeat again" : "{} doesn't hear our heartbeat", city.id());
    }
    isSilent = !heard;
  }

  @Override
  public void close() {
    Levels.stop(watching);
    courier.close();
  }
}
