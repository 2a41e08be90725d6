package io.shouwang.console;

import io.shouwang.model.Directory;
import io.shouwang.model.Directory.Contact;
import io.shouwang.model.HomeId;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Role;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who answers for a home, by all roles that anybody holds. */
record Responders(Directory directory, Instant now) {

  /** Each once, in the roles' order; at last the desks, nearest first. */
  List<Contact> of(HomeId home) {
    Map<ResponderId, Contact> found = new LinkedHashMap<>();
    for (Role role : directory.roles().stream().sorted().toList()) {
      if (!role.equals(Role.DUTY_DESK)) {
        directory
            .contacts(home, Set.copyOf(directory.elders(home)), role, now)
            .forEach(contact -> found.putIfAbsent(contact.responder(), contact));
      }
    }
    directory.desks(home, now).stream()
        .flatMap(List::stream)
        .forEach(desk -> found.putIfAbsent(desk.responder(), desk));
    return List.copyOf(found.values());
  }
}
