package io.shouwang.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
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

  /**
   * A home; null when it isn't registered. For the stand-in of an area, the area itself as a home
   * without elders: its people and desks answer for it.
   */
  @Nullable Home home(HomeId home);

  @Nullable Elder elder(ElderId elder);

  @Nullable Responder responder(ResponderId responder);

  /** Who lives in a home; nobody when it isn't registered. */
  default List<ElderId> elders(HomeId home) {
    Home card = home(home);
    return card == null ? List.of() : card.elders();
  }

  /** Where a home lies; null when that isn't said. */
  default @Nullable Point pointOf(HomeId home) {
    Home card = home(home);
    return card == null ? null : card.at();
  }

  /** An elder's categories of care; none when not registered. */
  default Set<String> categories(ElderId elder) {
    Elder card = elder(elder);
    return card == null ? Set.of() : card.categories();
  }

  /** The devices that stand in a home or are worn by those who live there. */
  List<Placement> devices(HomeId home);

  /** The fences around an elder's life, in the registry's order. */
  List<Fence> fences(ElderId elder);

  /** Gives each registered home. */
  void eachHome(Consumer<HomeId> home);

  /** Gives each area, in the registry's order. */
  default void eachArea(Consumer<Area> area) {}

  /** Gives each registered home in an area or below it. */
  default void eachHome(AreaId area, Consumer<HomeId> found) {
    eachHome(id -> {
      Home home = home(id);
      if (home != null && areaPath(home.area()).contains(area)) {
        found.accept(id);
      }
    });
  }

  /** The area and all above it, itself first; empty when it isn't registered. */
  List<AreaId> areaPath(AreaId area);

  /**
   * How a responder is reached, in this order; an elder's own id gives the elder's phone. Never
   * empty for whoever is registered, unless they can't be reached at all.
   */
  default List<Way> ways(ResponderId responder) {
    return List.of(Way.MQTT);
  }

  /**
   * Whether nothing but the alarm class may ring them now: quiet hours.
   *
   * @param at the moment, read in the person's own time zone
   */
  default boolean isQuiet(ResponderId responder, Instant at) {
    return false;
  }

  /**
   * Whose telephone a number is, however it is written: elders' and homes'. A number of the home
   * itself names no elder. Empty for a number that nobody has.
   */
  default List<CallerAt> callers(String number) {
    return List.of();
  }

  /**
   * The form in which telephone numbers are compared and dialled: E.164 ({@code +86…}), or bare
   * digits for what is none; empty if the text is no number.
   */
  default String dialable(String text) {
    return "";
  }

  /**
   * Who holds a role for a home: those named for these elders or for the home; if there are none,
   * those of the nearest area upwards that names any. In the registry's order, each responder once.
   * A schedule that is named stands for whoever is on call.
   *
   * @param at when they are to be rung
   */
  List<Contact> contacts(HomeId home, Set<ElderId> elders, Role role, Instant at);

  /** All roles that anybody holds anywhere. */
  default Set<Role> roles() {
    return Set.of(Role.DUTY_DESK);
  }

  /** What a responder is to an elder, by {@link #contacts}; empty for a stranger. */
  Set<Role> roles(HomeId home, ElderId elder, ResponderId responder);

  /**
   * The duty desks that answer for a home, a list per level, nearest area first. For a home that
   * isn't registered, the desks of the topmost areas. Empty only if the registry has no desk at
   * all.
   *
   * @param at when they are to be rung: a schedule stands for whoever is on call
   */
  List<List<Contact>> desks(HomeId home, Instant at);

  /**
   * Part of the country that permissions, routing and reports follow.
   *
   * @param parent null when none is above it
   * @param level such as {@code street}; empty when not said
   */
  record Area(AreaId id, @Nullable AreaId parent, String name, String level) {}

  /**
   * A device's place.
   *
   * @param home null when it belongs to none
   * @param elder null when it belongs to a home and not to one person
   * @param hub the hub it speaks through, or null
   * @param model its make and model; empty when not said
   */
  record Placement(
      DeviceId device,
      String type,
      @Nullable HomeId home,
      @Nullable ElderId elder,
      @Nullable DeviceId hub,
      String model) {}

  /**
   * Where somebody lives.
   *
   * @param access how to get in: key box, floor, notes
   * @param building names the building it lies in; empty when not said
   * @param at where it lies; null when not said
   */
  record Home(
      HomeId id,
      AreaId area,
      String address,
      String phone,
      String access,
      List<ElderId> elders,
      String building,
      @Nullable Point at) {}

  /**
   * Whose telephone it is.
   *
   * @param elder null for a number of the home itself
   */
  record CallerAt(HomeId home, @Nullable ElderId elder) {}

  /**
   * The person watched over.
   *
   * @param birthYear null when not known
   * @param categories of care, such as {@code living_alone}; duties follow them
   * @param ability what they can do alone, such as {@code partly_dependent}; empty when not said
   */
  record Elder(
      ElderId id,
      HomeId home,
      String name,
      @Nullable Integer birthYear,
      String phone,
      String notes,
      Set<String> categories,
      String ability) {}

  /**
   * A person or desk that can answer.
   *
   * @param language {@code zh} or {@code en}
   */
  record Responder(ResponderId id, String name, String phone, String language) {}

  /**
   * One step of reaching a person.
   *
   * @param channel its name in {@code channels.yaml}, or {@link #MQTT}
   * @param address in the channel's own form
   * @param after how long after the step before it, if nobody answered meanwhile; the first is rung
   *     at once
   * @param verified the person proved that it is theirs; a ladder counts on no other, though it
   *     rings them all the same
   */
  record Way(String channel, String address, Duration after, boolean verified) {
    /** A client that connects to us with the responder's own secret. */
    public static final Way MQTT = new Way("mqtt", "", Duration.ZERO, true);
  }

  /**
   * A responder in a role.
   *
   * @param relation what the wearer calls them, "daughter"; the role's name when not given
   */
  record Contact(ResponderId responder, Role role, String relation) {}
}
