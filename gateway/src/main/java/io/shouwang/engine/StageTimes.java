package io.shouwang.engine;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How long each stage takes, per lane: received (bytes read to offered), queued (to the decision),
 * synced (decided to on disk), handed_over (on disk to acknowledged and rung), and the whole; and
 * how many inputs share a sync. The engine's thread records.
 */
public final class StageTimes {
  private final Lane alarm;
  private final Lane telemetry;
  private final DistributionSummary inputs;

  public StageTimes(MeterRegistry meters) {
    alarm = new Lane(meters, "alarm");
    telemetry = new Lane(meters, "telemetry");
    inputs =
        DistributionSummary.builder("shouwang.batch.inputs")
            .description("inputs that one sync made durable")
            .register(meters);
  }

  private static final class Lane {
    final Timer received;
    final Timer queued;
    final Timer synced;
    final Timer handedOver;
    final Timer whole;

    Lane(MeterRegistry meters, String lane) {
      received = timer(meters, lane, "received");
      queued = timer(meters, lane, "decided");
      synced = timer(meters, lane, "synced");
      handedOver = timer(meters, lane, "handed_over");
      whole = timer(meters, lane, "whole");
    }

    private static Timer timer(MeterRegistry meters, String lane, String stage) {
      return Timer.builder("shouwang.stage")
          .description("time spent up to the end of each stage since the one before")
          .tag("lane", lane)
          .tag("stage", stage)
          .publishPercentileHistogram()
          .minimumExpectedValue(Duration.ofNanos(20_000))
          .maximumExpectedValue(Duration.ofSeconds(30))
          .register(meters);
    }
  }

  void record(List<Batch.Waiting> batch, long syncedNanos, long handedOverNanos) {
    inputs.record(batch.size());
    for (Batch.Waiting input : batch) {
      Lane lane = input.alarm() ? alarm : telemetry;
      lane.received.record(input.offeredNanos() - input.receivedNanos(), TimeUnit.NANOSECONDS);
      lane.queued.record(input.decidedNanos() - input.offeredNanos(), TimeUnit.NANOSECONDS);
      lane.synced.record(syncedNanos - input.decidedNanos(), TimeUnit.NANOSECONDS);
      lane.handedOver.record(handedOverNanos - syncedNanos, TimeUnit.NANOSECONDS);
      lane.whole.record(handedOverNanos - input.receivedNanos(), TimeUnit.NANOSECONDS);
    }
  }
}
