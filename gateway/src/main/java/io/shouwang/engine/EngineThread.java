package io.shouwang.engine;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Turns the engine. Parks while nothing waits and no deadline is due; each offer wakes it. A failed
 * journal ends it for good: {@link #ended} completes exceptionally, and the process is to stop.
 */
public final class EngineThread implements AutoCloseable, Watchdog.Watched {
  private static final long IDLE_NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(200);

  private final Engine engine;
  private final Thread thread;
  private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
  private volatile boolean running = true;
  private volatile boolean parked;
  private final AtomicLong turns = new AtomicLong();

  private EngineThread(Engine engine) {
    this.engine = engine;
    this.thread = Thread.ofPlatform().name("engine").unstarted(this::run);
  }

  /** Starts turning. */
  public static EngineThread start(Engine engine) {
    EngineThread turning = new EngineThread(engine);
    engine.onOffer(turning::wake);
    turning.thread.start();
    return turning;
  }

  /** Completes when the thread has ended: exceptionally if the journal failed. */
  public CompletableFuture<@Nullable Void> ended() {
    return ended;
  }

  @Override
  public long turns() {
    return turns.get();
  }

  @Override
  public StackTraceElement[] stack() {
    return thread.getStackTrace();
  }

  private void wake() {
    if (parked) {
      LockSupport.unpark(thread);
    }
  }

  private void run() {
    try {
      while (running) {
        turns.incrementAndGet();
        if (!engine.step()) {
          park();
        }
      }
      while (engine.step()) {
        turns.incrementAndGet(); // what was offered before the end is still answered
      }
      ended.complete(null);
    } catch (IOException | RuntimeException | Error e) {
      ended.completeExceptionally(e);
    }
  }

  private void park() {
    parked = true;
    if (running && !engine.hasWork()) {
      Duration due = engine.untilDeadline();
      long nanos = due == null ? IDLE_NANOS_MAX : Math.clamp(due.toNanos(), 1_000L, IDLE_NANOS_MAX);
      LockSupport.parkNanos(this, nanos);
    }
    parked = false;
  }

  /** Ends after the round in hand and what was offered before. */
  @Override
  public void close() {
    running = false;
    LockSupport.unpark(thread);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
