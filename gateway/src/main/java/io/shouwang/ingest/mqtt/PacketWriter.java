package io.shouwang.ingest.mqtt;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;

/** Writes the packets a server sends. Each method returns a new buffer that the caller owns. */
final class PacketWriter {
  private PacketWriter() {}

  /**
   * What a CONNACK of MQTT 5.0 tells.
   *
   * @param keepAliveSeconds the server's own keep-alive, or -1 if the client's stands
   */
  record Welcome(
      boolean sessionPresent,
      long sessionExpirySeconds,
      int receiveMaximum,
      int packetBytesMax,
      int keepAliveSeconds) {}

  static ByteBuf welcome(ByteBufAllocator allocator, Version version, Welcome welcome) {
    int present = welcome.sessionPresent() ? 1 : 0;
    if (version == Version.V3_1_1) {
      return allocator.buffer(4).writeInt(0x2002_0000 | present << 8);
    }
    ByteBuf properties = allocator.buffer(40);
    try {
      properties
          .writeByte(Properties.SESSION_EXPIRY)
          .writeInt((int) welcome.sessionExpirySeconds());
      properties.writeByte(Properties.RECEIVE_MAXIMUM).writeShort(welcome.receiveMaximum());
      properties.writeByte(Properties.MAXIMUM_QOS).writeByte(1);
      properties.writeByte(Properties.RETAIN_AVAILABLE).writeByte(0);
      properties.writeByte(Properties.MAXIMUM_PACKET_SIZE).writeInt(welcome.packetBytesMax());
      properties.writeByte(Properties.TOPIC_ALIAS_MAXIMUM).writeShort(0);
      properties.writeByte(Properties.WILDCARDS_AVAILABLE).writeByte(0);
      properties.writeByte(Properties.SUBSCRIPTION_IDENTIFIERS_AVAILABLE).writeByte(0);
      properties.writeByte(Properties.SHARED_AVAILABLE).writeByte(0);
      if (welcome.keepAliveSeconds() >= 0) {
        properties.writeByte(Properties.SERVER_KEEP_ALIVE).writeShort(welcome.keepAliveSeconds());
      }
      int length = properties.readableBytes();
      return allocator
          .buffer(5 + length)
          .writeByte(0x20)
          .writeByte(3 + length)
          .writeByte(present)
          .writeByte(0)
          .writeByte(length)
          .writeBytes(properties);
    } finally {
      properties.release();
    }
  }

  static ByteBuf unwelcome(ByteBufAllocator allocator, Version version, Reason reason) {
    return version == Version.V3_1_1
        ? allocator.buffer(4).writeInt(0x2002_0000 | reason.returnCode())
        : allocator.buffer(5).writeInt(0x2003_0000 | reason.code()).writeByte(0);
  }

  /** Appends a PUBACK; with a reason only in MQTT 5.0. */
  static void pubAck(ByteBuf out, int id, Reason reason) {
    if (reason == Reason.SUCCESS) {
      out.writeInt(0x4002_0000 | id);
    } else {
      out.writeShort(0x4003).writeShort(id).writeByte(reason.code());
    }
  }

  static ByteBuf subAck(ByteBufAllocator allocator, Version version, int id, byte[] codes) {
    return ack(allocator, 0x90, version, id, codes);
  }

  static ByteBuf unsubAck(ByteBufAllocator allocator, Version version, int id, byte[] codes) {
    return ack(allocator, 0xb0, version, id, version == Version.V5 ? codes : new byte[0]);
  }

  private static ByteBuf ack(
      ByteBufAllocator allocator, int header, Version version, int id, byte[] codes) {
    int properties = version == Version.V5 ? 1 : 0;
    int length = 2 + properties + codes.length;
    ByteBuf out = allocator.buffer(5 + length).writeByte(header);
    variableInteger(out, length);
    out.writeShort(id);
    if (properties > 0) {
      out.writeByte(0);
    }
    return out.writeBytes(codes);
  }

  static ByteBuf pong(ByteBufAllocator allocator) {
    return allocator.buffer(2).writeShort(0xd000);
  }

  /** DISCONNECT; a server sends one in MQTT 5.0 only. */
  static ByteBuf disconnect(ByteBufAllocator allocator, Reason reason) {
    return allocator.buffer(3).writeShort(0xe001).writeByte(reason.code());
  }

  /**
   * PUBLISH.
   *
   * @param id 0 for QoS 0
   * @param expirySeconds the message expiry told to a client of MQTT 5.0, or -1 for none
   */
  static ByteBuf publish(
      ByteBufAllocator allocator,
      Version version,
      String topic,
      int id,
      boolean dup,
      byte[] payload,
      long expirySeconds) {
    byte[] name = topic.getBytes(StandardCharsets.UTF_8);
    boolean expires = version == Version.V5 && expirySeconds >= 0;
    int properties = version == Version.V5 ? (expires ? 6 : 1) : 0;
    int length = 2 + name.length + (id > 0 ? 2 : 0) + properties + payload.length;
    ByteBuf out = allocator.buffer(5 + length);
    out.writeByte(0x30 | (id > 0 ? 0x02 : 0) | (dup ? 0x08 : 0));
    variableInteger(out, length);
    out.writeShort(name.length).writeBytes(name);
    if (id > 0) {
      out.writeShort(id);
    }
    if (version == Version.V5) {
      out.writeByte(expires ? 5 : 0);
      if (expires) {
        out.writeByte(Properties.MESSAGE_EXPIRY).writeInt((int) expirySeconds);
      }
    }
    return out.writeBytes(payload);
  }

  /** An upper bound of a PUBLISH's size, to be held against the client's maximum. */
  static long publishBytesMax(String topic, int payloadBytes) {
    return 5L + 2 + ByteBufUtil.utf8Bytes(topic) + 2 + 6 + payloadBytes;
  }

  private static void variableInteger(ByteBuf out, int value) {
    int rest = value;
    while (rest > 0x7f) {
      out.writeByte((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.writeByte(rest);
  }
}
