package io.shouwang.model;

import java.time.Duration;
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

  /**
   * A call to the hotline's exchange rang, was taken, or was left.
   *
   * @param exchange its name in the settings
   * @param call the exchange's name for the call: the same one twice is one
   * @param home where it is decided if the call isn't known yet
   * @param homes whose number it may be; empty for a number nobody knows
   * @param elder whose number it is, where only one can be meant
   * @param patience how long the operators' phones ring before the desk does
   * @param by who took it; null unless taken
   * @param number the caller's: personal, so it is kept apart from the facts; null when withheld
   */
  record CallReported(
      String exchange,
      String call,
      CallPhase phase,
      HomeId home,
      List<HomeId> homes,
      @Nullable ElderId elder,
      Duration patience,
      @Nullable ResponderId by,
      @Nullable String number)
      implements Input {
    public CallReported {
      homes = List.copyOf(homes);
    }
  }

  /** How far a call came. */
  enum CallPhase {
    RINGING,
    /** Somebody talks with the caller. */
    TAKEN,
    /** It ended, and nobody had taken it. */
    MISSED
  }

  /**
   * An operator has the real ladder of a home rung as an exercise.
   *
   * @param drill the drill's id; the same one twice for a home and kind is one alert
   * @param endsAt when it ends, if nobody ended it before
   * @param messagesMax so many messages to people the whole drill may send
   */
  record ExerciseOrdered(
      String drill, HomeId home, Kind kind, ResponderId by, Instant endsAt, int messagesMax)
      implements Input {}

  /**
   * Somebody was in touch with an elder.
   *
   * @param dispatcher an operator whose rights were checked at the door; a responder's rights are
   *     the core's to decide
   * @param channel how it came: {@code mqtt}, {@code http}
   */
  record ContactRecorded(ContactReport report, ResponderId by, boolean dispatcher, String channel)
      implements Input {}

  /**
   * An operator said that a mode begins, goes on until another time, or is over. Rights were
   * checked at the door.
   *
   * @param device the device it is about; null for the whole home
   * @param until when it ends by itself; null to end it now
   */
  record ModeChanged(
      HomeId home,
      @Nullable DeviceId device,
      Mode.Kind kind,
      @Nullable Instant until,
      ResponderId by,
      String channel)
      implements Input {}

  /**
   * A person who may close the alert says that it isn't over.
   *
   * @param id the sender's own name for it: the same one twice is one; null when not said
   * @param note why; personal, so it is kept apart from the facts
   * @param undo they take back their own closing or merging of a moment ago: it is in their hands
   *     from here, and rings nobody who needs not know
   */
  record AlertReopened(
      AlertId alert,
      @Nullable String id,
      ResponderId by,
      boolean dispatcher,
      String channel,
      @Nullable String note,
      boolean undo)
      implements Input {

    /** One that rings on, with what an earlier version knew. */
    public AlertReopened(
        AlertId alert,
        @Nullable String id,
        ResponderId by,
        boolean dispatcher,
        String channel,
        @Nullable String note) {
      this(alert, id, by, dispatcher, channel, note, false);
    }
  }

  /**
   * Two alerts of one home are one trouble: {@code from} ends and goes on in {@code into}.
   *
   * @param id the sender's own name for it: the same one twice is one; null when not said
   */
  record AlertsMerged(
      AlertId into,
      AlertId from,
      @Nullable String id,
      ResponderId by,
      boolean dispatcher,
      String channel)
      implements Input {}

  /**
   * A person who may close the alert doesn't wait: its next rung is to be rung now.
   *
   * @param id the sender's own name for it: the same one twice is one; null when not said
   */
  record LadderHurried(
      AlertId alert, @Nullable String id, ResponderId by, boolean dispatcher, String channel)
      implements Input {}

  /**
   * Whoever has the alert in hand asks somebody else to take it over.
   *
   * @param id the sender's own name for it: the same one twice is one; null when not said
   * @param operator {@code to} is an operator whose rights were checked at the door; if not, it
   *     must be a desk that answers for the home
   */
  record HandoverAsked(
      AlertId alert,
      @Nullable String id,
      ResponderId by,
      ResponderId to,
      boolean operator,
      String channel)
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
   * The auditor, which reads the journal by itself, found an alert in which nothing happens any
   * more, or an alarm that led to none.
   *
   * @param home by the journal; an alert's own home counts for more
   * @param alert null where there is none
   * @param delivery the ring of it that nobody was given; null where it isn't about one
   * @param detail for a person: ids; no personal data
   */
  record FoundByAudit(
      HomeId home, @Nullable AlertId alert, @Nullable Integer delivery, String detail)
      implements Input {}

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

  /**
   * A county's gateway says how one of its alerts stands.
   *
   * @param county its id, which was proved at the door
   * @param its the alert's id there
   * @param number of the alert's latest entry there: what is older is no news
   * @param area the county's
   * @param by in which role somebody has it in hand there; null if nobody has
   * @param disposition how it ended; null while it is open
   * @param reopened number of the entry that opened it again last; 0 if none did
   * @param heldFor so long it is in the county's hands, unless the county says so again
   * @param person who and where, as JSON, once the city must know; personal, so it is kept apart
   *     from the facts
   */
  record AlertForwarded(
      ResponderId county,
      AlertId its,
      long number,
      CountyStanding standing,
      AreaId area,
      Kind kind,
      Severity severity,
      @Nullable Role by,
      @Nullable String disposition,
      long reopened,
      Duration heldFor,
      @Nullable String person)
      implements Input {
    public static final int PERSON_LENGTH_MAX = 4_000;
  }

  /** How an alert stands in the county it comes from. */
  enum CountyStanding {
    /** The county's own people and desks are rung. */
    RINGING,
    /** Somebody there has it in hand. */
    ACCEPTED,
    /** Nobody there takes it: the city's desk is asked. */
    CALLED,
    CLOSED
  }

  /**
   * How it is with a county's gateway, when that changed.
   *
   * @param open how many of its alerts were open, as far as it said
   */
  record CountyHeard(ResponderId county, AreaId area, CountyPulse pulse, int open)
      implements Input {}

  /** What is heard of a county's gateway. */
  enum CountyPulse {
    /** Nothing, for too long. */
    SILENT,
    /** It says itself that its check of open alerts fails. */
    UNWELL,
    WELL
  }

  /** What many homes can have at once. */
  enum Incident {
    /** Smoke or gas in several homes of a building. */
    FIRE,
    /** Devices fell silent in many homes of an area: power or network. */
    OUTAGE,
    /** Many devices of one model say the same at once: a bad firmware. */
    MODEL
  }

  /** What the gateway can be unwell with. */
  enum Trouble {
    TORN_TAIL,
    DISK_FULL,
    ENGINE_STALLED,
    UNDECIDED,
    FOUND_BY_AUDIT
  }
}
