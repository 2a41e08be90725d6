package io.shouwang.wording;

import io.shouwang.alerts.Delivery;
import io.shouwang.alerts.Entry;
import io.shouwang.alerts.Fact;
import io.shouwang.alerts.Handover;
import io.shouwang.alerts.Hold;
import io.shouwang.alerts.Ladder;
import io.shouwang.alerts.Rung;
import io.shouwang.model.Directory;
import io.shouwang.model.Outcome;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Role;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The lines of a timeline, in words: a fact each. */
final class TimelineText {
  private final Phrases phrases;
  private final WhyText why;
  private final FindingText findings;

  TimelineText(Phrases phrases, WhyText why) {
    this.phrases = phrases;
    this.why = why;
    this.findings = new FindingText(phrases);
  }

  /**
   * One line.
   *
   * @param timeline the alert's, as far as known: where a delivery's recipient is found
   */
  String of(Entry entry, List<Entry> timeline, Directory directory, ZoneId zone) {
    return new Line(entry.stamp().now(), timeline, directory, zone).of(entry.fact());
  }

  /** One line in the making, with all it may name. */
  private final class Line {
    private final Instant now;
    private final List<Entry> timeline;
    private final Directory directory;
    private final ZoneId zone;

    Line(Instant now, List<Entry> timeline, Directory directory, ZoneId zone) {
      this.now = now;
      this.timeline = timeline;
      this.directory = directory;
      this.zone = zone;
    }

    String of(Fact.OfAlert fact) {
      return switch (fact) {
        case Fact.Raised raised -> raised(raised);
        case Fact.CallTaken call -> phrases.text("entry.call", "by", person(call.by()));
        case Fact.CallRang rang ->
            phrases.text(
                switch (rang.homes().size()) {
                  case 0 -> "entry.call_rang.unknown";
                  case 1 -> "entry.call_rang";
                  default -> "entry.call_rang.several";
                },
                "count",
                rang.homes().size());
        case Fact.CallWent went ->
            went.by() == null
                ? phrases.text("entry.call_missed")
                : phrases.text("entry.call_went", "by", person(went.by()));
        case Fact.ExerciseBegan exercise ->
            phrases.text(
                "entry.exercise", "by", person(exercise.by()), "ends", time(exercise.endsAt()));
        case Fact.TroubleSeen trouble ->
            phrases.text(
                "entry.trouble",
                "what",
                phrases.name("trouble", trouble.what()),
                "detail",
                trouble.detail());
        case Fact.FoundSilent _ -> phrases.text("entry.found_silent");
        case Fact.Forwarded forwarded -> forwarded(forwarded);
        case Fact.CountySeen seen ->
            phrases.text(
                "entry.county." + seen.pulse().name(),
                "county",
                person(seen.county()),
                "open",
                seen.open());
        case Fact.Reopened reopened ->
            phrases.text(
                    reopened.undone() ? "entry.undone" : "entry.reopened",
                    "who",
                    person(reopened.by()))
                + (reopened.withNote() ? phrases.text("entry.replied.note") : "");
        case Fact.MergedFrom merged ->
            phrases.text(
                "entry.merged_from", "who", person(merged.by()), "alert", merged.from().value());
        case Fact.MergedInto merged ->
            phrases.text(
                "entry.merged_into", "who", person(merged.by()), "alert", merged.into().value());
        case Fact.Parted parted ->
            phrases.text(
                "entry.parted", "who", person(parted.by()), "alert", parted.from().value());
        case Fact.Hurried hurried -> phrases.text("entry.hurried", "who", person(hurried.by()));
        case Fact.HandoverOffered(_, Handover handover, _, _) ->
            phrases.text(
                "entry.handover",
                "who",
                person(handover.from()),
                "to",
                person(handover.to()),
                "until",
                time(handover.until()));
        case Fact.HandoverEnded ended ->
            phrases.text(
                "entry.handover." + ended.how().name(),
                "who",
                person(ended.from()),
                "to",
                person(ended.to()));
        case Fact.EvidenceAdded added ->
            phrases.text("entry.evidence", "evidence", why.of(added.evidence(), zone));
        case Fact.Found found ->
            phrases.text("entry.found", "finding", findings.of(found.finding(), zone, now));
        case Fact.Cleared cleared ->
            phrases.text(
                cleared.closes() ? "entry.cleared.closed" : "entry.cleared",
                "finding",
                findings.of(cleared.finding(), zone, now));
        case Fact.RungReached reached -> rung(reached);
        case Fact.DeskReached reached ->
            reached.level() < 0
                ? phrases.text("entry.desk.none", "next", time(reached.nextAt()))
                : phrases.text(
                    "entry.desk", "level", reached.level() + 1, "next", time(reached.nextAt()));
        case Fact.DeliveryStarted started ->
            phrases.text(
                "entry.delivery",
                "number",
                started.number(),
                "to",
                recipient(started.to()),
                "cause",
                phrases.text("cause." + started.cause().name()),
                "channel",
                phrases.name("channel", started.channel()),
                "expires",
                time(started.expiresAt()));
        case Fact.DeliveryEnded ended -> ended(ended);
        case Fact.Replied replied -> replied(replied);
        case Fact.Held held -> held(held.hold());
        case Fact.HoldEnded ended ->
            phrases.text(
                ended.lapsed() ? "entry.lapsed" : "entry.let_go", "who", person(ended.responder()));
        case Fact.RingsOn ringsOn -> ringsOn(ringsOn);
        case Fact.Closed closed ->
            phrases.text(
                    "entry.closed",
                    "who",
                    person(closed.by()),
                    "disposition",
                    phrases.name("disposition", closed.disposition()))
                + (closed.passedAt() == null
                    ? ""
                    : phrases.text("entry.closed.passed", "at", time(closed.passedAt())));
      };
    }

