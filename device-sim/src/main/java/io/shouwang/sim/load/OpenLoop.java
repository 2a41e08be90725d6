package io.shouwang.sim.load;

import io.shouwang.sim.time.Clock;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.LongFunction;

/**
 * Sends flows of messages on their schedules, whatever becomes of the messages before: it never
 * waits for an answer. One thread sends; answers come from any.
 */
public final class OpenLoop {
  /** More would only measure this process's memory; beyond it messages are withheld and counted. */
  static final int WAITING_MAX = 200_000;

  /** Publishes; the stage completes with the PUBACK, or fails. */
  public interface Publisher {
    CompletionStage<?> publish(Message message);
  }

  /**
   * One flow.
   *
   * @param messages makes message {@code index}, just before it leaves
   */
  public record Flow(Schedule schedule, LongFunction<Message> messages, Tally tally) {}

  private static final class Beat {
    final Flow flow;
    long next;

    Beat(Flow flow) {
      this.flow = flow;
    }

    boolean over() {
      return next >= flow.schedule().count();
    }

    long atNanos() {
      return over() ? Long.MAX_VALUE : flow.schedule().atNanos(next);
    }
  }

  private final Clock clock;
  private final Publisher publisher;

  public OpenLoop(Clock clock, Publisher publisher) {
    this.clock = clock;
    this.publisher = publisher;
  }

  /**
   * Runs all flows to the end of their schedules; what is unanswered then stays so in the tallies.
   *
   * @param startNanos the beginning of all schedules, by the clock
   * @param warmUpNanos messages intended before this have no part in the latencies
   */
  public void run(List<Flow> flows, long startNanos, long warmUpNanos) throws InterruptedException {
    List<Beat> beats = flows.stream().map(Beat::new).toList();
    while (true) {
      Beat due = beats.getFirst();
      for (Beat beat : beats) {
        due = beat.atNanos() < due.atNanos() ? beat : due;
      }
      if (due.over()) {
        return;
      }
      long offset = due.atNanos();
      clock.waitUntil(startNanos + offset);
      send(due.flow, due.next++, startNanos + offset, offset >= warmUpNanos);
    }
  }

  private void send(Flow flow, long index, long intendedNanos, boolean measured) {
    Tally tally = flow.tally();
    if (tally.unanswered() >= WAITING_MAX) {
      tally.withheld();
      return;
    }
    Message message = flow.messages().apply(index);
    Tally.Ticket ticket = tally.sending(intendedNanos, measured);
    publisher
        .publish(message)
        .whenComplete((done, trouble) -> {
          if (trouble == null) {
            ticket.acknowledged(clock.nanos());
          } else {
            ticket.failed(trouble);
          }
        });
  }
}
