package io.shouwang.ingest.mqtt;

import io.netty.buffer.ByteBuf;
import io.shouwang.intake.Utf8;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one whole packet, and refuses what either specification calls malformed or a protocol
 * error. Pure. Clauses are named as MQTT 5.0 numbers them, with those of 3.1.1 that stand alone.
 */
final class PacketReader {
  static final int CONNECT = 1;
  static final int PUBLISH = 3;

  /** A session without end: 3.1.1's, when it isn't a clean one. */
  static final long WITHOUT_END = 0xffff_ffffL;

  private static final Set<Integer> PUBACK_REASONS =
      Set.of(0x00, 0x10, 0x80, 0x83, 0x87, 0x90, 0x91, 0x97, 0x99);
  private static final Set<Integer> DISCONNECT_REASONS =
      Set.of(0x00, 0x04, 0x80, 0x81, 0x82, 0x83, 0x90, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99);

  private PacketReader() {}

  /** Refuses what the first byte alone gives away, before the rest has arrived. */
  static void requireHeader(int header) {
    int wanted =
        switch (header >> 4) {
          case PUBLISH -> header & 0x0f;
          case 8, 10 -> 2;
          case 4, 12, 14 -> 0;
          case CONNECT -> throw Refusal.protocol("[MQTT-3.1.0-2] a second CONNECT");
          case 5, 6, 7 -> throw Refusal.protocol("a packet of QoS 2, which is not spoken here");
          case 15 ->
              throw Refusal.protocol("[MQTT-4.12.0-6] AUTH without an authentication method");
          default -> throw Refusal.protocol("2.1.2 a packet that no client sends");
        };
    requireFlags(header & 0x0f, wanted);
  }

  /**
   * Reads the packet after CONNECT.
   *
   * @param header the fixed header's first byte
   * @param body the rest of the packet, exactly
   */
  static Packet read(int header, ByteBuf body, Version version, int userPropertiesMax) {
    WireReader reader = new WireReader(body);
    int flags = header & 0x0f;
    boolean v5 = version == Version.V5;
    requireHeader(header);
    return switch (header >> 4) {
      case PUBLISH -> publish(flags, reader, v5, userPropertiesMax);
      case 4 -> pubAck(reader, v5, userPropertiesMax);
      case 8 -> subscribe(reader, version, userPropertiesMax);
      case 10 -> unsubscribe(reader, version, userPropertiesMax);
      case 12 -> ping(reader);
      default -> v5 ? disconnect(reader, userPropertiesMax) : bareDisconnect(reader);
    };
  }

  private static void requireFlags(int flags, int wanted) {
    if (flags != wanted) {
      throw Refusal.malformed("[MQTT-2.1.3-1] reserved flags in the fixed header");
    }
  }

  /**
   * Reads CONNECT. The version is told apart first: before it is known, nothing can be answered.
   */
  static Packet.Connect connect(int header, ByteBuf body, int userPropertiesMax) {
    WireReader reader = new WireReader(body);
    requireFlags(header & 0x0f, 0);
    Version version = protocol(reader);
    int flags = reader.octet();
    if ((flags & 0x01) != 0) {
      throw Refusal.malformed("[MQTT-3.1.2-3] the reserved connect flag is set");
    }
    boolean hasWill = (flags & 0x04) != 0;
    int willQos = (flags >> 3) & 3;
    boolean hasPassword = (flags & 0x40) != 0;
    boolean hasUserName = (flags & 0x80) != 0;
    if (willQos == 3 || (!hasWill && (flags & 0x38) != 0)) {
      throw Refusal.malformed("[MQTT-3.1.2-11] [MQTT-3.1.2-12] [MQTT-3.1.2-13] will flags");
    }
    boolean v5 = version == Version.V5;
    if (!v5 && hasPassword && !hasUserName) {
      throw Refusal.malformed("3.1.1 [MQTT-3.1.2-22] a password without a user name");
    }
    boolean clean = (flags & 0x02) != 0;
    int keepAliveSeconds = reader.twoOctets();
    Properties properties =
        v5 ? Properties.read(reader, Properties.OF_CONNECT, userPropertiesMax) : null;
    if (properties != null
        && properties.has(Properties.AUTHENTICATION_DATA)
        && properties.authenticationMethod() == null) {
      throw Refusal.protocol("3.1.2.11.10 authentication data without a method");
    }
    String clientId = reader.text();
    Packet.Will will = hasWill ? will(reader, willQos, v5, userPropertiesMax) : null;
    String userName = hasUserName ? reader.text() : null;
    byte[] password = hasPassword ? reader.binary() : null;
    reader.end();
    return new Packet.Connect(
        version,
        clean,
        keepAliveSeconds,
        clientId,
        will,
        userName,
        password,
        properties != null ? properties.sessionExpirySeconds() : clean ? 0 : WITHOUT_END,
        properties != null ? properties.receiveMaximum() : 65_535,
        properties != null ? properties.maximumPacketSize() : Long.MAX_VALUE,
        properties != null ? properties.authenticationMethod() : null);
  }

