package io.shouwang.wording;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.Core;
import io.shouwang.alerts.Entry;
import io.shouwang.alerts.Fact;
import io.shouwang.alerts.Marks;
import io.shouwang.model.Mode;
import io.shouwang.rules.Evidence;
import io.shouwang.rules.Evidence.Mark;
import io.shouwang.rules.Evidence.What;
import io.shouwang.rules.Finding;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Why an alert is, in words. */
final class WhyText {
  private final Phrases phrases;

  WhyText(Phrases phrases) {
    this.phrases = phrases;
  }

  String of(Alert alert, ZoneId zone) {
    List<String> parts = new ArrayList<>();
    List<Evidence> evidence = alert.evidence();
    if (alert.timeline().stream().noneMatch(WhyText::beganWithEvidence)) {
      raisedBy(alert, zone).ifPresent(parts::add);
    }
    if (!evidence.isEmpty()) {
      parts.add(of(evidence.getFirst(), zone));
      boolean isCut = evidence.size() >= Alert.EVIDENCE_MAX;
      List<Evidence> more = evidence.subList(1, evidence.size());
      for (What what : What.values()) {
        List<Evidence> alike = more.stream().filter(e -> e.what() == what).toList();
        if (!alike.isEmpty()) {
          parts.add(isWord(what) ? word(alike, zone) : further(alike, isCut, zone));
        }
      }
    }
    found(alert, zone).forEach(parts::add);
    return marked(alert.marks())
        + (parts.isEmpty()
            ? phrases.text("why.nothing", "time", phrases.time(alert.raisedAt(), zone, null))
            : String.join(phrases.text("semicolon"), parts));
  }

  /** "[test] ": under which circumstances it was raised, before all else. */
  String marked(Marks marks) {
    StringBuilder text = new StringBuilder();
    for (Mode.Kind mode : marks.modes()) {
      text.append(phrases.text("why.mode", "mode", phrases.text("mode." + mode.name())));
    }
    return text.toString();
  }

  private static boolean beganWithEvidence(Entry entry) {
    return entry.fact() instanceof Fact.Raised raised && raised.evidence() != null;
  }

  /** An alert that no event raised: somebody called, or the gateway itself is unwell. */
  private Optional<String> raisedBy(Alert alert, ZoneId zone) {
    Optional<String> county = ofCounty(alert);
    if (county.isPresent()) {
      return county;
    }
    for (Entry entry : alert.timeline()) {
      String time = phrases.time(entry.stamp().now(), zone, alert.raisedAt());
      if (entry.fact() instanceof Fact.CallTaken call) {
        return Optional.of(phrases.text("why.call", "time", time, "by", call.by()));
      }
      if (entry.fact() instanceof Fact.CallRang rang && alert.kind().equals(Core.CALL)) {
        String key =
            switch (rang.homes().size()) {
              case 0 -> "why.call_rang.unknown";
              case 1 -> "why.call_rang";
              default -> "why.call_rang.several";
            };
        return Optional.of(phrases.text(key, "time", time, "count", rang.homes().size()));
      }
      if (entry.fact() instanceof Fact.Raised raised && raised.finding() != null) {
        return Optional.of(
            new FindingText(phrases).of(raised.finding(), zone, entry.stamp().now()));
      }
      if (entry.fact() instanceof Fact.TroubleSeen trouble) {
        return Optional.of(
            phrases.text(
                "why.trouble",
                "what",
                phrases.name("trouble", trouble.what()),
                "detail",
                trouble.detail(),
                "time",
                time));
      }
    }
    return Optional.empty();
  }

  /** What a county says of its alert, or what is heard of the county: the latest word. */
  private Optional<String> ofCounty(Alert alert) {
    for (Entry entry : alert.timeline().reversed()) {
      if (entry.fact() instanceof Fact.Forwarded said) {
        return Optional.of(
            phrases.text(
                "entry.forwarded." + said.standing().name(),
                "county",
                said.county(),
                "alert",
                said.its()));
      }
      if (entry.fact() instanceof Fact.CountySeen seen) {
        return Optional.of(
            phrases.text(
                "entry.county." + seen.pulse().name(),
                "county",
                seen.county(),
                "open",
                seen.open()));
      }
    }
    return Optional.empty();
  }

