package io.shouwang.alerts;

import io.shouwang.model.AlertId;
import io.shouwang.model.CareContact;
import io.shouwang.model.DeviceId;
import io.shouwang.model.Directory;
import io.shouwang.model.ElderId;
import io.shouwang.model.EventKey;
import io.shouwang.model.Fix;
import io.shouwang.model.HomeId;
import io.shouwang.model.Input;
import io.shouwang.model.Kind;
import io.shouwang.model.Mode;
import io.shouwang.model.Outcome;
import io.shouwang.model.Reply;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Role;
import io.shouwang.model.Severity;
import io.shouwang.rules.Condition;
import io.shouwang.rules.Evidence;
import io.shouwang.rules.Finding;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was decided about one home. Facts are all that changes a home, live and at recovery; an
 * alert's facts are its timeline. They hold ids, never names or free text.
 */
public sealed interface Fact {

  /** A fact of one alert. */
  sealed interface OfAlert extends Fact {
    AlertId alert();
  }

  /**
   * An alert begins.
   *
   * @param evidence null for one that a person or the gateway itself raised
   * @param deskAt when the duty desk is rung first
   * @param finding what a rule found; null for one that no rule raised
   * @param marks under which circumstances
   */
  record Raised(
      AlertId alert,
      Kind kind,
      Severity severity,
      Subject subject,
      Set<ElderId> elders,
      @Nullable Evidence evidence,
      Ladder ladder,
      DutyDesk desk,
      Instant deskAt,
      @Nullable Finding finding,
      Marks marks)
      implements OfAlert {

    /** What an earlier version wrote has no marks. */
    public Raised {
      marks = Objects.requireNonNullElse(marks, Marks.NONE);
    }
  }

  /** A person raised it for somebody who called. */
  record CallTaken(AlertId alert, ResponderId by) implements OfAlert {}

  /**
   * A call to the hotline rings.
   *
   * @param call tells the same call
   * @param homes whose number it may be
   * @param withNote the number is kept with it
   */
  record CallRang(
      AlertId alert, EventKey call, String exchange, List<HomeId> homes, boolean withNote)
      implements OfAlert {}

  /**
   * A call to the hotline was taken, or left.
   *
   * @param by who took it; null if nobody did
   */
  record CallWent(AlertId alert, EventKey call, Input.CallPhase phase, @Nullable ResponderId by)
      implements OfAlert {}

  /** A drill raised it: it rings the real ladder, marked as an exercise. */
  record ExerciseBegan(AlertId alert, String drill, ResponderId by, Instant endsAt, int messagesMax)
      implements OfAlert {}

  /** The gateway noticed trouble of its own. */
  record TroubleSeen(AlertId alert, String what, String detail) implements OfAlert {}

  /** The auditor found that nothing happened in it any more: it rings on. */
  record FoundSilent(AlertId alert) implements OfAlert {}

  /**
   * How an alert of a county's gateway stands there.
   *
   * @param number of its latest entry there
   * @param by in which role somebody there has it in hand; null if nobody has
   * @param reopened number of the entry there that opened it again last; 0 if none did
   * @param withPerson the county said who it is about
   */
  record Forwarded(
      AlertId alert,
      ResponderId county,
      AlertId its,
      long number,
      Input.CountyStanding standing,
      @Nullable Role by,
      long reopened,
      boolean withPerson)
      implements OfAlert {}

  /** What was heard, or no longer heard, of a county's gateway. */
  record CountySeen(AlertId alert, ResponderId county, Input.CountyPulse pulse, int open)
      implements OfAlert {}

  /** A further event belongs to the alert. */
  record EvidenceAdded(AlertId alert, Evidence evidence) implements OfAlert {}

  /** A rule found something more. */
  record Found(AlertId alert, Finding finding) implements OfAlert {}

  /**
   * What a rule found no longer holds.
   *
   * @param closes the alert was about no more than that, and about no person: it is over
   */
  record Cleared(AlertId alert, Finding finding, boolean closes) implements OfAlert {}

  /**
   * A rung's turn came.
   *
   * @param rung its index, from 0
   * @param nobody its roles that resolved to nobody
   * @param unverified its roles whose people have no verified way: rung, and not counted on
   * @param quiet who was left out in their quiet hours
   * @param nextAt when the next rung is due; null after the last
   */
  record RungReached(
      AlertId alert,
      int rung,
      List<Role> nobody,
      List<Role> unverified,
      List<ResponderId> quiet,
      @Nullable Instant nextAt)
      implements OfAlert {

    /** What an earlier version wrote knew neither. */
    public RungReached {
      unverified = Objects.requireNonNullElse(unverified, List.of());
      quiet = Objects.requireNonNullElse(quiet, List.of());
    }
  }

  /**
   * The duty desk's turn came.
   *
   * @param level how far it has overflowed, 0 is the nearest desk; -1 when the registry has no desk
   * @param nextAt when it is rung again
   */
  record DeskReached(AlertId alert, int level, Instant nextAt) implements OfAlert {}

  /**
   * A message is to go out under this number.
   *
   * @param channel the one it goes by; an earlier version knew only MQTT
   * @param way which of the recipient's ways this is, from 0
   * @param nextWayAt when the next of their ways is tried, if nobody answers; null if there is none
   */
  record DeliveryStarted(
      AlertId alert,
      int number,
      Delivery.Recipient to,
      Delivery.Cause cause,
      Instant expiresAt,
      String channel,
      int way,
      @Nullable Instant nextWayAt)
      implements OfAlert {
    public DeliveryStarted {
      channel = Objects.requireNonNullElse(channel, Directory.Way.MQTT.channel());
    }
  }

