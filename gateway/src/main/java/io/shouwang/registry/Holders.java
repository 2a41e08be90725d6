package io.shouwang.registry;

import io.shouwang.model.AreaId;
import io.shouwang.model.Directory.Contact;
import io.shouwang.model.ElderId;
import io.shouwang.model.HomeId;
import io.shouwang.model.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who holds which role for a home: by its elders, by itself, or by the nearest area that has
 * somebody. Immutable, any thread.
 */
final class Holders {
  private final RowTable areas;
  private final RowTable homes;
  private final RowTable elders;
  private final int[] areaParent;
  private final int[] homeArea;
  private final Contacts contacts;
  private final List<List<Contact>> topmostDesks;

  Holders(
      RowTable areas,
      RowTable homes,
      RowTable elders,
      int[] areaParent,
      int[] homeArea,
      Contacts contacts,
      List<List<Contact>> topmostDesks) {
    this.areas = areas;
    this.homes = homes;
    this.elders = elders;
    this.areaParent = areaParent;
    this.homeArea = homeArea;
    this.contacts = contacts;
    this.topmostDesks = topmostDesks;
  }

  /** Who holds a role then, or at any time where none is said. */
  List<Contact> found(HomeId home, Set<ElderId> forElders, Role role, @Nullable Instant at) {
    Contacts.Collected found = contacts.collect(role);
    for (ElderId elder : forElders) {
      int row = elders.find(elder.value());
      if (row >= 0) {
        found.ofElder(row);
      }
    }
    int homeRow = homes.find(home.value());
    if (homeRow >= 0) {
      found.ofHome(homeRow);
    }
    for (int area = area(home); area >= 0 && found.isEmpty(); area = areaParent[area]) {
      found.ofArea(area);
    }
    return found.contacts(at);
  }

  /** The desks, level by level from the nearest area upwards. */
  List<List<Contact>> desks(HomeId home, @Nullable Instant at) {
    List<List<Contact>> levels = new ArrayList<>();
    for (int area = area(home); area >= 0; area = areaParent[area]) {
      Contacts.Collected desks = contacts.collect(Role.DUTY_DESK);
      desks.ofArea(area);
      List<Contact> present = desks.isEmpty() ? List.of() : desks.contacts(at);
      if (!present.isEmpty()) {
        levels.add(present);
      }
    }
    return levels.isEmpty() ? topmostDesks : List.copyOf(levels);
  }

  /** The row of a home's area, or of the one it stands in for; -1 if there is none. */
  int area(HomeId home) {
    AreaId area = home.area();
    if (area != null) {
      return areas.find(area.value());
    }
    int row = homes.find(home.value());
    return row < 0 ? -1 : homeArea[row];
  }
}