    private String forwarded(Fact.Forwarded forwarded) {
      Role by = forwarded.by();
      return phrases.text(
              "entry.forwarded." + forwarded.standing().name(),
              "county",
              person(forwarded.county()),
              "alert",
              forwarded.its().value())
          + (by == null
              ? ""
              : phrases.text("entry.forwarded.by", "role", phrases.name("role", by.value())));
    }

    private String raised(Fact.Raised raised) {
      String head =
          phrases.text(
              "entry.raised",
              "kind",
              phrases.name("kind", raised.kind().value()),
              "severity",
              phrases.text("severity." + raised.severity().name()));
      String evidence = "";
      if (raised.evidence() != null) {
        evidence = phrases.text("entry.raised.by", "evidence", why.of(raised.evidence(), zone));
      } else if (raised.finding() != null) {
        evidence =
            phrases.text("entry.raised.by", "evidence", findings.of(raised.finding(), zone, now));
      }
      return why.marked(raised.marks())
          + head
          + evidence
          + phrases.text(
              "entry.raised.ladder",
              "ladder",
              ladder(raised.ladder()),
              "desk",
              time(raised.deskAt()),
              "repeat",
              raised.desk().repeatEvery().toSeconds());
    }

    private String ladder(Ladder ladder) {
      List<String> rungs = new ArrayList<>();
      for (int i = 0; i < ladder.rungs().size(); i++) {
        Rung rung = ladder.rungs().get(i);
        rungs.add(
            phrases.text(
                "entry.ladder.rung",
                "number",
                i + 1,
                "after",
                rung.after().toSeconds(),
                "roles",
                roles(rung.roles())));
      }
      return rungs.isEmpty()
          ? ladder.name()
          : phrases.text("entry.ladder", "name", ladder.name(), "rungs", phrases.joined(rungs));
    }

    private String rung(Fact.RungReached reached) {
      String nobody =
          reached.nobody().isEmpty()
              ? ""
              : phrases.text("entry.rung.nobody", "roles", roles(reached.nobody()));
      Instant nextAt = reached.nextAt();
      String next =
          nextAt == null
              ? phrases.text("entry.rung.last")
              : phrases.text("entry.rung.next", "next", time(nextAt));
      String unverified =
          reached.unverified().isEmpty()
              ? ""
              : phrases.text("entry.rung.unverified", "roles", roles(reached.unverified()));
      String quiet =
          reached.quiet().isEmpty()
              ? ""
              : phrases.text(
                  "entry.rung.quiet",
                  "people",
                  String.join(", ", reached.quiet().stream().map(this::person).toList()));
      return phrases.text("entry.rung", "number", reached.rung() + 1)
          + nobody
          + unverified
          + quiet
          + next;
    }

