package io.shouwang.levels;

import io.micrometer.core.instrument.MeterRegistry;
import io.shouwang.alerts.AlertBook;
import io.shouwang.host.Clock;
import io.shouwang.intake.Intake;
import io.shouwang.model.Directory;
import io.shouwang.model.ResponderId;
import io.shouwang.notify.provider.Callback;
import io.shouwang.notify.provider.Http;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that goes on between this gateway and those above and below; owns its threads. */
public final class Levels implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Levels.class);
  private static final Duration EXCHANGE_LIMIT = Duration.ofSeconds(10);
  private static final String CALLBACK = "levels.";

  private final Http http = new Http(EXCHANGE_LIMIT, null);
  private final List<AutoCloseable> parts = new ArrayList<>();
  private final Map<String, Callback> inboxes = new HashMap<>();
  private final List<ScheduledExecutorService> ticking = new ArrayList<>();

  /**
   * Begins to say and to hear.
   *
   * @param audit whether the check of open alerts passes (P9)
   * @param clock the engine's time
   * @param wall the machine's clock: signatures are about civil time
   */
  public Levels(
      LevelSettings settings,
      AlertBook book,
      Intake intake,
      Supplier<Directory> directory,
      BooleanSupplier audit,
      Clock clock,
      Clock wall,
      ZoneId zone,
      MeterRegistry meters) {
    LevelSettings.City city = settings.city();
    if (city != null) {
      Upward upward =
          new Upward(
              settings.self(),
              city,
              book,
              intake,
              directory,
              audit,
              http,
              clock,
              wall,
              zone,
              meters);
      add(city.id(), upward.inbox(), upward, upward::tick);
    }
    for (LevelSettings.County county : settings.counties()) {
      Downward downward =
          new Downward(
              settings.self(),
              county,
              settings.silentAfter(),
              book,
              intake,
              directory,
              http,
              clock,
              wall,
              meters);
      add(county.id(), downward.inbox(), downward, downward::tick);
    }
    Cap cap = new Cap(settings.cap(), directory, zone);
    for (LevelSettings.CapPost to : settings.capPosts()) {
      parts.add(new CapCourier(to, cap, book, http, clock, meters));
    }
  }

  /** Each on a thread of its own: a peer that hangs must not make another look silent. */
  private void add(ResponderId peer, Callback inbox, AutoCloseable part, Runnable tick) {
    inboxes.put(callbackOf(peer), inbox);
    parts.add(part);
    ScheduledExecutorService ticks =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("level-" + peer).factory());
    ticks.scheduleWithFixedDelay(() -> ticked(peer, tick), 0, 500, TimeUnit.MILLISECONDS);
    ticking.add(ticks);
  }

  private static void ticked(ResponderId peer, Runnable tick) {
    try {
      tick.run();
    } catch (RuntimeException e) {
      LOG.error("looking after {} failed; it is tried again", peer, e);
    }
  }

  /** The name behind {@code /callbacks/}; its dot keeps it apart from providers' names. */
  static String callbackOf(ResponderId gateway) {
    return CALLBACK + gateway;
  }

  /** Where a gateway above or below calls. */
  public Optional<Callback> callback(String name) {
    return Optional.ofNullable(inboxes.get(name));
  }

  /** What goes wrong between the levels must not stop the engine, whose thread this may be. */
  static void guarded(Runnable act) {
    try {
      act.run();
    } catch (RuntimeException e) {
      LOG.error("a change of an alert could not be noted for another level", e);
    }
  }

  static void stop(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      LOG.warn("closing a part of the levels failed", e);
    }
  }

  @Override
  public void close() {
    ticking.forEach(ScheduledExecutorService::shutdownNow);
    parts.forEach(Levels::stop);
    http.close();
  }
}