  record DeliveryEnded(AlertId alert, int number, Outcome outcome) implements OfAlert {}

  /**
   * A responder answered.
   *
   * @param replyKey tells the same reply twice; null if the sender named none
   * @param etaMin after the cap; null where it says nothing
   */
  record Replied(
      AlertId alert,
      ResponderId by,
      Role role,
      Reply.Answer answer,
      @Nullable EventKey replyKey,
      @Nullable Integer etaMin,
      @Nullable String disposition,
      boolean withNote,
      String channel)
      implements OfAlert {}

  /** Somebody holds the alert from here, or holds it differently. */
  record Held(AlertId alert, Hold hold) implements OfAlert {}

  /** Somebody no longer holds it. */
  record HoldEnded(AlertId alert, ResponderId responder, boolean lapsed) implements OfAlert {}

  /** The ladder goes on from here: the next rung and the desk are due. */
  record RingsOn(AlertId alert, @Nullable Instant nextRungAt, Instant deskAt) implements OfAlert {}

  /**
   * A person who may close it closed it.
   *
   * @param passedAt when, as they say, it was passed on to 120, 119 or 110; null when not said
   */
  record Closed(AlertId alert, ResponderId by, String disposition, @Nullable Instant passedAt)
      implements OfAlert {

    /** Over, and passed on to nobody. */
    public Closed(AlertId alert, ResponderId by, String disposition) {
      this(alert, by, disposition, null);
    }
  }

  /**
   * A person who may close it says it isn't over: it rings on.
   *
   * @param replyKey tells the same word twice; null if the sender named none
   * @param undone they took back what they had just done themselves, and have it in hand
   */
  record Reopened(
      AlertId alert,
      ResponderId by,
      boolean withNote,
      String channel,
      @Nullable EventKey replyKey,
      boolean undone)
      implements OfAlert {

    /** One that rings on. */
    public Reopened(
        AlertId alert,
        ResponderId by,
        boolean withNote,
        String channel,
        @Nullable EventKey replyKey) {
      this(alert, by, withNote, channel, replyKey, false);
    }
  }

  /**
   * Another alert of the home goes on in this one, its timeline beside this one's.
   *
   * @param evidence all that it rested on
   * @param devices that spoke
   * @param asked who was rung for it
   * @param holds who has it in hand
   * @param elders whom it was about
   * @param replyKeys the replies taken for it
   */
  record MergedFrom(
      AlertId alert,
      AlertId from,
      ResponderId by,
      List<Evidence> evidence,
      List<Delivery.ToDevice> devices,
      List<Asked> asked,
      List<Hold> holds,
      Set<ElderId> elders,
      List<EventKey> replyKeys)
      implements OfAlert {

    /** What an earlier version wrote knew neither. */
    public MergedFrom {
      elders = Objects.requireNonNullElse(elders, Set.of());
      replyKeys = Objects.requireNonNullElse(replyKeys, List.of());
    }
  }

  /** It goes on in another alert of the home, and is over here. */
  record MergedInto(AlertId alert, AlertId into, ResponderId by) implements OfAlert {}

  /**
   * Another alert that went on in this one goes on by itself again. What came with it stays: rather
   * told to too many than to too few.
   */
  record Parted(AlertId alert, AlertId from, ResponderId by) implements OfAlert {}

  /**
   * A person who may close it didn't wait: the next rung's turn is now.
   *
   * @param replyKey tells the same word twice; null if the sender named none
   */
  record Hurried(AlertId alert, ResponderId by, String channel, @Nullable EventKey replyKey)
      implements OfAlert {}

  /**
   * Whoever has it in hand asked somebody to take it over.
   *
   * @param replyKey tells the same word twice; null if the sender named none
   */
  record HandoverOffered(
      AlertId alert, Handover handover, String channel, @Nullable EventKey replyKey)
      implements OfAlert {}

  /** What became of it. Who holds the alert is said by facts of its own. */
  record HandoverEnded(AlertId alert, ResponderId from, ResponderId to, Handover.End how)
      implements OfAlert {}

  /**
   * An alarm event was seen, so that a resend is recognized.
   *
   * @param idHash of the device's id for it; 0 when it had none
   * @param identified it said enough to know a resend by; if not, only MQTT can tell one
   * @param packetId of the MQTT packet that brought it; 0 when there was none
   * @param forgetBefore what was received before this is no longer needed; here, so that recovery
   *     needs no settings
   */
  record EventSeen(
      DeviceId device,
      EventKey key,
      long idHash,
      boolean identified,
      int packetId,
      Instant forgetBefore)
      implements Fact {}

  /** A device's latest position. */
  record FixKnown(DeviceId device, Fix fix) implements Fact {}

  /** Something a rule found holds from here, or holds in another way. */
  record ConditionBegan(Condition condition) implements Fact {}

  /** Something a rule found holds no longer. */
  record ConditionEnded(String rule, String key) implements Fact {}

  /** An operator said something about the home or a device of it; takes the place of the same. */
  record ModeBegan(Mode mode) implements Fact {}

  /** A mode is over before its time, or its time has come. */
  record ModeEnded(Mode.Kind kind, @Nullable DeviceId device) implements Fact {}

  /**
   * Somebody was in touch with an elder.
   *
   * @param forgetBefore contacts before this are no longer needed
   */
  record ContactNoted(CareContact contact, Instant forgetBefore) implements Fact {}

  /**
   * The input could not be decided.
   *
   * @param error its class
   * @param putOffTo when what was overdue is tried again; null if the input was no deadline
   */
  record Undecided(String error, @Nullable Instant putOffTo) implements Fact {}
}
