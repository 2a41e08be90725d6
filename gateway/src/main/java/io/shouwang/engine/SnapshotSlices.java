package io.shouwang.engine;

import io.shouwang.alerts.Home;
import io.shouwang.model.Session;
import io.shouwang.model.Stamp;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Hands the state over to a snapshot, a slice between two batches, so that the engine never stops
 * for one. Homes are values: what was handed over stays as it was at its number.
 */
final class SnapshotSlices {
  static final int HOMES_PER_SLICE = 1_000;
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
      String registryHash, String settingsHash, List<Session> sessions, List<Notes.Note> notes) {}

  private final State state;
  private final ArrayBlockingQueue<Slice> handover = new ArrayBlockingQueue<>(SLICES_WAITING_MAX);
  private volatile boolean wanted;
  private int next;

  SnapshotSlices(State state) {
    this.state = state;
  }

  /** Asks for a snapshot's slices from the beginning; one snapshot at a time. */
  void begin() {
    wanted = true;
  }

  /** The next slice; waits for the engine. */
  Slice take() throws InterruptedException {
    return handover.take();
  }

  /** Whether the engine has a slice to hand over. */
  boolean isWanted() {
    return wanted && handover.remainingCapacity() > 0;
  }

  /** Called by the engine between two batches. */
  void serve(long nextSequence) {
    if (!isWanted()) {
      return;
    }
    List<Home> homes = state.slice(next, HOMES_PER_SLICE);
    boolean isLast = next + homes.size() >= state.homeCount();
    Rest rest =
        next > 0
            ? null
            : new Rest(
                state.registryHash(),
                state.settingsHash(),
                List.copyOf(state.sessions()),
                state.notes().all());
    if (isLast) {
      wanted = false;
      handover.add(new Slice(nextSequence, state.last(), homes, true, rest));
      next = 0;
    } else {
      handover.add(new Slice(nextSequence, state.last(), homes, false, rest));
      next += homes.size();
    }
  }
}
