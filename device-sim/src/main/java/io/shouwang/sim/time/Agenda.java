package io.shouwang.sim.time;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/** Appointments: runs short tasks later, one at a time and in order of their times. */
public interface Agenda extends AutoCloseable {
  /** Runs {@code task} after {@code delay}, unless the agenda is closed before. */
  void after(Duration delay, Runnable task);

  @Override
  void close();

  /** One daemon thread on the machine's clock. */
  static Agenda system() {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("sim-agenda").factory());
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    return new Agenda() {
      @Override
      public void after(Duration delay, Runnable task) {
        try {
          executor.schedule(() -> guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
          LoggerFactory.getLogger(Agenda.class).debug("closed: an appointment is dropped", e);
        }
      }

      @Override
      public void close() {
        executor.shutdownNow();
      }
    };
  }

  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LoggerFactory.getLogger(Agenda.class).error("an appointment failed", e);
    }
  }
}
