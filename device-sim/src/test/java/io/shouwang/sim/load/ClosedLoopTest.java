package io.shouwang.sim.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.sim.time.VirtualClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The closed loop against peers that take their time, or refuse. */
final class ClosedLoopTest {
  private static final Duration ROUND_TRIP = Duration.ofMillis(10);

  private final VirtualClock clock = new VirtualClock();
  private final Tally tally = new Tally();
  private final Map<String, Integer> unanswered = new HashMap<>();
  private int mostUnanswered;

  /** 2 devices with 3 unanswered each and 10 ms a round trip: 600 a second, and not one more. */
  @Test
  void eachDeviceKeepsItsNumberOfMessagesInFlight() throws Exception {
    ClosedLoop.Span span = run(this::answersInTime, 2, 3);
    assertEquals(600, span.acknowledged() / span.seconds(), 30);
    assertEquals(3, mostUnanswered);
    assertEquals(10, tally.latency().getValueAtPercentile(50) / 1e6, 0.1);
    assertTrue(tally.exactlyOnce());
  }

  @Test
  void processorTimeCountsAfterTheWarmUpAlone() throws Exception {
    ClosedLoop.Span span = run(this::answersInTime, 1, 1);
    assertEquals(2, span.seconds(), 0.01);
    assertEquals(span.seconds() / 2, span.ownCpuSeconds(), 0.01);
    assertEquals(span.seconds() / 4, span.peerCpuSeconds(), 0.01);
  }

  @Test
  void aRefusedDeviceFallsSilentAndTheReportSaysSo() throws Exception {
    ClosedLoop.Span span =
        run(message -> CompletableFuture.failedFuture(new IllegalStateException("no")), 2, 3);
    FloodReport report = new FloodReport(2, 3, tally, span, 1);
    assertEquals(List.of("6 failed, the first with: no", "1 connections broke"), report.failures());
    assertTrue(report.json().contains("\"failures\":[\"6 failed"));
    assertTrue(report.text().contains("check FAILED: 6 failed"));
  }

  private CompletableFuture<?> answersInTime(Message message) {
    mostUnanswered = Math.max(mostUnanswered, unanswered.merge(message.device(), 1, Integer::sum));
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    clock.after(
        ROUND_TRIP,
        () -> {
          unanswered.merge(message.device(), -1, Integer::sum);
          answer.complete(true);
        });
    return answer;
  }

  private ClosedLoop.Span run(OpenLoop.Publisher publisher, int devices, int inFlight)
      throws InterruptedException {
    return new ClosedLoop(
            clock,
            publisher,
            (device, number) -> new Message("d" + device, "t", new byte[0]),
            tally)
        .run(
            devices,
            inFlight,
            Duration.ofSeconds(3),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            () -> clock.nanos() / 2,
            () -> clock.nanos() / 4);
  }
}
