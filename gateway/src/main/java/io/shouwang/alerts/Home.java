package io.shouwang.alerts;

import io.shouwang.model.AlertId;
import io.shouwang.model.DeviceId;
import io.shouwang.model.HomeId;
import io.shouwang.model.Stamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All the gateway remembers of one home. An immutable value; only facts make the next one.
 *
 * @param alerts the open ones and the latest closed, oldest first
 * @param seen alarm events of the last days, oldest first
 */
public record Home(HomeId id, List<Alert> alerts, List<SeenEvent> seen, List<KnownFix> fixes) {

  public static final int CLOSED_ALERTS_MAX = 8;

  /** Beyond this many, the oldest is forgotten, and a resend of it would ring again. */
  public static final int SEEN_MAX = 2_048;

  public static final int FIXES_MAX = 32;

  /** A home nothing is remembered of. */
  public static Home empty(HomeId id) {
    return new Home(id, List.of(), List.of(), List.of());
  }

  public Optional<Alert> alert(AlertId id) {
    return alerts.stream().filter(a -> a.id().equals(id)).findFirst();
  }

  public Optional<KnownFix> fixOf(DeviceId device) {
    return fixes.stream().filter(f -> f.device().equals(device)).findFirst();
  }

  /** When something must happen next in this home; null while nothing must. */
  public @Nullable Instant deadline() {
    Instant earliest = null;
    for (Alert alert : alerts) {
      Instant deadline = alert.deadline();
      if (deadline != null && (earliest == null || deadline.isBefore(earliest))) {
        earliest = deadline;
      }
    }
    return earliest;
  }

  /**
   * The home after a fact.
   *
   * @param forget alarm events received before this are no longer needed
   */
  public Home apply(Fact fact, Stamp stamp, Instant forget) {
    return switch (fact) {
      case Fact.Raised raised -> withAlert(AlertEdit.begin(id, raised, stamp));
      case Fact.OfAlert ofAlert ->
          withAlert(
              AlertEdit.apply(
                  alert(ofAlert.alert())
                      .orElseThrow(() -> new IllegalStateException("no alert " + ofAlert.alert())),
                  ofAlert,
                  stamp));
      case Fact.EventSeen event -> {
        List<SeenEvent> kept = new ArrayList<>(seen.size() + 1);
        seen.stream().filter(s -> !s.receivedAt().isBefore(forget)).forEach(kept::add);
        if (kept.size() >= SEEN_MAX) {
          kept.removeFirst();
        }
        kept.add(
            new SeenEvent(
                event.device(),
                event.key(),
                event.idHash(),
                event.identified(),
                event.packetId(),
                stamp.now()));
        yield new Home(id, alerts, List.copyOf(kept), fixes);
      }
      case Fact.FixKnown known -> {
        List<KnownFix> others = new ArrayList<>(fixes.size() + 1);
        fixes.stream().filter(f -> !f.device().equals(known.device())).forEach(others::add);
        if (others.size() >= FIXES_MAX) {
          others.removeFirst();
        }
        others.add(new KnownFix(known.device(), known.fix(), stamp.now()));
        yield new Home(id, alerts, seen, List.copyOf(others));
      }
      case Fact.Undecided _ -> this;
    };
  }

  private Home withAlert(Alert changed) {
    List<Alert> next = new ArrayList<>(alerts.size() + 1);
    boolean replaced = false;
    for (Alert alert : alerts) {
      boolean same = alert.id().equals(changed.id());
      next.add(same ? changed : alert);
      replaced |= same;
    }
    if (!replaced) {
      next.add(changed);
    }
    long closed = next.stream().filter(a -> !a.isOpen()).count();
    if (closed > CLOSED_ALERTS_MAX) {
      for (int i = 0; i < next.size(); i++) {
        if (!next.get(i).isOpen()) {
          next.remove(i);
          break;
        }
      }
    }
    return new Home(id, List.copyOf(next), seen, fixes);
  }
}
