package io.shouwang.alerts;

import io.shouwang.model.AlertId;
import io.shouwang.model.ElderId;
import io.shouwang.model.EventKey;
import io.shouwang.model.HomeId;
import io.shouwang.model.Kind;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Role;
import io.shouwang.model.Severity;
import io.shouwang.rules.Evidence;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What people answer: one emergency, from the event that raised it to the person who closed it. An
 * immutable value; only {@link AlertEdit} makes the next one, from a fact.
 *
 * @param evidence the events it rests on, oldest first; bounded, see {@link #EVIDENCE_MAX}
 * @param nextRung index of the rung that comes next; past the last when all were reached
 * @param nextRungAt when it is due, unless somebody holds the alert; null after the last
 * @param deskAt when the duty desk is rung next, unless somebody holds the alert; null once closed
 * @param deskSince since when the desk has been rung without anybody holding the alert
 * @param deskLevel how far the desk has overflowed
 * @param holds who has it in hand
 * @param asked who was rung, in order
 * @param deliveries those under way, to devices at most {@link #DEVICE_DELIVERIES_MAX}, and the
 *     latest of the others
 * @param devices whom to tell how it goes on
 * @param replyKeys the replies taken, so that the same one twice is one
 * @param timeline what was decided, oldest first; bounded, see {@link #TIMELINE_MAX}
 * @param timelineOmitted how many entries the bound cut out of the middle
 * @param closing null while it is open
 * @param marks under which circumstances it was raised
 * @param handover whom its holder asked to take it over; null if nobody
 */
public record Alert(
    AlertId id,
    HomeId home,
    Kind kind,
    Severity severity,
    Subject subject,
    Set<ElderId> elders,
    Instant raisedAt,
    Ladder ladder,
    DutyDesk desk,
    List<Evidence> evidence,
    int nextRung,
    @Nullable Instant nextRungAt,
    @Nullable Instant deskAt,
    Instant deskSince,
    int deskLevel,
    List<Hold> holds,
    List<Asked> asked,
    List<Delivery> deliveries,
    int deliveryCount,
    List<Delivery.ToDevice> devices,
    List<EventKey> replyKeys,
    List<Entry> timeline,
    int timelineOmitted,
    @Nullable Closing closing,
    Marks marks,
    @Nullable Handover handover) {

  public static final int TIMELINE_MAX = 1_000;

  /** These many oldest entries are never cut: how it began. */
  public static final int TIMELINE_HEAD = 200;

  public static final int EVIDENCE_MAX = 200;
  public static final int ENDED_DELIVERIES_MAX = 100;

  /** More than all that each of {@link #DEVICES_MAX} devices can be told. */
  public static final int DEVICE_DELIVERIES_MAX = 80;

  public static final int REPLY_KEYS_MAX = 500;
  public static final int DEVICES_MAX = 20;

  /** What an earlier version wrote has no marks. */
  public Alert {
    marks = Objects.requireNonNullElse(marks, Marks.NONE);
  }

  public boolean isOpen() {
    return closing == null;
  }

  public boolean isHeld() {
    return isOpen() && !holds.isEmpty();
  }

  /** Whether somebody has it in hand whose promise stops the ladder for all. */
  public boolean isStopped() {
    if (!isOpen()) {
      return true;
    }
    for (Hold hold : holds) {
      if (ladder.isStoppedBy(hold.role())) {
        return true;
      }
    }
    return false;
  }

  /** Whether somebody in this role has it in hand. */
  public boolean isHeldBy(Role role) {
    for (Hold hold : holds) {
      if (hold.role().equals(role)) {
        return true;
      }
    }
    return false;
  }

  public State state() {
    if (!isOpen()) {
      return State.CLOSED;
    }
    return isHeld() ? State.ACCEPTED : State.RINGING;
  }

  /** Alarm class: the duty desk sounds from second 0, and only a dispatcher closes it. */
  public boolean isAlarmClass() {
    return severity == Severity.CRITICAL;
  }

  /** When something must happen next; null once it is closed. */
  public @Nullable Instant deadline() {
    if (!isOpen()) {
      return null;
    }
    Instant earliest = null;
    for (Hold hold : holds) {
      earliest = earlier(earliest, hold.until());
    }
    // A promise quiets the rounds of before; whoever is rung in spite of it is rung to the end.
    for (Asked each : asked) {
      earliest = earlier(earliest, each.nextWayAt());
    }
    if (handover != null) {
      earliest = earlier(earliest, handover.until());
    }
    if (isStopped()) {
      return earliest;
    }
    return earlier(earliest, earlier(nextRungAt, deskAt));
  }

  private static @Nullable Instant earlier(@Nullable Instant a, @Nullable Instant b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a.isBefore(b) ? a : b;
  }

  public Optional<Hold> holdOf(ResponderId responder) {
    for (Hold hold : holds) {
      if (hold.responder().equals(responder)) {
        return Optional.of(hold);
      }
    }
    return Optional.empty();
  }

  public Optional<Asked> asked(ResponderId responder) {
    for (Asked each : asked) {
      if (each.responder().equals(responder)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  public Optional<Delivery> delivery(int number) {
    for (Delivery delivery : deliveries) {
      if (delivery.key().number() == number) {
        return Optional.of(delivery);
      }
    }
    return Optional.empty();
  }

  /** In words that the outside sees. */
  public enum State {
    RINGING,
    ACCEPTED,
    CLOSED
  }
}
