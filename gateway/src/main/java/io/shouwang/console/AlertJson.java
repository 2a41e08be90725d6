package io.shouwang.console;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.AlertBook;
import io.shouwang.alerts.Asked;
import io.shouwang.alerts.Closing;
import io.shouwang.alerts.Delivery;
import io.shouwang.alerts.Entry;
import io.shouwang.alerts.Fact;
import io.shouwang.alerts.Handover;
import io.shouwang.alerts.Hold;
import io.shouwang.alerts.Rung;
import io.shouwang.alerts.Standing;
import io.shouwang.model.Ability;
import io.shouwang.model.AlertId;
import io.shouwang.model.AreaId;
import io.shouwang.model.Directory;
import io.shouwang.model.ElderId;
import io.shouwang.model.Fence;
import io.shouwang.model.Outcome;
import io.shouwang.model.Point;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Role;
import io.shouwang.rules.Evidence;
import io.shouwang.wording.AlertCard;
import io.shouwang.wording.Wording;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An alert as the API shows it: the responders' card and all that explains it (P6). */
record AlertJson(
    Directory directory,
    Wording wording,
    Instant now,
    ZoneId zone,
    BiFunction<ResponderId, Directory, String> names) {
  private static final Logger LOG = LoggerFactory.getLogger(AlertJson.class);

  /** Whoever isn't in the registry goes by their id. */
  AlertJson(Directory directory, Wording wording, Instant now, ZoneId zone) {
    this(directory, wording, now, zone, Wording::person);
  }

  /** As a caller sees one alert: through the {@link Veil} or without. */
  AlertJson seenBy(Caller caller, Alert alert) {
    return new AlertJson(
        Veil.over(directory, Veil.isLifted(caller, alert, now)), wording, now, zone, names);
  }

  /**
   * For a list and the live feed. What can't be put into words for a mistake of ours is said in
   * bare ones: it must neither stay unseen, nor hide all others.
   */
  Map<String, Object> line(AlertBook.Seen seen, boolean whole) {
    try {
      return worded(seen, whole);
    } catch (RuntimeException e) {
      LOG.error("alert {} can't be put into words", seen.alert().id(), e);
      return AlertCard.bare(seen.alert());
    }
  }

  private Map<String, Object> worded(AlertBook.Seen seen, boolean whole) {
    Alert alert = seen.alert();
    Map<String, Object> json =
        whole
            ? AlertCard.of(seen, directory, wording, now, zone)
            : AlertCard.brief(seen, directory, wording, now, zone);
    json.put(
        "text",
        Map.of(
            "kind", wording.kind(alert.kind()),
            "severity", wording.severity(alert.severity()),
            "state", wording.state(alert.state())));
    putRinging(json, alert);
    Handover handover = alert.handover();
    if (handover != null) {
      Map<String, Object> handed = FactJson.handover(handover);
      handed.put("from_name", names.apply(handover.from(), directory));
      handed.put("to_name", names.apply(handover.to(), directory));
      json.put("handover", handed);
    }
    Directory.Home home = directory.home(alert.home());
    if (home != null) {
      json.put("area_path", directory.areaPath(home.area()).stream().map(AreaId::value).toList());
      Point at = home.at();
      if (whole && at != null) {
        json.put("home_at", place(at));
      }
    }
    Closing closing = alert.closing();
    if (closing != null) {
      Map<String, Object> closed = new LinkedHashMap<>();
      closed.put("by", closing.by().value());
      closed.put("name", names.apply(closing.by(), directory));
      closed.put("disposition", closing.disposition());
      closed.put("text", wording.disposition(closing.disposition()));
      closed.put("at", closing.at().toString());
      if (closing.passedAt() != null) {
        closed.put("passed_at", closing.passedAt().toString());
      }
      if (closing.into() != null) {
        closed.put("into", closing.into().value());
      }
      json.put("closed", closed);
    }
    if (MaskedDirectory.is(directory)) {
      json.put("masked", true);
      json.remove("location");
    }
    return json;
  }

  /** For a list and the live feed, with what of it is the reader's own business. */
  Map<String, Object> line(AlertBook.Seen seen, Caller caller) {
    return own(line(seen, Sight.isWhole(caller, seen.alert())), Own.of(seen.alert(), caller));
  }

  /**
   * What of an open alert is an operator's own business.
   *
   * @param mine they have it in hand
   * @param handedToYou they are asked to take it over
   */
  record Own(boolean mine, boolean handedToYou) {
    /** Null where nothing is to be said: to others, and of what is closed. */
    static @Nullable Own of(Alert alert, Caller caller) {
      if (!(caller instanceof Caller.OfOperator operator) || !alert.isOpen()) {
        return null;
      }
      ResponderId reader = operator.operator().id();
      Handover handover = alert.handover();
      return new Own(
          alert.holdOf(reader).isPresent(), handover != null && handover.to().equals(reader));
    }
  }

  /** Says what is the reader's own, and how colleagues who have it in hand are called. */
  Map<String, Object> own(Map<String, Object> json, @Nullable Own own) {
    if (own != null) {
      json.put("mine", own.mine());
      json.put("handed_to_you", own.handedToYou());
      if (json.get("coming") instanceof List<?> coming) {
        json.put("coming", coming.stream().map(this::named).toList());
      }
    }
    return json;
  }

  private Object named(Object card) {
    if (!(card instanceof Map<?, ?> fields && fields.get("id") instanceof String id)) {
      return card;
    }
    Map<Object, Object> named = new LinkedHashMap<>(fields);
    named.put("by", names.apply(new ResponderId(id), directory));
    return named;
  }

  /**
   * All of it, with the timeline.
   *
   * @param calls whether the reader telephones for the alert: with everybody's numbers, and what
   *     the registry notes of those who live there
   */
  Map<String, Object> detail(AlertBook.Seen seen, boolean whole, boolean calls, AlertBook book) {
    Map<String, Object> json = line(seen, whole);
    if (!whole) {
      return json;
    }
    Alert alert = seen.alert();
    json.put("holds", alert.holds().stream().map(this::hold).toList());
    json.put("asked", alert.asked().stream().map(each -> asked(alert, each, calls)).toList());
    if (calls) {
      json.put("persons", persons(alert));
    }
    if (calls && !MaskedDirectory.is(directory)) {
      json.put("fences", fences(alert)); // they say where somebody lives, to the metre
    }
    json.put("deliveries", alert.deliveries().stream().map(this::delivery).toList());
    json.put("evidence", alert.evidence().stream().map(this::evidence).toList());
    json.put(
        "timeline", alert.timeline().stream().map(entry -> entry(entry, alert, book)).toList());
    json.put("timeline_omitted", alert.timelineOmitted());
    return json;
  }

  private Map<String, Object> evidence(Evidence evidence) {
    Map<String, Object> json = FactJson.evidence(evidence);
    if (MaskedDirectory.is(directory)) {
      json.remove("location");
    }
    return json;
  }

  private void putRinging(Map<String, Object> json, Alert alert) {
    if (!alert.isOpen()) {
      return;
    }
    Instant deadline = deadline(alert);
    if (deadline != null) {
      json.put(alert.isHeld() ? "lapses_at" : "next_ring_at", deadline.toString());
    }
    boolean hasRungLeft = alert.nextRung() < alert.ladder().rungs().size();
    if (hasRungLeft) {
      List<Role> roles = alert.ladder().rungs().get(alert.nextRung()).roles();
      json.put(
          "ring_next",
          Map.of(
              "number",
              alert.nextRung() + 1,
              "text",
              String.join(", ", roles.stream().map(wording::role).toList())));
    }
    if (alert.isHeld()) {
      return;
    }
    Instant nextRungAt = alert.nextRungAt();
    if (nextRungAt != null && alert.nextRung() < alert.ladder().rungs().size()) {
      Rung next = alert.ladder().rungs().get(alert.nextRung());
      Map<String, Object> rung = new LinkedHashMap<>();
      rung.put("number", alert.nextRung() + 1);
      rung.put("at", nextRungAt.toString());
      rung.put("roles", next.roles().stream().map(Role::value).toList());
      rung.put("text", String.join(", ", next.roles().stream().map(wording::role).toList()));
      json.put("next_rung", rung);
    }
    Instant deskAt = alert.deskAt();
    if (deskAt != null) {
      json.put(
          "desk",
          Map.of(
              "level",
              alert.deskLevel() + 1,
              "at",
              deskAt.toString(),
              "text",
              wording.role(Role.DUTY_DESK)));
    }
  }

  /** While somebody is asked to take it over, when the promise of whoever has it lapses. */
  private static @Nullable Instant deadline(Alert alert) {
    return alert.handover() == null
        ? alert.deadline()
        : alert.holds().stream().map(Hold::until).min(Instant::compareTo).orElse(alert.deadline());
  }

  private Map<String, Object> hold(Hold hold) {
    Map<String, Object> json = FactJson.hold(hold);
    json.put("name", names.apply(hold.responder(), directory));
    json.put("role_text", wording.role(hold.role()));
    return json;
  }

  /** Those who live there, as whoever speaks with them needs to know them. */
  private List<Map<String, Object>> persons(Alert alert) {
    List<Map<String, Object>> persons = new ArrayList<>();
    for (ElderId id : directory.elders(alert.home())) {
      Directory.Elder elder = directory.elder(id);
      if (elder != null) {
        persons.add(new ElderJson(now, zone).noted(elder));
      }
    }
    return persons;
  }

  /** The ground that means something to those it is about, for a map. */
  private List<Map<String, Object>> fences(Alert alert) {
    Collection<ElderId> whose =
        alert.elders().isEmpty() ? directory.elders(alert.home()) : alert.elders();
    return whose.stream()
        .flatMap(id -> directory.fences(id).stream())
        .map(AlertJson::fence)
        .toList();
  }

  private static Map<String, Object> fence(Fence fence) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("fence", fence.id().value());
    json.put("elder", fence.elder().value());
    json.put("name", fence.name());
    json.put("kind", AlertCard.word(fence.kind()));
    json.put("corners", fence.corners().stream().map(AlertJson::place).toList());
    if (fence.isCircle()) {
      json.put("radius_m", fence.radiusM());
    }
    return json;
  }

  private static Map<String, Object> place(Point point) {
    return Map.of("lat", point.lat(), "lon", point.lon());
  }

  private Map<String, Object> asked(Alert alert, Asked asked, boolean calls) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("responder", asked.responder().value());
    json.put("name", names.apply(asked.responder(), directory));
    json.put("role", asked.role().value());
    json.put("role_text", wording.role(asked.role()));
    json.put("relation", asked.relation());
    json.put("last_rung_at", asked.lastRungAt().toString());
    json.put("declined", asked.declined());
    Standing standing = Standing.of(alert, asked);
    json.put("standing", AlertCard.word(standing));
    json.put("standing_text", wording.standing(standing.name()));
    Directory.Responder person = directory.responder(asked.responder());
    if (calls && person != null) {
      json.put("phone", person.phone());
    }
    Instant nextWayAt = asked.nextWayAt();
    if (nextWayAt != null) {
      json.put("next_way_at", nextWayAt.toString());
    }
    return json;
  }

  private Map<String, Object> delivery(Delivery delivery) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("delivery", delivery.key().toString());
    json.put("to", FactJson.recipient(delivery.to()));
    json.put("cause", AlertCard.word(delivery.cause()));
    json.put("started_at", delivery.startedAt().toString());
    json.put("expires_at", delivery.expiresAt().toString());
    Outcome outcome = delivery.outcome();
    json.put("outcome", outcome == null ? "under_way" : FactJson.outcome(outcome));
    if (outcome instanceof Outcome.GaveUp gaveUp) {
      json.put("reason", gaveUp.reason());
    }
    return json;
  }

  private Map<String, Object> entry(Entry entry, Alert alert, AlertBook book) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("number", entry.stamp().number());
    json.put("at", entry.stamp().now().toString());
    json.putAll(FactJson.of(entry.fact()));
    boolean isMasked = MaskedDirectory.is(directory);
    if (isMasked && json.get("evidence") instanceof Map<?, ?> evidence) {
      evidence.remove("location");
    }
    // A note is free text: nobody can say whose name or illness is in it.
    if (!isMasked && bringsNote(entry.fact())) {
      book.note(alert.id(), entry.stamp().number()).ifPresent(note -> json.put("note", note));
    }
    json.put("text", wording.entry(entry, alert, directory, zone));
    return json;
  }

  private static boolean bringsNote(Fact fact) {
    return fact instanceof Fact.CallTaken
        || (fact instanceof Fact.CallRang rang && rang.withNote())
        || (fact instanceof Fact.Replied r && r.withNote())
        || (fact instanceof Fact.Reopened o && o.withNote())
        || (fact instanceof Fact.Forwarded f && f.withPerson());
  }

  /**
   * The most urgent first: worst, in nobody's hands, about who can help themselves least, waiting
   * longest.
   */
  static List<AlertBook.Seen> sorted(List<AlertBook.Seen> alerts, Directory directory) {
    Map<AlertId, Integer> ability = new HashMap<>();
    alerts.forEach(seen -> ability.put(seen.alert().id(), ability(seen.alert(), directory)));
    List<AlertBook.Seen> sorted = new ArrayList<>(alerts);
    sorted.sort((a, b) -> {
      Alert left = a.alert();
      Alert right = b.alert();
      int byState = left.state().compareTo(right.state());
      if (left.isOpen() != right.isOpen()) {
        return byState;
      }
      if (!left.isOpen()) {
        return compare(closedAt(right), closedAt(left));
      }
      int bySeverity = left.severity().compareTo(right.severity());
      if (bySeverity != 0 || byState != 0) {
        return bySeverity != 0 ? bySeverity : byState;
      }
      int byAbility = ability.getOrDefault(left.id(), 0) - ability.getOrDefault(right.id(), 0);
      return byAbility != 0 ? byAbility : compare(left.raisedAt(), right.raisedAt());
    });
    return sorted;
  }

  /** Of those it is about, the one who can help themselves least. */
  private static int ability(Alert alert, Directory directory) {
    int least = Ability.last();
    for (ElderId id : alert.elders()) {
      Directory.Elder elder = directory.elder(id);
      least = Math.min(least, Ability.rank(elder == null ? "" : elder.ability()));
    }
    return least;
  }

  private static @Nullable Instant closedAt(Alert alert) {
    return alert.closing() == null ? null : alert.closing().at();
  }

  private static int compare(@Nullable Instant left, @Nullable Instant right) {
    return left == null || right == null ? 0 : left.compareTo(right);
  }
}
