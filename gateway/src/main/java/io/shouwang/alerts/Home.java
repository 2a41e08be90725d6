package io.shouwang.alerts;

import io.shouwang.model.AlertId;
import io.shouwang.model.CareContact;
import io.shouwang.model.DeviceEvent;
import io.shouwang.model.DeviceId;
import io.shouwang.model.ElderId;
import io.shouwang.model.HomeId;
import io.shouwang.model.Mode;
import io.shouwang.model.Stamp;
import io.shouwang.rules.Condition;
import io.shouwang.rules.Sight;
import io.shouwang.senses.Heard;
import io.shouwang.senses.Senses;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All the gateway remembers of one home. An immutable value; only facts make the next one.
 *
 * @param alerts the open ones and the latest closed, oldest first
 * @param seen alarm events of the last days, oldest first
 * @param senses what its devices said
 * @param conditions what rules found and still holds
 * @param modes what operators said about it and is not over
 * @param contacts the latest visits, calls and words of being well, oldest first
 */
public record Home(
    HomeId id,
    List<Alert> alerts,
    List<SeenEvent> seen,
    List<KnownFix> fixes,
    Senses senses,
    List<Condition> conditions,
    List<Mode> modes,
    List<CareContact> contacts) {

  public static final int CLOSED_ALERTS_MAX = 8;

  /** Beyond this many that go on in another, they are forgotten like any that is closed. */
  public static final int MERGED_ALERTS_MAX = 64;

  /**
   * With this many open, further alarms of devices that are nobody's in person share one alert of
   * their kind: a hub may invent as many children as it likes.
   */
  public static final int OPEN_ALERTS_MAX = 64;

  /** Beyond this many, the oldest is forgotten, and a resend of it would ring again. */
  public static final int SEEN_MAX = 2_048;

  public static final int FIXES_MAX = 32;

  /** Beyond this many, the one that began first is forgotten, and may ring again. */
  public static final int CONDITIONS_MAX = 512;

  public static final int MODES_MAX = 64;
  public static final int CONTACTS_MAX = 256;

  /** So many visits, and so many calls, of one elder are remembered: more than a duty asks. */
  public static final int CONTACTS_KEPT = 24;

  public static final int CHECKINS_KEPT = 4;

  /** What an earlier version wrote lacks the later parts. */
  public Home {
    senses = Objects.requireNonNullElse(senses, Senses.NONE);
    conditions = Objects.requireNonNullElse(conditions, List.of());
    modes = Objects.requireNonNullElse(modes, List.of());
    contacts = Objects.requireNonNullElse(contacts, List.of());
  }

  /** A home nothing is remembered of. */
  public static Home empty(HomeId id) {
    return new Home(
        id, List.of(), List.of(), List.of(), Senses.NONE, List.of(), List.of(), List.of());
  }

  /** Whether nothing is remembered of it. */
  public boolean isBlank() {
    return equals(empty(id));
  }

  /** The home after one of its devices said something. */
  public Home hear(DeviceEvent event, Heard heard) {
    return new Home(
        id, alerts, seen, fixes, senses.hear(event, heard), conditions, modes, contacts);
  }

  /** The home with other senses and positions. */
  public Home withHeard(Senses otherSenses, List<KnownFix> otherFixes) {
    return new Home(id, alerts, seen, otherFixes, otherSenses, conditions, modes, contacts);
  }

  /** What the rules go by. */
  Sight.Remembered remembered() {
    return new Sight.Remembered(senses, conditions, modes, contacts, openAlerts());
  }

  private List<Sight.OpenAlert> openAlerts() {
    if (alerts.isEmpty()) {
      return List.of();
    }
    return alerts.stream()
        .filter(Alert::isOpen)
        .map(alert ->
            new Sight.OpenAlert(
                alert.id(),
                alert.kind(),
                alert.subject() instanceof Subject.OfElder(ElderId elder) ? elder : null,
                alert.subject() instanceof Subject.OfDevice(DeviceId device) ? device : null,
                alert.raisedAt(),
                alert.evidence().isEmpty()
                    ? alert.raisedAt()
                    : alert.evidence().getLast().receivedAt(),
                alert.evidence()))
        .toList();
  }

  public Optional<Condition> condition(String rule, String key) {
    for (Condition condition : conditions) {
      if (condition.is(rule, key)) {
        return Optional.of(condition);
      }
    }
    return Optional.empty();
  }

  private Home with(List<Alert> nextAlerts, List<SeenEvent> nextSeen, List<KnownFix> nextFixes) {
    return new Home(id, nextAlerts, nextSeen, nextFixes, senses, conditions, modes, contacts);
  }

  private Home withConditions(List<Condition> next) {
    return new Home(
        id, alerts, seen, fixes, senses, bounded(next, CONDITIONS_MAX), modes, contacts);
  }

  private Home withModes(List<Mode> next) {
    return new Home(
        id, alerts, seen, fixes, senses, conditions, bounded(next, MODES_MAX), contacts);
  }

  private Home withContacts(List<CareContact> next) {
    return new Home(
        id, alerts, seen, fixes, senses, conditions, modes, bounded(next, CONTACTS_MAX));
  }

  /** Without the oldest that are too many. */
  private static <T> List<T> bounded(List<T> list, int most) {
    return List.copyOf(list.size() > most ? list.subList(list.size() - most, list.size()) : list);
  }

  private static <T> List<T> replaced(List<T> list, Predicate<T> old, T by) {
    List<T> next = new ArrayList<>(list.size() + 1);
    list.stream().filter(old.negate()).forEach(next::add);
    next.add(by);
    return next;
  }

  public Optional<Alert> alert(AlertId id) {
    for (Alert alert : alerts) {
      if (alert.id().equals(id)) {
        return Optional.of(alert);
      }
    }
    return Optional.empty();
  }

  /**
   * Where an alert goes on: in the one it was merged into, or the one that was merged into. Itself
   * if it wasn't, or if that one is forgotten.
   */
  Alert goesOnIn(Alert alert) {
    Alert last = alert;
    // None is merged into a closed one, so there is no circle; each step is bounded by the list.
    for (int steps = 0; steps < alerts.size(); steps++) {
      Closing closing = last.closing();
      AlertId into = closing == null ? null : closing.into();
      Alert next = into == null ? null : alert(into).orElse(null);
      if (next == null) {
        return last;
      }
      last = next;
    }
    return last;
  }

  public long openCount() {
    return alerts.stream().filter(Alert::isOpen).count();
  }

  public Optional<KnownFix> fixOf(DeviceId device) {
    for (KnownFix fix : fixes) {
      if (fix.device().equals(device)) {
        return Optional.of(fix);
      }
    }
    return Optional.empty();
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
    for (Mode mode : modes) {
      boolean ends = mode.endedAt() == null;
      if (ends && (earliest == null || mode.until().isBefore(earliest))) {
        earliest = mode.until();
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
      case Fact.OfAlert ofAlert -> {
        Alert before =
            alert(ofAlert.alert())
                .orElseThrow(() -> new IllegalStateException("no alert " + ofAlert.alert()));
        Alert after = AlertEdit.apply(before, ofAlert, stamp);
        Home next = withAlert(after);
        yield before.isOpen() && !after.isOpen() ? next.withoutNewsOf(after.id()) : next;
      }
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
        yield with(alerts, List.copyOf(kept), fixes);
      }
      case Fact.FixKnown known -> {
        List<KnownFix> others = new ArrayList<>(fixes.size() + 1);
        for (KnownFix earlier : fixes) {
          if (!earlier.device().equals(known.device())) {
            others.add(earlier);
          }
        }
        if (others.size() >= FIXES_MAX) {
          others.removeFirst();
        }
        others.add(new KnownFix(known.device(), known.fix(), stamp.now()));
        yield with(alerts, seen, List.copyOf(others));
      }
      case Fact.ConditionBegan(Condition began) ->
          withConditions(replaced(conditions, c -> c.is(began.rule(), began.key()), began));
      case Fact.ConditionEnded(String rule, String key) ->
          withConditions(conditions.stream().filter(c -> !c.is(rule, key)).toList());
      case Fact.ModeBegan(Mode mode) ->
          withModes(
              replaced(modes, m -> m.endedAt() == null && m.is(mode.kind(), mode.device()), mode));
      case Fact.ModeEnded(Mode.Kind kind, DeviceId device) ->
          withModes(ended(kind, device, stamp.now()));
      case Fact.ContactNoted noted -> withContacts(noted(noted));
      case Fact.Undecided undecided -> putOff(undecided.putOffTo(), stamp);
    };
  }

  private Home putOff(@Nullable Instant until, Stamp stamp) {
    if (until == null) {
      return this;
    }
    List<Mode> later = new ArrayList<>(modes.size());
    for (Mode mode : modes) {
      boolean isOverdue = mode.endedAt() == null && !mode.until().isAfter(stamp.now());
      later.add(isOverdue ? mode.until(until) : mode);
    }
    return with(
            alerts.stream().map(alert -> AlertEdit.putOff(alert, stamp, until)).toList(),
            seen,
            fixes)
        .withModes(later);
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
    return with(List.copyOf(next), seen, fixes);
  }

  /** An absence is remembered for a while, any other mode is gone. */
  private List<Mode> ended(Mode.Kind kind, @Nullable DeviceId device, Instant now) {
    List<Mode> next = new ArrayList<>(modes.size());
    Instant forgetBefore = now.minus(Mode.REMEMBERED);
    for (Mode mode : modes) {
      boolean ends = mode.endedAt() == null && mode.is(kind, device);
      Instant endedAt = ends ? now : mode.endedAt();
      boolean isKept =
          endedAt == null || (mode.kind().isAbsence() && endedAt.isAfter(forgetBefore));
      if (isKept) {
        next.add(ends ? mode.ended(now) : mode);
      }
    }
    return next;
  }

  /**
   * With a contact, without those of its elder and means that are too old or too many; what is
   * added last is the latest in any case, so the last contact is never forgotten.
   */
  private List<CareContact> noted(Fact.ContactNoted noted) {
    CareContact latest = noted.contact();
    int most = latest.means() == CareContact.Means.CHECKIN ? CHECKINS_KEPT : CONTACTS_KEPT;
    long alike = contacts.stream().filter(c -> isAlike(c, latest)).count();
    List<CareContact> next = new ArrayList<>(contacts.size() + 1);
    for (CareContact contact : contacts) {
      if (isAlike(contact, latest)) {
        boolean tooMany = alike >= most;
        if (tooMany || contact.at().isBefore(noted.forgetBefore())) {
          alike--;
          continue;
        }
      }
      next.add(contact);
    }
    next.add(latest);
    return next;
  }

  private static boolean isAlike(CareContact one, CareContact other) {
    return one.elder().equals(other.elder()) && one.means() == other.means();
  }

  /** What was said once about an alert may be said again about the next one. */
  private Home withoutNewsOf(AlertId alert) {
    return conditions.isEmpty()
        ? this
        : withConditions(conditions.stream().filter(c -> !c.isNewsOf(alert)).toList());
  }

  /** It goes on in an open one: answers to it count there, and its timeline belongs to it. */
  private static boolean isNeeded(List<Alert> all, Closing closing) {
    AlertId into = closing.into();
    for (int steps = 0; into != null && steps < MERGED_ALERTS_MAX; steps++) {
      Alert next = null;
      int merged = 0;
      for (Alert alert : all) {
        Closing its = alert.closing();
        merged += its != null && its.into() != null ? 1 : 0;
        next = alert.id().equals(into) ? alert : next;
      }
      if (next == null || merged > MERGED_ALERTS_MAX) {
        return false;
      }
      if (next.isOpen()) {
        return true;
      }
      into = next.closing() == null ? null : next.closing().into();
    }
    return false;
  }

  /** Beyond the bound, the one that was closed first goes; never the one that is being changed. */
  private static void forgetOneClosed(List<Alert> all, AlertId changed) {
    int count = 0;
    Alert first = null;
    Instant firstAt = null;
    for (Alert alert : all) {
      Closing closing = alert.closing();
      if (closing == null || isNeeded(all, closing)) {
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
