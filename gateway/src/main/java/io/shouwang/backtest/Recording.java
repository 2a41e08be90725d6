package io.shouwang.backtest;

import io.shouwang.alerts.World;
import io.shouwang.model.Directory;
import io.shouwang.model.HomeId;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A recording of sensors, replayed through the rule book: rows are read in the order of time, each
 * becomes the event a device would have sent, and the core decides it at that time. One reader;
 * homes are shared out among threads.
 */
public final class Recording {
  private final @Nullable Path file;
  private final RecordingPlan plan;

  private Recording(@Nullable Path file, RecordingPlan plan) {
    this.file = file;
    this.plan = plan;
  }

  /** Replays a file. */
  public static RecordingResult replay(Path file, RecordingPlan plan)
      throws IOException, RecordingRefused, InterruptedException {
    return new Recording(file, plan).fromFile();
  }

  /** Replays what is piped: the rows must be in order, and a registry is needed. */
  public static RecordingResult replay(InputStream in, RecordingPlan plan)
      throws IOException, RecordingRefused, InterruptedException {
    Directory registry = plan.registry();
    if (registry == null || plan.collapses() > 0) {
      throw new RecordingRefused(
          "what is piped can be read only once: name a registry with --registry, and leave out"
              + " --collapse, or name a file");
    }
    Recording recording = new Recording(null, plan);
    return recording.run(
        in, RecordedDevices.of(registry), registry, new Collapses(), recording.to(), null);
  }

  private RecordingResult fromFile() throws IOException, RecordingRefused, InterruptedException {
    Path from = java.util.Objects.requireNonNull(file);
    Directory known = plan.registry();
    RecordedDevices devices =
        known == null ? RecordedDevices.inOneHome(OneHome.HOME) : RecordedDevices.of(known);
    RecordingSurvey survey = RecordingSurvey.of(open(from), new RecordedTime(plan.zone()), devices);
    Directory registry = known == null ? new OneHome(devices.all()) : known;
    long end = survey.rows() == 0 ? Long.MAX_VALUE : Math.min(to(), survey.last() + 1);
    Collapses collapses =
        Collapses.draw(plan.collapses(), plan.seed(), devices, Math.max(from(), 0), end);
    SortedRecording sorted =
        survey.sorted() ? null : SortedRecording.of(from, new RecordedTime(plan.zone()));
    InputStream in = sorted == null ? open(from) : sorted.open();
    return run(in, devices, registry, collapses, to(), sorted);
  }

  private static InputStream open(Path file) throws IOException {
    return new BufferedInputStream(Files.newInputStream(file), 1 << 18);
  }

  private long from() {
    Instant from = plan.from();
    return from == null ? Long.MIN_VALUE : from.toEpochMilli();
  }

  private long to() {
    Instant to = plan.to();
    return to == null ? Long.MAX_VALUE : to.toEpochMilli();
  }

  private RecordingResult run(
      InputStream in,
      RecordedDevices devices,
      Directory registry,
      Collapses collapses,
      long to,
      @Nullable SortedRecording sorted)
      throws IOException, RecordingRefused, InterruptedException {
    BadRows bad = new BadRows(plan.badRowsMost());
    List<World> worlds =
        plan.rules().stream().map(rules -> new World(registry, rules, plan.ladders())).toList();
    // A device is numbered with its home when it is first seen; the survey has seen all.
    int homes = Math.max(1, devices.homeCount());
    int variedStep = Math.ceilDiv(homes, Math.max(1, plan.homesVaried()));
    List<RecordingWorker> workers = new ArrayList<>();
    for (int i = 0; i < Math.max(1, plan.threads()); i++) {
      workers.add(new RecordingWorker(plan, worlds, collapses, bad, from(), to, variedStep));
    }
    ExecutorService threads = Executors.newFixedThreadPool(workers.size());
    try {
      List<Future<RecordingWorker>> done = new ArrayList<>();
      workers.forEach(worker -> done.add(threads.submit(worker)));
      RecordingReader reader = new RecordingReader(plan, devices, workers, bad, to, sorted);
      reader.read(in);
      for (Future<RecordingWorker> each : done) {
        await(each);
      }
      if (reader.first() > reader.last()) {
        throw new RecordingRefused("no row of the recording could be used" + first(bad));
      }
      long end = reader.last();
      List<Future<?>> finishing = new ArrayList<>();
      workers.forEach(worker -> finishing.add(threads.submit(() -> worker.finish(end))));
      for (Future<?> each : finishing) {
        await(each);
      }
      return result(workers, reader, bad, end, sorted != null);
    } finally {
      threads.shutdownNow();
    }
  }

  private static String first(BadRows bad) {
    if (!bad.named().isEmpty()) {
      return ": " + bad.named().getFirst();
    }
    return bad.homeless() == 0
        ? "; it has none"
        : "; none of its devices is registered, such as "
            + RecordingText.shown(bad.unknownDevices().keySet().iterator().next());
  }

  private static void await(Future<?> future)
      throws IOException, RecordingRefused, InterruptedException {
    try {
      future.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RecordingRefused refused -> throw refused;
        case RuntimeException failed -> throw failed;
        case null, default -> throw new IOException("the replay failed", e);
      }
    }
  }

  private RecordingResult result(
      List<RecordingWorker> workers,
      RecordingReader reader,
      BadRows bad,
      long end,
      boolean sorted) {
    long from = Math.max(from(), reader.first());
    Map<HomeId, Long> observed = new HashMap<>();
    List<List<Raising>> raisings = new ArrayList<>();
    for (int i = 0; i < plan.rules().size(); i++) {
      List<Raising> all = new ArrayList<>();
      for (RecordingWorker worker : workers) {
        all.addAll(worker.raisings(i));
      }
      all.sort(
          Comparator.comparing(Raising::at)
              .thenComparing(Raising::home)
              .thenComparing(raising -> raising.alert().value()));
      raisings.add(List.copyOf(all));
    }
    List<List<Delay>> delays = new ArrayList<>();
    for (int i = 0; i < plan.rules().size(); i++) {
      List<Delay> all = new ArrayList<>();
      for (RecordingWorker worker : workers) {
        all.addAll(worker.delays(i));
      }
      all.sort(Comparator.comparingLong(Delay::atMillis).thenComparing(Delay::home));
      delays.add(List.copyOf(all));
    }
    long rows = 0;
    long undecided = 0;
    long dropped = 0;
    Set<HomeId> varied = new HashSet<>();
    for (RecordingWorker worker : workers) {
      worker
          .homes()
          .forEach((id, home) ->
              observed.put(id, Math.max(0, end - Math.max(from, home.firstMillis()))));
      rows += worker.rows();
      undecided += worker.undecided();
      dropped += worker.dropped();
      varied.addAll(worker.varied());
    }
    return new RecordingResult(
        rows,
        Instant.ofEpochMilli(reader.first()),
        Instant.ofEpochMilli(reader.last()),
        Instant.ofEpochMilli(from),
        Instant.ofEpochMilli(end),
        observed,
        raisings,
        delays,
        plan.registry() == null,
        varied,
        dropped,
        undecided,
        sorted,
        bad);
  }
}