  /** What rules found since, each code in its latest words. */
  private Collection<String> found(Alert alert, ZoneId zone) {
    Map<String, String> latest = new LinkedHashMap<>();
    for (Entry entry : alert.timeline()) {
      Finding finding =
          switch (entry.fact()) {
            case Fact.Found found -> found.finding();
            case Fact.Cleared cleared -> cleared.finding();
            default -> null;
          };
      if (finding != null) {
        latest.put(
            finding.rule() + "." + finding.code() + "." + finding.device(),
            new FindingText(phrases).of(finding, zone, alert.raisedAt()));
      }
    }
    return latest.values();
  }

  /** One event: "SOS pressed 14:02:10, received 14:31:05 (late)". */
  String of(Evidence evidence, ZoneId zone) {
    String what = what(evidence);
    String received = phrases.time(evidence.receivedAt(), zone, null);
    Instant at = evidence.at();
    String times =
        at == null
            ? phrases.text("why.received", "what", what, "received", received)
            : phrases.text(
                "why.at_received",
                "what",
                what,
                "at",
                phrases.time(at, zone, evidence.receivedAt()),
                "received",
                received);
    return times + marks(evidence.marks(), evidence);
  }

  /** "smoke alarm in kitchen". */
  private String what(Evidence evidence) {
    String what =
        phrases.text(
            "what." + evidence.what().name(),
            "kind",
            phrases.name("kind", evidence.kind().value()),
            "device",
            evidence.device());
    String room = evidence.room();
    return room == null ? what : phrases.text("why.in_room", "what", what, "room", room);
  }

  private static boolean isWord(What what) {
    return switch (what) {
      case CANCEL, CLEAR, TEST -> true;
      case PRESS, FALL, SMOKE, GAS, FAULT, TAMPER, UNKNOWN, UNREADABLE -> false;
    };
  }

  /** "cancelled at 14:03:00 by the device: not closed". Its own time, if it said one. */
  private String word(List<Evidence> alike, ZoneId zone) {
    Evidence last = alike.getLast();
    Instant at = last.at() == null ? last.receivedAt() : last.at();
    String text =
        phrases.text(
            "why." + last.what().name(), "time", phrases.time(at, zone, last.receivedAt()));
    return text + marks(last.marks(), last);
  }

  /** "further presses: 3, the last received 14:03:00 (late)". */
  private String further(List<Evidence> alike, boolean isCut, ZoneId zone) {
    Evidence last = alike.getLast();
    Set<Mark> marks = EnumSet.noneOf(Mark.class);
    alike.forEach(e -> marks.addAll(e.marks()));
    String text =
        phrases.text(
            last.what() == What.PRESS ? "why.further_presses" : "why.further",
            "what",
            what(last),
            "count",
            (isCut ? "≥" : "") + alike.size(),
            "time",
            phrases.time(last.receivedAt(), zone, alike.getFirst().receivedAt()));
    return text + marks(marks, last);
  }

  private String marks(Set<Mark> marks, Evidence evidence) {
    if (marks.isEmpty()) {
      return "";
    }
    List<String> words = new ArrayList<>();
    for (Mark mark : Mark.values()) {
      if (marks.contains(mark)) {
        boolean isNamed = mark == Mark.SUBTYPE_UNKNOWN && !evidence.said().isEmpty();
        words.add(
            isNamed
                ? phrases.text("mark.SUBTYPE_UNKNOWN.said", "said", evidence.said())
                : phrases.text("mark." + mark.name(), "device", evidence.device()));
      }
    }
    return phrases.text("why.marks", "marks", phrases.joined(words));
  }
}
