package io.shouwang.wording;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.AlertBook;
import io.shouwang.alerts.Hold;
import io.shouwang.alerts.KnownFix;
import io.shouwang.alerts.Subject;
import io.shouwang.model.DeviceId;
import io.shouwang.model.Directory;
import io.shouwang.model.ElderId;
import io.shouwang.model.Fix;
import io.shouwang.model.Mode;
import io.shouwang.rules.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An alert as those see it who must come: the fields of the contract's {@code alerts} message that
 * don't depend on the recipient, as a tree of maps, lists, strings and numbers, ready for JSON.
 * What isn't known is left out. Instants are RFC 3339 in UTC.
 */
public final class AlertCard {
  private AlertCard() {}

  /**
   * With the person, the way in and the position: for the responders of an open alert and the roles
   * that need them (P8).
   */
  public static Map<String, Object> of(
      AlertBook.Seen seen, Directory directory, Wording wording, Instant now, ZoneId zone) {
    Alert alert = seen.alert();
    Map<String, Object> card = head(alert);
    Directory.Home home = directory.home(alert.home());
    ElderId about = about(alert);
    if (about != null) {
      card.put("elder", elder(about, directory, now, zone));
    }
    card.put(
        "elders",
        (home == null ? List.<ElderId>of() : home.elders())
            .stream().map(id -> elder(id, directory, now, zone)).toList());
    card.put("home", home(alert, home, true));
    KnownFix fix = position(seen, directory);
    if (fix != null) {
      card.put("location", location(fix, now));
    }
    card.put("why", wording.why(alert, zone));
    card.put("coming", coming(alert, directory, now));
    card.put("rung", alert.nextRung());
    return card;
  }

  /** Without person, door and position: for those who were asked, once the alert is closed. */
  public static Map<String, Object> brief(
      AlertBook.Seen seen, Directory directory, Wording wording, Instant now, ZoneId zone) {
    Alert alert = seen.alert();
    Map<String, Object> card = head(alert);
    card.put("home", home(alert, directory.home(alert.home()), false));
    card.put("why", wording.why(alert, zone));
    card.put("coming", coming(alert, directory, now));
    card.put("rung", alert.nextRung());
    return card;
  }

  /** What can be said without the registry and without a text: in the words of the contract. */
  public static Map<String, Object> bare(Alert alert) {
    Map<String, Object> card = head(alert);
    card.put("home", Map.of("id", alert.home().value()));
    card.put("why", "");
    card.put("coming", List.of());
    card.put("rung", alert.nextRung());
    card.put(
        "text",
        Map.of(
            "kind", alert.kind().value(),
            "severity", word(alert.severity()),
            "state", word(alert.state())));
    return card;
  }

  private static Map<String, Object> head(Alert alert) {
    Map<String, Object> card = new LinkedHashMap<>();
    card.put("alert", alert.id().value());
    card.put("kind", alert.kind().value());
    card.put("severity", word(alert.severity()));
    card.put("state", word(alert.state()));
    card.put("raised_at", alert.raisedAt().toString());
    card.put("modes", alert.marks().modes().stream().map(Mode.Kind::word).toList());
    card.put("exercise", alert.marks().exercise());
    return card;
  }

  /** An enum constant as the outside writes it. */
  public static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** The one elder it is about, if it is about one. */
  private static @Nullable ElderId about(Alert alert) {
    if (alert.subject() instanceof Subject.OfElder(ElderId elder)) {
      return elder;
    }
    return alert.elders().size() == 1 ? alert.elders().iterator().next() : null;
  }

  private static Map<String, Object> elder(
      ElderId id, Directory directory, Instant now, ZoneId zone) {
    Map<String, Object> card = new LinkedHashMap<>();
    card.put("id", id.value());
    Directory.Elder elder = directory.elder(id);
    if (elder != null) {
      card.put("name", elder.name());
      Integer birthYear = elder.birthYear();
      if (birthYear != null) {
        card.put("age", now.atZone(zone).getYear() - birthYear);
      }
      if (!elder.ability().isEmpty()) {
        card.put("ability", elder.ability());
      }
    }
    return card;
  }

  private static Map<String, Object> home(
      Alert alert, Directory.@Nullable Home home, boolean withDoor) {
    Map<String, Object> card = new LinkedHashMap<>();
    card.put("id", alert.home().value());
    if (home != null) {
      card.put("area", home.area().value());
      if (withDoor) {
        card.put("address", home.address());
        card.put("phone", home.phone());
        card.put("access", home.access());
      }
    }
    return card;
  }

  /**
   * The latest position of the devices that raised the alert and of the elder it is about; nobody
   * else's of the same home.
   */
  private static @Nullable KnownFix position(AlertBook.Seen seen, Directory directory) {
    Alert alert = seen.alert();
    ElderId about = alert.subject() instanceof Subject.OfElder(ElderId elder) ? elder : null;
    Set<DeviceId> spoke = new HashSet<>();
    List<KnownFix> candidates = new ArrayList<>();
    for (Evidence evidence : alert.evidence()) {
      spoke.add(evidence.device());
      if (evidence.fix() != null) {
        candidates.add(new KnownFix(evidence.device(), evidence.fix(), evidence.receivedAt()));
      }
    }
    for (KnownFix fix : seen.fixes()) {
      Directory.Placement placement = directory.placement(fix.device());
      boolean isWorn = about != null && placement != null && about.equals(placement.elder());
      if (isWorn || spoke.contains(fix.device())) {
        candidates.add(fix);
      }
    }
    KnownFix latest = null;
    for (KnownFix fix : candidates) {
      if (latest == null || takenAt(fix).isAfter(takenAt(latest))) {
        latest = fix;
      }
    }
    return latest;
  }

  /** When the position was taken: the device's word, unless that lies after we received it. */
  private static Instant takenAt(KnownFix known) {
    Instant fixAt = known.fix().fixAt();
    return fixAt == null || fixAt.isAfter(known.receivedAt()) ? known.receivedAt() : fixAt;
  }

  private static Map<String, Object> location(KnownFix known, Instant now) {
    Fix fix = known.fix();
    Map<String, Object> card = new LinkedHashMap<>();
    card.put("lat", fix.lat());
    card.put("lon", fix.lon());
    card.put("datum", fix.datum());
    if (fix.accuracyM() != null) {
      card.put("accuracy_m", fix.accuracyM());
    }
    if (fix.source() != null) {
      card.put("source", fix.source());
    }
    card.put("device", known.device().value());
    card.put("age_s", Math.max(0, Duration.between(takenAt(known), now).toSeconds()));
    return card;
  }

  private static List<Map<String, Object>> coming(Alert alert, Directory directory, Instant now) {
    List<Map<String, Object>> coming = new ArrayList<>();
    for (Hold hold : alert.holds()) {
      Map<String, Object> card = new LinkedHashMap<>();
      card.put("id", hold.responder().value());
      card.put("by", Wording.person(hold.responder(), directory));
      card.put("relation", hold.relation());
      card.put("role", hold.role().value());
      card.put("phase", word(hold.phase()));
      Instant etaAt = hold.etaAt();
      if (etaAt != null) {
        long seconds = Math.max(0, Duration.between(now, etaAt).toSeconds());
        card.put("eta_min", Math.ceilDiv(seconds, 60));
        card.put("eta_at", etaAt.toString());
      }
      card.put("until", hold.until().toString());
      coming.add(card);
    }
    return coming;
  }
}
