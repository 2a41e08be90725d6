package io.shouwang.console;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.shouwang.alerts.Alert;
import io.shouwang.alerts.AlertBook;
import io.shouwang.model.AlertId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes of alerts, for all who watch. Hears them on the engine's thread, where it only puts them
 * into queues; each watcher's own thread does the rest. A watcher who doesn't keep up is dropped,
 * and comes back with the id of the last change seen. Any thread.
 */
final class LiveFeed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LiveFeed.class);

  private final AlertBook book;
  private final String epoch;
  private final ConsoleSettings.Limits limits;
  private final Counter dropped;
  private final Set<Watcher> watchers = new LinkedHashSet<>();
  private final Deque<Change> ring = new ArrayDeque<>();
  private final AutoCloseable watch;
  private long number;
  private boolean closed;

  /**
   * A change.
   *
   * @param number rises by one with each change of this feed
   */
  record Change(long number, AlertBook.Seen seen) {}

  /**
   * Begins to hear.
   *
   * @param epoch names this run of the program: ids of another run resume nothing
   */
  LiveFeed(AlertBook book, String epoch, ConsoleSettings.Limits limits, MeterRegistry meters) {
    this.book = book;
    this.epoch = epoch;
    this.limits = limits;
    this.dropped =
        Counter.builder("shouwang.http.streams.dropped")
            .description("watchers of the live feed that didn't keep up")
            .register(meters);
    Gauge.builder("shouwang.http.streams", this, LiveFeed::count)
        .description("watchers of the live feed")
        .register(meters);
    this.watch = book.follow(this::hear);
  }

  private synchronized void hear(AlertBook.Seen seen) {
    if (closed) {
      return;
    }
    Change change = new Change(++number, seen);
    if (ring.size() >= limits.streamRingChanges()) {
      ring.removeFirst();
    }
    ring.addLast(change);
    watchers.removeIf(watcher -> {
      boolean isSlow = !watcher.queue.offer(Optional.of(change));
      if (isSlow) {
        watcher.ended.countDown();
        dropped.increment();
        LOG.warn("live feed: {} didn't keep up and is dropped", watcher.name);
      }
      return isSlow;
    });
  }

  /**
   * Something changed about an alert that isn't the engine's: its watchers look again. It is looked
   * up while nothing newer can be heard, so that nobody is shown it as it was before.
   */
  synchronized void touch(AlertId alert) {
    book.find(alert).ifPresent(this::hear);
  }

  /**
   * Begins to watch.
   *
   * @param lastEventId the id of the last change seen, or null
   * @throws Problem 503 when there are too many watchers
   */
  synchronized Watcher watch(String name, @Nullable String lastEventId) {
    long ofName = watchers.stream().filter(watcher -> watcher.name.equals(name)).count();
    if (closed || watchers.size() >= limits.streams() || ofName >= limits.streamsPerCaller()) {
      throw Problem.busy("too many watch the live feed; try again, or ask for the list");
    }
    long last = number(lastEventId);
    boolean resumes = last >= 0 && last <= number && last >= number - ring.size();
    List<Change> missed = new ArrayList<>();
    if (resumes) {
      ring.stream().filter(change -> change.number() > last).forEach(missed::add);
    }
    Watcher watcher =
        new Watcher(name, resumes, latest(missed), number, limits.streamQueueChanges());
    watchers.add(watcher);
    return watcher;
  }

  synchronized void leave(Watcher watcher) {
    watchers.remove(watcher);
  }

  /** Has every watcher's thread look up: some may have lost the right to watch. */
  synchronized void wake() {
    // Who has something waiting looks up anyway.
    watchers.forEach(watcher -> {
      boolean _ = !watcher.queue.isEmpty() || watcher.queue.offer(Optional.empty());
    });
  }

  synchronized int count() {
    return watchers.size();
  }

  /**
   * Of each alert the latest, in the order in which they came. A closing is told even when it was
   * opened again since: that is news anew.
   */
  private static List<Change> latest(List<Change> changes) {
    Map<AlertId, Change> later = new HashMap<>();
    List<Change> told = new ArrayList<>();
    for (Change change : changes.reversed()) {
      Alert alert = change.seen().alert();
      Change after = later.put(alert.id(), change);
      if (after == null || (after.seen().alert().isOpen() && !alert.isOpen())) {
        told.add(change);
      }
    }
    return told.reversed();
  }

  /** The text form of a change's number. */
  String id(long changeNumber) {
    return epoch + "-" + changeNumber;
  }

  private long number(@Nullable String id) {
    if (id == null || !id.startsWith(epoch + "-") || id.length() > epoch.length() + 20) {
      return -1;
    }
    try {
      return Long.parseLong(id.substring(epoch.length() + 1));
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  @Override
  public void close() {
    try {
      watch.close();
    } catch (Exception e) {
      LOG.warn("the live feed could not stop listening", e);
    }
    synchronized (this) {
      closed = true;
      for (Watcher watcher : watchers) {
        watcher.ended.countDown();
        watcher.queue.clear();
        watcher.queue.offer(Optional.empty());
      }
      watchers.clear();
    }
  }

  /** One who watches. Its methods are for its one thread. */
  static final class Watcher {
    final String name;

    /** Whether {@link #missed} is all that was missed; else the list must be asked for anew. */
    final boolean resumes;

    final List<Change> missed;

    /** The number of the last change before it began to watch. */
    final long since;

    /** Empty only wakes. */
    private final BlockingQueue<Optional<Change>> queue;

    private final CountDownLatch ended = new CountDownLatch(1);

    private Watcher(String name, boolean resumes, List<Change> missed, long since, int queueMax) {
      this.name = name;
      this.resumes = resumes;
      this.missed = missed;
      this.since = since;
      this.queue = new ArrayBlockingQueue<>(queueMax);
    }

    boolean isEnded() {
      return ended.getCount() == 0;
    }

    /** Lets changes gather for so long, unless the watch ends. */
    void rest(long nanos) throws InterruptedException {
      boolean _ = ended.await(nanos, TimeUnit.NANOSECONDS);
    }

    /**
     * What changed since: of each alert the latest, in the order in which they came. Empty when
     * nothing did in time, when it only was to look up, or the watch has ended.
     */
    List<Change> next(long timeoutNanos) throws InterruptedException {
      List<Optional<Change>> waiting = new ArrayList<>();
      Optional<Change> first = queue.poll(timeoutNanos, TimeUnit.NANOSECONDS);
      if (first != null) {
        waiting.add(first);
        queue.drainTo(waiting);
      }
      return isEnded() ? List.of() : latest(waiting.stream().flatMap(Optional::stream).toList());
    }
  }
}
