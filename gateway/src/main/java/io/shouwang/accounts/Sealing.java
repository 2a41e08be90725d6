package io.shouwang.accounts;

import io.shouwang.host.Clock;
import io.shouwang.host.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the record from growing for ever: what is older than it must be at hand goes to an archive,
 * and an entry at the end of the chain says so, with its hash and the archive's digest. What
 * doesn't follow from what is before it stays where it is: it is evidence. Any thread; works on its
 * own.
 */
final class Sealing implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Sealing.class);

  /** One archive a month or so, instead of one a day. */
  static final Duration AT_LEAST = Duration.ofDays(30);

  static final int ENTRIES_MAX = 50_000;
  private static final Duration LOOK_EVERY = Duration.ofHours(1);
  private static final long STOP_MILLIS = 10_000;

  private final Database database;
  private final Disk disk;
  private final RecordArchive archive;
  private final Duration kept;
  private final Clock clock;
  private final AtomicReference<@Nullable Thread> working = new AtomicReference<>();
  private volatile boolean closed;
  private volatile long nextNanos;
  private volatile @Nullable String trouble;

  Sealing(Database database, Disk disk, Path data, Duration kept, Clock clock) {
    this.database = database;
    this.disk = disk;
    this.archive = new RecordArchive(data);
    this.kept = kept;
    this.clock = clock;
    this.nextNanos = clock.nanos();
  }

  /** Looks once an hour whether there is something to seal; doesn't wait. */
  void tend() {
    if (closed || !database.isOpen() || clock.nanos() - nextNanos < 0) {
      return;
    }
    Thread thread = Thread.ofPlatform().daemon().name("record-seal").unstarted(this::work);
    if (working.compareAndSet(null, thread)) {
      thread.start();
    }
  }

  private void work() {
    try {
      int sealed = ENTRIES_MAX;
      while (!closed && sealed == ENTRIES_MAX) {
        sealed = seal(clock.wall());
      }
    } catch (Unavailable e) {
      LOG.warn("the record was not sealed: {}", e.words());
    } catch (IOException | RuntimeException e) {
      trouble = "old entries of the record can't be archived: the log says why";
      LOG.error("the record can't be sealed", e);
    } finally {
      nextNanos = clock.nanos() + LOOK_EVERY.toNanos();
      working.set(null);
    }
  }

  /** Seals what is old enough, as much as goes into one archive; how many entries. */
  int seal(Instant now) throws IOException {
    Instant old = now.minus(kept);
    AuditSeal before = database.read(AuditSeal::latest).orElse(null);
    long first = before == null ? 1 : before.number() + 1;
    String previous = before == null ? AuditChain.START : before.hash();
    List<AuditTable.Line> page = page(first - 1);
    if (page.isEmpty() || page.getFirst().entry().at().isAfter(old.minus(AT_LEAST))) {
      trouble = null;
      return 0;
    }
    long number = first - 1;
    String hash = previous;
    try (RecordArchive.Writing writing = new RecordArchive.Writing(disk, archive)) {
      boolean isEnd = false;
      while (!isEnd && !page.isEmpty()) {
        int count = 0;
        for (AuditTable.Line line : page) {
          boolean isYoung = !line.entry().at().isBefore(old);
          if (isYoung || line.number() - first >= ENTRIES_MAX) {
            isEnd = true;
            break;
          }
          boolean follows =
              line.number() == number + 1
                  && AuditChain.hash(hash, line.number(), line.entry()).equals(line.hash());
          if (!follows) {
            trouble = "entry " + (number + 1) + " of the record is not as it was written";
            LOG.error("{}; nothing is archived: gateway audit verify", trouble);
            return 0;
          }
          number = line.number();
          hash = line.hash();
          count++;
        }
        writing.add(page.subList(0, count));
        page = isEnd ? page : page(number);
      }
      String file = RecordArchive.name(first, number);
      String digest = writing.finish(file);
      set(before, new AuditSeal(number, hash, first, previous, file, digest, 0), now);
      LOG.info("entries {} to {} of the record are in the archive {}", first, number, file);
      trouble = null;
      return Math.toIntExact(number - first + 1);
    }
  }

  private List<AuditTable.Line> page(long after) {
    return database.read(handle -> AuditTable.after(handle, after));
  }

  private void set(@Nullable AuditSeal before, AuditSeal next, Instant now) {
    boolean _ =
        database.write(handle -> {
          if (!AuditSeal.latest(handle).equals(Optional.ofNullable(before))) {
            throw new Unavailable("the record was sealed by somebody else meanwhile");
          }
          AuditSeal seal =
              new AuditSeal(
                  next.number(),
                  next.hash(),
                  next.first(),
                  next.previous(),
                  next.file(),
                  next.digest(),
                  AuditTable.head(handle).number() + 1);
          AuditTable.add(
              handle,
              new AuditEntry(now, "gateway", "", AuditSeal.WHAT, "", "", "done", seal.words()));
          seal.set(handle);
          return true;
        });
  }

  /** What is wrong, for people. */
  Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  @Override
  public void close() {
    closed = true;
    Thread thread = working.get();
    if (thread != null) {
      try {
        thread.join(STOP_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
