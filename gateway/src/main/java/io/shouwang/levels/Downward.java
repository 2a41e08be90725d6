package io.shouwang.levels;

import io.micrometer.core.instrument.MeterRegistry;
import io.shouwang.alerts.Alert;
import io.shouwang.alerts.AlertBook;
import io.shouwang.alerts.Closing;
import io.shouwang.alerts.Counties;
import io.shouwang.host.Clock;
import io.shouwang.intake.Acknowledgement;
import io.shouwang.intake.Intake;
import io.shouwang.intake.Lane;
import io.shouwang.intake.Submission;
import io.shouwang.levels.CloudEvent.Unreadable;
import io.shouwang.model.AlertId;
import io.shouwang.model.Directory;
import io.shouwang.model.Input;
import io.shouwang.model.Input.CountyPulse;
import io.shouwang.model.ResponderId;
import io.shouwang.notify.provider.Callback;
import io.shouwang.notify.provider.Http;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * At a city: one county. Takes in how its alerts stand, tells it what is done about them here, and
 * notices when nothing is heard of it any more.
 */
final class Downward implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Downward.class);

  /** We were not there ourselves for so long: then a silence is ours, and counts from now. */
  private static final Duration OWN_GAP = Duration.ofSeconds(5);

  private static final Duration FORGET_EVERY = Duration.ofMinutes(10);

  /** What was closed longer ago is told no more after a start. */
  private static final Duration LATE = Duration.ofDays(1);

  private final ResponderId self;
  private final LevelSettings.County county;
  private final Duration silentAfter;
  private final AlertBook book;
  private final Intake intake;
  private final Supplier<Directory> directory;
  private final Clock clock;
  private final Courier courier;
  private final Inbox inbox;
  private final AutoCloseable watching;

  /** The entries handed over since the start; the county knows by their ids what it had before. */
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  private long heardNanos;
  private long tickNanos;
  private long forgotNanos;
  private Instant beatAt = Instant.EPOCH;
  private int open;
  private boolean auditFails;
  private @Nullable CountyPulse saidLast;

  Downward(
      ResponderId self,
      LevelSettings.County county,
      Duration silentAfter,
      AlertBook book,
      Intake intake,
      Supplier<Directory> directory,
      Http http,
      Clock clock,
      Clock wall,
      MeterRegistry meters) {
    this.self = self;
    this.county = county;
    this.silentAfter = silentAfter;
    this.book = book;
    this.intake = intake;
    this.directory = directory;
    this.clock = clock;
    this.heardNanos = clock.nanos();
    this.tickNanos = clock.nanos();
    this.forgotNanos = clock.nanos();
    URI url = county.url().resolve("/callbacks/" + Levels.callbackOf(self));
    courier = new Courier(county.id().value(), url, county.signature(), http, wall, meters);
    inbox = new Inbox(county.id().value(), county.signature(), this::meaning, intake, wall);
    watching = book.watch(seen -> Levels.guarded(() -> changed(seen)));
    book.open().forEach(this::changed);
    Instant since = clock.wall().minus(LATE);
    book.closed().stream()
        .filter(seen -> isClosedAfter(seen.alert(), since))
        .forEach(this::changed);
  }

  private static boolean isClosedAfter(Alert alert, Instant since) {
    Closing closing = alert.closing();
    return closing != null && closing.at().isAfter(since);
  }

  Callback inbox() {
    return inbox;
  }

  private @Nullable Input meaning(CloudEvent event) throws Unreadable {
    if (event.type().equals(Upward.HEARTBEAT)) {
      heard(event);
      return null;
    }
    return Standings.read(county, event, directory.get());
  }

  /** An old heartbeat that somebody sends again is no sign of life. */
  private synchronized void heard(CloudEvent event) throws Unreadable {
    long openThere = CloudEvent.number(event.data(), "open");
    String audit = CloudEvent.text(event.data(), "audit");
    if (!event.time().isAfter(beatAt)) {
      throw new Unreadable("a heartbeat of before the latest one");
    }
    beatAt = event.time();
    heardNanos = clock.nanos();
    open = (int) Math.min(openThere, Integer.MAX_VALUE);
    auditFails = !audit.equals("passes");
  }

  /** On the engine's thread: notes it and goes. */
  private void changed(AlertBook.Seen seen) {
    Alert alert = seen.alert();
    if (!alert.home().isOfCounty()
        || Counties.latest(alert).filter(said -> said.county().equals(county.id())).isEmpty()) {
      return;
    }
    for (long number : Doings.toTell(alert)) {
      String key = alert.id() + "." + number;
      if (told.add(key)) {
        courier.hand(
            key,
            true,
            () ->
                book.find(alert.id())
                    .flatMap(now -> Doings.write(self, now.alert(), number, book)));
      }
    }
  }

  /** Of alerts that are no longer at hand nothing more is told. */
  private void forget() {
    told.removeIf(key -> book.find(new AlertId(key.substring(0, key.indexOf('.')))).isEmpty());
  }

  /** Looks whether the county is there; called every second, by one thread. */
  synchronized void tick() {
    long now = clock.nanos();
    if (now - tickNanos > OWN_GAP.toNanos()) {
      heardNanos = now;
    }
    tickNanos = now;
    if (now - forgotNanos > FORGET_EVERY.toNanos()) {
      forgotNanos = now;
      forget();
    }
    boolean isSilent = now - heardNanos > silentAfter.toNanos();
    boolean everHeard = !beatAt.equals(Instant.EPOCH);
    if (!isSilent && !everHeard) {
      return; // nothing is known of it since we started
    }
    CountyPulse pulse =
        isSilent ? CountyPulse.SILENT : auditFails ? CountyPulse.UNWELL : CountyPulse.WELL;
    if (pulse == saidLast) {
      return;
    }
    Input.CountyHeard input =
        new Input.CountyHeard(county.id(), county.area(), pulse, openOr(isSilent));
    boolean taken = intake.offer(new Submission(input, Lane.ALARM, now, Acknowledgement.NONE));
    if (taken) {
      saidLast = pulse;
      if (pulse == CountyPulse.WELL) {
        LOG.info("county {} is there", county.id());
      } else {
        LOG.error("county {} is {}: the desk rings", county.id(), pulse);
      }
    }
  }

  /** After a start only what it forwarded says how much was open there. */
  private int openOr(boolean isSilent) {
    if (!isSilent) {
      return open;
    }
    return (int)
        book.open().stream()
            .map(seen -> Counties.latest(seen.alert()))
            .flatMap(Optional::stream)
            .filter(said -> said.county().equals(county.id()))
            .count();
  }

  @Override
  public void close() {
    Levels.stop(watching);
    courier.close();
  }
}
