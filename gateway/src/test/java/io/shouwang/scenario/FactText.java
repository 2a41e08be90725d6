package io.shouwang.scenario;

import io.shouwang.alerts.Delivery;
import io.shouwang.alerts.Fact;
import io.shouwang.alerts.Hold;
import io.shouwang.alerts.Marks;
import io.shouwang.model.AlertId;
import io.shouwang.model.DeviceId;
import io.shouwang.model.Mode;
import io.shouwang.model.Outcome;
import io.shouwang.model.Role;
import io.shouwang.rules.Condition;
import io.shouwang.rules.Evidence;
import io.shouwang.rules.Finding;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Each fact as a line of a transcript, whole: whatever changes in the core shows in the diff. */
final class FactText {
  private static final Instant MIDNIGHT = Story.time("00:00:00");
  private final List<AlertId> alerts = new ArrayList<>();

  String of(Fact fact) {
    return switch (fact) {
      case Fact.Raised f ->
          alert(f)
              + " begins: "
              + f.kind()
              + ", "
              + word(f.severity())
              + ", about "
              + f.subject()
              + "; ladder "
              + f.ladder().name()
              + ", desk at "
              + clock(f.deskAt())
              + (f.evidence() == null ? "" : "; " + evidence(f.evidence()))
              + (f.finding() == null ? "" : "; " + finding(f.finding()))
              + marks(f.marks());
      case Fact.Found f -> alert(f) + " also has " + finding(f.finding());
      case Fact.Cleared f ->
          alert(f) + " no longer has " + finding(f.finding()) + (f.closes() ? ", and is over" : "");
      case Fact.Forwarded f ->
          alert(f)
              + " stands at "
              + f.county()
              + ": "
              + word(f.standing())
              + ", number "
              + f.number();
      case Fact.CountySeen f -> alert(f) + " sees " + f.county() + ": " + word(f.pulse());
      case Fact.Reopened f ->
          alert(f) + (f.undone() ? " is taken back by " : " is opened again by ") + f.by();
      case Fact.Parted f -> alert(f) + " goes on without another, by " + f.by();
      case Fact.Hurried f -> alert(f) + " is hurried by " + f.by();
      case Fact.HandoverOffered f ->
          alert(f)
              + " is to go from "
              + f.handover().from()
              + " to "
              + f.handover().to()
              + ", by "
              + clock(f.handover().until());
      case Fact.HandoverEnded f ->
          alert(f) + "'s handing over to " + f.to() + " ends: " + word(f.how());
      case Fact.MergedFrom f -> alert(f) + " takes over another, by " + f.by();
      case Fact.MergedInto f -> alert(f) + " goes on in another, by " + f.by();
      case Fact.ExerciseBegan f -> alert(f) + " is an exercise of drill " + f.drill();
      case Fact.CallTaken f -> alert(f) + " was called in by " + f.by();
      case Fact.CallRang f -> alert(f) + " is a call, of " + f.homes();
      case Fact.CallWent f ->
          alert(f) + "'s call is " + word(f.phase()) + (f.by() == null ? "" : " by " + f.by());
      case Fact.TroubleSeen f -> alert(f) + " is the gateway's trouble: " + f.what();
      case Fact.FoundSilent f -> alert(f) + " was found silent";
      case Fact.EvidenceAdded f -> alert(f) + " also has " + evidence(f.evidence());
      case Fact.RungReached f ->
          alert(f)
              + " reaches rung "
              + f.rung()
              + (f.nobody().isEmpty() ? "" : ", nobody is " + roles(f.nobody()))
              + ", next at "
              + clock(f.nextAt());
      case Fact.DeskReached f ->
          alert(f) + " reaches the desk, level " + f.level() + ", again at " + clock(f.nextAt());
      case Fact.DeliveryStarted f ->
          alert(f) + " #" + f.number() + " " + word(f.cause()) + " -> " + recipient(f.to());
      case Fact.DeliveryEnded f -> alert(f) + " #" + f.number() + " ends: " + outcome(f.outcome());
      case Fact.Replied f ->
          alert(f)
              + " hears "
              + f.by()
              + " ("
              + f.role()
              + "): "
              + word(f.answer())
              + (f.etaMin() == null ? "" : ", in " + f.etaMin() + " min")
              + (f.disposition() == null ? "" : ", " + f.disposition());
      case Fact.Held f -> alert(f) + " is held by " + hold(f.hold());
      case Fact.HoldEnded f ->
          alert(f) + " is no longer held by " + f.responder() + (f.lapsed() ? ": it lapsed" : "");
      case Fact.RingsOn f ->
          alert(f)
              + " rings on: next rung at "
              + clock(f.nextRungAt())
              + ", desk at "
              + clock(f.deskAt());
      case Fact.Closed f ->
          alert(f)
              + " is closed by "
              + f.by()
              + ": "
              + f.disposition()
              + (f.passedAt() == null ? "" : " at " + clock(f.passedAt()));
      case Fact.EventSeen f ->
          "seen "
              + f.device()
              + (f.identified() ? "" : ", nothing to know a resend by")
              + (f.packetId() == 0 ? "" : ", packet " + f.packetId());
      case Fact.FixKnown f -> "position of " + f.device();
      case Fact.ConditionBegan(Condition c) ->
          "holds: " + c.rule() + (c.key().isEmpty() ? "" : " of " + c.key()) + ", " + c.code();
      case Fact.ConditionEnded f ->
          "holds no longer: " + f.rule() + (f.key().isEmpty() ? "" : " of " + f.key());
      case Fact.ModeBegan(Mode m) ->
          word(m.kind())
              + (m.device() == null ? "" : " of " + m.device())
              + ", until "
              + clock(m.until());
      case Fact.ModeEnded f ->
          word(f.kind()) + " is over" + (f.device() == null ? "" : " for " + f.device());
      case Fact.ContactNoted f ->
          word(f.contact().means())
              + " by "
              + f.contact().by()
              + " with "
              + f.contact().elder()
              + ", "
              + f.contact().result();
      case Fact.Undecided f -> "undecided, " + f.error() + ", put off to " + clock(f.putOffTo());
    };
  }

