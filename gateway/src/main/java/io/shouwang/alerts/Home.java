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

  /**
   * With this many open, further alarms of devices that are nobody's in person share one alert of
   * their kind: a hub may invent as many children as it likes.
   */
  public static final int OPEN_ALERTS_MAX = 64;

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

  public long openCount() {
    return alerts.stream().filter(Alert::isOpen).count();
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
   * The home after a fact: nothing but the two is looked at, so recovery can't differ from live.
   */
  public Home apply(Fact fact, Stamp stamp) {
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
        for (SeenEvent earlier : seen) {
          if (!earlier.receivedAt().isBefore(event.forgetBefore())) {
            kept.add(earlier);
          }
        }
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
      case Fact.Undecided undecided -> putOff(undecided.putOffTo(), stamp);
    };
  }

  private Home putOff(@Nullable Instant until, Stamp stamp) {
    return until == null
        ? this
        : new Home(
            id,
            alerts.stream().map(alert -> AlertEdit.putOff(alert, stamp, until)).toList(),
            seen,
            fixes);
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
    forgetOneClosed(next, changed.id());
    return new Home(id, List.copyOf(next), seen, fixes);
  }

  /** Beyond the bound, the one that was closed first goes; never the one that is being changed. */
  private static void forgetOneClosed(List<Alert> all, AlertId changed) {
    int count = 0;
    Alert first = null;
    Instant firstAt = null;
    for (Alert alert : all) {
      Closing closing = alert.closing();
      if (closing == null) {
        continue;
      }
      count++;
      boolean earlier = firstAt == null || closing.at().isBefore(firstAt);
      if (earlier && !alert.id().equals(changed)) {
        first = alert;
        firstAt = closing.at();
      }
    }
    if (count > CLOSED_ALERTS_MAX && first != null) {
      all.remove(first);
    }
  }
}
