package io.shouwang.intake;

import com.fasterxml.jackson.core.JsonToken;
import io.shouwang.intake.Fields.Value;
import io.shouwang.model.DeviceEvent;
import io.shouwang.model.DeviceId;
import io.shouwang.model.EventKey;
import io.shouwang.model.Kind;
import io.shouwang.model.Payload;
import io.shouwang.model.Signal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a device sent, as the device contract says. Pure: the same bytes always give the same
 * event. Nothing a device sends makes it throw; what can't be read becomes {@link
 * Signal.Unreadable}.
 */
public final class EventReader {
  /** The most events one payload may hold. */
  public static final int EVENTS_MAX = 500;

  /** A longer {@code id} names nothing: the event counts as one without. */
  public static final int ID_LENGTH_MAX = 128;

  private EventReader() {}

  /**
   * Reads a payload as received: one object, or for a kind that isn't an alarm's an array of them.
   *
   * @return at least one event, in the order they were said
   */
  public static List<DeviceEvent> read(
      DeviceId device,
      @Nullable DeviceId hub,
      Kind kind,
      DeviceEvent.@Nullable Packet packet,
      byte[] payload) {
    if (!kind.isAlarmKind()
        && payload.length <= DeviceEvent.PAYLOAD_BYTES_KEPT
        && startsWith('[', payload)) {
      return readArray(device, hub, kind, packet, payload);
    }
    return List.of(readOne(device, hub, kind, packet, payload));
  }

  /** Reads one event; an array is unreadable here. What a journal replays goes through this. */
  public static DeviceEvent readOne(
      DeviceId device,
      @Nullable DeviceId hub,
      Kind kind,
      DeviceEvent.@Nullable Packet packet,
      byte[] payload) {
    if (payload.length == 0) {
      return unreadable(device, hub, kind, packet, payload, "empty payload");
    }
    if (payload.length > DeviceEvent.PAYLOAD_BYTES_KEPT) {
      return unreadable(device, hub, kind, packet, payload, "longer than 8 KiB");
    }
    try {
      Fields fields = Fields.read(payload, kind.equals(Kind.LOCATION));
      if (fields == null) {
        return unreadable(device, hub, kind, packet, payload, "not one JSON object");
      }
      byte[] content =
          kind.isAlarmKind() ? Json.canonical(payload).getBytes(StandardCharsets.UTF_8) : payload;
      String id = id(fields.id);
      Instant at = fields.at == null ? null : SignalReader.instant(fields.at);
      return new DeviceEvent(
          device,
          hub,
          kind,
          SignalReader.signal(kind, fields),
          SignalReader.health(fields),
          id,
          at,
          at == null ? atSaid(fields.at) : null,
          key(device, kind, id, at, content),
          packet,
          Payload.of(payload));
    } catch (IOException e) {
      // The parser's own words may quote the payload, so they aren't passed on.
      return unreadable(device, hub, kind, packet, payload, "not JSON");
    }
  }

  /** An event that is known to be unreadable, such as one whose packet was refused. */
  public static DeviceEvent unreadable(
      DeviceId device,
      @Nullable DeviceId hub,
      Kind kind,
      DeviceEvent.@Nullable Packet packet,
      byte[] payload,
      String why) {
    byte[] kept =
        payload.length > DeviceEvent.PAYLOAD_BYTES_KEPT
            ? Arrays.copyOf(payload, DeviceEvent.PAYLOAD_BYTES_KEPT)
            : payload;
    return new DeviceEvent(
        device,
        hub,
        kind,
        new Signal.Unreadable(why),
        null,
        null,
        null,
        null,
        key(device, kind, null, null, kept),
        packet,
        Payload.of(kept));
  }

  private static List<DeviceEvent> readArray(
      DeviceId device,
      @Nullable DeviceId hub,
      Kind kind,
      DeviceEvent.@Nullable Packet packet,
      byte[] payload) {
    try {
      List<byte[]> elements = Json.elements(payload, EVENTS_MAX);
      if (elements != null) {
        return elements.stream()
            .map(element -> readOne(device, hub, kind, packet, element))
            .toList();
      }
      return List.of(
          unreadable(device, hub, kind, packet, payload, "an array of no or more than 500 events"));
    } catch (IOException e) {
      return List.of(unreadable(device, hub, kind, packet, payload, "not JSON"));
    }
  }

  private static boolean startsWith(char first, byte[] payload) {
    for (byte b : payload) {
      if (b != ' ' && b != '\t' && b != '\n' && b != '\r') {
        return b == first;
      }
    }
    return false;
  }

  private static @Nullable String id(@Nullable Value value) {
    String id = value == null ? null : value.string();
    return id == null || id.isEmpty() || id.length() > ID_LENGTH_MAX ? null : id;
  }

  private static @Nullable String atSaid(@Nullable Value at) {
    return at == null || at.token() == JsonToken.VALUE_NULL ? null : SignalReader.cut(at.text());
  }

  private static EventKey key(
      DeviceId device, Kind kind, @Nullable String id, @Nullable Instant at, byte[] content) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    part(digest, device.value().getBytes(StandardCharsets.UTF_8));
    part(digest, kind.value().getBytes(StandardCharsets.UTF_8));
    part(digest, id == null ? null : id.getBytes(StandardCharsets.UTF_8));
    part(
        digest,
        at == null ? null : ByteBuffer.allocate(Long.BYTES).putLong(at.toEpochMilli()).array());
    part(digest, content);
    ByteBuffer hash = ByteBuffer.wrap(digest.digest());
    return new EventKey(hash.getLong(), hash.getLong());
  }

  /** Length first, so that no two lists of parts give the same bytes; -1 for a part not said. */
  private static void part(MessageDigest digest, byte @Nullable [] bytes) {
    int length = bytes == null ? -1 : bytes.length;
    digest.update((byte) (length >> 24));
    digest.update((byte) (length >> 16));
    digest.update((byte) (length >> 8));
    digest.update((byte) length);
    if (bytes != null) {
      digest.update(bytes);
    }
  }
}
