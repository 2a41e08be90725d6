package io.shouwang.journal;

import io.shouwang.host.Disk;
import io.shouwang.host.DiskFile;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The segment files made ahead: whole, filled with zeros and synced with their names, so that the
 * writer's sync has no metadata to write and the disk can't be full under it. The last ones are the
 * reserve for alarms. Filled on a background executor, one file at a time; taken by the writer.
 */
final class PreparedSegments implements AutoCloseable {
  /** A file ready to be written from its first byte. */
  record Ready(Path path, DiskFile file, long number, int bytes) {}

  private static final Logger LOG = LoggerFactory.getLogger(PreparedSegments.class);
  private static final int CHUNK_BYTES = 256 * 1024;
  private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(CHUNK_BYTES).asReadOnlyBuffer();
  private static final long BACKGROUND_SECONDS_MAX = 60;

  private final Disk disk;
  private final Path directory;
  private final int segmentBytes;
  private final int target;
  private final Executor background;

  private final ArrayDeque<Ready> ready = new ArrayDeque<>();
  private long nextNumber;

  /** Somebody asked for the missing ones, and they aren't there yet. */
  private boolean asked;

  /** Of the background's work on the files, once it has begun. */
  private CountDownLatch idle = new CountDownLatch(0);

  private boolean closed;
  private volatile int count;
  private volatile @Nullable String failure;

  PreparedSegments(
      Disk disk, Path directory, JournalOptions options, long nextNumber, Executor background) {
    this.disk = disk;
    this.directory = directory;
    this.segmentBytes = options.segmentBytes();
    this.target = options.reserveSegments() + 1;
    this.nextNumber = nextNumber;
    this.background = background;
  }

  /** Takes over a file that was made in an earlier run. */
  synchronized void add(Ready segment) {
    ready.add(segment);
    count = ready.size();
    nextNumber = segment.number + 1;
  }

  /** How many are ready. Any thread. */
  int count() {
    return count;
  }

  /** Why there are fewer than there should be, for a person; null if nothing is wrong. */
  @Nullable String failure() {
    return failure;
  }

  synchronized @Nullable Ready take() {
    Ready segment = ready.poll();
    count = ready.size();
    return segment;
  }

  /** Has the missing ones made in the background, unless that is under way. Any thread. */
  void refill() {
    synchronized (this) {
      if (asked || closed || ready.size() >= target) {
        return;
      }
      asked = true;
    }
    try {
      background.execute(this::makeUnlessClosed);
    } catch (RejectedExecutionException e) {
      failure = "the background executor is shut";
      end(new CountDownLatch(0));
    }
  }

  private void makeUnlessClosed() {
    CountDownLatch working = new CountDownLatch(1);
    synchronized (this) {
      if (closed) {
        return;
      }
      idle = working;
    }
    try {
      prepareMissing();
    } finally {
      end(working);
    }
  }

  private synchronized void end(CountDownLatch working) {
    asked = false;
    working.countDown();
  }

  /** Makes the missing ones now, on this thread; stops at the first failure. */
  void prepareMissing() {
    boolean more = true;
    while (more) {
      more = prepareNext();
    }
  }

  private boolean prepareNext() {
    long number;
    synchronized (this) {
      if (closed || ready.size() >= target) {
        return false;
      }
      number = nextNumber;
    }
    try {
      Ready segment = prepare(number);
      synchronized (this) {
        add(segment);
        if (failure != null) {
          LOG.info("journal: room again, {} made", segment.path);
          failure = null;
        }
      }
      return true;
    } catch (IOException e) {
      synchronized (this) {
        if (failure == null && !closed) {
          LOG.warn("journal: can't make segment {} ahead: {}", number, e.toString());
        }
        failure = e.toString();
      }
      return false;
    }
  }

  private Ready prepare(long number) throws IOException {
    Path temporary = SegmentFiles.preparing(directory, number);
    Path path = SegmentFiles.segment(directory, number);
    deleteIfThere(temporary);
    deleteIfThere(path); // left by an attempt whose name may not have become durable
    DiskFile file = disk.create(temporary);
    boolean done = false;
    try {
      ByteBuffer zeros = ZEROS.duplicate();
      for (int at = 0; at < segmentBytes; at += CHUNK_BYTES) {
        if (isClosed()) {
          throw new IOException("the journal is being closed");
        }
        file.write(zeros.clear().limit(Math.min(CHUNK_BYTES, segmentBytes - at)), at);
      }
      file.sync();
      disk.rename(temporary, path);
      disk.syncDirectory(directory);
      done = true;
      return new Ready(path, file, number, segmentBytes);
    } finally {
      if (!done) {
        giveUp(file, temporary, path);
      }
    }
  }

  /** A failed attempt must not keep the little room there is; what can't be deleted waits. */
  private void giveUp(DiskFile file, Path temporary, Path path) {
    try {
      file.close();
      deleteIfThere(temporary);
      deleteIfThere(path);
    } catch (IOException e) {
      LOG.debug("journal: {} stays until the next attempt: {}", temporary, e.toString());
    }
  }

  private void deleteIfThere(Path path) throws IOException {
    if (disk.exists(path)) {
      disk.delete(path);
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  /**
   * Waits until the background is done with the files, then lets go of them. What it didn't begin
   * yet it won't begin any more, and isn't waited for.
   */
  @Override
  public void close() throws IOException {
    CountDownLatch running;
    synchronized (this) {
      closed = true;
      running = idle;
    }
    try {
      if (!running.await(BACKGROUND_SECONDS_MAX, TimeUnit.SECONDS)) {
        throw new IOException("the making of a segment in " + directory + " doesn't end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a segment was being made");
    }
    synchronized (this) {
      for (Ready segment : ready) {
        segment.file.close();
      }
      ready.clear();
      count = 0;
    }
  }
}
