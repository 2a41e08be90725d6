package io.shouwang.console;

import io.shouwang.alerts.AlertBook;
import io.shouwang.alerts.CareBook;
import io.shouwang.model.CareContact;
import io.shouwang.model.Directory;
import io.shouwang.model.Directory.Contact;
import io.shouwang.model.ElderId;
import io.shouwang.model.HomeId;
import io.shouwang.rules.Protection;
import io.shouwang.rules.ProtectionBook;
import io.shouwang.wording.AlertCard;
import io.shouwang.wording.Wording;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an operator needs to know of a home while somebody there is on the telephone. */
record CallerCard(
    Directory directory,
    AlertBook book,
    CareBook care,
    ProtectionBook protection,
    Wording wording,
    Instant now,
    ZoneId zone) {
  private static final int CONTACTS_MAX = 10;

  Map<String, Object> of(HomeId id) {
    Map<String, Object> json = new LinkedHashMap<>();
    Directory.Home home = directory.home(id);
    json.put("home", home == null ? Map.of("id", id.value()) : home(home));
    List<Map<String, Object>> elders = new ArrayList<>();
    for (ElderId elder : directory.elders(id)) {
      Directory.Elder card = directory.elder(elder);
      if (card != null) {
        elders.add(new ElderJson(now, zone).noted(card));
      }
    }
    json.put("elders", elders);
    Protection devices = protection.of(id);
    json.put("protection", AlertCard.word(devices.sum()));
    json.put(
        "devices",
        devices.devices().stream().map(device -> ProtectionRoutes.json(id, device)).toList());
    AlertJson alerts = new AlertJson(directory, wording, now, zone);
    List<AlertBook.Seen> open =
        book.open().stream().filter(seen -> seen.alert().home().equals(id)).toList();
    json.put(
        "alerts",
        AlertJson.sorted(open, directory).stream().map(seen -> alerts.line(seen, true)).toList());
    json.put("contacts", contacts(id));
    json.put(
        "responders", new Responders(directory, now).of(id).stream().map(this::responder).toList());
    return json;
  }

  private static Map<String, Object> home(Directory.Home home) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", home.id().value());
    json.put("area", home.area().value());
    json.put("address", home.address());
    json.put("phone", home.phone());
    json.put("access", home.access());
    json.put("building", home.building());
    return json;
  }

  private List<Map<String, Object>> contacts(HomeId home) {
    List<CareContact> all = care.of(home).contacts().reversed();
    List<Map<String, Object>> contacts = new ArrayList<>();
    for (CareContact contact : all.subList(0, Math.min(CONTACTS_MAX, all.size()))) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("elder", contact.elder().value());
      json.putAll(CareRoutes.contact(care, contact, directory));
      contacts.add(json);
    }
    return contacts;
  }

  private Map<String, Object> responder(Contact contact) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", contact.responder().value());
    json.put("name", Wording.person(contact.responder(), directory));
    json.put("role", contact.role().value());
    json.put("role_text", wording.role(contact.role()));
    json.put("relation", contact.relation());
    Directory.Responder person = directory.responder(contact.responder());
    json.put("phone", person == null ? "" : person.phone());
    return json;
  }
}
