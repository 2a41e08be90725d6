package io.shouwang.console;

import io.shouwang.alerts.Delivery;
import io.shouwang.alerts.Fact;
import io.shouwang.alerts.Handover;
import io.shouwang.alerts.Hold;
import io.shouwang.alerts.Ladder;
import io.shouwang.alerts.Subject;
import io.shouwang.model.DeviceId;
import io.shouwang.model.ElderId;
import io.shouwang.model.Fix;
import io.shouwang.model.HomeId;
import io.shouwang.model.Mode;
import io.shouwang.model.Outcome;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Role;
import io.shouwang.rules.Evidence;
import io.shouwang.wording.AlertCard;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A fact as data: its type and its fields. Ids only, as in the fact itself. */
final class FactJson {
  private FactJson() {}

  static Map<String, Object> of(Fact.OfAlert fact) {
    Map<String, Object> json = new LinkedHashMap<>();
    switch (fact) {
      case Fact.Raised raised -> {
        json.put("type", "raised");
        json.put("kind", raised.kind().value());
        json.put("severity", AlertCard.word(raised.severity()));
        json.put("subject", subject(raised.subject()));
        json.put("elders", raised.elders().stream().map(ElderId::value).sorted().toList());
        if (raised.evidence() != null) {
          json.put("evidence", evidence(raised.evidence()));
        }
        if (raised.finding() != null) {
          json.put("finding", FindingJson.of(raised.finding()));
        }
        json.put("modes", raised.marks().modes().stream().map(Mode.Kind::word).toList());
        json.put("exercise", raised.marks().exercise());
        json.put("ladder", ladder(raised.ladder()));
        json.put("desk_at", raised.deskAt().toString());
        json.put("desk_every_s", raised.desk().repeatEvery().toSeconds());
        json.put("desk_overflow_s", raised.desk().overflowAfter().toSeconds());
      }
      case Fact.Reopened reopened -> {
        json.put("type", "reopened");
        json.put("by", reopened.by().value());
        json.put("with_note", reopened.withNote());
        json.put("channel", reopened.channel());
        json.put("undone", reopened.undone());
      }
      case Fact.Parted parted -> {
        json.put("type", "parted");
        json.put("from", parted.from().value());
        json.put("by", parted.by().value());
      }
      case Fact.Hurried hurried -> {
        json.put("type", "hurried");
        json.put("by", hurried.by().value());
        json.put("channel", hurried.channel());
      }
      case Fact.HandoverOffered offered -> {
        json.put("type", "handover_offered");
        json.putAll(handover(offered.handover()));
        json.put("channel", offered.channel());
      }
      case Fact.HandoverEnded ended -> {
        json.put("type", "handover_ended");
        json.put("from", ended.from().value());
        json.put("to", ended.to().value());
        json.put("how", AlertCard.word(ended.how()));
      }
      case Fact.MergedFrom merged -> {
        json.put("type", "merged_from");
        json.put("from", merged.from().value());
        json.put("by", merged.by().value());
      }
      case Fact.MergedInto merged -> {
        json.put("type", "merged_into");
        json.put("into", merged.into().value());
        json.put("by", merged.by().value());
      }
      case Fact.ExerciseBegan exercise -> {
        json.put("type", "exercise_began");
        json.put("drill", exercise.drill());
        json.put("by", exercise.by().value());
        json.put("ends_at", exercise.endsAt().toString());
        json.put("messages_max", exercise.messagesMax());
      }
      case Fact.CallTaken call -> {
        json.put("type", "call_taken");
        json.put("by", call.by().value());
      }
      case Fact.CallRang rang -> {
        json.put("type", "call_rang");
        json.put("call", rang.call().toString());
        json.put("exchange", rang.exchange());
        json.put("homes", rang.homes().stream().map(HomeId::value).toList());
        json.put("with_note", rang.withNote());
      }
      case Fact.CallWent went -> {
        json.put("type", "call_" + AlertCard.word(went.phase()));
        json.put("call", went.call().toString());
        put(json, "by", went.by() == null ? null : went.by().value());
      }
      case Fact.TroubleSeen trouble -> {
        json.put("type", "trouble_seen");
        json.put("what", trouble.what());
        json.put("detail", trouble.detail());
      }
      case Fact.FoundSilent _ -> json.put("type", "found_silent");
      case Fact.Forwarded forwarded -> {
        json.put("type", "forwarded");
        json.put("county", forwarded.county().value());
        json.put("alert_there", forwarded.its().value());
        json.put("standing", AlertCard.word(forwarded.standing()));
        Role by = forwarded.by();
        put(json, "by_role", by == null ? null : by.value());
        json.put("with_note", forwarded.withPerson());
      }
      case Fact.CountySeen seen -> {
        json.put("type", "county_seen");
        json.put("county", seen.county().value());
        json.put("pulse", AlertCard.word(seen.pulse()));
        json.put("open", seen.open());
      }
      case Fact.Found found -> {
        json.put("type", "found");
        json.put("finding", FindingJson.of(found.finding()));
      }
      case Fact.Cleared cleared -> {
        json.put("type", "cleared");
        json.put("finding", FindingJson.of(cleared.finding()));
        json.put("closes", cleared.closes());
      }
      case Fact.EvidenceAdded added -> {
        json.put("type", "evidence_added");
        json.put("evidence", evidence(added.evidence()));
      }
      case Fact.RungReached reached -> {
        json.put("type", "rung_reached");
        json.put("rung", reached.rung() + 1);
        json.put("nobody", reached.nobody().stream().map(Role::value).toList());
        json.put("unverified", reached.unverified().stream().map(Role::value).toList());
        json.put("quiet", reached.quiet().stream().map(ResponderId::value).toList());
        putTime(json, "next_at", reached.nextAt());
      }
      case Fact.DeskReached reached -> {
        json.put("type", "desk_reached");
        json.put("level", reached.level() + 1);
        json.put("next_at", reached.nextAt().toString());
      }
      case Fact.DeliveryStarted started -> {
        json.put("type", "delivery_started");
        json.put("delivery", started.number());
        json.put("to", recipient(started.to()));
        json.put("cause", AlertCard.word(started.cause()));
        json.put("channel", started.channel());
        putTime(json, "next_way_at", started.nextWayAt());
        json.put("expires_at", started.expiresAt().toString());
      }
      case Fact.DeliveryEnded ended -> {
        json.put("type", "delivery_ended");
        json.put("delivery", ended.number());
        json.put("outcome", outcome(ended.outcome()));
        if (ended.outcome() instanceof Outcome.GaveUp gaveUp) {
          json.put("reason", gaveUp.reason());
        } else if (ended.outcome() instanceof Outcome.HeldBack held) {
          json.put("reason", held.reason());
        }
      }
      case Fact.Replied replied -> {
        json.put("type", "replied");
        json.put("by", replied.by().value());
        json.put("role", replied.role().value());
        json.put("reply", AlertCard.word(replied.answer()));
        put(json, "eta_min", replied.etaMin());
        put(json, "disposition", replied.disposition());
        json.put("with_note", replied.withNote());
        json.put("channel", replied.channel());
      }
      case Fact.Held held -> {
        json.put("type", "held");
        json.putAll(hold(held.hold()));
      }
      case Fact.HoldEnded ended -> {
        json.put("type", "hold_ended");
        json.put("by", ended.responder().value());
        json.put("lapsed", ended.lapsed());
      }
      case Fact.RingsOn ringsOn -> {
        json.put("type", "rings_on");
        putTime(json, "next_rung_at", ringsOn.nextRungAt());
        json.put("desk_at", ringsOn.deskAt().toString());
      }
      case Fact.Closed closed -> {
        json.put("type", "closed");
        json.put("by", closed.by().value());
        json.put("disposition", closed.disposition());
        putTime(json, "passed_at", closed.passedAt());
      }
    }
    return json;
  }

