package io.shouwang.alerts;

import io.shouwang.alerts.Delivery.Cause;
import io.shouwang.model.AlertId;
import io.shouwang.model.Answer;
import io.shouwang.model.DeviceEvent;
import io.shouwang.model.DeviceId;
import io.shouwang.model.Directory;
import io.shouwang.model.ElderId;
import io.shouwang.model.Fix;
import io.shouwang.model.HomeId;
import io.shouwang.model.Input;
import io.shouwang.model.Kind;
import io.shouwang.model.Role;
import io.shouwang.model.Severity;
import io.shouwang.model.Signal;
import io.shouwang.model.Synthetic;
import io.shouwang.rules.Evidence;
import io.shouwang.rules.Finding;
import io.shouwang.rules.Verdict;
import io.shouwang.senses.Senses;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a device said: is it new, what does it mean, does it ring? */
final class Events {
  /**
   * How long after an event MQTT may bring it again. Packet ids come around, and some devices never
   * change them: much later the same one with the same content is a new press that got lost on its
   * first try, and must ring.
   */
  static final Duration REDELIVERY_WINDOW = Duration.ofMinutes(10);

  private Events() {}

  static Answer take(Draft draft, DeviceEvent event) {
    Verdict verdict = draft.world.rules().judge(event, draft.now());
    boolean answered = !(verdict instanceof Verdict.Quiet);
    if (answered && isResend(draft, event)) {
      return new Answer.Repeated(); // nor is it heard: the same press is no second sign of life
    }
    Senses before = draft.home().senses();
    draft.hear(event);
    Set<Evidence.Mark> marks = answered ? oddities(draft, event) : Set.of();
    if (answered) {
      DeviceEvent.Packet packet = event.packet();
      draft.add(
          new Fact.EventSeen(
              event.device(),
              event.key(),
              event.id() == null ? 0 : Derived.idHash(event.id()),
              isIdentified(draft, event),
              packet == null ? 0 : packet.id(),
              forgetBefore(draft)));
    }
    Fix fix = fixOf(event.signal());
    if (fix != null && isNewer(draft, event, fix)) {
      draft.add(new Fact.FixKnown(event.device(), fix));
    }
    switch (verdict) {
      case Verdict.Raise raise -> raise(draft, event, raise, marks);
      case Verdict.Support support ->
          supported(draft, support.alert(), subject(draft, event, support.alert()))
              .ifPresent(alert ->
                  draft.add(new Fact.EvidenceAdded(alert.id(), marked(support.evidence(), marks))));
      case Verdict.Quiet _ -> {}
    }
    if (event.signal() instanceof Signal.Checkin) {
      Care.checkin(draft, event);
    }
    settle(draft, before, event);
    return new Answer.Taken();
  }

  /**
   * What the rules make of it. A rule that fails must not take an alarm with it (P3): that rings
   * already by what was decided above, and the duty desk hears of the rule beside it.
   */
  private static void settle(Draft draft, Senses before, DeviceEvent event) {
    try {
      Conditions.settle(draft, draft.look(before, event));
    } catch (RuntimeException | StackOverflowError e) {
      if (!event.isAlarm()) {
        throw e;
      }
      String error = e.getClass().getSimpleName();
      Core.trouble(draft, new Input.TroubleNoticed(Input.Trouble.UNDECIDED, error));
    }
  }

  /** What came in before this is too old to be sent again. */
  static Instant forgetBefore(Draft draft) {
    if (draft.home().id().equals(Synthetic.HOME)) {
      return draft.now().minus(REDELIVERY_WINDOW); // one a minute, each with an id of its own
    }
    return draft.now().minus(draft.settings().sameEventWindow());
  }

