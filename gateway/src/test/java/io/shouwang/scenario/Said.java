package io.shouwang.scenario;

import io.shouwang.model.DeviceEvent;
import io.shouwang.model.DeviceHealth;
import io.shouwang.model.DeviceId;
import io.shouwang.model.EventKey;
import io.shouwang.model.Fix;
import io.shouwang.model.Kind;
import io.shouwang.model.Payload;
import io.shouwang.model.Signal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a device says, put together by hand: the reader of bytes is tested elsewhere. The key is
 * made as the model describes it, of device, kind, id, device time and content.
 */
record Said(
    DeviceId device,
    @Nullable DeviceId hub,
    Kind kind,
    Signal signal,
    @Nullable String id,
    @Nullable Instant at,
    @Nullable String atSaid,
    DeviceEvent.@Nullable Packet packet,
    String content,
    @Nullable DeviceHealth health) {

  static Said press(String device) {
    return sos(device, Signal.Sos.Action.PRESS);
  }

  static Said cancel(String device) {
    return sos(device, Signal.Sos.Action.CANCEL);
  }

  static Said sos(String device, Signal.Sos.Action action) {
    String word = action.name().toLowerCase(java.util.Locale.ROOT);
    return of(device, Kind.SOS, new Signal.Sos(action, word, null), word);
  }

  static Said pressAt(String device, Fix fix) {
    return of(
        device, Kind.SOS, new Signal.Sos(Signal.Sos.Action.PRESS, "press", fix), fix.toString());
  }

  static Said fall(String device) {
    return of(device, Kind.FALL, new Signal.Fall(0.9, null), "fall");
  }

  static Said smoke(String device, Signal.Hazard.State state, String word) {
    return of(device, Kind.SMOKE, new Signal.Hazard(state, word, null), word);
  }

  static Said garbage(String device, Kind kind) {
    return of(device, kind, new Signal.Unreadable("no JSON"), "\u0000{{");
  }

  static Said position(String device, Fix fix) {
    return of(device, Kind.LOCATION, new Signal.Position(fix), fix.toString());
  }

  static Said vitals(String device, @Nullable Double heartRate, @Nullable Double spo2) {
    return of(
        device,
        Kind.VITALS,
        new Signal.Vitals(heartRate, spo2, null, null, null, null),
        heartRate + " " + spo2);
  }

  static Said status(
      String device,
      @Nullable Integer battery,
      @Nullable Boolean worn,
      @Nullable Boolean charging,
      @Nullable Boolean online) {
    return of(device, Kind.STATUS, new Signal.Reading(), "status")
        .withHealth(new DeviceHealth(battery, worn, charging, online));
  }

  static Said motion(String device) {
    return of(device, Kind.MOTION, new Signal.Motion(true, null), "active");
  }

  /** And says this of itself. */
  Said withHealth(DeviceHealth said) {
    return new Said(device, hub, kind, signal, id, at, atSaid, packet, content + said, said);
  }

  static Said of(String device, Kind kind, Signal signal, String content) {
    return new Said(
        new DeviceId(device), null, kind, signal, null, null, null, null, content, null);
  }

  Said withId(String id) {
    return new Said(device, hub, kind, signal, id, at, atSaid, packet, content, health);
  }

  Said happenedAt(Instant at) {
    return new Said(device, hub, kind, signal, id, at, atSaid, packet, content, health);
  }

  Said withUnreadableTime(String said) {
    return new Said(device, hub, kind, signal, id, null, said, packet, content, health);
  }

  Said through(String hub) {
    return new Said(
        device, new DeviceId(hub), kind, signal, id, at, atSaid, packet, content, health);
  }

  Said with(String otherContent) {
    return new Said(device, hub, kind, signal, id, at, atSaid, packet, otherContent, health);
  }

  Said inPacket(int packetId) {
    DeviceEvent.Packet first = new DeviceEvent.Packet(packetId, false);
    return new Said(device, hub, kind, signal, id, at, atSaid, first, content, health);
  }

  Said redelivered(int packetId) {
    DeviceEvent.Packet again = new DeviceEvent.Packet(packetId, true);
    return new Said(device, hub, kind, signal, id, at, atSaid, again, content, health);
  }

  DeviceEvent event() {
    return new DeviceEvent(
        device,
        hub,
        kind,
        signal,
        health,
        id,
        at,
        atSaid,
        key(),
        packet,
        Payload.of(content.getBytes(StandardCharsets.UTF_8)));
  }

  private EventKey key() {
    try {
      String all = String.join("\n", device.value(), kind.value(), id + "", at + "", content);
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
      ByteBuffer bytes = ByteBuffer.wrap(hash);
      return new EventKey(bytes.getLong(), bytes.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
