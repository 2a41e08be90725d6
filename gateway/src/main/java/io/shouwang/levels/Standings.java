package io.shouwang.levels;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shouwang.alerts.Alert;
import io.shouwang.alerts.AlertBook;
import io.shouwang.alerts.Asked;
import io.shouwang.alerts.Closing;
import io.shouwang.alerts.Entry;
import io.shouwang.alerts.Fact;
import io.shouwang.alerts.Hold;
import io.shouwang.levels.CloudEvent.Unreadable;
import io.shouwang.model.AlertId;
import io.shouwang.model.AreaId;
import io.shouwang.model.Directory;
import io.shouwang.model.Identity;
import io.shouwang.model.Input;
import io.shouwang.model.Input.CountyStanding;
import io.shouwang.model.Kind;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Role;
import io.shouwang.model.Severity;
import io.shouwang.wording.AlertCard;
import io.shouwang.wording.Wording;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How an alert of a county stands, as the county writes it and the city reads it: {@code
 * io.shouwang.alert.{ringing|accepted|called|closed}.v1}.
 */
final class Standings {
  /** Before the standing's word. */
  static final String TYPE = "io.shouwang.alert.";

  static final String VERSION = ".v1";
  private static final Duration HELD_MIN = Duration.ofSeconds(10);
  private static final Duration HELD_MAX = Duration.ofHours(2);

  /** What a person who comes must know, and no more. */
  private static final Set<String> PERSON = Set.of("elder", "elders", "home", "location", "why");

  private Standings() {}

  /**
   * How it stands. A city is called once the desks of every level have had their time and nobody
   * took it, or when all of them declined; it rings beside them from then on.
   */
  static CountyStanding of(Alert alert, Directory directory) {
    if (!alert.isOpen()) {
      return CountyStanding.CLOSED;
    }
    if (alert.isStopped()) {
      return CountyStanding.ACCEPTED;
    }
    Instant reached = null;
    for (Entry entry : alert.timeline().reversed()) {
      if (entry.fact() instanceof Fact.DeskReached) {
        reached = entry.stamp().now();
        break;
      }
    }
    if (reached == null || reached.isBefore(alert.deskSince())) {
      return CountyStanding.RINGING;
    }
    long levels =
        directory.desks(alert.home(), reached).stream().filter(level -> !level.isEmpty()).count();
    Duration waited = Duration.between(alert.deskSince(), reached);
    List<Asked> desks =
        alert.asked().stream().filter(a -> a.role().equals(Role.DUTY_DESK)).toList();
    boolean allDeclined =
        alert.deskLevel() + 1 >= levels && desks.stream().allMatch(Asked::declined);
    boolean overflows = waited.compareTo(alert.desk().overflowAfter().multipliedBy(levels)) >= 0;
    return overflows || allDeclined ? CountyStanding.CALLED : CountyStanding.RINGING;
  }

  /** Whether the city has it in hand, as its answers say. */
  static boolean isTakenOver(Alert alert) {
    for (Hold hold : alert.holds()) {
      for (Entry entry : alert.timeline().reversed()) {
        if (entry.fact() instanceof Fact.Replied replied && replied.by().equals(hold.responder())) {
          if (replied.channel().equals(Doings.CHANNEL)) {
            return true;
          }
          break;
        }
      }
    }
    return false;
  }

  /** Number of the entry that opened it again last; 0 if none did. */
  private static long reopened(Alert alert) {
    for (Entry entry : alert.timeline().reversed()) {
      if (entry.fact() instanceof Fact.Reopened) {
        return entry.stamp().number();
      }
    }
    return 0;
  }

  /** One alert, written for the city. */
  static CloudEvent write(
      ResponderId self,
      LevelSettings.City city,
      AlertBook.Seen seen,
      Directory directory,
      Instant now,
      ZoneId zone) {
    Alert alert = seen.alert();
    CountyStanding standing = of(alert, directory);
    long number = alert.timeline().getLast().stamp().number();
    ObjectNode data = CloudEvent.JSON.createObjectNode();
    data.put("number", number);
    data.put("standing", AlertCard.word(standing));
    data.put("kind", alert.kind().value());
    data.put("severity", AlertCard.word(alert.severity()));
    data.put("raised_at", alert.raisedAt().toString());
    Directory.Home home = directory.home(alert.home());
    if (home != null) {
      data.put("area", home.area().value());
    }
    if (alert.isHeld()) {
      data.put("by_role", alert.holds().getFirst().role().value());
    }
    Closing closing = alert.closing();
    if (closing != null) {
      data.put("disposition", closing.disposition());
    }
    data.put("reopened", reopened(alert));
    data.put("held_for_s", city.heldFor().toSeconds());
    boolean mustKnow =
        city.persons() == LevelSettings.Persons.ALWAYS
            || standing == CountyStanding.CALLED
            || isTakenOver(alert);
    if (mustKnow && alert.isOpen()) {
      data.set("person", CloudEvent.JSON.valueToTree(person(seen, directory, now, zone)));
    }
    return new CloudEvent(
        alert.id() + "." + number + "." + now.toEpochMilli(),
        CloudEvent.sourceOf(self.value()),
        TYPE + AlertCard.word(standing) + VERSION,
        alert.id().value(),
        now,
        data);
  }

