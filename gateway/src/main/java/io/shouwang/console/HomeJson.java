package io.shouwang.console;

import io.shouwang.alerts.CareBook;
import io.shouwang.model.Directory;
import io.shouwang.model.Directory.Contact;
import io.shouwang.model.ElderId;
import io.shouwang.model.Fence;
import io.shouwang.model.HomeId;
import io.shouwang.model.Mode;
import io.shouwang.model.Point;
import io.shouwang.model.Role;
import io.shouwang.rules.Duties;
import io.shouwang.rules.LimitsBook;
import io.shouwang.rules.OwedContact;
import io.shouwang.wording.AlertCard;
import io.shouwang.wording.Wording;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A home as the API shows it, whole: the caller's card and what else the registry and the homes'
 * state say of it. What a caller may not see is masked in the directory already.
 *
 * @param withAlerts what is open, and who was in touch: not for those who only keep the registry
 */
record HomeJson(CallerCard card, Places places, boolean withAlerts) {
  /** Those who are nearest first; others follow by their names. */
  private static final List<String> NEAREST =
      List.of(
          "elder",
          "relative",
          "neighbour",
          "grid_worker",
          "village_cadre",
          "property_company",
          "volunteer",
          "service_organization",
          "rescue_team");

  Map<String, Object> of(Directory.Home home) {
    Map<String, Object> json = card.of(home.id());
    json.remove("responders");
    if (!withAlerts) {
      json.remove("alerts");
      json.remove("contacts");
    }
    json.put("home", place(home));
    json.put("elders", elders(home));
    json.put("reached", reached(home.id(), Set.copyOf(home.elders())));
    json.put("modes", modes(home.id()));
    json.put("as_of", card.now().toString());
    json.put("zone", card.zone().getId());
    return json;
  }

  private Map<String, Object> place(Directory.Home home) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", home.id().value());
    json.put("address", home.address());
    json.put("building", home.building());
    json.put("phone", home.phone());
    json.put("access", home.access());
    json.put("area", places.path(home.area()));
    Point at = home.at();
    if (at != null) {
      json.put("lat", at.lat());
      json.put("lon", at.lon());
    }
    return json;
  }

  private List<Map<String, Object>> elders(Directory.Home home) {
    ElderJson elders = new ElderJson(card.now(), card.zone());
    List<Map<String, Object>> all = new ArrayList<>();
    for (ElderId id : home.elders()) {
      Directory.Elder elder = card.directory().elder(id);
      if (elder != null) {
        Map<String, Object> json = elders.card(elder);
        json.put("fences", card.directory().fences(id).stream().map(HomeJson::fence).toList());
        json.put(
            "duties",
            owed(elder).stream().map(owed -> DutyList.owed(owed, card.wording())).toList());
        all.add(json);
      }
    }
    return all;
  }

  private static Map<String, Object> fence(Fence fence) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", fence.id().value());
    json.put("name", fence.name());
    json.put("kind", AlertCard.word(fence.kind()));
    if (fence.isCircle()) {
      json.put("radius_m", fence.radiusM());
    }
    return json;
  }

  /** How the duties towards an elder stand, worst first. */
  List<OwedContact> owed(Directory.Elder elder) {
    CareBook.Care care = card.care().of(elder.home());
    LimitsBook limits = card.care().limits();
    return new Duties(
            limits.of(card.directory(), elder.home(), elder.id()).duties(),
            care.contacts(),
            care.modes(),
            card.now().atZone(limits.zone()))
        .of(elder).stream()
            .sorted(Comparator.comparing(OwedContact::state).thenComparing(OwedContact::duty))
            .toList();
  }

  /** Who is reached in which role if it rings now, each in the order in which they are rung. */
  private List<Map<String, Object>> reached(HomeId home, Set<ElderId> elders) {
    List<Map<String, Object>> all = new ArrayList<>();
    List<Role> roles = new ArrayList<>(card.directory().roles());
    roles.add(Role.ELDER);
    roles.sort(Comparator.comparingInt(HomeJson::distance).thenComparing(Role::value));
    for (Role role : roles.stream().distinct().toList()) {
      if (!role.equals(Role.DUTY_DESK)) {
        put(all, role, 0, card.directory().contacts(home, elders, role, card.now()));
      }
    }
    int level = 0;
    for (List<Contact> desks : card.directory().desks(home, card.now())) {
      put(all, Role.DUTY_DESK, ++level, desks);
    }
    return all;
  }

  private static int distance(Role role) {
    int place = NEAREST.indexOf(role.value());
    return place < 0 ? NEAREST.size() : place;
  }

  private void put(List<Map<String, Object>> all, Role role, int level, List<Contact> contacts) {
    if (contacts.isEmpty()) {
      return;
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("role", role.value());
    json.put("text", card.wording().role(role));
    if (level > 0) {
      json.put("level", level);
    }
    json.put("people", contacts.stream().map(this::contact).toList());
    all.add(json);
  }

  private Map<String, Object> contact(Contact contact) {
    Directory.Responder responder = card.directory().responder(contact.responder());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", contact.responder().value());
    json.put("name", Wording.person(contact.responder(), card.directory()));
    json.put("relation", contact.relation());
    json.put("phone", responder == null ? "" : responder.phone());
    json.put("quiet", card.directory().isQuiet(contact.responder(), card.now()));
    json.put("ways", ResponderJson.ways(card.directory().ways(contact.responder()), false));
    return json;
  }

  private List<Map<String, Object>> modes(HomeId home) {
    List<Map<String, Object>> modes = new ArrayList<>();
    for (Mode mode : card.care().of(home).modes()) {
      if (mode.holdsAt(card.now())) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("mode", mode.kind().word());
        json.put("text", card.wording().mode(mode.kind()));
        if (mode.device() != null) {
          json.put("device", mode.device().value());
        }
        json.put("until", mode.until().toString());
        modes.add(json);
      }
    }
    return modes;
  }
}
