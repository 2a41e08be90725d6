package io.shouwang.engine;

import io.shouwang.alerts.Home;
import io.shouwang.model.Session;
import io.shouwang.model.Stamp;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Hands the state over to a snapshot, a slice between two batches, so that the engine never stops
 * for one. Homes are values: what was handed over stays as it was at its number.
 */
final class SnapshotSlices {
  private static final int SLICES_WAITING_MAX = 4;

  /**
   * A part of the state.
   *
   * @param sequence the batch that comes next: facts from there on are not in this slice
   * @param last the latest input that is in it
   */
  record Slice(long sequence, Stamp last, List<Home> homes, boolean isLast, @Nullable Rest rest) {}

  /** What isn't homes; handed over with the first slice. */
  record Rest(
      String registryHash,
      String settingsHash,
      List<Session> sessions,
      List<Notes.Note> notes,
      List<Notes.CareNote> careNotes) {}

  /** One snapshot's slices, from the engine to the one who writes. */
  static final class Handover {
    private final ArrayBlockingQueue<Slice> queue = new ArrayBlockingQueue<>(SLICES_WAITING_MAX);
    private int next;

    /** The next slice; waits for the engine. */
    Slice take() throws InterruptedException {
      return queue.take();
    }

    /** The next slice; null if the engine hasn't handed it over yet. */
    @Nullable Slice poll() {
      return queue.poll();
    }
  }

  private final State state;
  private final int homesPerSlice;
  private final AtomicReference<@Nullable Handover> wanted = new AtomicReference<>();

  SnapshotSlices(State state, int homesPerSlice) {
    this.state = state;
    this.homesPerSlice = homesPerSlice;
  }

  /** Asks for a snapshot's slices from the beginning; an earlier snapshot gets no more. */
  Handover begin() {
    Handover handover = new Handover();
    wanted.set(handover);
    return handover;
  }

  /** Whoever asked has given up. */
  void abandon(Handover handover) {
    wanted.compareAndSet(handover, null);
  }

  /** Whether the engine has a slice to hand over. */
  boolean isWanted() {
    Handover handover = wanted.get();
    return handover != null && handover.queue.remainingCapacity() > 0;
  }

  /** Called by the engine between two batches. */
  void serve(long nextSequence) {
    Handover handover = wanted.get();
    if (handover == null || handover.queue.remainingCapacity() == 0) {
      return;
    }
    List<Home> all = state.slice(handover.next, homesPerSlice);
    boolean isLast = handover.next + all.size() >= state.homeCount();
    List<Home> homes = all.stream().filter(home -> !home.isBlank()).toList();
    Rest rest =
        handover.next > 0
            ? null
            : new Rest(
                state.registryHash(),
                state.settingsHash(),
                List.copyOf(state.sessions()),
                state.notes().all(),
                state.notes().allOfContacts());
    handover.next += all.size();
    if (isLast) {
      wanted.compareAndSet(handover, null);
    }
    handover.queue.add(new Slice(nextSequence, state.last(), homes, isLast, rest));
  }
}
