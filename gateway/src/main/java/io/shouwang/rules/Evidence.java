package io.shouwang.rules;

import io.shouwang.model.DeviceId;
import io.shouwang.model.EventKey;
import io.shouwang.model.Fix;
import io.shouwang.model.Kind;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one event says about an alert, with all that a person needs to judge it (P6).
 *
 * @param what the event in one word
 * @param said the device's own word for it where ours is {@link What#UNKNOWN} or {@link
 *     What#UNREADABLE}; at most {@link #SAID_LENGTH_MAX} printable characters, else empty
 * @param room where the device hangs, in its own word, kept as {@code said} is; null when not said
 * @param at the device's time, a claim
 * @param marks what is odd about it
 */
public record Evidence(
    EventKey event,
    DeviceId device,
    @Nullable DeviceId hub,
    Kind kind,
    What what,
    String said,
    @Nullable String room,
    @Nullable Instant at,
    Instant receivedAt,
    Set<Mark> marks,
    @Nullable Fix fix) {

  public static final int SAID_LENGTH_MAX = 32;

  public enum What {
    PRESS,
    CANCEL,
    FALL,
    SMOKE,
    GAS,
    CLEAR,
    TEST,
    FAULT,
    TAMPER,
    UNKNOWN,
    UNREADABLE
  }

  public enum Mark {
    /** Older than the settings' limit when it was received. */
    LATE,
    /** Its device time lies in the future. */
    AHEAD,
    /** Its device time can't be read. */
    TIME_UNREADABLE,
    /** It says a sub-type nobody knows. */
    SUBTYPE_UNKNOWN,
    /** The payload can't be read. */
    UNREADABLE,
    /** Its id was used before, with other content. */
    ID_REUSED,
    /** The device isn't registered; its hub is, or only its secret. */
    UNREGISTERED
  }
}
