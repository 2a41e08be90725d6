package io.shouwang.engine;

import io.shouwang.alerts.Fact;
import io.shouwang.intake.EventReader;
import io.shouwang.model.DeviceEvent;
import io.shouwang.model.DeviceId;
import io.shouwang.model.HomeId;
import io.shouwang.model.Input;
import io.shouwang.model.Kind;
import io.shouwang.model.Signal;
import io.shouwang.model.Stamp;
import io.shouwang.senses.Heard;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The body of a batch: each input with its number, its time and its facts. Events, by far the most,
 * are written by hand; all else is CBOR. A distilled batch is the same with records left out.
 *
 * <pre>
 * body   = version(1) record*
 * record = number(8) now-ms(8) kind(1) input home facts
 * input  = event: device hub kind why packetId(2) redelivered(1) heard(1) length(4) payload
 *        | other: length(4) CBOR
 * heard  = civil time's offset in quarters of an hour; -128 when no home heard it
 * home   = text      facts = length(4) CBOR; 0 for none      text = length(1) ASCII
 * </pre>
 *
 * <p>Version 1 had no {@code heard}; its events are read as heard by no home. Version 2 is written
 * like this one, and lacks the facts, and parts of facts, by which people are reached in several
 * ways: who reads only that far would take a synthetic alarm for a real one, or a promise beside
 * the ladder for one that stops it, and must refuse this. Version 3 lacks what a dispatcher does
 * beyond answering: who hurries a ladder or hands an alert over.
 */
final class BatchCodec {
  static final byte VERSION = 4;
  private static final byte OLDEST_VERSION = 1;
  private static final byte UNHEARD = Byte.MIN_VALUE;
  private static final byte EVENT = 1;
  private static final byte OTHER = 2;
  private static final int TEXT_BYTES_MAX = 255;

  /** Kinds whose events are never alarms. */
  private static final Set<String> READINGS =
      Stream.of(
              Kind.MOTION,
              Kind.LOCATION,
              Kind.STATUS,
              Kind.VITALS,
              Kind.DOOR,
              Kind.BED,
              Kind.WATER,
              Kind.CHECKIN)
          .map(Kind::value)
          .collect(Collectors.toUnmodifiableSet());

  private BatchCodec() {}

  /** Opens an empty body. */
  static void begin(ByteBuffer body) {
    body.put(VERSION);
  }

  /**
   * Appends a record; the buffer's overflow is the caller's to undo by its position.
   *
   * @throws java.nio.BufferOverflowException when it doesn't fit
   */
  static void write(
      ByteBuffer body,
      Stamp stamp,
      Input input,
      @Nullable HomeId home,
      @Nullable Heard heard,
      List<Fact> facts) {
    body.putLong(stamp.number()).putLong(stamp.now().toEpochMilli());
    if (input instanceof Input.EventReceived(DeviceEvent event)) {
      body.put(EVENT);
      putText(body, event.device().value());
      putText(body, event.hub() == null ? "" : event.hub().value());
      putText(body, event.kind().value());
      putText(body, event.signal() instanceof Signal.Unreadable(String why) ? why : "");
      DeviceEvent.Packet packet = event.packet();
      body.putShort((short) (packet == null ? 0 : packet.id()));
      body.put((byte) (packet != null && packet.redelivered() ? 1 : 0));
      body.put(heard == null ? UNHEARD : (byte) (heard.offsetSeconds() / Heard.QUARTER_SECONDS));
      putBytes(body, event.payload().bytes());
    } else {
      body.put(OTHER);
      putBytes(body, Cbor.input(input));
    }
    putText(body, home == null ? "" : home.value());
    putBytes(body, facts.isEmpty() ? new byte[0] : Cbor.facts(facts));
  }

  /** Reads all records of a body, in order. */
  static void read(ByteBuffer body, Consumer<Decided> reader) {
    byte version = requireKnown(body.get());
    while (body.hasRemaining()) {
      Stamp stamp = new Stamp(body.getLong(), Instant.ofEpochMilli(body.getLong()));
      byte type = body.get();
      Input input;
      Heard heard = null;
      switch (type) {
        case EVENT -> {
          EventRecord event = readEvent(body, version);
          input = new Input.EventReceived(event.event());
          if (event.quarters() != UNHEARD) {
            heard = new Heard(stamp.now(), event.quarters() * Heard.QUARTER_SECONDS);
          }
        }
        case OTHER -> input = Cbor.input(getBytes(body));
        default -> throw new UnreadableRecord("a record of type " + type);
      }
      String home = getText(body);
      byte[] facts = getBytes(body);
      reader.accept(
          new Decided(
              stamp,
              input,
              home.isEmpty() ? null : new HomeId(home),
              heard,
              facts.length == 0 ? List.of() : Cbor.facts(facts)));
    }
  }

