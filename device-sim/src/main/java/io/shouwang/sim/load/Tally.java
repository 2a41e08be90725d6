package io.shouwang.sim.load;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What became of each message of one flow. Latency counts from the intended time, so that a stall
 * is felt by every message it delayed, also by those that could not even be sent (coordinated
 * omission). Thread-safe.
 */
public final class Tally {
  private static final long LONGEST_NANOS = Duration.ofMinutes(30).toNanos();

  /** One message on its way. */
  public final class Ticket {
    private final long intendedNanos;
    private final boolean measured;
    private final AtomicBoolean answered = new AtomicBoolean();

    private Ticket(long intendedNanos, boolean measured) {
      this.intendedNanos = intendedNanos;
      this.measured = measured;
    }

    /** The PUBACK is in; a second one is counted as such. */
    public void acknowledged(long nowNanos) {
      if (!answered.compareAndSet(false, true)) {
        twice.incrementAndGet();
        return;
      }
      waiting.remove(this);
      acknowledged.incrementAndGet();
      lastNanos.accumulateAndGet(nowNanos, Math::max);
      record(this, nowNanos);
    }

    /** It was refused, or its connection gave up. */
    public void failed(Throwable why) {
      if (answered.compareAndSet(false, true)) {
        waiting.remove(this);
        failed.incrementAndGet();
        firstFailure.compareAndSet(null, why);
      }
    }
  }

  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicLong twice = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong withheld = new AtomicLong();
  private final AtomicLong lastNanos = new AtomicLong(Long.MIN_VALUE);
  private final AtomicReference<@Nullable Throwable> firstFailure = new AtomicReference<>();
  private final Set<Ticket> waiting = ConcurrentHashMap.newKeySet();
  private final ConcurrentHistogram latency = new ConcurrentHistogram(LONGEST_NANOS, 3);

  /** A message leaves; {@code measured} is false while warming up. */
  public Ticket sending(long intendedNanos, boolean measured) {
    Ticket ticket = new Ticket(intendedNanos, measured);
    sent.incrementAndGet();
    waiting.add(ticket);
    return ticket;
  }

  /** A message could not leave, since too many wait for their acknowledgement. */
  public void withheld() {
    withheld.incrementAndGet();
  }

  /**
   * The end: what still waits counts with the time it has waited so far, not as if it never was.
   */
  public void settle(long nowNanos) {
    waiting.forEach(ticket -> record(ticket, nowNanos));
  }

  private void record(Ticket ticket, long nowNanos) {
    if (ticket.measured) {
      long nanos = Math.max(0, nowNanos - ticket.intendedNanos);
      latency.recordValue(Math.min(nanos, LONGEST_NANOS));
    }
  }

  public long sent() {
    return sent.get();
  }

  public long acknowledged() {
    return acknowledged.get();
  }

  public long acknowledgedTwice() {
    return twice.get();
  }

  public long failed() {
    return failed.get();
  }

  public long withheldCount() {
    return withheld.get();
  }

  public int unanswered() {
    return waiting.size();
  }

  /** When the last acknowledgement came, or {@link Long#MIN_VALUE} if none did. */
  public long lastAcknowledgedNanos() {
    return lastNanos.get();
  }

  public @Nullable Throwable firstFailure() {
    return firstFailure.get();
  }

  /** Nanoseconds from the intended time to the acknowledgement. */
  public Histogram latency() {
    return latency.copy();
  }

  /** Whether each message that was due was sent and acknowledged exactly once. */
  public boolean exactlyOnce() {
    return acknowledged() == sent()
        && acknowledgedTwice() == 0
        && failed() == 0
        && withheldCount() == 0;
  }
}
