package io.shouwang.figures;

import io.shouwang.alerts.Fact;
import io.shouwang.engine.Decided;
import io.shouwang.engine.JournalRecords;
import io.shouwang.host.Clock;
import io.shouwang.host.Disk;
import io.shouwang.journal.JournalTail;
import io.shouwang.model.AreaId;
import io.shouwang.model.Directory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much the room has to answer: follows the journal by itself, a moment behind, so that the
 * engine does nothing for it; steps over readings unread. What it counted it writes to a file now
 * and then, and goes on from there after a restart. {@link #follow} and {@link #keep} belong to one
 * thread; any may ask.
 */
public final class LoadBook implements Load {
  static final int ALERTS_MAX = 100_000;
  private static final Logger LOG = LoggerFactory.getLogger(LoadBook.class);
  private static final long BYTES_PER_PASS = 16L << 20;
  private static final Duration KEEP_EVERY = Duration.ofMinutes(5);

  private final LongSupplier synced;
  private final Supplier<Directory> directory;
  private final Clock clock;
  private final LoadFile file;
  private final JournalTail tail;
  private final LoadLog log;
  private long keptSequence;
  private long keptNanos;
  private boolean missed;

  /**
   * Begins where the file ends; where there is none, at the first batch that was replayed.
   *
   * @param synced the last batch that is on disk for certain
   * @param replayedFrom the first batch that recovery replayed
   */
  public LoadBook(
      Disk disk,
      Path data,
      LongSupplier synced,
      long replayedFrom,
      Supplier<Directory> directory,
      Clock clock) {
    this.synced = synced;
    this.directory = directory;
    this.clock = clock;
    this.file = new LoadFile(disk, data);
    this.keptNanos = clock.nanos();
    LoadFile.Kept kept = read();
    // A file from further on belongs to another journal: data/ was put back from a backup.
    boolean fits = kept != null && kept.sequence() <= synced.getAsLong();
    if (kept == null || !fits) {
      this.log = new LoadLog(ALERTS_MAX);
      this.tail = new JournalTail(disk, data.resolve("journal"), replayedFrom);
      this.keptSequence = -1;
    } else {
      this.log = LoadLog.of(ALERTS_MAX, kept.countedFrom(), kept.shown());
      this.tail = new JournalTail(disk, data.resolve("journal"), kept.sequence() + 1);
      this.keptSequence = kept.sequence();
    }
  }

  private LoadFile.@Nullable Kept read() {
    try {
      return file.read();
    } catch (IOException | RuntimeException e) {
      LOG.warn("what was counted before can't be read; counting begins anew", e);
      return null;
    }
  }

  /** Reads on, a bounded piece at a time, and keeps what it has if it is time. */
  public void follow() throws IOException {
    Instant now = clock.wall();
    boolean all = false;
    while (!all && !Thread.currentThread().isInterrupted()) {
      all =
          tail.read(
              synced.getAsLong(),
              BYTES_PER_PASS,
              (_, body) -> {
                synchronized (log) {
                  JournalRecords.decisions(body, this::take);
                }
              });
    }
    synchronized (log) {
      if (tail.hasMissed() && !missed) {
        missed = true;
        log.beginAt(now);
      }
      log.passTo(now);
    }
    if (clock.nanos() - keptNanos >= KEEP_EVERY.toNanos()) {
      keep();
    }
  }

  private void take(Decided decided) {
    if (decided.home() != null) {
      for (Fact fact : decided.facts()) {
        log.take(decided.stamp().now(), decided.home(), fact, directory.get());
      }
    }
  }

  /** Writes what was counted, if that is more than the file has. */
  public void keep() throws IOException {
    keptNanos = clock.nanos();
    if (tail.lastSequence() == keptSequence) {
      return;
    }
    LoadFile.Kept kept;
    synchronized (log) {
      kept = new LoadFile.Kept(tail.lastSequence(), log.countedFrom(), log.all());
    }
    file.write(kept);
    keptSequence = kept.sequence();
  }

  @Override
  public Counted of(AreaId area, Instant since, boolean topmost) {
    synchronized (log) {
      return log.of(directory.get(), area, since, topmost);
    }
  }
}
