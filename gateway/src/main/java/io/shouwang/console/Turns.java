package io.shouwang.console;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets only so many at a time do what goes through a whole area. Who comes then waits a while in
 * the order of coming, and is told to come again. Any thread.
 */
final class Turns {
  private final Semaphore places;
  private final Duration patience;
  private final String refusal;

  /** Somebody's turn, which ends when it is closed. */
  interface Turn extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Nobody's turn yet.
   *
   * @param patience how long somebody waits; zero for not at all
   * @param refusal what whoever waited in vain is told
   */
  Turns(int atATime, Duration patience, String refusal) {
    this.places = new Semaphore(atATime, true);
    this.patience = patience;
    this.refusal = refusal;
  }

  /**
   * Waits for one's turn.
   *
   * @throws Problem 503 when it didn't come in time
   */
  Turn take() {
    try {
      if (places.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        return places::release;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw Problem.busy(refusal);
  }
}
