package io.shouwang.accounts;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One database: one writer, a few readers, each on platform threads of its own, since a disk that
 * hangs must not hold the carriers on which everybody else's virtual threads run. Opens when it is
 * {@linkplain #tend tended}; until then, and whenever it doesn't answer, whoever asks gets {@link
 * Unavailable}. Any thread.
 */
final class Database implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Database.class);
  private static final int READERS = 2;
  private static final int WAITING_MAX = 1_000;
  private static final long ANSWER_WITHIN_MILLIS = 15_000;
  private static final String MIGRATIONS = "classpath:io/shouwang/accounts/migrations";

  private final Source source;
  private final Runnable begin;
  private final ThreadPoolExecutor writer = threads("people-write", 1);
  private final ThreadPoolExecutor readers = threads("people-read", READERS);
  private final AtomicBoolean opening = new AtomicBoolean();
  private boolean toldOfTrouble; // the writer's own
  private volatile @Nullable Opened opened;
  private volatile @Nullable String trouble = "people's accounts are not open yet";
  private @Nullable Handle writing; // the writer's own

  private record Opened(Jdbi write, Jdbi read) {}

  /** Where the database is. */
  interface Source {
    DataSource forWriting() throws IOException;

    DataSource forReading() throws IOException;

    /**
     * Makes sure that nobody else writes, as long as this connection lasts.
     *
     * @throws Unavailable when somebody else does
     */
    default void own(Handle handle) {}

    /** For people; no secret. */
    default String name() {
      return SqliteFile.NAME;
    }

    default void close() {}
  }

  /**
   * Opens nothing yet.
   *
   * @param begin runs on the writer's thread once the database is open, before anybody is served
   */
  Database(Source source, Runnable begin) {
    this.source = source;
    this.begin = begin;
  }

  private static ThreadPoolExecutor threads(String name, int count) {
    return new ThreadPoolExecutor(
        count,
        count,
        1,
        TimeUnit.MINUTES,
        new ArrayBlockingQueue<>(WAITING_MAX),
        Thread.ofPlatform().daemon().name(name).factory());
  }

  /** Opens it if it isn't open, without waiting; may be called as often as one likes. */
  void tend() {
    if (opened == null && opening.compareAndSet(false, true)) {
      try {
        writer.execute(this::open);
      } catch (RejectedExecutionException e) {
        opening.set(false);
      }
    }
  }

  private void open() {
    try {
      if (opened != null) {
        return;
      }
      DataSource write = source.forWriting();
      Flyway.configure()
          .dataSource(write)
          .locations(MIGRATIONS)
          .cleanDisabled(true)
          .load()
          .migrate();
      opened = new Opened(Jdbi.create(write), Jdbi.create(source.forReading()));
      try {
        begin.run();
      } catch (RuntimeException e) {
        opened = null;
        throw e;
      }
      trouble = null;
      toldOfTrouble = false;
    } catch (IOException | RuntimeException | LinkageError e) {
      // Linkage: the driver's native part may be missing on this machine.
      trouble =
          "people's accounts in "
              + source.name()
              + " can't be opened, nobody can log in: the log says why";
      if (!toldOfTrouble) {
        toldOfTrouble = true;
        LOG.error("people's accounts can't be opened; alarms go on, nobody can log in", e);
      } else {
        LOG.warn("people's accounts still can't be opened: {}", e.toString());
      }
    } finally {
      opening.set(false);
    }
  }

  boolean isOpen() {
    return opened != null && trouble == null;
  }

  /** Whether it was opened once, however it is now. */
  boolean hasOpened() {
    return opened != null;
  }

  /** What is wrong, for people; empty while it serves. */
  Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  /**
   * Changes something, in one transaction that is on disk at return.
   *
   * @throws Unavailable when the database doesn't answer; what was asked may have been done
   */
  <T> T write(Function<Handle, T> work) {
    return await(submit(writer, () -> inTransaction(work)));
  }

  /**
   * Runs something on the writer's thread, later; false when it can't even wait in line. What the
   * database doesn't take then is logged and left.
   */
  boolean writeLater(Runnable work) {
    try {
      writer.execute(() -> {
        try {
          work.run();
        } catch (Unavailable e) {
          LOG.warn("people's accounts: left undone: {}", e.words());
        }
      });
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  /** Only on the writer's thread. */
  <T> T inTransaction(Function<Handle, T> work) {
    Opened now = require();
    try {
      Handle handle = writing;
      if (handle == null) {
        handle = own(now.write().open());
        writing = handle;
      }
      Handle own = handle;
      T result = own.inTransaction(work::apply);
      trouble = null;
      return result;
    } catch (JdbiException e) {
      LOG.error("people's accounts: a change failed", e);
      trouble = "people's accounts can't be written: the log says why";
      Handle broken = writing;
      writing = null;
      if (broken != null) {
        try {
          broken.close();
        } catch (JdbiException again) {
          LOG.warn("people's accounts: a broken connection can't be closed", again);
        }
      }
      throw new Unavailable("people's accounts can't be written at the moment");
    }
  }

  private Handle own(Handle handle) {
    try {
      source.own(handle);
      return handle;
    } catch (RuntimeException e) {
      handle.close();
      throw e;
    }
  }

  /**
   * Looks something up.
   *
   * @throws Unavailable when the database doesn't answer
   */
  <T> T read(Function<Handle, T> work) {
    return await(
        submit(
            readers,
            () -> {
              try {
                return require().read().inTransaction(work::apply);
              } catch (JdbiException e) {
                LOG.error("people's accounts: a look failed", e);
                throw new Unavailable("people's accounts can't be read at the moment");
              }
            }));
  }

  private Opened require() {
    Opened now = opened;
    if (now == null) {
      throw new Unavailable("people's accounts aren't open; the log says why");
    }
    return now;
  }

  private <T> Future<T> submit(ThreadPoolExecutor threads, Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    try {
      threads.execute(task);
    } catch (RejectedExecutionException e) {
      throw new Unavailable("too many wait for people's accounts; try again");
    }
    return task;
  }

  private static <T> T await(Future<T> task) {
    try {
      return task.get(ANSWER_WITHIN_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException thrown -> throw thrown;
        case Error thrown -> throw thrown;
        case null, default -> throw new IllegalStateException(e);
      }
    } catch (TimeoutException e) {
      throw new Unavailable("the disk doesn't answer; whether it was done is unknown");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unavailable("the gateway is stopping");
    }
  }

  /** Waits until an attempt to open it has ended; whether it is open then. */
  boolean awaitOpen() {
    tend();
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    try {
      writer.execute(() -> done.complete(isOpen()));
      return done.get(ANSWER_WITHIN_MILLIS, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException | ExecutionException | TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    if (writer.isShutdown()) {
      return;
    }
    try {
      writer.execute(() -> {
        Handle handle = writing;
        writing = null;
        if (handle != null) {
          handle.close();
        }
      });
    } catch (RejectedExecutionException e) {
      LOG.warn("people's accounts close with changes waiting");
    }
    writer.shutdown();
    readers.shutdown();
    try {
      if (!writer.awaitTermination(ANSWER_WITHIN_MILLIS, TimeUnit.MILLISECONDS)) {
        LOG.warn("people's accounts: a change under way was abandoned");
        writer.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    source.close();
  }
}
