package io.shouwang.engine;

import io.shouwang.model.DeviceId;
import io.shouwang.registry.Registry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.AuxCounters;
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
  private static final int THRESHOLD = 85;
  private static final int BANDS_HEARD = 1 << 20;
  private static final int IN_A_ROW = 3;

  static final Instant NOON = Instant.parse("2026-03-02T04:00:00Z");

  /** Of each home, before anything is measured: over an hour and a half of the city's life. */
  private static final long WARM_UP_EVENTS = 20;

  /** A city that has lived for a while. */
  static BenchRun lived(Registry registry, int homes, Instant until) {
    Instant start = until.minusNanos(WARM_UP_EVENTS * BenchRun.HOME_SAYS_EVERY_NANOS);
    BenchEvents events = new BenchEvents(homes, SEED);
    BenchRun run = new BenchRun(BenchCity.world(registry), events, homes, start);
    for (long i = 0; i < WARM_UP_EVENTS * homes; i += BenchRun.ROUND_EVENTS) {
      run.round();
    }
    return run;
  }

  /** The time of a processor that the measured thread had, of each second. */
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  @State(Scope.Thread)
  public static class Processor {
    public long nanos;
    private long since;

    @Setup(Level.Iteration)
    public void begin() {
      since = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    @TearDown(Level.Iteration)
    public void end() {
      nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - since;
    }
  }

  /** The city whose homes' state is measured. */
  @State(Scope.Thread)
  public static class City {
    @Param({"100000", "1000000"})
    public int homes;

    private @Nullable BenchRun run;

    /** Every device has been heard, and most often. */
    @Setup(Level.Trial)
    public void live() throws IOException {
      run = lived(BenchCity.registry(homes), homes, NOON);
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
    private DeviceId[] bands = {};
    private final Map<DeviceId, int[]> inARow = new HashMap<>();
    private final Instant now = NOON;
    private long random = SEED;

    @Setup(Level.Trial)
    public void decode() {
      events = new BenchEvents(homes, SEED);
      bands = new DeviceId[BANDS_HEARD];
      Random home = new Random(SEED);
      for (int i = 0; i < homes; i++) {
        inARow.put(new DeviceId(BenchCity.Thing.BAND.id(i)), new int[1]);
      }
      for (int i = 0; i < bands.length; i++) {
        bands[i] = new DeviceId(BenchCity.Thing.BAND.id(home.nextInt(homes)));
      }
    }
  }

  @Benchmark
  @OperationsPerInvocation(BenchRun.ROUND_EVENTS)
  public long core(City city, Processor processor) {
    return Objects.requireNonNull(city.run).round();
  }

  @Benchmark
  @OperationsPerInvocation(BenchRun.ROUND_EVENTS)
  public int eventsAlone(Stream stream, Processor processor) {
    BenchEvents events = Objects.requireNonNull(stream.events);
    int sum = 0;
    for (int i = 0; i < BenchRun.ROUND_EVENTS; i++) {
      sum += events.next(stream.now).kind().value().length();
    }
    return sum;
  }

  @Benchmark
  @OperationsPerInvocation(BenchRun.ROUND_EVENTS)
  public int threeInARow(Stream stream, Processor processor) {
    int rung = 0;
    for (int i = 0; i < BenchRun.ROUND_EVENTS; i++) {
      stream.random = stream.random * 6_364_136_223_846_793_005L + 1;
      int measured = (int) (stream.random >>> 57);
      DeviceId band = stream.bands[(int) (stream.random >>> 33) & (BANDS_HEARD - 1)];
      int[] row = Objects.requireNonNull(stream.inARow.get(band));
      row[0] = measured > THRESHOLD ? row[0] + 1 : 0;
      if (row[0] == IN_A_ROW) {
        rung++;
      }
    }
    return rung;
  }
}
