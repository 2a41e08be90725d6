package io.shouwang.notify.segment;

import io.shouwang.notify.provider.Failure;
import io.shouwang.notify.provider.Reception;
import io.shouwang.notify.provider.Reception.Progress;
import io.shouwang.notify.provider.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which parts belong to which delivery, and what is known of each: a message has arrived when all
 * of its parts have, and is lost with the first. What is known is bounded, and forgotten with the
 * process: a report on what an earlier one sent goes on under the network's own name for the part.
 * Any thread.
 */
public final class Dispatches {
  static final int PARTS_KNOWN_MAX = 20_000;
  static final int EARLY_MAX = 1_000;

  private final String provider;
  private final Reception reception;
  private final Map<String, Dispatch> byPart = bounded(PARTS_KNOWN_MAX);
  private final Map<String, State> early = bounded(EARLY_MAX);

  /** How a part went, where it did not arrive. */
  private record State(@Nullable Failure failure, String detail) {}

  public Dispatches(String provider, Reception reception) {
    this.provider = provider;
    this.reception = reception;
  }

  private static <V> Map<String, V> bounded(int most) {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > most;
      }
    };
  }

  /** One message on its way out. */
  public final class Dispatch {
    private final String key;
    private final List<String> ids = new ArrayList<>();
    private final Set<String> waiting = new HashSet<>();
    private @Nullable State failed;
    private boolean isHandedOver;
    private boolean isReported;

    private Dispatch(String key) {
      this.key = key;
    }

    /** The network took one part, and calls it so. */
    public void accepted(String id) {
      synchronized (Dispatches.this) {
        ids.add(id);
        if (id.isEmpty()) {
          return; // nobody can report on it
        }
        waiting.add(id);
        byPart.put(id, this);
        State state = early.remove(id);
        if (state != null) {
          settle(id, state);
        }
      }
    }

    /** All parts were taken: reports on them are passed on from here. */
    public Verdict handedOver() {
      synchronized (Dispatches.this) {
        isHandedOver = true;
        String first = ids.isEmpty() ? "" : ids.getFirst();
        if (failed != null) {
          isReported = true;
          Failure failure = failed.failure();
          return new Verdict.Refused(failure == null ? Failure.DROPPED : failure, failed.detail());
        }
        if (waiting.isEmpty() && !ids.isEmpty() && !ids.contains("")) {
          isReported = true;
          return new Verdict.Delivered(first);
        }
        return new Verdict.Accepted(first);
      }
    }

    private void settle(String id, State state) {
      waiting.remove(id);
      if (state.failure() != null && failed == null) {
        failed = state;
      }
    }

    private boolean isOver() {
      return isHandedOver && !isReported && (failed != null || waiting.isEmpty());
    }
  }

  /** A message begins; the same key again is a new attempt at it. */
  public Dispatch begin(String key) {
    return new Dispatch(key);
  }

  /** The network says that a part arrived. */
  public void arrived(String id) {
    reported(id, new State(null, ""));
  }

  /**
   * The network says that a part is lost.
   *
   * @param detail the network's word for it, cleaned and bounded
   */
  public void lost(String id, Failure failure, String detail) {
    reported(id, new State(failure, detail));
  }

  private void reported(String id, State state) {
    Reception.Report report;
    synchronized (this) {
      Dispatch dispatch = byPart.get(id);
      if (dispatch == null) {
        early.put(id, state); // it may have overtaken the answer to our own request
        report = report(null, id, state);
      } else {
        dispatch.settle(id, state);
        if (!dispatch.isOver()) {
          return;
        }
        dispatch.isReported = true;
        State whole = dispatch.failed == null ? state : dispatch.failed;
        report = report(dispatch.key, dispatch.ids.getFirst(), whole);
      }
    }
    reception.reported(report);
  }

  private Reception.Report report(@Nullable String key, String id, State state) {
    Progress progress = state.failure() == null ? Progress.DELIVERED : Progress.FAILED;
    return new Reception.Report(provider, key, id, progress, state.failure(), state.detail());
  }
}
