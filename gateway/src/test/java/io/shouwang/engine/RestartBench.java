package io.shouwang.engine;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.shouwang.alerts.Home;
import io.shouwang.host.Clock;
import io.shouwang.host.RealDisk;
import io.shouwang.intake.EventReader;
import io.shouwang.intake.Lane;
import io.shouwang.intake.Submission;
import io.shouwang.journal.JournalOptions;
import io.shouwang.model.DeviceEvent;
import io.shouwang.model.DeviceId;
import io.shouwang.model.Input;
import io.shouwang.model.Kind;
import io.shouwang.registry.Registry;
import io.shouwang.registry.RegistrySource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * What {@code scripts/bench restart} runs: a city's state is written to a snapshot on the disk and
 * loaded again, as a gateway does that starts; then every home is looked at while presses come.
 * Without network, secrets and messages to people.
 */
public final class RestartBench {
  private static final long LOOKS_SECONDS = 65;
  private static final long CALM_SECONDS = 20;
  private static final long PRESS_EVERY_NANOS = 100_000_000L;
  private static final double MILLION = 1e6;

  private final int homes;
  private final Path data;

  private RestartBench(int homes, Path data) {
    this.homes = homes;
    this.data = data;
  }

  /**
   * Measures and prints.
   *
   * @param args how many homes
   */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(System.getenv().getOrDefault("BENCH_DIR", "target"));
    Path data = Files.createTempDirectory(folder, "restart");
    try {
      RestartBench bench = new RestartBench(Integer.parseInt(args[0]), data);
      bench.write();
      bench.restart();
    } finally {
      try (Stream<Path> files = Files.walk(data)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private Recovered open() throws IOException {
    return Recovered.open(new RealDisk(), data, JournalOptions.standard(), Runnable::run);
  }

  /** A city that has lived a while, as a gateway's hourly snapshot has it. */
  private void write() throws Exception {
    Registry registry = BenchCity.registry(homes);
    State lived = CoreBenchmark.lived(registry, homes, Clock.SYSTEM.wall()).state();
    try (Recovered recovered = open();
        ExecutorService writer = Executors.newSingleThreadExecutor()) {
      Engine engine = engine(recovered, registry);
      for (Home home : lived.allHomes()) {
        engine.state().put(home);
      }
      long start = System.nanoTime();
      Future<Long> taken = writer.submit(() -> recovered.snapshots(engine).take());
      while (!taken.isDone()) {
        engine.slices().serve(recovered.journal().lastSequence() + 1);
        Thread.onSpinWait();
      }
      taken.get();
      long nanos = System.nanoTime() - start;
      Path snapshot = Snapshot.list(new RealDisk(), data.resolve("snapshots")).getFirst();
      line("snapshot written", nanos);
      double bytes = Files.size(snapshot);
      System.out.printf(
          Locale.ROOT,
          "%-34s %10.0f MB, %.0f bytes a home%n",
          "its size",
          bytes / MILLION,
          bytes / homes);
    }
  }

  private static Engine engine(Recovered recovered, Registry registry) {
    return recovered.engine(
        BenchCity.world(registry),
        Clock.SYSTEM,
        EngineLimits.DEFAULT,
        new StageTimes(new SimpleMeterRegistry()));
  }

  private void restart() throws Exception {
    Map<String, byte[]> files = new ConcurrentHashMap<>();
    for (String file : RegistrySource.FILES) {
      byte[] bytes = BenchCity.file(file, homes);
      if (bytes != null) {
        files.put(file, bytes);
      }
    }
    System.gc();
    long start = System.nanoTime();
    try (Recovered recovered = open()) {
      long loaded = System.nanoTime();
      line("snapshot loaded", loaded - start);
      Registry registry = BenchCity.registry(files::remove);
      long read = System.nanoTime();
      line("registry read", read - loaded);
      Engine engine = engine(recovered, registry);
      long ready = System.nanoTime();
      line("engine made, looks set", ready - read);
      line("together, to taking events", ready - start);
      System.gc();
      System.out.printf(
          Locale.ROOT,
          "%-34s %10.0f MB%n",
          "heap then in use",
          (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) / MILLION);
      Presses presses = new Presses(engine, homes);
      engine.performWith((receipt, effects) -> presses.rung(effects.getFirst().alert().value()));
      long first = recovered.journal().lastSequence();
      try (EngineThread turning = EngineThread.start(engine)) {
        presses.go("press to ring, homes looked at", LOOKS_SECONDS);
        System.out.printf(
            Locale.ROOT,
            "%-34s %,10d batches for %d presses%n",
            "journalled meanwhile",
            recovered.journal().lastSequence() - first,
            presses.count);
        presses.go("press to ring, afterwards", CALM_SECONDS);
        if (turning.ended().isDone()) {
          throw new IllegalStateException("the engine ended");
        }
      }
    }
  }

  private static void line(String what, long nanos) {
    System.out.printf(Locale.ROOT, "%-34s %10.2f s%n", what, nanos / 1e9);
  }

  /** One press after the other, each from a home of its own, at fixed times. */
  private static final class Presses {
    private final Engine engine;
    private final int homes;
    private final Random random = new Random(1);
    private final Map<String, Long> rungNanos = new ConcurrentHashMap<>();
    private int count;

    Presses(Engine engine, int homes) {
      this.engine = engine;
      this.homes = homes;
    }

    /** The engine's thread: this alert's messages go out. */
    void rung(String alert) {
      rungNanos.putIfAbsent(alert, System.nanoTime());
    }

    void go(String what, long seconds) {
      List<Double> millis = new ArrayList<>();
      long start = System.nanoTime();
      for (long i = 0; i * PRESS_EVERY_NANOS < seconds * 1_000_000_000L; i++) {
        long at = start + i * PRESS_EVERY_NANOS;
        while (System.nanoTime() < at) {
          LockSupport.parkNanos(at - System.nanoTime());
        }
        rungNanos.clear();
        press();
        while (rungNanos.isEmpty()) {
          LockSupport.parkNanos(20_000);
        }
        long rung = rungNanos.values().iterator().next();
        millis.add((rung - at) / MILLION);
      }
      millis.sort(null);
      System.out.printf(
          Locale.ROOT,
          "%-34s %10.2f ms p50, %.2f ms p99, %.2f ms at most%n",
          what,
          millis.get(millis.size() / 2),
          millis.get(millis.size() * 99 / 100),
          millis.getLast());
    }

    private void press() {
      String json = "{\"id\":\"bench" + count++ + "\",\"action\":\"press\"}";
      DeviceEvent event =
          EventReader.readOne(
              new DeviceId(BenchCity.Thing.BAND.id(random.nextInt(homes))),
              null,
              Kind.SOS,
              null,
              json.getBytes(StandardCharsets.UTF_8));
      boolean taken =
          engine.offer(
              new Submission(
                  new Input.EventReceived(event),
                  Lane.ALARM,
                  System.nanoTime(),
                  (receipt, number, answer) -> {}));
      if (!taken) {
        throw new IllegalStateException("the alarm lane is full");
      }
    }
  }
}
