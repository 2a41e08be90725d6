package io.shouwang.sim.time;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Time that passes only when the test says so, or when the code under test waits. */
public final class VirtualClock implements Clock, Agenda {
  private record Appointment(long nanos, long order, Runnable task) {}

  private final Instant origin = Instant.parse("2026-03-01T00:00:00Z");
  private final PriorityQueue<Appointment> appointments =
      new PriorityQueue<>(
          Comparator.comparingLong(Appointment::nanos).thenComparingLong(Appointment::order));
  private long nanos;
  private long order;

  @Override
  public synchronized Instant now() {
    return origin.plusNanos(nanos);
  }

  @Override
  public synchronized long nanos() {
    return nanos;
  }

  @Override
  public void waitUntil(long until) {
    advance(Duration.ofNanos(Math.max(0, until - nanos())));
  }

  @Override
  public synchronized void after(Duration delay, Runnable task) {
    appointments.add(new Appointment(nanos + delay.toNanos(), order++, task));
  }

  /** Lets time pass, running what is due on the way. */
  public synchronized void advance(Duration by) {
    long end = nanos + by.toNanos();
    while (!appointments.isEmpty() && appointments.peek().nanos() <= end) {
      Appointment due = appointments.remove();
      nanos = Math.max(nanos, due.nanos());
      due.task().run();
    }
    nanos = Math.max(nanos, end);
  }

  @Override
  public synchronized void close() {
    appointments.clear();
  }
}
