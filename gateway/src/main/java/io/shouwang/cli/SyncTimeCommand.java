package io.shouwang.cli;

import io.shouwang.host.Clock;
import io.shouwang.host.RealDisk;
import io.shouwang.journal.BatchBuffer;
import io.shouwang.journal.Importance;
import io.shouwang.journal.Journal;
import io.shouwang.journal.JournalOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Measures how long this disk takes to make one small batch durable: what latencies are held
 * against.
 */
@Command(
    name = "sync-time",
    description = {
      "Measure how long the disk takes to make one small batch durable.",
      "Writes a journal of its own; give a directory that is not in use."
    },
    mixinStandardHelpOptions = true)
final class SyncTimeCommand implements Callable<Integer> {
  private static final int WARM_UP = 500;
  private static final int BODY_BYTES = 400;

  @Mixin private Folders folders = new Folders();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--batches", defaultValue = "5000", description = "how many (default: 5000)")
  private int batches = 5_000;

  @Option(
      names = "--every",
      defaultValue = "0",
      description =
          "one each so many milliseconds, measured from when it was due (default: 0, without a pause)")
  private long everyMillis;

  @Option(names = "--json", description = "print one JSON object, milliseconds")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    ExecutorService background = Executors.newSingleThreadExecutor();
    try (Journal journal =
        Journal.open(
            new RealDisk(),
            folders.data.resolve("sync-time"),
            JournalOptions.standard(),
            1,
            background)) {
      long[] nanos = measure(journal);
      Arrays.sort(nanos);
      out.printf(
          Locale.ROOT,
          json
              ? "{\"bytes\":%d,\"p50\":%.4f,\"p99\":%.4f,\"p99_9\":%.4f}%n"
              : "disk      one batch of %d bytes written and synced:"
                  + " p50 %.3f ms, p99 %.3f ms, p99.9 %.3f ms%n",
          BODY_BYTES,
          at(nanos, 0.5),
          at(nanos, 0.99),
          at(nanos, 0.999));
      out.flush();
      return 0;
    } catch (IOException e) {
      spec.commandLine().getErr().println(Trouble.of(e));
      return 1;
    } finally {
      background.shutdown();
    }
  }

  private long[] measure(Journal journal) throws IOException {
    BatchBuffer batch = journal.newBatch();
    byte[] body = new byte[BODY_BYTES];
    long[] nanos = new long[batches];
    long every = TimeUnit.MILLISECONDS.toNanos(everyMillis);
    long due = 0;
    for (int i = -WARM_UP; i < batches; i++) {
      batch.clear().body().put(body);
      long start = Clock.SYSTEM.nanos();
      if (i > 0 && every > 0) {
        // From when it was due: a stall is felt by all that would have been written meanwhile.
        due += every;
        LockSupport.parkNanos(due - start);
        start = due;
      } else {
        due = start;
      }
      journal.append(batch, Importance.TELEMETRY, Clock.SYSTEM.wall());
      if (i >= 0) {
        nanos[i] = Math.max(0, Clock.SYSTEM.nanos() - start);
      }
    }
    return nanos;
  }

  private static double at(long[] sorted, double quantile) {
    return sorted[(int) Math.min(sorted.length - 1L, (long) (sorted.length * quantile))] / 1e6;
  }
}
