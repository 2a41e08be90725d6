package io.shouwang.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that can move the state. Each is journalled with the time it was taken in. */
public sealed interface Input {

  /** A device said something. */
  record EventReceived(DeviceEvent event) implements Input {}

  /**
   * Somebody answered.
   *
   * @param dispatcher the sender may close any alert of this home: an operator whose rights were
   *     checked at the door. A responder's rights are the core's to decide.
   * @param channel how it came: {@code mqtt}, {@code http}
   */
  record ReplyReceived(Reply reply, ResponderId by, boolean dispatcher, String channel)
      implements Input {}

  /**
   * An operator raised an alert for somebody who called.
   *
   * @param id the operator's own name for it: the same one twice is one alert
   */
  record CallReceived(
      String id,
      Kind kind,
      HomeId home,
      @Nullable ElderId elder,
      ResponderId by,
      @Nullable String note)
      implements Input {}

  /** A delivery's outcome. */
  record DeliveryReported(DeliveryKey key, Outcome outcome) implements Input {}

  /** A deadline of this home has passed. */
  record TimePassed(HomeId home) implements Input {}

  /** A client's kept session was made or changed. */
  record SessionKept(Session session) implements Input {}

  /** A client's kept session is over. */
  record SessionDropped(String client) implements Input {}

  /** The process started: what replay depends on, named. */
  record Started(String codeVersion, String timeZoneData) implements Input {}

  /** A registry generation is in force from here. */
  record RegistryActivated(String hash) implements Input {}

  /** Rules and ladders with this hash are in force from here. */
  record SettingsActivated(String hash) implements Input {}

  /**
   * The gateway noticed something wrong with itself that a person must know.
   *
   * @param what a word of {@link Trouble}
   * @param detail for a person: file, offset, figures; no personal data
   */
  record TroubleNoticed(Trouble what, String detail) implements Input {}

  /**
   * Many homes at once have the same trouble, and each has been rung for.
   *
   * @param area whose people and desks hear of it
   * @param place the building, or the area itself
   * @param homes how many there are
   * @param since when the first of them was rung for
   * @param which the first of them
   */
  record IncidentNoticed(
      Incident what, AreaId area, String place, int homes, Instant since, List<HomeId> which)
      implements Input {
    public IncidentNoticed {
      which = List.copyOf(which);
    }
  }

  /** What many homes can have at once. */
  enum Incident {
    /** Smoke or gas in several homes of a building. */
    FIRE,
    /** Devices fell silent in many homes of an area: power or network. */
    OUTAGE
  }

  /** What the gateway can be unwell with. */
  enum Trouble {
    TORN_TAIL,
    DISK_FULL,
    ENGINE_STALLED,
    UNDECIDED
  }
}
