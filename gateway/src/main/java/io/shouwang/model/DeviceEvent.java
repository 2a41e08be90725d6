package io.shouwang.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a device said, once.
 *
 * @param device the device it is about; under a hub, the child
 * @param hub the hub that spoke for it, or null
 * @param health what it said of itself beside its signal, or null
 * @param id the device's own name for the event, or null
 * @param at when it happened by the device's clock: a claim; null when not said or not readable
 * @param atSaid the text of a device time that can't be read, or null
 * @param packet how it came by MQTT at QoS 1, or null
 * @param payload the bytes as received, at most {@link #PAYLOAD_BYTES_KEPT}
 */
public record DeviceEvent(
    DeviceId device,
    @Nullable DeviceId hub,
    Kind kind,
    Signal signal,
    @Nullable DeviceHealth health,
    @Nullable String id,
    @Nullable Instant at,
    @Nullable String atSaid,
    EventKey key,
    @Nullable Packet packet,
    Payload payload) {

  /** More than this of a payload isn't kept: it is unreadable anyway. */
  public static final int PAYLOAD_BYTES_KEPT = 8 * 1024;

  /**
   * The MQTT packet that brought it.
   *
   * @param redelivered DUP was set, and the session is one that was resumed
   */
  public record Packet(int id, boolean redelivered) {}

  /** Whether a resend can be told from a new event by what the device said. */
  public boolean isIdentified() {
    return id != null || at != null;
  }

  /** Whether it must ring, whatever else is wrong with it (P3). */
  public boolean isAlarm() {
    return switch (signal) {
      case Signal.Sos sos -> sos.action() != Signal.Sos.Action.CANCEL;
      case Signal.Fall _ -> true;
      case Signal.Hazard hazard ->
          hazard.state() == Signal.Hazard.State.ALARM
              || hazard.state() == Signal.Hazard.State.UNKNOWN;
      case Signal.Unreadable _, Signal.Telemetry _ -> kind.isAlarmKind();
    };
  }
}