  /**
   * The same event (P4): the same content under the same id or time within the window; with
   * neither, only a redelivery that MQTT itself marks as one, soon after.
   */
  private static boolean isResend(Draft draft, DeviceEvent event) {
    Instant since = forgetBefore(draft);
    Instant justNow = draft.now().minus(REDELIVERY_WINDOW);
    boolean identified = isIdentified(draft, event);
    DeviceEvent.Packet packet = event.packet();
    for (SeenEvent seen : draft.home().seen()) {
      if (!seen.key().equals(event.key()) || !seen.device().equals(event.device())) {
        continue;
      }
      boolean redelivered =
          packet != null
              && packet.redelivered()
              && packet.id() == seen.packetId()
              && !seen.receivedAt().isBefore(justNow);
      if (redelivered || (identified && !seen.receivedAt().isBefore(since))) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether it says enough to know a resend by. A device time alone counts only while it is
   * believable: a clock that starts at 1970 with each battery gives the same time to every press.
   */
  private static boolean isIdentified(Draft draft, DeviceEvent event) {
    Instant at = event.at();
    Duration window = draft.settings().sameEventWindow();
    return event.id() != null
        || (at != null
            && !at.isBefore(draft.now().minus(window))
            && !at.isAfter(draft.now().plus(window)));
  }

  /** A position that comes late doesn't replace a newer one, unless that one's clock was ahead. */
  private static boolean isNewer(Draft draft, DeviceEvent event, Fix fix) {
    Optional<KnownFix> known = draft.home().fixOf(event.device());
    Instant knownAt = known.map(k -> k.fix().fixAt()).orElse(null);
    if (known.isEmpty() || knownAt == null || fix.fixAt() == null) {
      return true;
    }
    Instant believed = known.get().receivedAt().plus(draft.settings().futureTolerance());
    return knownAt.isAfter(believed) || !fix.fixAt().isBefore(knownAt);
  }

  private static Set<Evidence.Mark> oddities(Draft draft, DeviceEvent event) {
    Set<Evidence.Mark> marks = EnumSet.noneOf(Evidence.Mark.class);
    if (event.id() != null) {
      long idHash = Derived.idHash(event.id());
      boolean reused =
          draft.home().seen().stream()
              .anyMatch(seen ->
                  seen.device().equals(event.device())
                      && seen.idHash() == idHash
                      && !seen.key().equals(event.key()));
      if (reused) {
        marks.add(Evidence.Mark.ID_REUSED);
      }
    }
    if (draft.world.directory().placement(event.device()) == null) {
      marks.add(Evidence.Mark.UNREGISTERED);
    }
    return marks;
  }

  private static void raise(
      Draft draft, DeviceEvent event, Verdict.Raise raise, Set<Evidence.Mark> marks) {
    Subject subject = subject(draft, event, raise.alert());
    Evidence evidence = marked(raise.evidence(), marks);
    boolean exercise = Modes.isExercise(draft, event.device());
    Optional<Alert> open = joined(draft, raise.alert(), subject, exercise);
    boolean full = draft.home().openCount() >= Home.OPEN_ALERTS_MAX;
    if (open.isEmpty() && full && subject instanceof Subject.OfDevice) {
      subject = new Subject.OfHome();
      open = joined(draft, raise.alert(), subject, exercise);
    }
    AlertId id;
    if (open.isPresent()) {
      id = open.get().id();
      draft.add(new Fact.EvidenceAdded(id, evidence));
    } else {
      id = Derived.freshAlertId(draft, event.key(), raise.alert());
      begin(draft, id, raise.alert(), raise.severity(), subject, evidence);
    }
    Messages.tellReceived(draft, id, AlertEdit.mailbox(evidence));
    // An exercise may be of a lesser class than what is pressed in it.
    boolean isAlarm = raise.severity() == Severity.CRITICAL;
    boolean again = open.isPresent() && (isAlarm || open.get().isAlarmClass());
    if (again) {
      Ringing.takeUpAgain(draft, id);
    }
    Ringing.climb(draft, id);
    if (again) {
      Ringing.ringAgain(draft, id, Cause.PRESSED_AGAIN);
    }
  }

  /** The first fact of an alert; what rings follows from it. */
  static void begin(
      Draft draft,
      AlertId id,
      Kind kind,
      Severity severity,
      Subject subject,
      @Nullable Evidence evidence) {
    DeviceId device = evidence == null ? null : evidence.device();
    boolean isTest = Modes.marks(draft, device, evidence != null).isTest();
    Ladder ladder = isTest ? Modes.TEST_LADDER : draft.ladder(kind, severity);
    begin(draft, id, kind, severity, subject, evidence, ladder, null);
  }

  static void begin(
      Draft draft,
      AlertId id,
      Kind kind,
      Severity severity,
      Subject subject,
      @Nullable Evidence evidence,
      Ladder ladder,
      @Nullable Finding finding) {
    Marks marks = marks(draft, evidence, finding);
    begin(draft, id, kind, severity, subject, evidence, ladder, finding, marks);
  }

  private static void begin(
      Draft draft,
      AlertId id,
      Kind kind,
      Severity severity,
      Subject subject,
      @Nullable Evidence evidence,
      Ladder ladder,
      @Nullable Finding finding,
      Marks marks) {
    DutyDesk desk = desk(draft, ladder);
    Instant deskAt =
        severity == Severity.CRITICAL ? draft.now() : draft.now().plus(deskAfter(ladder, desk));
    draft.add(
        new Fact.Raised(
            id,
            kind,
            severity,
            subject,
            elders(draft, subject),
            evidence,
            ladder,
            desk,
            deskAt,
            finding,
            marks));
  }

  /** One for the duty desk alone, whose turn comes then. */
  static void beginForDesk(Draft draft, AlertId id, Kind kind, Subject subject, Instant deskAt) {
    Ladder ladder = Core.DESK_ALONE;
    draft.add(
        new Fact.Raised(
            id,
            kind,
            Severity.MAJOR,
            subject,
            elders(draft, subject),
            null,
            ladder,
            desk(draft, ladder),
            deskAt,
            null,
            Marks.NONE));
  }

  private static DutyDesk desk(Draft draft, Ladder ladder) {
    return Objects.requireNonNullElse(ladder.desk(), draft.world.ladders().desk());
  }

  /** One that no event and no rule raised, under circumstances of its own. */
  static void begin(
      Draft draft,
      AlertId id,
      Kind kind,
      Severity severity,
      Subject subject,
      Marks marks,
      Ladder ladder) {
    begin(draft, id, kind, severity, subject, null, ladder, null, marks);
  }

  private static Marks marks(Draft draft, @Nullable Evidence evidence, @Nullable Finding finding) {
    if (evidence != null) {
      return Modes.marks(draft, evidence.device(), true);
    }
    return Modes.marks(draft, finding == null ? null : finding.device(), false);
  }

  /** Outside the alarm class the desk has the rung that names it, or comes after the last. */
  private static Duration deskAfter(Ladder ladder, DutyDesk desk) {
    for (Rung rung : ladder.rungs()) {
      if (rung.roles().contains(Role.DUTY_DESK)) {
        return rung.after();
      }
    }
    return ladder.rungs().isEmpty()
        ? Duration.ZERO
        : ladder.rungs().getLast().after().plus(desk.repeatEvery());
  }

  private static Set<ElderId> elders(Draft draft, Subject subject) {
    if (subject instanceof Subject.OfElder(ElderId elder)) {
      return Set.of(elder);
    }
    HomeId home = draft.home().id();
    Directory.Home card = draft.world.directory().home(home);
    return card == null ? Set.of() : Set.copyOf(card.elders());
  }

  private static Subject subject(Draft draft, DeviceEvent event, Kind alert) {
    if (alert.equals(Kind.SMOKE) || alert.equals(Kind.GAS)) {
      return new Subject.OfHome();
    }
    Directory.Placement placement = draft.world.directory().placement(event.device());
    boolean ofPerson = alert.equals(Kind.SOS) || alert.equals(Kind.FALL);
    return ofPerson && placement != null && placement.elder() != null
        ? new Subject.OfElder(placement.elder())
        : new Subject.OfDevice(event.device());
  }

  /** The open alert of this kind about this subject; never an exercise. */
  static Optional<Alert> openAlert(Home home, Kind kind, Subject subject) {
    return openAlert(home, kind, subject, false);
  }

  private static Optional<Alert> openAlert(
      Home home, Kind kind, Subject subject, boolean exercise) {
    return home.alerts().stream()
        .filter(a -> a.isOpen() && a.kind().equals(kind) && a.subject().equals(subject))
        .filter(a -> a.marks().exercise() == exercise)
        .findFirst();
  }

  /**
   * The alert that a further event belongs to. A real one never joins an exercise, which rings
   * fewer and may be taken lightly; an exercise joins what is real, since nobody knows better.
   */
  private static Optional<Alert> joined(Draft draft, Kind kind, Subject subject, boolean exercise) {
    Optional<Alert> real = openAlert(draft.home(), kind, subject);
    if (real.isEmpty()) {
      real = mergedAlert(draft.home(), kind, subject);
    }
    return real.isEmpty() && exercise ? openAlert(draft.home(), kind, subject, true) : real;
  }

  /** The open alert in which one of this kind about this subject goes on; never an exercise. */
  private static Optional<Alert> mergedAlert(Home home, Kind kind, Subject subject) {
    return home.alerts().stream()
        .filter(a -> !a.isOpen() && a.kind().equals(kind) && a.subject().equals(subject))
        .map(home::goesOnIn)
        .filter(a -> a.isOpen() && !a.marks().exercise())
        .findFirst();
  }

  private static Optional<Alert> supported(Draft draft, Kind kind, Subject subject) {
    return joined(draft, kind, subject, true);
  }

  private static @Nullable Fix fixOf(Signal signal) {
    return switch (signal) {
      case Signal.Sos sos -> sos.fix();
      case Signal.Fall fall -> fall.fix();
      case Signal.Position position -> position.fix();
      case Signal.Hazard _, Signal.Telemetry _, Signal.Unreadable _ -> null;
    };
  }

  private static Evidence marked(Evidence evidence, Set<Evidence.Mark> more) {
    if (more.isEmpty()) {
      return evidence;
    }
    Set<Evidence.Mark> all = EnumSet.copyOf(more);
    all.addAll(evidence.marks());
    return new Evidence(
        evidence.event(),
        evidence.device(),
        evidence.hub(),
        evidence.kind(),
        evidence.what(),
        evidence.said(),
        evidence.room(),
        evidence.at(),
        evidence.receivedAt(),
        Set.copyOf(all),
        evidence.fix());
  }

  /**
   * The home that decides an event: the device's, its hub's, or a stand-in. A hub's own where
   * nobody registered the child: a hub may invent children, and homes are never forgotten.
   */
  static HomeId homeOf(Directory directory, DeviceEvent event) {
    if (Synthetic.isPress(event)) {
      return Synthetic.HOME;
    }
    Directory.Placement own = directory.placement(event.device());
    if (own != null && own.home() != null) {
      return own.home();
    }
    Directory.Placement hub = event.hub() == null ? null : directory.placement(event.hub());
    if (hub != null && hub.home() != null) {
      return hub.home();
    }
    return HomeId.standIn(own == null && hub != null ? hub.device() : event.device());
  }
}