    private String ended(Fact.DeliveryEnded ended) {
      String to = "";
      for (Entry entry : timeline) {
        if (entry.fact() instanceof Fact.DeliveryStarted started
            && started.number() == ended.number()) {
          to = phrases.text("entry.delivery.to", "to", recipient(started.to()));
          break;
        }
      }
      return phrases.text(
          "entry.delivery.ended",
          "number",
          ended.number(),
          "to",
          to,
          "outcome",
          outcome(ended.outcome()));
    }

    private String outcome(Outcome outcome) {
      return switch (outcome) {
        case Outcome.Acknowledged _ -> phrases.text("outcome.acknowledged");
        case Outcome.Sent _ -> phrases.text("outcome.sent");
        case Outcome.Seen _ -> phrases.text("outcome.seen");
        case Outcome.HeldBack held -> phrases.text("outcome.held_back", "reason", held.reason());
        case Outcome.Expired _ -> phrases.text("outcome.expired");
        case Outcome.GaveUp gaveUp -> phrases.text("outcome.gave_up", "reason", gaveUp.reason());
        case Outcome.Superseded _ -> phrases.text("outcome.superseded");
      };
    }

    /** A word that devices speak too, in the reader's language; else as the registry has it. */
    private String relation(Role role, String relation) {
      String plain = relation.toLowerCase(Locale.ROOT).replace(' ', '_').replace('-', '_');
      if (plain.equals(role.value())) {
        return phrases.name("role", role.value());
      }
      String known = phrases.name("relation", plain);
      return known.equals(plain) ? relation : known;
    }

    private String recipient(Delivery.Recipient to) {
      return switch (to) {
        case Delivery.ToResponder(ResponderId responder, Role role, String relation) ->
            phrases.text(
                "recipient.responder", "who", person(responder), "role", relation(role, relation));
        case Delivery.ToDevice device ->
            device.device().equals(device.mailbox())
                ? phrases.text("recipient.device", "device", device.device())
                : phrases.text(
                    "recipient.device.hub", "device", device.device(), "hub", device.mailbox());
      };
    }

    private String replied(Fact.Replied replied) {
      Integer eta = replied.etaMin();
      String disposition = replied.disposition();
      return phrases.text(
              "entry.replied",
              "who",
              person(replied.by()),
              "role",
              phrases.name("role", replied.role().value()),
              "answer",
              phrases.text("answer." + replied.answer().name()))
          + (eta == null ? "" : phrases.text("entry.replied.eta", "minutes", eta))
          + (disposition == null
              ? ""
              : phrases.text(
                  "entry.replied.disposition",
                  "disposition",
                  phrases.name("disposition", disposition)))
          + (replied.withNote() ? phrases.text("entry.replied.note") : "")
          + phrases.text(
              "entry.replied.channel", "channel", phrases.name("channel", replied.channel()));
    }

    private String held(Hold hold) {
      Instant etaAt = hold.etaAt();
      return switch (hold.phase()) {
        case PROMISED ->
            etaAt == null
                ? phrases.text(
                    "entry.held.desk", "who", person(hold.responder()), "until", time(hold.until()))
                : phrases.text(
                    "entry.held.promised",
                    "who",
                    person(hold.responder()),
                    "eta",
                    time(etaAt),
                    "until",
                    time(hold.until()));
        case ON_THE_WAY ->
            phrases.text(
                "entry.held.on_the_way",
                "who",
                person(hold.responder()),
                "eta",
                time(etaAt == null ? hold.until() : etaAt),
                "until",
                time(hold.until()));
        case PRESENT ->
            phrases.text(
                "entry.held.present", "who", person(hold.responder()), "until", time(hold.until()));
      };
    }

    private String ringsOn(Fact.RingsOn ringsOn) {
      Instant next = ringsOn.nextRungAt();
      return next == null
          ? phrases.text("entry.rings_on.desk", "desk", time(ringsOn.deskAt()))
          : phrases.text("entry.rings_on", "next", time(next), "desk", time(ringsOn.deskAt()));
    }

    private String person(ResponderId id) {
      return Wording.person(id, directory);
    }

    private String roles(List<Role> roles) {
      return phrases.joined(
          roles.stream().map(role -> phrases.name("role", role.value())).toList());
    }

    private String time(@Nullable Instant at) {
      return at == null ? "–" : phrases.time(at, zone, now);
    }
  }
}