  static Map<String, Object> evidence(Evidence evidence) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("event", evidence.event().toString());
    json.put("device", evidence.device().value());
    DeviceId hub = evidence.hub();
    put(json, "hub", hub == null ? null : hub.value());
    json.put("kind", evidence.kind().value());
    json.put("what", AlertCard.word(evidence.what()));
    if (!evidence.said().isEmpty()) {
      json.put("said", evidence.said());
    }
    put(json, "room", evidence.room());
    putTime(json, "at", evidence.at());
    json.put("received_at", evidence.receivedAt().toString());
    json.put("marks", evidence.marks().stream().sorted().map(AlertCard::word).toList());
    Fix fix = evidence.fix();
    if (fix != null) {
      Map<String, Object> location = new LinkedHashMap<>();
      location.put("lat", fix.lat());
      location.put("lon", fix.lon());
      location.put("datum", fix.datum());
      put(location, "accuracy_m", fix.accuracyM());
      put(location, "source", fix.source());
      putTime(location, "fix_at", fix.fixAt());
      json.put("location", location);
    }
    return json;
  }

  static Map<String, Object> hold(Hold hold) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("by", hold.responder().value());
    json.put("role", hold.role().value());
    json.put("relation", hold.relation());
    json.put("phase", AlertCard.word(hold.phase()));
    json.put("since", hold.since().toString());
    putTime(json, "eta_at", hold.etaAt());
    json.put("until", hold.until().toString());
    return json;
  }

  static Map<String, Object> handover(Handover handover) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("from", handover.from().value());
    json.put("to", handover.to().value());
    json.put("until", handover.until().toString());
    return json;
  }

  static Map<String, Object> recipient(Delivery.Recipient to) {
    Map<String, Object> json = new LinkedHashMap<>();
    switch (to) {
      case Delivery.ToResponder(ResponderId responder, Role role, String relation) -> {
        json.put("responder", responder.value());
        json.put("role", role.value());
        json.put("relation", relation);
      }
      case Delivery.ToDevice(DeviceId device, DeviceId mailbox) -> {
        json.put("device", device.value());
        json.put("mailbox", mailbox.value());
      }
    }
    return json;
  }

  static String outcome(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Acknowledged _ -> "acknowledged";
      case Outcome.Sent _ -> "sent";
      case Outcome.Seen _ -> "seen";
      case Outcome.HeldBack _ -> "held_back";
      case Outcome.Expired _ -> "expired";
      case Outcome.GaveUp _ -> "gave_up";
      case Outcome.Superseded _ -> "superseded";
    };
  }

  private static Map<String, Object> subject(Subject subject) {
    return switch (subject) {
      case Subject.OfElder(ElderId elder) -> Map.of("elder", elder.value());
      case Subject.OfDevice(DeviceId device) -> Map.of("device", device.value());
      case Subject.OfHome() -> Map.of("home", true);
    };
  }

  private static Map<String, Object> ladder(Ladder ladder) {
    List<Map<String, Object>> rungs =
        ladder.rungs().stream()
            .map(rung ->
                Map.<String, Object>of(
                    "after_s",
                    rung.after().toSeconds(),
                    "roles",
                    rung.roles().stream().map(Role::value).toList()))
            .toList();
    return Map.of("name", ladder.name(), "rungs", rungs);
  }

  private static void put(Map<String, Object> json, String name, @Nullable Object value) {
    if (value != null) {
      json.put(name, value);
    }
  }

  private static void putTime(Map<String, Object> json, String name, @Nullable Instant at) {
    put(json, name, at == null ? null : at.toString());
  }
}
