package io.shouwang.console;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.shouwang.host.Clock;
import io.shouwang.model.AreaId;
import io.shouwang.model.Finder;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the registry is searched: one search after the other on a thread of its own. The threads
 * that carry requests and rings are as few as the processors, and a search would not let go of one
 * before it ends. Whoever finds too many waiting is told to come again. Any thread.
 */
final class SearchDesk implements AutoCloseable {
  /** A search takes milliseconds: more than these never wait unless something is wrong. */
  static final int WAITING_MAX = 32;

  /** A new generation is prepared for a second or two, and searches wait for it. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Supplier<Finder> finder;
  private final Clock clock;
  private final Timer times;
  private final Counter refused;
  private final ThreadPoolExecutor thread;
  private volatile Standing standing;

  /**
   * The generation in force.
   *
   * @param since when it was first seen
   * @param sinceStart it was in force at the start already, maybe long before
   */
  record Standing(String hash, Instant since, boolean sinceStart) {}

  SearchDesk(Supplier<Finder> finder, Clock clock, MeterRegistry meters) {
    this.finder = finder;
    this.clock = clock;
    this.standing = new Standing(finder.get().hash(), clock.wall(), true);
    this.times =
        Timer.builder("shouwang.searches")
            .description("searches of the registry, without their wait")
            .register(meters);
    this.refused =
        Counter.builder("shouwang.searches.refused")
            .description("searches that found too many waiting")
            .register(meters);
    this.thread =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING_MAX),
            Thread.ofPlatform().daemon().name("search").factory());
  }

  /** Called now and then: notes a new generation, and has it prepared before anybody asks. */
  void tend() {
    Finder now = finder.get();
    if (!now.hash().equals(standing.hash())) {
      standing = new Standing(now.hash(), clock.wall(), false);
    }
    if (!now.isPrepared() && thread.getQueue().isEmpty()) {
      try {
        Future<?> _ = thread.submit(now::prepare);
      } catch (RejectedExecutionException closed) {
        // Nobody searches any more.
      }
    }
  }

  /** The generation in force. */
  Standing standing() {
    return standing;
  }

  /**
   * The registry in force, ready to be asked what takes no search: in the way of nobody.
   *
   * @throws Problem 503 when it isn't ready, and too many are asking
   */
  Finder ready() {
    Finder now = finder.get();
    if (now.isPrepared()) {
      return now;
    }
    return ask(next -> {
      next.prepare();
      return next;
    });
  }

  /**
   * Searches the registry in force.
   *
   * @throws Problem 503 when too many are asking
   */
  <T> T ask(Function<Finder, T> asked) {
    Future<T> answer;
    try {
      answer = thread.submit(() -> timed(asked));
    } catch (RejectedExecutionException full) {
      refused.increment();
      throw busy();
    }
    try {
      return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      boolean _ = answer.cancel(false);
      refused.increment();
      throw busy();
    } catch (InterruptedException e) {
      boolean _ = answer.cancel(false);
      Thread.currentThread().interrupt();
      throw busy();
    } catch (ExecutionException failed) {
      throw new IllegalStateException("a search failed", failed.getCause());
    }
  }

  private <T> T timed(Function<Finder, T> asked) {
    long start = clock.nanos();
    try {
      return asked.apply(finder.get());
    } finally {
      times.record(clock.nanos() - start, TimeUnit.NANOSECONDS);
    }
  }

  private static Problem busy() {
    return Problem.busy("many are searching the registry; ask again in a moment");
  }

  /** What a search needs of a caller: theirs alone, and within what they ask for. */
  static Finder.@Nullable Area within(Finder finder, String own, @Nullable String asked) {
    Finder.Area mine = finder.area(new AreaId(own));
    if (asked == null || mine == null) {
      return mine;
    }
    Finder.Area at = finder.area(new AreaId(asked));
    for (Finder.Area above = at; above != null; ) {
      if (above.id().equals(mine.id())) {
        return at;
      }
      above = above.parent() == null ? null : finder.area(above.parent());
    }
    return null;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