  private static Version protocol(WireReader reader) {
    String name = reader.text();
    if (!name.equals("MQTT")) {
      throw Refusal.malformed("[MQTT-3.1.2-1] the protocol's name isn't MQTT");
    }
    return switch (reader.octet()) {
      case 4 -> Version.V3_1_1;
      case 5 -> Version.V5;
      default ->
          throw new Refusal(Reason.UNSUPPORTED_VERSION, "[MQTT-3.1.2-2] the protocol's version");
    };
  }

  /** The version a CONNECT speaks, as far as it can be told; for answering one that is refused. */
  static @Nullable Version versionSpoken(ByteBuf body) {
    int at = body.readerIndex();
    if (body.readableBytes() < 7 || body.getUnsignedShort(at) != 4) {
      return null;
    }
    int level = body.getUnsignedByte(at + 6);
    return level >= 5 ? Version.V5 : Version.V3_1_1;
  }

  private static Packet.Will will(WireReader reader, int qos, boolean v5, int userPropertiesMax) {
    Properties properties =
        v5 ? Properties.read(reader, Properties.OF_WILL, userPropertiesMax) : null;
    String topic = reader.text();
    Topics.requireName(topic);
    byte[] payload = reader.binary();
    requireFormat(properties, payload);
    return new Packet.Will(
        topic, qos, properties == null ? 0 : properties.willDelaySeconds(), payload);
  }

  private static void requireFormat(@Nullable Properties properties, byte[] payload) {
    // U+0000 is forbidden in MQTT's own strings only, so it is judged as the letter it is.
    if (properties != null && properties.isTextPayload() && !isUtf8(payload)) {
      throw new Refusal(
          Reason.PAYLOAD_FORMAT_INVALID, "3.3.2.3.2 a payload said to be UTF-8 that isn't");
    }
  }

  private static boolean isUtf8(byte[] payload) {
    int from = 0;
    for (int i = 0; i < payload.length; i++) {
      if (payload[i] == 0) {
        if (!Utf8.isText(payload, from, i)) {
          return false;
        }
        from = i + 1;
      }
    }
    return Utf8.isText(payload, from, payload.length);
  }

  private static Packet publish(int flags, WireReader reader, boolean v5, int userPropertiesMax) {
    int qos = (flags >> 1) & 3;
    boolean dup = (flags & 8) != 0;
    if (qos == 3) {
      throw Refusal.malformed("[MQTT-3.3.1-4] QoS 3");
    }
    if (dup && qos == 0) {
      throw Refusal.malformed("[MQTT-3.3.1-2] DUP at QoS 0");
    }
    String topic = reader.text();
    Topics.requireName(topic);
    int id = qos > 0 ? reader.packetId() : 0;
    Properties properties =
        v5 ? Properties.read(reader, Properties.OF_PUBLISH, userPropertiesMax) : null;
    byte[] payload = reader.rest();
    requireFormat(properties, payload);
    return new Packet.Publish(dup, qos, topic, id, payload);
  }

