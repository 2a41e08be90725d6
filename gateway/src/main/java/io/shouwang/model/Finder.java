package io.shouwang.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds people and places in one generation of the registry by what is remembered of them: a part
 * of a name or of an address, an area's name, four digits of a telephone, an id, a name's pinyin
 * initials. Any thread; a search takes milliseconds of a processor and makes next to nothing.
 */
public interface Finder {
  /** Hits are counted up to here. */
  int COUNTED_MAX = 1_000;

  /**
   * A search.
   *
   * @param within nothing is found outside of this area
   * @param limit how many are to be given
   */
  record Question(SearchWords words, AreaId within, int limit) {}

  /**
   * What was found, the likeliest first: whose id or number it is, then names that begin so, then
   * the rest in the registry's order.
   *
   * @param count how many there are
   * @param more there are more than were counted
   */
  record Hits<T>(List<T> found, int count, boolean more) {
    public Hits {
      found = List.copyOf(found);
    }
  }

  /**
   * An area.
   *
   * @param level such as {@code street}; empty when not said
   * @param areas directly below it
   * @param homes of it and of all below it
   * @param elders likewise
   */
  record Area(
      AreaId id,
      String name,
      String level,
      @Nullable AreaId parent,
      int areas,
      int homes,
      int elders) {}

  /**
   * Somebody's role for somebody.
   *
   * @param elder whom it is for; null if for a home or an area
   * @param home null if for an elder or an area
   * @param area null if for an elder or a home
   * @param scheduled only while a schedule has them on call
   * @param onCall whether they would be reached for it now
   */
  record Holding(
      Role role,
      String relation,
      @Nullable ElderId elder,
      @Nullable HomeId home,
      @Nullable AreaId area,
      boolean scheduled,
      boolean onCall) {}

  /** How many of each there are. */
  record Counts(
      int areas, int homes, int elders, int devices, int responders, int contacts, int fences) {}

  /** The generation's name. */
  String hash();

  Counts counts();

  /**
   * Makes what speeds searches up; the first one does it else. Takes a second or two for a million
   * homes, once.
   */
  void prepare();

  boolean isPrepared();

  Hits<ElderId> elders(Question question);

  /** Homes, also by those who live there. */
  Hits<HomeId> homes(Question question);

  /** Responders who answer for anybody in the area, or for the area. */
  Hits<ResponderId> responders(Question question);

  /** An area; null when it isn't registered. */
  @Nullable Area area(AreaId area);

  /** The areas directly below one, in the registry's order. */
  List<Area> areasIn(AreaId area);

  /** Whether a responder answers for anybody in an area, or for the area. */
  boolean answersIn(ResponderId responder, AreaId area);

  /** What a responder is to whom: those in an area and above it, as many as asked for. */
  Hits<Holding> holdings(ResponderId responder, AreaId within, Instant at, int limit);

  /** The devices that speak through a hub, in the registry's order. */
  List<DeviceId> childrenOf(DeviceId hub);
}
