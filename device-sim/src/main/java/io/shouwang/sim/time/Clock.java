package io.shouwang.sim.time;

import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/** Wall time for stamps, monotonic nanoseconds for latencies, and waiting for them. Thread-safe. */
public interface Clock {
  /** The wall clock. */
  Instant now();

  /** Monotonic nanoseconds from an arbitrary origin. */
  long nanos();

  /** Returns once {@link #nanos()} has reached {@code nanos}; at once when it already has. */
  void waitUntil(long nanos) throws InterruptedException;

  /** The machine's clock. */
  static Clock system() {
    return new Clock() {
      @Override
      public Instant now() {
        return Instant.now();
      }

      @Override
      public long nanos() {
        return System.nanoTime();
      }

      @Override
      public void waitUntil(long nanos) throws InterruptedException {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
          LockSupport.parkNanos(left);
          if (Thread.interrupted()) {
            throw new InterruptedException();
          }
        }
      }
    };
  }
}
