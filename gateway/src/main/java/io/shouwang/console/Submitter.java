package io.shouwang.console;

import io.shouwang.host.Clock;
import io.shouwang.intake.Intake;
import io.shouwang.intake.Lane;
import io.shouwang.intake.Submission;
import io.shouwang.model.Answer;
import io.shouwang.model.Input;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Hands inputs to the engine and waits until they are on disk (P1). Any virtual thread. */
final class Submitter {
  private final Intake intake;
  private final ConsoleSettings.Limits limits;
  private final Clock clock;
  private final Map<Lane, Room> rooms = new EnumMap<>(Lane.class);

  /**
   * Those who wait for room in one lane. The lane is asked once for all of them: it keeps whoever
   * asks until it has room, and a full disk may keep it full for days.
   */
  private static final class Room {
    private final Set<CountDownLatch> waiting = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean asked = new AtomicBoolean();

    boolean await(Intake intake, Lane lane, long nanos) throws InterruptedException {
      CountDownLatch room = new CountDownLatch(1);
      waiting.add(room);
      try {
        if (asked.compareAndSet(false, true)) {
          intake.whenRoom(lane, this::wake);
        }
        return room.await(nanos, TimeUnit.NANOSECONDS);
      } finally {
        waiting.remove(room);
      }
    }

    private void wake() {
      asked.set(false); // first: whoever comes from here on asks anew
      waiting.forEach(CountDownLatch::countDown);
    }
  }

  /** An input that is on disk. */
  record Synced(long number, Answer answer) {}

  Submitter(Intake intake, ConsoleSettings.Limits limits, Clock clock) {
    this.intake = intake;
    this.limits = limits;
    this.clock = clock;
    for (Lane lane : Lane.values()) {
      rooms.put(lane, new Room());
    }
  }

  /**
   * Submits an input and waits for its sync.
   *
   * @throws Problem 503 when the lane has no room in time, or the disk doesn't answer
   */
  Synced submit(Input input, Lane lane) {
    return submit(List.of(input), lane).getFirst();
  }

  /** Submits inputs in their order and waits until all are on disk. */
  List<Synced> submit(List<? extends Input> inputs, Lane lane) {
    long receivedNanos = clock.nanos();
    try {
      List<CompletableFuture<Synced>> waiting = new ArrayList<>();
      for (Input input : inputs) {
        waiting.add(offer(input, lane, receivedNanos));
      }
      List<Synced> synced = new ArrayList<>();
      for (CompletableFuture<Synced> one : waiting) {
        synced.add(one.get(limits.syncWait().toNanos(), TimeUnit.NANOSECONDS));
      }
      return synced;
    } catch (TimeoutException e) {
      throw Problem.busy(
          "the disk doesn't answer; whether it was taken in is unknown: send it again, same id");
    } catch (ExecutionException e) {
      throw new IllegalStateException("an acknowledgement never fails", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Problem.busy("the gateway is stopping; send it again");
    }
  }

  private CompletableFuture<Synced> offer(Input input, Lane lane, long receivedNanos)
      throws InterruptedException {
    CompletableFuture<Synced> synced = new CompletableFuture<>();
    Submission submission =
        new Submission(
            input,
            lane,
            receivedNanos,
            (receipt, number, answer) -> synced.complete(new Synced(number, answer)));
    long deadlineNanos = receivedNanos + limits.roomWait().toNanos();
    while (!intake.offer(submission)) {
      long leftNanos = deadlineNanos - clock.nanos();
      Room room = Objects.requireNonNull(rooms.get(lane));
      if (leftNanos <= 0 || !room.await(intake, lane, leftNanos)) {
        throw Problem.busy("the gateway has no room at the moment; send it again");
      }
    }
    return synced;
  }
}
