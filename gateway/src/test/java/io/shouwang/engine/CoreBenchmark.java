package io.shouwang.engine;

import io.shouwang.model.DeviceEvent;
import io.shouwang.model.DeviceId;
import io.shouwang.model.Signal;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Events a second through the core on one thread; beside it what making the events costs, and the
 * limit: a hash map that counts three measurements in a row over a threshold, and does nothing
 * else.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 5)
@Measurement(iterations = 5, time = 5)
@Fork(1)
public class CoreBenchmark {
  private static final long SEED = 2026;
  private static final double THRESHOLD = 85;
  private static final int IN_A_ROW = 3;

  /** The city whose homes' state is measured. */
  @State(Scope.Thread)
  public static class City {
    @Param({"100000", "1000000"})
    public int homes;

    private @Nullable BenchRun run;

    /** Every device has been heard, and most often. */
    @Setup(Level.Trial)
    public void live() throws IOException {
      BenchEvents events = new BenchEvents(homes, SEED);
      run = new BenchRun(BenchCity.world(BenchCity.registry(homes)), events, homes);
      for (long i = 0; i < 3L * events.distinct(); i += BenchRun.ROUND_EVENTS) {
        run.round();
      }
    }

    /** What beside the events was decided. */
    @TearDown(Level.Trial)
    public void tell() {
      BenchRun done = Objects.requireNonNull(run);
      System.err.printf(
          "%nof %,d inputs %,d were looks; %,d alerts%n",
          done.number(), done.looks(), done.alerts());
    }
  }

  /** The events alone, and what the hash map remembers. */
  @State(Scope.Thread)
  public static class Stream {
    @Param({"100000", "1000000"})
    public int homes;

    private @Nullable BenchEvents events;
    private final Map<DeviceId, int[]> inARow = new HashMap<>();
    private final Instant now = Instant.parse("2026-03-02T00:00:00Z");

    @Setup(Level.Trial)
    public void decode() {
      events = new BenchEvents(homes, SEED);
    }
  }

  @Benchmark
  @OperationsPerInvocation(BenchRun.ROUND_EVENTS)
  public long core(City city) {
    return Objects.requireNonNull(city.run).round();
  }

  @Benchmark
  @OperationsPerInvocation(BenchRun.ROUND_EVENTS)
  public int eventsAlone(Stream stream) {
    BenchEvents events = Objects.requireNonNull(stream.events);
    int sum = 0;
    for (int i = 0; i < BenchRun.ROUND_EVENTS; i++) {
      sum += events.next(stream.now).kind().value().length();
    }
    return sum;
  }

  @Benchmark
  @OperationsPerInvocation(BenchRun.ROUND_EVENTS)
  public int threeInARow(Stream stream) {
    BenchEvents events = Objects.requireNonNull(stream.events);
    int rung = 0;
    for (int i = 0; i < BenchRun.ROUND_EVENTS; i++) {
      DeviceEvent event = events.next(stream.now);
      int[] row = stream.inARow.computeIfAbsent(event.device(), _ -> new int[1]);
      boolean over =
          event.signal() instanceof Signal.Vitals vitals
              && vitals.heartRateBpm() != null
              && vitals.heartRateBpm() > THRESHOLD;
      row[0] = over ? row[0] + 1 : 0;
      if (row[0] == IN_A_ROW) {
        rung++;
      }
    }
    return rung;
  }
}
