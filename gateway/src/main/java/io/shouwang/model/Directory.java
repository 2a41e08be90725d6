package io.shouwang.model;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One immutable generation of the registry, as the core asks it: who lives where, who answers for
 * them. Any thread.
 */
public interface Directory {

  /** The generation's name: hex of SHA-256 over its files. */
  String hash();

  /** Where a device belongs; null when it isn't registered. */
  @Nullable Placement placement(DeviceId device);

  /** A home; null when it isn't registered. */
  @Nullable Home home(HomeId home);

  @Nullable Elder elder(ElderId elder);

  @Nullable Responder responder(ResponderId responder);

  /** The area and all above it, itself first; empty when it isn't registered. */
  List<AreaId> areaPath(AreaId area);

  /**
   * Who holds a role for a home: those named for these elders or for the home; if there are none,
   * those of the nearest area upwards that names any. In the registry's order, each responder once.
   */
  List<Contact> contacts(HomeId home, Set<ElderId> elders, Role role);

  /**
   * The duty desks that answer for a home, a list per level, nearest area first. For a home that
   * isn't registered, the desks of the topmost areas. Empty only if the registry has no desk at
   * all.
   */
  List<List<Contact>> desks(HomeId home);

  /**
   * A device's place.
   *
   * @param home null when it belongs to none
   * @param elder null when it belongs to a home and not to one person
   * @param hub the hub it speaks through, or null
   */
  record Placement(
      DeviceId device,
      String type,
      @Nullable HomeId home,
      @Nullable ElderId elder,
      @Nullable DeviceId hub) {}

  /**
   * Where somebody lives.
   *
   * @param access how to get in: key box, floor, notes
   */
  record Home(
      HomeId id, AreaId area, String address, String phone, String access, List<ElderId> elders) {}

  /**
   * The person watched over.
   *
   * @param birthYear null when not known
   */
  record Elder(
      ElderId id,
      HomeId home,
      String name,
      @Nullable Integer birthYear,
      String phone,
      String notes) {}

  /**
   * A person or desk that can answer.
   *
   * @param language {@code zh} or {@code en}
   */
  record Responder(ResponderId id, String name, String phone, String language) {}

  /**
   * A responder in a role.
   *
   * @param relation what the wearer calls them, "daughter"; the role's name when not given
   */
  record Contact(ResponderId responder, Role role, String relation) {}
}