  private static Packet pubAck(WireReader reader, boolean v5, int userPropertiesMax) {
    int id = reader.packetId();
    boolean refused = false;
    if (v5 && reader.remaining() > 0) {
      int code = reader.octet();
      requireReason(PUBACK_REASONS, code);
      refused = code >= 0x80;
      if (reader.remaining() > 0) {
        Properties.read(reader, Properties.OF_PUBACK, userPropertiesMax);
      }
    }
    reader.end();
    return new Packet.PubAck(id, refused);
  }

  private static void requireReason(Set<Integer> allowed, int code) {
    if (!allowed.contains(code)) {
      throw Refusal.malformed("2.4 a reason code that has no place in this packet");
    }
  }

  private static Packet subscribe(WireReader reader, Version version, int userPropertiesMax) {
    int id = reader.packetId();
    boolean v5 = version == Version.V5;
    if (v5) {
      Properties.read(reader, Properties.OF_SUBSCRIBE, userPropertiesMax);
    }
    List<Packet.Filter> filters = new ArrayList<>();
    do {
      if (reader.remaining() == 0) {
        throw Refusal.protocol("[MQTT-3.8.3-2] SUBSCRIBE without a filter");
      }
      String filter = reader.text();
      Topics.requireFilter(filter, version);
      filters.add(new Packet.Filter(filter, options(reader.octet(), v5, filter)));
    } while (reader.remaining() > 0);
    return new Packet.Subscribe(id, filters);
  }

  /** Checks the subscription options and returns the QoS. */
  private static int options(int options, boolean v5, String filter) {
    int qos = options & 3;
    if (qos == 3) {
      throw Refusal.malformed("[MQTT-3.8.3-4] (3.1.1) QoS 3 asked for");
    }
    if ((options & (v5 ? 0xc0 : 0xfc)) != 0) {
      throw Refusal.malformed("[MQTT-3.8.3-5] reserved subscription options");
    }
    if ((options & 0x30) == 0x30) {
      throw Refusal.protocol("3.8.3.1 retain handling 3");
    }
    if ((options & 0x04) != 0 && Topics.isShared(filter)) {
      throw Refusal.protocol("[MQTT-3.8.3-4] no local on a shared subscription");
    }
    return qos;
  }

  private static Packet unsubscribe(WireReader reader, Version version, int userPropertiesMax) {
    int id = reader.packetId();
    if (version == Version.V5) {
      Properties.read(reader, Properties.OF_UNSUBSCRIBE, userPropertiesMax);
    }
    List<String> topics = new ArrayList<>();
    do {
      if (reader.remaining() == 0) {
        throw Refusal.protocol("[MQTT-3.10.3-2] UNSUBSCRIBE without a filter");
      }
      String filter = reader.text();
      Topics.requireFilter(filter, version);
      topics.add(filter);
    } while (reader.remaining() > 0);
    return new Packet.Unsubscribe(id, topics);
  }

  private static Packet ping(WireReader reader) {
    reader.end();
    return new Packet.Ping();
  }

  private static Packet bareDisconnect(WireReader reader) {
    reader.end();
    return new Packet.Disconnect(false, null);
  }

  private static Packet disconnect(WireReader reader, int userPropertiesMax) {
    if (reader.remaining() == 0) {
      return new Packet.Disconnect(false, null);
    }
    int code = reader.octet();
    requireReason(DISCONNECT_REASONS, code);
    Long expiry = null;
    if (reader.remaining() > 0) {
      Properties properties = Properties.read(reader, Properties.OF_DISCONNECT, userPropertiesMax);
      if (properties.has(Properties.SESSION_EXPIRY)) {
        expiry = properties.sessionExpirySeconds();
      }
    }
    reader.end();
    // Whoever leaves with an error didn't mean to: only a normal goodbye takes the will along.
    return new Packet.Disconnect(code != 0, expiry);
  }
}
