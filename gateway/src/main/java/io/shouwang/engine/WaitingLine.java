package io.shouwang.engine;

import io.shouwang.intake.Submission;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * One lane's queue: bounded in count, with those who wait for room in it. Offered to by many
 * threads, emptied by the engine's.
 */
final class WaitingLine {
  /** A submission and when it was offered. */
  record Queued(Submission submission, long offeredNanos) {}

  private final ArrayBlockingQueue<Queued> queue;
  private final ConcurrentLinkedQueue<Runnable> waiting = new ConcurrentLinkedQueue<>();
  private final int roomAt;

  WaitingLine(int capacity) {
    queue = new ArrayBlockingQueue<>(capacity);
    roomAt = capacity - capacity / 4;
  }

  boolean offer(Submission submission, long nowNanos) {
    return queue.offer(new Queued(submission, nowNanos));
  }

  @Nullable Queued poll() {
    return queue.poll();
  }

  int size() {
    return queue.size();
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }

  void whenRoom(Runnable wake) {
    waiting.add(wake);
  }

  /** Whether somebody waits for room that there is. */
  boolean isWakeDue() {
    return !waiting.isEmpty() && queue.size() <= roomAt;
  }

  /** Wakes those who wait, once a quarter of the lane is free. */
  void wakeWaiting() {
    if (!isWakeDue()) {
      return;
    }
    List<Runnable> woken = new ArrayList<>();
    for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
      woken.add(next);
    }
    woken.forEach(Runnable::run);
  }
}