  private static Map<String, Object> person(
      AlertBook.Seen seen, Directory directory, Instant now, ZoneId zone) {
    Map<String, Object> card = AlertCard.of(seen, directory, Wording.ZH, now, zone);
    Map<String, Object> person = new LinkedHashMap<>();
    card.forEach((name, value) -> {
      if (PERSON.contains(name)) {
        person.put(name, value);
      }
    });
    // The long ones first: what is left still says where to go and whom to look for.
    for (String name : List.of("why", "elders", "location")) {
      if (CloudEvent.JSON.valueToTree(person).toString().length()
          > Input.AlertForwarded.PERSON_LENGTH_MAX) {
        person.remove(name);
      }
    }
    return person;
  }

  /**
   * Reads what a county says.
   *
   * @throws Unreadable also if it speaks of an area that isn't its own
   */
  static Input.AlertForwarded read(
      LevelSettings.County county, CloudEvent event, Directory directory) throws Unreadable {
    if (event.subject() == null || !Identity.isValid(event.subject())) {
      throw new Unreadable("subject must be the alert's id");
    }
    CountyStanding standing = word(event.data(), "standing", CountyStanding.values());
    if (!event.type().equals(TYPE + AlertCard.word(standing) + VERSION)) {
      throw new Unreadable("type and standing differ");
    }
    String role = identity(event.data(), "by_role");
    String area = identity(event.data(), "area");
    if (area != null) {
      requireWithin(county, new AreaId(area), directory);
    }
    String kind = identity(event.data(), "kind");
    if (kind == null) {
      throw new Unreadable("kind is missing");
    }
    return new Input.AlertForwarded(
        county.id(),
        new AlertId(event.subject()),
        CloudEvent.number(event.data(), "number"),
        standing,
        county.area(),
        new Kind(kind),
        word(event.data(), "severity", Severity.values()),
        role == null ? null : new Role(role),
        identity(event.data(), "disposition"),
        CloudEvent.number(event.data(), "reopened"),
        heldFor(CloudEvent.number(event.data(), "held_for_s")),
        person(event));
  }

  private static Duration heldFor(long seconds) {
    return Duration.ofSeconds(Math.clamp(seconds, HELD_MIN.toSeconds(), HELD_MAX.toSeconds()));
  }

  /** Where our registry knows the home's area, it must not be one beside the county. */
  private static void requireWithin(LevelSettings.County county, AreaId said, Directory directory)
      throws Unreadable {
    List<AreaId> path = directory.areaPath(said);
    if (!path.isEmpty() && !path.contains(county.area())) {
      throw new Unreadable("area is not of this county");
    }
  }

  private static @Nullable String person(CloudEvent event) throws Unreadable {
    if (!event.data().has("person")) {
      return null;
    }
    if (!event.data().get("person").isObject()) {
      throw new Unreadable("person must be an object");
    }
    try {
      String person = CloudEvent.JSON.writeValueAsString(event.data().get("person"));
      if (person.length() > Input.AlertForwarded.PERSON_LENGTH_MAX) {
        throw new Unreadable(
            "person is longer than " + Input.AlertForwarded.PERSON_LENGTH_MAX + " characters");
      }
      return person;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what was read can be written", e);
    }
  }

  private static @Nullable String identity(JsonNode data, String name) throws Unreadable {
    String text = CloudEvent.textIf(data, name);
    if (text != null && !Identity.isValid(text)) {
      throw new Unreadable(name + " must be 1 to 64 of A-Z a-z 0-9 _ -");
    }
    return text;
  }

  static <E extends Enum<E>> E word(JsonNode data, String name, E[] words) throws Unreadable {
    String text = CloudEvent.text(data, name);
    for (E word : words) {
      if (word.name().toLowerCase(Locale.ROOT).equals(text)) {
        return word;
      }
    }
    throw new Unreadable(name + " is no word that we know");
  }
}
