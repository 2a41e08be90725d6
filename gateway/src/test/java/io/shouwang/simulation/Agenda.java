package io.shouwang.simulation;

import java.time.Duration;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What will happen, in order of time; the one scheduler of a simulation. */
final class Agenda {
  private record Entry(long nanos, long order, Runnable task) {}

  private final SimulatedClock clock;
  private final Random random;
  private final PriorityQueue<Entry> entries =
      new PriorityQueue<>((a, b) ->
          a.nanos() == b.nanos()
              ? Long.compare(a.order(), b.order())
              : Long.compare(a.nanos(), b.nanos()));
  private long orders;

  Agenda(SimulatedClock clock, Random random) {
    this.clock = clock;
    this.random = random;
  }

  void afterNanos(long nanos, Runnable task) {
    entries.add(new Entry(clock.nanos() + Math.max(0, nanos), orders++, task));
  }

  void after(Duration delay, Runnable task) {
    afterNanos(delay.toNanos(), task);
  }

  /** At some moment between two delays from now. */
  void between(long fromMillis, long toMillis, Runnable task) {
    long from = TimeUnit.MILLISECONDS.toNanos(fromMillis);
    long to = TimeUnit.MILLISECONDS.toNanos(toMillis);
    afterNanos(from + (long) (random.nextDouble() * (to - from)), task);
  }

  /** The next thing to do, its time come; null if there is none. */
  @Nullable Runnable next() {
    Entry entry = entries.poll();
    if (entry == null) {
      return null;
    }
    if (entry.nanos() > clock.nanos()) {
      clock.advanceTo(entry.nanos());
    }
    return entry.task();
  }
}
