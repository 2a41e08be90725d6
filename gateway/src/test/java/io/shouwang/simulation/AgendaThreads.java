package io.shouwang.simulation;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Threads that are entries of the agenda: each task runs whole, some moment later. */
final class AgendaThreads extends AbstractExecutorService {
  private final Agenda agenda;
  private final BooleanSupplier isOver;
  private final long fromMillis;
  private final long toMillis;
  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
  private boolean shut;

  /**
   * @param isOver whether the process that had these threads is no more
   */
  AgendaThreads(Agenda agenda, BooleanSupplier isOver, long fromMillis, long toMillis) {
    this.agenda = agenda;
    this.isOver = isOver;
    this.fromMillis = fromMillis;
    this.toMillis = toMillis;
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    agenda.between(fromMillis, toMillis, this::runOne);
  }

  private void runOne() {
    Runnable task = tasks.poll();
    if (task != null && !shut && !isOver.getAsBoolean()) {
      task.run();
    }
  }

  /** Runs what waits, now. */
  void runAll() {
    while (!tasks.isEmpty()) {
      runOne();
    }
  }

  @Override
  public void shutdown() {
    shut = true;
  }

  @Override
  public List<Runnable> shutdownNow() {
    shut = true;
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return shut;
  }

  @Override
  public boolean isTerminated() {
    return shut;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return shut;
  }
}
