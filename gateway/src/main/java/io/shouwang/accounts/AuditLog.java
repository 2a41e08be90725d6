package io.shouwang.accounts;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.shouwang.host.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The record of who did and saw what (P8), chained by hashes. Changes wait until they are on disk,
 * looks are written in batches; what waits is bounded, and what found no room is counted into the
 * record itself. Any thread.
 */
public final class AuditLog {
  private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
  static final int WAITING_MAX = 8_192;
  private static final int BATCH_MAX = 512;
  private static final long CHANGE_WITHIN_MILLIS = 3_000;

  private final Database database;
  private final Clock clock;
  private final Counter missedCounter;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private long missed;
  private boolean draining;

  private record Waiting(AuditEntry entry, CompletableFuture<Boolean> written) {}

  /** One line as auditors read it. */
  public record Line(long number, AuditEntry entry) {}

  AuditLog(Database database, Clock clock, MeterRegistry meters) {
    this.database = database;
    this.clock = clock;
    this.missedCounter =
        Counter.builder("shouwang.record.missed")
            .description("looks and changes that found no room in the record; the log has them")
            .register(meters);
    Gauge.builder("shouwang.record.waiting", this, AuditLog::waiting)
        .description("entries of the record that are not on disk yet")
        .register(meters);
  }

  synchronized int waiting() {
    return waiting.size();
  }

  /** Records a look; returns at once. */
  public void look(AuditEntry entry) {
    put(entry);
  }

  /**
   * Records a change; true once it is on disk. False when the database doesn't answer in time: the
   * entry waits and is written when it can be. What saves a life is never held up by its record.
   */
  public boolean change(AuditEntry entry) {
    CompletableFuture<Boolean> written = put(entry);
    if (!database.isOpen()) {
      return false;
    }
    try {
      return written.get(CHANGE_WITHIN_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a wait for the record never fails", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private CompletableFuture<Boolean> put(AuditEntry entry) {
    CompletableFuture<Boolean> written = new CompletableFuture<>();
    synchronized (this) {
      if (waiting.size() < WAITING_MAX) {
        waiting.add(new Waiting(entry, written));
      } else {
        missed++;
        missedCounter.increment();
        written.complete(false);
      }
    }
    tend();
    return written;
  }

  /** Has what waits written, unless that is under way. */
  void tend() {
    synchronized (this) {
      if (draining || (waiting.isEmpty() && missed == 0) || !database.hasOpened()) {
        return;
      }
      draining = true;
    }
    if (!database.writeLater(this::drain)) {
      idle();
    }
  }

  private synchronized void idle() {
    draining = false;
  }

  /** On the writer's thread, outside a transaction. */
  private void drain() {
    try {
      while (true) {
        List<Waiting> batch = new ArrayList<>();
        long lost;
        synchronized (this) {
          for (Waiting one : waiting) {
            if (batch.size() == BATCH_MAX) {
              break;
            }
            batch.add(one);
          }
          lost = missed;
          if (batch.isEmpty() && lost == 0) {
            draining = false; // in one step with the look: what is put from here on begins anew
            return;
          }
        }
        boolean written =
            database.inTransaction(handle -> {
              batch.forEach(one -> AuditTable.add(handle, one.entry()));
              if (lost > 0) {
                AuditTable.add(handle, gap(lost));
              }
              return true;
            });
        synchronized (this) {
          batch.forEach(_ -> waiting.removeFirst());
          missed -= lost;
        }
        batch.forEach(one -> one.written().complete(written));
      }
    } catch (Unavailable e) {
      LOG.warn("the record waits: {}", e.words());
      idle();
    } catch (RuntimeException | Error e) {
      idle();
      throw e;
    }
  }

  private AuditEntry gap(long lost) {
    return new AuditEntry(
        clock.wall(),
        "gateway",
        "",
        "missed",
        "",
        "",
        "done",
        lost + " entries found no room before this one; the access log has them");
  }

  /**
   * What one look found.
   *
   * @param reached all entries with this number and above were looked at
   * @param end there are none below
   */
  public record Page(List<Line> lines, long reached, boolean end) {}

  /**
   * Entries that are asked for, the newest first, as far as one look goes.
   *
   * @param below only those with a smaller number
   * @throws Unavailable when the database doesn't answer
   */
  public Page read(AuditQuery asked, long below, int limit) {
    AuditTable.Page page = database.read(handle -> AuditTable.before(handle, asked, below, limit));
    return new Page(
        page.lines().stream().map(line -> new Line(line.number(), line.entry())).toList(),
        page.reached(),
        page.end());
  }

  /**
   * Walks the whole chain.
   *
   * @throws Unavailable when the database doesn't answer
   */
  AuditVerdict verify() {
    AuditTable.Walk walk = AuditTable.Walk.START;
    while (walk.verdict() == null) {
      walk = step(walk);
    }
    return walk.verdict();
  }

  /** Walks on a little: each step is a look of its own, so that nothing waits for a long one. */
  AuditTable.Walk step(AuditTable.Walk walk) {
    return database.read(handle -> AuditTable.step(handle, walk));
  }

  /** What is wrong, for people. */
  Optional<String> trouble() {
    synchronized (this) {
      return missed > 0
          ? Optional.of("the record of looks has no room, missed: " + missed)
          : Optional.empty();
    }
  }
}
