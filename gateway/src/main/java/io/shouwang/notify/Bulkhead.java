package io.shouwang.notify;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.shouwang.alerts.Effect;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One channel's own queue and thread: a channel that hangs or throws holds up no other and never
 * the engine. When the queue is full an effect isn't lost, since its delivery is still under way in
 * the state: the bulkhead asks for all such again once it has caught up.
 */
final class Bulkhead implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Bulkhead.class);
  static final int EFFECTS_WAITING_MAX = 50_000;

  private final Channel channel;
  private final Supplier<Iterable<Effect>> underWay;
  private final ArrayBlockingQueue<Runnable> queue = new ArrayBlockingQueue<>(EFFECTS_WAITING_MAX);
  private final AtomicBoolean overflowed = new AtomicBoolean();
  private final AtomicBoolean tending = new AtomicBoolean();
  private final Counter errors;
  private final Counter overflows;
  private final Thread thread;
  private volatile boolean running = true;

  Bulkhead(Channel channel, Supplier<Iterable<Effect>> underWay, MeterRegistry meters) {
    this.channel = channel;
    this.underWay = underWay;
    this.errors = meters.counter("shouwang.channel.errors", "channel", channel.name());
    this.overflows = meters.counter("shouwang.channel.overflows", "channel", channel.name());
    Gauge.builder("shouwang.channel.waiting", queue, ArrayBlockingQueue::size)
        .tag("channel", channel.name())
        .register(meters);
    this.thread = Thread.ofVirtual().name("channel-" + channel.name()).start(this::run);
  }

  /** Never blocks. Any thread. */
  void deliver(Effect effect) {
    if (!queue.offer(() -> channel.deliver(effect)) && !overflowed.getAndSet(true)) {
      overflows.increment();
      LOG.error(
          "channel {} has {} messages waiting; more are sent when it has caught up",
          channel.name(),
          EFFECTS_WAITING_MAX);
    }
  }

  /** Has the channel look after what waits; a second call before it did is one. */
  void tend() {
    if (tending.compareAndSet(false, true) && !queue.offer(this::tendNow)) {
      tending.set(false);
    }
  }

  private void tendNow() {
    tending.set(false);
    channel.tend();
  }

  private void run() {
    while (running) {
      try {
        queue.take().run();
        if (queue.isEmpty() && overflowed.compareAndSet(true, false)) {
          underWay.get().forEach(channel::deliver);
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        errors.increment();
        LOG.error("channel {} failed on one message and goes on", channel.name(), e);
      }
    }
  }

  @Override
  public void close() {
    running = false;
    thread.interrupt();
  }
}
