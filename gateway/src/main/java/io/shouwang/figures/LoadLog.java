package io.shouwang.figures;

import io.shouwang.alerts.Fact;
import io.shouwang.alerts.Subject;
import io.shouwang.model.AlertId;
import io.shouwang.model.AreaId;
import io.shouwang.model.DeviceId;
import io.shouwang.model.Directory;
import io.shouwang.model.HomeId;
import io.shouwang.model.Reply;
import io.shouwang.rules.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The alerts of the last weeks, folded from facts: the same facts at the same times give the same
 * log. Bounded: the oldest go first, and it says since when it counts. One thread at a time.
 */
public final class LoadLog {
  /** A month and a day, so that a month's figures are whole. */
  static final Duration KEPT = Duration.ofDays(31);

  /** So many signals of a device within a minute are chatter. */
  static final int CHATTER_SIGNALS = 3;

  static final Duration CHATTER_WITHIN = Duration.ofMinutes(1);
  private static final int TALKERS_MAX = 4_096;

  private final int most;
  private final Map<AlertId, Shown> shown = new LinkedHashMap<>();

  /** When each of the devices that spoke last did so: the two times before. */
  private final Map<DeviceId, Instant[]> talkers =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<DeviceId, Instant[]> eldest) {
          return size() > TALKERS_MAX;
        }
      };

  private @Nullable Instant countedFrom;

  /** An empty one that keeps at most so many alerts. */
  public LoadLog(int most) {
    this.most = most;
  }

  /** Goes on with what was kept. */
  static LoadLog of(int most, @Nullable Instant countedFrom, Collection<Shown> kept) {
    LoadLog log = new LoadLog(most);
    log.countedFrom = countedFrom;
    kept.forEach(one -> log.shown.put(one.alert(), one));
    log.forgetOld();
    return log;
  }

  /** From when on nothing is missing; null while it has heard nothing. */
  @Nullable Instant countedFrom() {
    return countedFrom;
  }

  /** Counting begins here: what was before is not known. */
  void beginAt(Instant at) {
    countedFrom = at;
  }

  /** All, the oldest first. */
  List<Shown> all() {
    return new ArrayList<>(shown.values());
  }

  /** What a seat was shown, see {@link Load#of}. */
  public Load.Counted of(Directory directory, AreaId area, Instant since, boolean topmost) {
    List<Shown> seats = new ArrayList<>();
    for (Shown one : shown.values()) {
      if (!one.raisedAt().isBefore(since) && isIn(directory, one.area(), area, topmost)) {
        seats.add(one);
      }
    }
    return new Load.Counted(countedFrom, seats);
  }

  private static boolean isIn(
      Directory directory, @Nullable AreaId lies, AreaId area, boolean topmost) {
    List<AreaId> path = lies == null ? List.of() : directory.areaPath(lies);
    return path.isEmpty() ? topmost : path.contains(area);
  }

  /** Time passed, whether or not anything happened. */
  void passTo(Instant now) {
    Instant before = now.minus(KEPT);
    while (!shown.isEmpty() && shown.values().iterator().next().raisedAt().isBefore(before)) {
      forgetFirst();
    }
  }

  /** Takes a fact of a home. */
  public void take(Instant at, HomeId home, Fact fact, Directory directory) {
    if (countedFrom == null) {
      countedFrom = at;
    }
    switch (fact) {
      case Fact.Raised raised -> raise(at, home, raised, directory);
      case Fact.EvidenceAdded(AlertId alert, Evidence evidence) -> signal(at, alert, evidence);
      case Fact.DeskReached desk -> change(desk.alert(), one -> one.withDesk(at));
      case Fact.Replied replied -> {
        if (isAnswer(replied.answer())) {
          change(replied.alert(), one -> one.answered(at));
        }
      }
      case Fact.Held held -> change(held.alert(), one -> one.answered(at));
      case Fact.CallWent went -> {
        if (went.by() != null) {
          change(went.alert(), one -> one.answered(at));
        }
      }
      case Fact.Closed closed ->
          change(closed.alert(), one -> one.closed(at, closed.disposition()));
      case Fact.Cleared cleared -> {
        if (cleared.closes()) {
          change(cleared.alert(), one -> one.closed(at, "cleared"));
        }
      }
      case Fact.MergedInto merged -> change(merged.alert(), one -> one.closed(at, "merged"));
      case Fact.Reopened reopened -> change(reopened.alert(), one -> one.closed(null, ""));
      case Fact.CallTaken _,
          Fact.CallRang _,
          Fact.ExerciseBegan _,
          Fact.TroubleSeen _,
          Fact.FoundSilent _,
          Fact.Forwarded _,
          Fact.CountySeen _,
          Fact.Found _,
          Fact.RungReached _,
          Fact.DeliveryStarted _,
          Fact.DeliveryEnded _,
          Fact.HoldEnded _,
          Fact.RingsOn _,
          Fact.MergedFrom _,
          Fact.Parted _,
          Fact.Hurried _,
          Fact.HandoverOffered _,
          Fact.HandoverEnded _,
          Fact.EventSeen _,
          Fact.FixKnown _,
          Fact.ConditionBegan _,
          Fact.ConditionEnded _,
          Fact.ModeBegan _,
          Fact.ModeEnded _,
          Fact.ContactNoted _,
          Fact.Undecided _ -> {}
    }
  }

  private static boolean isAnswer(Reply.Answer answer) {
    return switch (answer) {
      case ACCEPT, SPOKE, ON_THE_WAY, ARRIVED, DONE -> true;
      case DECLINE, WELL -> false;
    };
  }

  private interface Changing {
    Shown change(Shown before);
  }

  private void change(AlertId alert, Changing how) {
    shown.computeIfPresent(alert, (_, one) -> how.change(one));
  }

  private void raise(Instant at, HomeId home, Fact.Raised raised, Directory directory) {
    if (raised.marks().synthetic()) {
      return;
    }
    Evidence evidence = raised.evidence();
    DeviceId device = evidence == null ? deviceOf(raised) : evidence.device();
    Directory.Placement placement = device == null ? null : directory.placement(device);
    Directory.Home card = directory.home(home);
    AreaId area = card == null ? home.area() : card.area();
    shown.put(
        raised.alert(),
        new Shown(
            raised.alert(),
            home,
            area,
            device,
            placement == null ? "" : placement.type(),
            placement == null ? "" : placement.model(),
            raised.kind(),
            raised.severity(),
            raised.marks().exercise(),
            at,
            null,
            null,
            null,
            "",
            1,
            device != null && chatters(at, device) ? 1 : 0));
    forgetOld();
  }

  private static @Nullable DeviceId deviceOf(Fact.Raised raised) {
    return raised.subject() instanceof Subject.OfDevice(DeviceId device) ? device : null;
  }

  private void signal(Instant at, AlertId alert, Evidence evidence) {
    boolean chatter = chatters(at, evidence.device());
    change(alert, one -> one.signalled(chatter));
  }

  /** Whether this signal is the third within a minute; then counting begins anew. */
  private boolean chatters(Instant at, DeviceId device) {
    Instant[] times = talkers.computeIfAbsent(device, _ -> new Instant[CHATTER_SIGNALS - 1]);
    Instant first = times[0];
    if (first != null && !first.plus(CHATTER_WITHIN).isBefore(at)) {
      talkers.remove(device);
      return true;
    }
    times[0] = times[1];
    times[1] = at;
    return false;
  }

  private void forgetOld() {
    while (shown.size() > most) {
      forgetFirst();
    }
  }

  private void forgetFirst() {
    var oldest = shown.entrySet().iterator();
    Instant raisedAt = oldest.next().getValue().raisedAt();
    oldest.remove();
    Instant from = countedFrom;
    if (from == null || !from.isAfter(raisedAt)) {
      countedFrom = raisedAt.plusMillis(1);
    }
  }
}
