package io.shouwang.sim.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.sim.time.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Accounting of the load generator against a peer that stalls, forgets and refuses. */
final class OpenLoopTest {
  private static final long MS = 1_000_000;

  private final VirtualClock clock = new VirtualClock();
  private final Tally tally = new Tally();

  @Test
  void messagesLeaveAtTheirIntendedTimes() throws Exception {
    List<Long> left = new ArrayList<>();
    run(
        new Schedule(100, Duration.ofSeconds(1)),
        message -> {
          left.add(clock.nanos());
          return CompletableFuture.completedFuture(true);
        });
    assertEquals(100, left.size());
    assertEquals(0, left.getFirst());
    assertEquals(990 * MS, left.getLast());
    assertTrue(tally.exactlyOnce());
  }

  /** Every message after the stall was late because of it: the latencies must say so. */
  @Test
  void aStallOfTheSenderIsFeltByEveryMessageItDelayed() throws Exception {
    int[] sent = {0};
    run(
        new Schedule(1000, Duration.ofSeconds(10)),
        message -> {
          if (sent[0]++ == 5_000) {
            clock.advance(Duration.ofSeconds(2));
          }
          return CompletableFuture.completedFuture(true);
        });
    assertEquals(10_000, tally.latency().getTotalCount());
    assertEquals(2_000, tally.latency().getMaxValue() / (double) MS, 2.0);
    // 2,000 of 10,000 messages waited between 0 and 2 s; a closed loop would have shown one.
    assertEquals(1_800, tally.latency().getValueAtPercentile(98) / (double) MS, 20);
    assertEquals(0, tally.latency().getValueAtPercentile(79) / MS);
  }

  @Test
  void aStallOfThePeerIsFeltByEveryMessageItHeld() throws Exception {
    List<CompletableFuture<Boolean>> held = new ArrayList<>();
    clock.after(Duration.ofSeconds(3), () -> held.forEach(one -> one.complete(true)));
    run(
        new Schedule(100, Duration.ofSeconds(4)),
        message -> {
          CompletableFuture<Boolean> answer = new CompletableFuture<>();
          boolean stalled = clock.nanos() >= 1_000 * MS && clock.nanos() < 3_000 * MS;
          return stalled && held.add(answer) ? answer : CompletableFuture.completedFuture(true);
        });
    assertEquals(400, tally.acknowledged());
    assertEquals(2_000, tally.latency().getMaxValue() / (double) MS, 5);
    assertEquals(1_000, tally.latency().getValueAtPercentile(75) / (double) MS, 30);
  }

  @Test
  void whatIsNeverAnsweredFailsTheCheckAndCountsWithTheTimeItWaited() throws Exception {
    run(new Schedule(10, Duration.ofSeconds(1)), message -> new CompletableFuture<Boolean>());
    clock.advance(Duration.ofSeconds(9));
    tally.settle(clock.nanos());
    assertEquals(10, tally.unanswered());
    assertFalse(tally.exactlyOnce());
    assertTrue(tally.latency().getMinValue() >= 8_900 * MS);
  }

  @Test
  void aRefusedMessageFailsTheCheckAndNamesItsReason() throws Exception {
    run(
        new Schedule(10, Duration.ofSeconds(1)),
        message -> CompletableFuture.failedFuture(new IllegalStateException("quota")));
    assertEquals(10, tally.failed());
    assertEquals(0, tally.unanswered());
    Report report = new Report(1, tally, new Tally(), new PressBook(), 1, 0);
    assertEquals(List.of("10 readings failed, the first with: quota"), report.failures());
    assertTrue(report.text().contains("check FAILED: 10 readings failed"));
    assertTrue(report.json().contains("\"failures\":[\"10 readings failed"));
  }

  @Test
  void aSecondAcknowledgementFailsTheCheck() {
    Tally.Ticket ticket = tally.sending(0, true);
    ticket.acknowledged(5);
    ticket.acknowledged(6);
    assertEquals(1, tally.acknowledged());
    assertEquals(1, tally.acknowledgedTwice());
    assertFalse(tally.exactlyOnce());
  }

  @Test
  void theWarmUpIsCountedButNotMeasured() throws Exception {
    new OpenLoop(clock, message -> CompletableFuture.completedFuture(true))
        .run(List.of(flow(new Schedule(10, Duration.ofSeconds(2)))), 0, 1_000 * MS);
    assertEquals(20, tally.acknowledged());
    assertEquals(10, tally.latency().getTotalCount());
  }

  @Test
  void aSlowRateBesideAFastOneKeepsItsTimes() throws Exception {
    Tally slow = new Tally();
    List<String> order = new ArrayList<>();
    new OpenLoop(
            clock,
            message -> {
              order.add(message.device() + "@" + clock.nanos() / MS);
              return CompletableFuture.completedFuture(true);
            })
        .run(
            List.of(
                flow(new Schedule(4, Duration.ofSeconds(1))),
                new OpenLoop.Flow(
                    new Schedule(2, Duration.ofSeconds(1)),
                    index -> new Message("press", "t", new byte[0]),
                    slow)),
            0,
            0);
    assertEquals(List.of("d@0", "press@0", "d@250", "d@500", "press@500", "d@750"), order);
  }

  private void run(Schedule schedule, OpenLoop.Publisher publisher) throws InterruptedException {
    new OpenLoop(clock, publisher).run(List.of(flow(schedule)), 0, 0);
  }

  private OpenLoop.Flow flow(Schedule schedule) {
    return new OpenLoop.Flow(schedule, index -> new Message("d", "t", new byte[0]), tally);
  }
}
