package io.shouwang.rules;

import io.shouwang.model.DeviceEvent;
import io.shouwang.model.Fix;
import io.shouwang.model.Kind;
import io.shouwang.model.Severity;
import io.shouwang.model.Signal;
import io.shouwang.rules.Evidence.Mark;
import io.shouwang.rules.Evidence.What;
import io.shouwang.senses.Heard;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What events and silence mean. Alarms by themselves: {@link #judge}; all else by the rules: {@link
 * #look}. Pure; the same home, event, time and settings give the same answer.
 */
public final class RuleBook {
  /** A smoke alarm or gas detector that needs a visit, not a rescue. */
  public static final Kind DEVICE_FAULT = new Kind("device_fault");

  private static final Verdict QUIET = new Verdict.Quiet();

  private final RuleSettings settings;
  private final LimitsBook limits;
  private final List<Rule> rules;

  /** The latest answer and for how long it is right: civil time changes its offset seldom. */
  private volatile Offset offset = new Offset(0, 0, 0);

  private record Offset(long fromSecond, long untilSecond, int seconds) {}

  /**
   * @param rules in the order they are asked
   */
  public RuleBook(RuleSettings settings, LimitsBook limits, List<Rule> rules) {
    this.settings = settings;
    this.limits = limits;
    this.rules = List.copyOf(rules);
  }

  /** The gateway's own rules, in the order they are asked. */
  public static List<Rule> builtIn() {
    return List.of(
        new EmergencyRule(),
        new InactivityRule(),
        new LocationRule(),
        new VitalsRule(),
        new DeviceRule(),
        new DutyRule());
  }

  /** The rule for silence without the others, to try its limits at less cost. */
  public static List<Rule> silenceAlone() {
    return List.of(new InactivityRule());
  }

  /** Standard limits, and the gateway's own rules. */
  public static RuleBook of(RuleSettings settings) {
    return new RuleBook(settings, LimitsBook.STANDARD, builtIn());
  }

  public LimitsBook limits() {
    return limits;
  }

  /** How an event is heard that comes now. */
  public Heard heard(Instant now) {
    Offset known = offset;
    long second = now.getEpochSecond();
    if (second < known.fromSecond() || second >= known.untilSecond()) {
      // Offsets change at whole quarters of an hour, if they do.
      long from = Math.floorDiv(second, Heard.QUARTER_SECONDS) * Heard.QUARTER_SECONDS;
      known = new Offset(from, from + Heard.QUARTER_SECONDS, limits.offsetSeconds(now));
      offset = known;
    }
    return new Heard(now, known.seconds());
  }

  /** Asks all rules what they see. */
  public Findings look(Sight sight) {
    Findings findings = new Findings();
    for (Rule rule : rules) {
      rule.judge(sight, findings);
    }
    return findings;
  }

  public RuleSettings settings() {
    return settings;
  }

  /** Judges an event received now. */
  public Verdict judge(DeviceEvent event, Instant now) {
    return switch (event.signal()) {
      case Signal.Sos sos ->
          switch (sos.action()) {
            case PRESS -> raise(Kind.SOS, event, What.PRESS, "", sos.fix(), now);
            case UNKNOWN -> raise(Kind.SOS, event, What.UNKNOWN, sos.said(), sos.fix(), now);
            case CANCEL ->
                new Verdict.Support(Kind.SOS, evidence(event, What.CANCEL, "", sos.fix(), now));
          };
      case Signal.Fall fall -> raise(Kind.FALL, event, What.FALL, "", fall.fix(), now);
      case Signal.Hazard hazard -> judge(event, hazard, now);
      // Whatever an alarm kind says that makes no sense here, it is an alarm (P3).
      case Signal.Unreadable _, Signal.Telemetry _ when event.kind().isAlarmKind() ->
          raise(event.kind(), event, What.UNREADABLE, "", null, now);
      case Signal.Unreadable _, Signal.Telemetry _ -> QUIET;
    };
  }

  private Verdict judge(DeviceEvent event, Signal.Hazard hazard, Instant now) {
    Kind kind = event.kind();
    return switch (hazard.state()) {
      case ALARM ->
          raise(kind, event, kind.equals(Kind.GAS) ? What.GAS : What.SMOKE, "", null, now);
      case UNKNOWN -> raise(kind, event, What.UNKNOWN, hazard.said(), null, now);
      case CLEAR -> new Verdict.Support(kind, evidence(event, What.CLEAR, "", null, now));
      case TEST -> new Verdict.Support(kind, evidence(event, What.TEST, "", null, now));
      case FAULT ->
          new Verdict.Raise(
              DEVICE_FAULT, Severity.MINOR, evidence(event, What.FAULT, "", null, now));
      case TAMPER ->
          new Verdict.Raise(
              DEVICE_FAULT, Severity.MINOR, evidence(event, What.TAMPER, "", null, now));
    };
  }

  private Verdict raise(
      Kind alert, DeviceEvent event, What what, String said, @Nullable Fix fix, Instant now) {
    return new Verdict.Raise(alert, Severity.CRITICAL, evidence(event, what, said, fix, now));
  }

  private Evidence evidence(
      DeviceEvent event, What what, String said, @Nullable Fix fix, Instant now) {
    Set<Mark> marks = EnumSet.noneOf(Mark.class);
    Instant at = event.at();
    if (at != null && at.isBefore(now.minus(settings.lateAfter()))) {
      marks.add(Mark.LATE);
    }
    if (at != null && at.isAfter(now.plus(settings.futureTolerance()))) {
      marks.add(Mark.AHEAD);
    }
    if (event.atSaid() != null) {
      marks.add(Mark.TIME_UNREADABLE);
    }
    if (what == What.UNKNOWN) {
      marks.add(Mark.SUBTYPE_UNKNOWN);
    }
    if (what == What.UNREADABLE) {
      marks.add(Mark.UNREADABLE);
    }
    return new Evidence(
        event.key(),
        event.device(),
        event.hub(),
        event.kind(),
        what,
        printable(said),
        room(event.signal()),
        at,
        now,
        Collections.unmodifiableSet(marks),
        fix);
  }

  private static @Nullable String room(Signal signal) {
    String room =
        signal instanceof Signal.Hazard hazard && hazard.room() != null
            ? printable(hazard.room())
            : "";
    return room.isEmpty() ? null : room;
  }

  /** A device's own word, short enough and harmless to show; facts hold no free text. */
  private static String printable(String said) {
    String head = said.substring(0, Math.min(said.length(), Evidence.SAID_LENGTH_MAX));
    return head.codePoints()
            .allMatch(c -> Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == ' ')
        ? head
        : "";
  }
}
