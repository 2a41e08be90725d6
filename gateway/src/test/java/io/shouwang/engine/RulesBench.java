package io.shouwang.engine;

import io.shouwang.registry.Registry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** What {@code scripts/bench rules} runs: {@link CoreBenchmark}, and prints one table of it. */
public final class RulesBench {
  private static final double NANOS = 1e9;

  private RulesBench() {}

  /**
   * Measures and prints.
   *
   * @param args how many homes, once or more
   */
  public static void main(String[] args) throws IOException, RunnerException {
    List<Integer> sizes = new ArrayList<>();
    for (String arg : args) {
      sizes.add(Integer.parseInt(arg));
    }
    for (int homes : sizes) {
      System.out.printf(Locale.ROOT, "%,9d homes: %,d bytes each%n", homes, bytesPerHome(homes));
    }
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(CoreBenchmark.class.getName())
                    .param("homes", args)
                    .jvmArgs(
                        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                            .filter(arg -> arg.startsWith("-X"))
                            .toArray(String[]::new))
                    .addProfiler(GCProfiler.class)
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run();
    System.out.printf(
        Locale.ROOT,
        "%n%-34s %9s %12s %14s %9s %9s%n",
        "one thread",
        "homes",
        "a second",
        "a processor s",
        "limit",
        "bytes");
    for (int homes : sizes) {
      double limit = perProcessorSecond(one(results, "threeInARow", homes));
      line("three in a row, by a hash map", homes, one(results, "threeInARow", homes), limit);
      line("the event alone", homes, one(results, "eventsAlone", homes), limit);
      line("the event, decided by all rules", homes, one(results, "core", homes), limit);
    }
  }

  private static void line(String what, int homes, RunResult result, double limit) {
    double a = perProcessorSecond(result);
    System.out.printf(
        Locale.ROOT,
        "%-34s %,9d %,12.0f %,14.0f %9s %9.0f%n",
        what,
        homes,
        result.getPrimaryResult().getScore(),
        a,
        a > limit ? "" : "1/%.1f".formatted(limit / a),
        secondary(result, "gc.alloc.rate.norm"));
  }

  private static RunResult one(Collection<RunResult> all, String benchmark, int homes) {
    return all.stream()
        .filter(result -> result.getPrimaryResult().getLabel().endsWith(benchmark))
        .filter(result -> result.getParams().getParam("homes").equals(Integer.toString(homes)))
        .findFirst()
        .orElseThrow();
  }

  private static double perProcessorSecond(RunResult result) {
    return result.getPrimaryResult().getScore() * NANOS / secondary(result, "nanos");
  }

  private static double secondary(RunResult result, String name) {
    for (String label : result.getSecondaryResults().keySet()) {
      if (label.endsWith(name)) {
        return result.getSecondaryResults().get(label).getScore();
      }
    }
    throw new IllegalStateException("not measured: " + name);
  }

  /** What the state of a city takes, without the registry. */
  private static long bytesPerHome(int homes) throws IOException {
    Registry registry = BenchCity.registry(homes);
    long before = used();
    BenchRun run = CoreBenchmark.lived(registry, homes, CoreBenchmark.NOON);
    long after = used();
    return (after - before) / run.state().homeCount(); // asked last, so that all of it is kept
  }

  private static long used() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