  /**
   * Reads the records of a body in order, without those of events that decided nothing and can't
   * have been alarms: of these not even the payload is looked at.
   */
  static void readDecisions(ByteBuffer body, Consumer<Decided> reader) {
    ByteBuffer walk = body.duplicate();
    byte version = requireKnown(walk.get());
    while (walk.hasRemaining()) {
      int start = walk.position();
      boolean isReading = skip(walk, version);
      if (!isReading) {
        read(alone(walk, start, version), reader);
      }
    }
  }

  /** The record that ends here, as a body of its own. */
  private static ByteBuffer alone(ByteBuffer walk, int start, byte version) {
    ByteBuffer one = ByteBuffer.allocate(1 + walk.position() - start);
    return one.put(version).put(walk.duplicate().limit(walk.position()).position(start)).flip();
  }

  /** A body of those records alone that pass, byte for byte; null if none does. */
  static @Nullable ByteBuffer only(ByteBuffer body, Predicate<Decided> kept) {
    ByteBuffer walk = body.duplicate();
    byte version = requireKnown(walk.get());
    ByteBuffer left = ByteBuffer.allocate(body.remaining()).put(version);
    while (walk.hasRemaining()) {
      int start = walk.position();
      boolean _ = skip(walk, version);
      ByteBuffer one = alone(walk, start, version);
      boolean[] passes = {false};
      read(one.duplicate(), decided -> passes[0] = kept.test(decided));
      if (passes[0]) {
        left.put(one.position(1));
      }
    }
    return left.position() == 1 ? null : left.flip();
  }

  private static byte requireKnown(byte version) {
    if (version < OLDEST_VERSION || version > VERSION) {
      throw new UnreadableRecord(
          "a batch of version " + version + "; this gateway reads " + VERSION);
    }
    return version;
  }

  /** Steps over a record; whether it is a reading that decided nothing. */
  private static boolean skip(ByteBuffer walk, byte version) {
    walk.position(walk.position() + 2 * Long.BYTES);
    boolean isReading = false;
    if (walk.get() == EVENT) {
      skipText(walk);
      skipText(walk);
      String kind = getText(walk);
      isReading = READINGS.contains(kind) && skipText(walk) == 0;
      if (!READINGS.contains(kind)) {
        skipText(walk);
      }
      walk.position(walk.position() + Short.BYTES + 1 + (version == OLDEST_VERSION ? 0 : 1));
    }
    skipBytes(walk);
    skipText(walk);
    return skipBytes(walk) == 0 && isReading;
  }

  private static int skipText(ByteBuffer walk) {
    int length = Byte.toUnsignedInt(walk.get());
    walk.position(walk.position() + length);
    return length;
  }

  private static int skipBytes(ByteBuffer walk) {
    int length = walk.getInt();
    walk.position(walk.position() + length);
    return length;
  }

  private record EventRecord(DeviceEvent event, byte quarters) {}

  private static EventRecord readEvent(ByteBuffer body, byte version) {
    DeviceId device = new DeviceId(getText(body));
    String hub = getText(body);
    Kind kind = new Kind(getText(body));
    String why = getText(body);
    int packetId = Short.toUnsignedInt(body.getShort());
    boolean redelivered = body.get() == 1;
    DeviceEvent.Packet packet =
        packetId == 0 ? null : new DeviceEvent.Packet(packetId, redelivered);
    byte quarters = version == OLDEST_VERSION ? UNHEARD : body.get();
    byte[] payload = getBytes(body);
    DeviceId through = hub.isEmpty() ? null : new DeviceId(hub);
    // Why it can't be read may not show in the bytes that were kept: its packet was refused.
    DeviceEvent event =
        why.isEmpty()
            ? EventReader.readOne(device, through, kind, packet, payload)
            : EventReader.unreadable(device, through, kind, packet, payload, why);
    return new EventRecord(event, quarters);
  }

  private static void putText(ByteBuffer body, String ascii) {
    byte[] bytes = ascii.getBytes(StandardCharsets.US_ASCII);
    int length = Math.min(bytes.length, TEXT_BYTES_MAX);
    body.put((byte) length).put(bytes, 0, length);
  }

  private static String getText(ByteBuffer body) {
    byte[] bytes = new byte[Byte.toUnsignedInt(body.get())];
    body.get(bytes);
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  private static void putBytes(ByteBuffer body, byte[] bytes) {
    body.putInt(bytes.length).put(bytes);
  }

  private static byte[] getBytes(ByteBuffer body) {
    byte[] bytes = new byte[body.getInt()];
    body.get(bytes);
    return bytes;
  }
}
