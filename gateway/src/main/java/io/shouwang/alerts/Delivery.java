package io.shouwang.alerts;

import io.shouwang.model.DeliveryKey;
import io.shouwang.model.DeviceId;
import io.shouwang.model.Directory;
import io.shouwang.model.Outcome;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Role;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One message to one recipient.
 *
 * @param channel the one it goes by
 * @param way which of the recipient's ways that is, from 0
 * @param outcome null while it is under way
 */
public record Delivery(
    DeliveryKey key,
    Recipient to,
    Cause cause,
    Instant startedAt,
    Instant expiresAt,
    String channel,
    int way,
    @Nullable Outcome outcome) {

  /** An earlier version knew only MQTT. */
  public Delivery {
    channel = Objects.requireNonNullElse(channel, Directory.Way.MQTT.channel());
  }

  /** Who gets it. */
  public sealed interface Recipient {}

  /** A responder, in the role it was resolved for. */
  public record ToResponder(ResponderId responder, Role role, String relation)
      implements Recipient {}

  /**
   * The wearer's device.
   *
   * @param mailbox whose {@code down} topic it goes to: the device itself, or its hub
   */
  public record ToDevice(DeviceId device, DeviceId mailbox) implements Recipient {}

  /** Why it is sent. */
  public enum Cause {
    /** A rung was reached. */
    RUNG,
    /** The duty desk's turn. */
    DESK,
    /** The wearer pressed again. */
    PRESSED_AGAIN,
    /** A person said that it isn't over after all. */
    REOPENED,
    /** A promise lapsed. */
    LAPSED,
    /** They are asked to take it over from somebody's hands, or nobody did when they asked. */
    HANDED,
    /** Somebody says it is over, or has spoken to the elder. */
    CLAIMED,
    /** Somebody is coming: told to the others. */
    COMING,
    /** It is over: told to all who were rung. */
    ENDED,
    /** To the device: the alert is on disk. */
    TELL_RECEIVED,
    /** To the device: somebody is coming. */
    TELL_ACCEPTED,
    /** To the device: it is over. */
    TELL_CLOSED;

    /** Whether it asks its recipient to act, and not only to know. */
    public boolean isRing() {
      return switch (this) {
        case RUNG, DESK, PRESSED_AGAIN, REOPENED, LAPSED, HANDED, CLAIMED -> true;
        case COMING, ENDED, TELL_RECEIVED, TELL_ACCEPTED, TELL_CLOSED -> false;
      };
    }
  }

  Delivery ended(Outcome how) {
    return new Delivery(key, to, cause, startedAt, expiresAt, channel, way, how);
  }

  public boolean isUnderWay() {
    return outcome == null;
  }
}