  private static String marks(Marks marks) {
    String modes = marks.modes().stream().map(FactText::word).collect(Collectors.joining(" and "));
    return (modes.isEmpty() ? "" : "; in " + modes) + (marks.exercise() ? ", an exercise" : "");
  }

  private String alert(Fact.OfAlert fact) {
    if (!alerts.contains(fact.alert())) {
      alerts.add(fact.alert());
    }
    return "alert " + (alerts.indexOf(fact.alert()) + 1);
  }

  private static String finding(Finding finding) {
    return finding.rule()
        + ": "
        + finding.code()
        + (finding.elder() == null ? "" : " of " + finding.elder())
        + (finding.device() == null ? "" : " of " + finding.device())
        + ", since "
        + clock(finding.since())
        + finding.figures().stream()
            .map(f -> ", " + f.name() + " " + f.value())
            .collect(Collectors.joining());
  }

  private static String evidence(Evidence evidence) {
    return word(evidence.what())
        + (evidence.said().isEmpty() ? "" : " \"" + evidence.said() + "\"")
        + " from "
        + evidence.device()
        + (evidence.hub() == null ? "" : " through " + evidence.hub())
        + (evidence.at() == null ? "" : ", it says at " + clock(evidence.at()))
        + evidence.marks().stream().sorted().map(m -> ", " + word(m)).collect(Collectors.joining());
  }

  private static String recipient(Delivery.Recipient to) {
    return switch (to) {
      case Delivery.ToResponder r -> r.responder() + " (" + r.role() + ")";
      case Delivery.ToDevice(DeviceId device, DeviceId mailbox) ->
          "device " + device + (device.equals(mailbox) ? "" : " at " + mailbox);
    };
  }

  private static String hold(Hold hold) {
    return hold.responder()
        + ", "
        + word(hold.phase())
        + (hold.etaAt() == null ? "" : ", there at " + clock(hold.etaAt()))
        + ", until "
        + clock(hold.until());
  }

  private static String outcome(Outcome outcome) {
    return switch (outcome) {
      case Outcome.GaveUp(String reason) -> "gave up, " + reason;
      case Outcome.Acknowledged _ -> "acknowledged";
      case Outcome.Sent _ -> "sent";
      case Outcome.Seen _ -> "seen";
      case Outcome.HeldBack(String reason) -> "held back, " + reason;
      case Outcome.Expired _ -> "expired";
      case Outcome.Superseded _ -> "superseded";
    };
  }

  private static String roles(List<Role> roles) {
    return roles.stream().map(Role::value).collect(Collectors.joining(" or "));
  }

  private static String word(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** The day is said only from the second on. */
  static String clock(@Nullable Instant at) {
    if (at == null) {
      return "never";
    }
    long day = Duration.between(MIDNIGHT, at).toDays() + 1;
    LocalTime time = LocalTime.ofInstant(at, ZoneOffset.UTC);
    String text = time.getSecond() == 0 && time.getNano() == 0 ? time + ":00" : time.toString();
    return day == 1 ? text : "day " + day + " " + text;
  }
}
