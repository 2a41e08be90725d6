package io.shouwang.sim.load;

import io.shouwang.sim.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * As many messages as the peer takes: each device keeps a fixed number unanswered, and says the
 * next thing when one is acknowledged. Measures throughput; its latencies say how long the queue
 * was. Answers come on any thread, and what follows them is sent on it.
 */
public final class ClosedLoop {
  private static final Duration LOOK = Duration.ofMillis(20);

  /** Makes a device's next message; any thread, one at a time for each device and slot. */
  @FunctionalInterface
  public interface Talk {
    /** Makes it; {@code number} is never the same twice. */
    Message next(int device, long number);
  }

  /**
   * What was measured after the warm-up.
   *
   * @param ownCpuSeconds processor time of the process that sends
   * @param peerCpuSeconds of the process that answers; 0 where it isn't watched
   */
  public record Span(
      long acknowledged, double seconds, double ownCpuSeconds, double peerCpuSeconds) {}

  private final Clock clock;
  private final OpenLoop.Publisher publisher;
  private final Talk talk;
  private final Tally tally;
  private final AtomicLong numbers = new AtomicLong();
  private volatile boolean running = true;
  private volatile boolean measured;

  public ClosedLoop(Clock clock, OpenLoop.Publisher publisher, Talk talk, Tally tally) {
    this.clock = clock;
    this.publisher = publisher;
    this.talk = talk;
    this.tally = tally;
  }

  /**
   * Runs, and waits a while for the last answers.
   *
   * @param inFlight unanswered messages of each device
   * @param duration warm-up included
   * @param ownCpuNanos processor time used so far by this process, and by the peer
   */
  public Span run(
      int devices,
      int inFlight,
      Duration duration,
      Duration warmUp,
      Duration drain,
      LongSupplier ownCpuNanos,
      LongSupplier peerCpuNanos)
      throws InterruptedException {
    long start = clock.nanos();
    for (int slot = 0; slot < inFlight; slot++) {
      for (int device = 0; device < devices; device++) {
        talk(device);
      }
    }
    clock.waitUntil(start + warmUp.toNanos());
    measured = true;
    long from = clock.nanos();
    long before = tally.acknowledged();
    long ownBefore = ownCpuNanos.getAsLong();
    long peerBefore = peerCpuNanos.getAsLong();
    clock.waitUntil(start + duration.toNanos());
    Span span =
        new Span(
            tally.acknowledged() - before,
            (clock.nanos() - from) / 1e9,
            (ownCpuNanos.getAsLong() - ownBefore) / 1e9,
            (peerCpuNanos.getAsLong() - peerBefore) / 1e9);
    running = false;
    long end = clock.nanos() + drain.toNanos();
    while (tally.unanswered() > 0 && clock.nanos() < end) {
      clock.waitUntil(clock.nanos() + LOOK.toNanos());
    }
    tally.settle(clock.nanos());
    return span;
  }

  /** A device speaks until an answer is to be waited for; one that is refused falls silent. */
  private void talk(int device) {
    while (running) {
      Message message = talk.next(device, numbers.getAndIncrement());
      Tally.Ticket ticket = tally.sending(clock.nanos(), measured);
      CompletableFuture<?> answer = publisher.publish(message).toCompletableFuture();
      if (!answer.isDone()) {
        answer.whenComplete((done, trouble) -> {
          if (settle(ticket, trouble)) {
            talk(device);
          }
        });
        return;
      }
      if (!settle(ticket, answer.isCompletedExceptionally() ? answer.exceptionNow() : null)) {
        return;
      }
    }
  }

  private boolean settle(Tally.Ticket ticket, @Nullable Throwable trouble) {
    if (trouble == null) {
      ticket.acknowledged(clock.nanos());
      return true;
    }
    ticket.failed(trouble);
    return false;
  }
}
