package io.shouwang.notify;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.shouwang.alerts.Effect;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One channel's own queue, emptied by one thread at a time: a channel that hangs or throws holds up
 * no other and never the engine. When the queue is full an effect isn't lost, since its delivery is
 * still under way in the state: the bulkhead asks for all such again once it has caught up.
 */
final class Bulkhead implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Bulkhead.class);

  private final Channel channel;
  private final Supplier<Iterable<Effect>> underWay;
  private final Executor threads;
  private final ArrayBlockingQueue<Runnable> queue;
  private final AtomicBoolean emptying = new AtomicBoolean();
  private final AtomicBoolean overflowed = new AtomicBoolean();
  private final AtomicBoolean tending = new AtomicBoolean();
  private final Counter errors;
  private final Counter overflows;
  private volatile boolean closed;

  /**
   * @param underWay the messages of this channel that nobody reported on
   * @param threads lends a thread for as long as something waits; the channel may block it
   * @param waitingMax the most effects that wait for the channel
   */
  Bulkhead(
      Channel channel,
      Supplier<Iterable<Effect>> underWay,
      Executor threads,
      int waitingMax,
      MeterRegistry meters) {
    this.channel = channel;
    this.underWay = underWay;
    this.threads = threads;
    this.queue = new ArrayBlockingQueue<>(waitingMax);
    this.errors = meters.counter("shouwang.channel.errors", "channel", channel.name());
    this.overflows = meters.counter("shouwang.channel.overflows", "channel", channel.name());
    Gauge.builder("shouwang.channel.waiting", queue, ArrayBlockingQueue::size)
        .tag("channel", channel.name())
        .register(meters);
  }

  /** Never blocks. Any thread. */
  void deliver(Effect effect) {
    if (!queue.offer(() -> channel.deliver(effect)) && !overflowed.getAndSet(true)) {
      overflows.increment();
      LOG.error(
          "channel {} has {} messages waiting; more are sent when it has caught up",
          channel.name(),
          queue.size());
    }
    empty();
  }

  /** Has the channel look after what waits; a second call before it did is one. */
  void tend() {
    if (tending.compareAndSet(false, true) && !queue.offer(this::tendNow)) {
      tending.set(false);
    }
    empty();
  }

  private void tendNow() {
    tending.set(false);
    channel.tend();
  }

  /** Has somebody empty the queue, unless that is under way. */
  private void empty() {
    if (emptying.compareAndSet(false, true)) {
      try {
        threads.execute(this::run);
      } catch (RejectedExecutionException e) {
        emptying.set(false); // closed: what waits is under way in the state, and goes out next time
      }
    }
  }

  private void run() {
    while (!closed && (work() || overflowed.get())) {
      // until nothing waits
    }
    emptying.set(false);
    if (!closed && !queue.isEmpty()) {
      empty(); // offered while we were leaving
    }
  }

  /** Does one thing; false if nothing waited. */
  private boolean work() {
    Runnable next = queue.poll();
    if (next != null) {
      guarded(next);
    } else if (overflowed.compareAndSet(true, false)) {
      guarded(() -> underWay.get().forEach(effect -> guarded(() -> channel.deliver(effect))));
    }
    return next != null;
  }

  private void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      errors.increment();
      LOG.error("channel {} failed on one message and goes on", channel.name(), e);
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
