package io.shouwang;

import io.shouwang.audit.Auditor;
import io.shouwang.audit.SecondSight;
import io.shouwang.audit.SyntheticAlarm;
import io.shouwang.config.GatewayConfig;
import io.shouwang.engine.Retention;
import io.shouwang.engine.Snapshots;
import io.shouwang.engine.Watchdog;
import io.shouwang.figures.LoadBook;
import io.shouwang.host.Clock;
import io.shouwang.notify.Notifier;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What must be done now and then: the watchdog and what tells whether all is well on one thread,
 * since they must not wait for a slow disk; snapshots, retention, new registry generations on
 * another; the auditor and the load's count, which read the disk, and the synthetic alarm each on
 * one of its own.
 */
final class Upkeep implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(named("watch"));
  private final ScheduledExecutorService slow =
      Executors.newSingleThreadScheduledExecutor(named("upkeep"));
  private final ScheduledExecutorService audits =
      Executors.newSingleThreadScheduledExecutor(named("audit"));
  private final ScheduledExecutorService figures =
      Executors.newSingleThreadScheduledExecutor(named("figures"));
  private final ScheduledExecutorService presses =
      Executors.newSingleThreadScheduledExecutor(named("synthetic"));

  private @Nullable LoadBook counted;
  private boolean isCounting = true; // its thread's own

  /** A task that may fail on the disk. */
  interface Chore {
    void run() throws IOException, InterruptedException;
  }

  private static ThreadFactory named(String name) {
    return Thread.ofPlatform().daemon().name(name).factory();
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

  /** Puts together once a second whether all is well. */
  void look(SecondSight sight) {
    watch.scheduleWithFixedDelay(guarded(sight::look), 1, 1, TimeUnit.SECONDS);
  }

  /** Checks what was promised against the journal, on a thread that may wait for the disk. */
  void audit(Auditor auditor) {
    audits.scheduleWithFixedDelay(
        guarded(() -> {
          boolean caughtUp = false;
          while (!caughtUp && !audits.isShutdown()) {
            caughtUp = auditor.pass();
          }
        }),
        1,
        5,
        TimeUnit.SECONDS);
  }

  /** Has the load counted a second behind the journal, and kept at the end. */
  void count(LoadBook load) {
    counted = load;
    figures.scheduleWithFixedDelay(
        () -> {
          try {
            load.follow();
            isCounting = true;
          } catch (IOException | RuntimeException e) {
            if (isCounting) { // said once: the auditor rings for a damaged journal
              LOG.error("the load can't be counted on; it is tried again each second", e);
            }
            isCounting = false;
          }
        },
        1,
        1,
        TimeUnit.SECONDS);
  }

  private void keepCounted(LoadBook load) throws InterruptedException {
    boolean ended = figures.awaitTermination(5, TimeUnit.SECONDS);
    if (ended) {
      try {
        load.keep();
      } catch (IOException | RuntimeException e) {
        LOG.warn("what was counted of the load is not kept; the file before it serves", e);
      }
    }
  }

  /** Presses now and then, on a thread that may wait for the answer. */
  void press(SyntheticAlarm alarm) {
    long period = alarm.every().toMillis();
    // With pauses: after a stop of hours those missed are not made up for.
    presses.scheduleWithFixedDelay(guarded(alarm::press), period, period, TimeUnit.MILLISECONDS);
  }

  /** A task that throws would never run again. */
  private static Runnable guarded(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException e) {
        LOG.error("a look at the gateway itself failed; it is tried again", e);
      }
    };
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
            if (!slow.isShutdown()) { // else it was interrupted by the end
              LOG.error("upkeep failed; it is tried again in {}", period, e);
            }
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
    presses.shutdownNow();
    audits.shutdownNow();
    watch.shutdownNow();
    slow.shutdownNow();
    figures.shutdown();
    try {
      LoadBook load = counted;
      if (load != null) {
        keepCounted(load);
      }
      boolean ended = slow.awaitTermination(10, TimeUnit.SECONDS);
      if (!ended) {
        LOG.warn("a snapshot under way was abandoned; the one before it serves");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
