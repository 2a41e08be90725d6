package io.shouwang.registry;

import io.shouwang.model.Directory.Contact;
import io.shouwang.model.Directory.Responder;
import io.shouwang.model.Directory.Way;
import io.shouwang.model.ElderId;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Role;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How people are reached: by which ways, not in which hours, and elders by their own phone. */
final class Reach {
  private static final ZoneId USUAL_ZONE = ZoneId.of("Asia/Shanghai");

  private final RowTable responders;
  private final RowTable elders;
  private final RowTable homes;
  private final int[] elderHome;
  private final RowTable ways;
  private final List<Way> elderWays;

  Reach(Draft draft) {
    responders = draft.responders;
    elders = draft.elders;
    homes = draft.homes;
    elderHome = draft.elderHome.trimmed();
    ways = draft.ways;
    ways.trim();
    elderWays = List.copyOf(draft.elderWays);
  }

  /** The elders who can be called by their own phone. */
  List<Contact> callable(Set<ElderId> forElders) {
    return forElders.stream()
        .sorted()
        .filter(elder -> !elderWays.isEmpty() && !phoneOf(elder).isEmpty())
        .map(elder -> new Contact(new ResponderId(elder.value()), Role.ELDER, Role.ELDER.value()))
        .toList();
  }

  /** The elder's own number, or the home's; empty if neither is one. */
  private String phoneOf(ElderId elder) {
    int row = elders.find(elder.value());
    if (row < 0 || responders.find(elder.value()) >= 0) {
      return ""; // a responder of the same name is not to be taken for the elder
    }
    String own = PhoneNumber.normal(elders.text(row, Draft.ELDER_PHONE));
    return own.isEmpty() ? PhoneNumber.normal(homes.text(elderHome[row], Draft.HOME_PHONE)) : own;
  }

  List<Way> ways(ResponderId responder) {
    int row = ways.find(responder.value());
    if (row >= 0) {
      return WaysText.read(ways.text(row, Draft.WAYS_TEXT));
    }
    if (responders.find(responder.value()) < 0) {
      String phone = phoneOf(new ElderId(responder.value()));
      if (!phone.isEmpty() && !elderWays.isEmpty()) {
        return elderWays.stream()
            .map(way -> new Way(way.channel(), phone, way.after(), true))
            .toList();
      }
    }
    return List.of(Way.MQTT);
  }

  boolean isQuiet(ResponderId responder, Instant at) {
    int row = responders.find(responder.value());
    String quiet = row < 0 ? "" : responders.text(row, Draft.RESPONDER_QUIET);
    if (quiet.isEmpty()) {
      return false;
    }
    String zone = responders.text(row, Draft.RESPONDER_ZONE);
    LocalTime time = at.atZone(zone.isEmpty() ? USUAL_ZONE : ZoneId.of(zone)).toLocalTime();
    int dash = quiet.indexOf('-');
    LocalTime from = LocalTime.parse(quiet.substring(0, dash));
    LocalTime to = LocalTime.parse(quiet.substring(dash + 1));
    boolean isAfter = !time.isBefore(from);
    boolean isBefore = time.isBefore(to);
    return from.isBefore(to) ? isAfter && isBefore : isAfter || isBefore;
  }

  /** An elder who is called by their own phone. */
  @Nullable Responder elderAsResponder(ResponderId id) {
    ElderId elder = new ElderId(id.value());
    int row = elders.find(id.value());
    return row < 0
        ? null
        : new Responder(id, elders.text(row, Draft.ELDER_NAME), phoneOf(elder), "zh");
  }
}
