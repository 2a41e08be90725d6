package io.shouwang;

import io.shouwang.alerts.AlertBook;
import io.shouwang.alerts.Silence;
import io.shouwang.config.GatewayConfig;
import io.shouwang.engine.Retention;
import io.shouwang.engine.Snapshots;
import io.shouwang.engine.Watchdog;
import io.shouwang.host.Clock;
import io.shouwang.notify.Notifier;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What must be done now and then: the watchdog and the check of P2 on one thread, since they must
 * not wait for a slow disk; snapshots, retention, new registry generations on another.
 */
final class Upkeep implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
  private static final Duration SILENCE_SLACK = Duration.ofSeconds(5);

  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(named("watch"));
  private final ScheduledExecutorService slow =
      Executors.newSingleThreadScheduledExecutor(named("upkeep"));
  private volatile List<String> silent = List.of();

  /** A task that may fail on the disk. */
  interface Chore {
    void run() throws IOException, InterruptedException;
  }

  private static ThreadFactory named(String name) {
    return Thread.ofPlatform().daemon().name(name).factory();
  }

  /** Alerts that break P2 at the last look; empty is what it must be. */
  List<String> silent() {
    return silent;
  }

  /** Looks every second whether the engine turns; runs the action once it counts as dead. */
  void watch(Watchdog watchdog, Runnable dead) {
    watch.scheduleWithFixedDelay(
        () -> {
          if (watchdog.check() == Watchdog.Pulse.DEAD) {
            dead.run();
          }
        },
        1,
        1,
        TimeUnit.SECONDS);
  }

  /** Checks P2 over all open alerts every five seconds. */
  void audit(AlertBook alerts, Clock clock) {
    watch.scheduleWithFixedDelay(
        () -> {
          Instant now = clock.wall();
          List<String> found =
              alerts.open().stream()
                  .map(seen -> Silence.check(seen.alert(), now, SILENCE_SLACK))
                  .flatMap(Optional::stream)
                  .toList();
          found.forEach(what -> LOG.error("P2 is broken: {}", what));
          silent = found;
        },
        5,
        5,
        TimeUnit.SECONDS);
  }

  /** Has the channels look after what waits. */
  void tend(Notifier notifier) {
    watch.scheduleWithFixedDelay(notifier::tend, 5, 5, TimeUnit.SECONDS);
  }

  /** Writes the state out and lets old telemetry go. */
  void keepSmall(
      Snapshots snapshots, Retention retention, GatewayConfig.JournalLimits limits, Clock clock) {
    every(
        limits.snapshotEvery(),
        () -> {
          snapshots.take();
          retention.run(clock.wall(), snapshots.covered());
        });
  }

  /** Repeats a chore; a failure is logged and the next time tried again. */
  void every(Duration period, Chore chore) {
    slow.scheduleWithFixedDelay(
        () -> {
          try {
            chore.run();
          } catch (IOException | RuntimeException e) {
            LOG.error("upkeep failed; it is tried again in {}", period, e);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        },
        period.toMillis(),
        period.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    watch.shutdownNow();
    slow.shutdownNow();
    try {
      boolean ended = slow.awaitTermination(10, TimeUnit.SECONDS);
      if (!ended) {
        LOG.warn("a snapshot under way was abandoned; the one before it serves");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
