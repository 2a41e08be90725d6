package io.shouwang.console;

import io.shouwang.host.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts connections that don't get a request's head across in time. An idle time-out alone doesn't:
 * a byte now and then keeps it from running out.
 */
final class SlowHeads extends AbstractLifeCycle implements Connection.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(SlowHeads.class);

  private final Scheduler scheduler;
  private final Clock clock;
  private final long headTimeoutNanos;
  private final long lookEveryMillis;
  private final Map<Connection, Head> heads = new ConcurrentHashMap<>();

  /**
   * How far a connection's head is.
   *
   * @param requests read so far when this head began
   * @param bytes read so far when it began
   * @param sinceNanos when its first byte was noticed, or the connection opened
   * @param begun whether it is waited for
   */
  private record Head(long requests, long bytes, long sinceNanos, boolean begun) {}

  SlowHeads(Scheduler scheduler, Clock clock, Duration headTimeout) {
    this.scheduler = scheduler;
    this.clock = clock;
    this.headTimeoutNanos = headTimeout.toNanos();
    this.lookEveryMillis = Math.clamp(headTimeout.toMillis() / 5, 1, 1_000);
  }

  @Override
  protected void doStart() {
    scheduler.schedule(this::look, lookEveryMillis, TimeUnit.MILLISECONDS);
  }

  @Override
  public void onOpened(Connection connection) {
    if (connection.getMessagesIn() >= 0) { // below zero: a layer that counts no requests
      heads.put(connection, new Head(0, 0, clock.nanos(), true));
    }
  }

  @Override
  public void onClosed(Connection connection) {
    heads.remove(connection);
  }

  private void look() {
    if (!isRunning()) {
      return;
    }
    long now = clock.nanos();
    AtomicInteger cut = new AtomicInteger();
    heads.forEach((connection, head) -> {
      if (look(connection, head, now)) {
        cut.incrementAndGet();
      }
    });
    if (cut.get() > 0) { // one line, for whoever is slow decides how many they are
      LOG.info(
          "cut {} connections without a request within {} ms",
          cut,
          TimeUnit.NANOSECONDS.toMillis(headTimeoutNanos));
    }
    scheduler.schedule(this::look, lookEveryMillis, TimeUnit.MILLISECONDS);
  }

  /** Looks at one connection; true if it was cut. */
  private boolean look(Connection connection, Head head, long now) {
    long requests = connection.getMessagesIn();
    long bytes = connection.getBytesIn();
    boolean isBusy = requests > connection.getMessagesOut();
    if (isBusy || requests != head.requests()) {
      heads.replace(connection, new Head(requests, bytes, now, false));
    } else if (!head.begun() && bytes > head.bytes()) {
      heads.replace(connection, new Head(requests, bytes, now, true));
    } else if (head.begun() && now - head.sinceNanos() >= headTimeoutNanos) {
      heads.remove(connection);
      connection.close();
      return true;
    }
    return false;
  }
}
