package io.shouwang.ingest.mqtt;

import io.netty.buffer.ByteBuf;
import io.shouwang.intake.Utf8;
import java.nio.charset.StandardCharsets;

/**
 * Reads MQTT's data types (1.5) from one packet's bytes; past their end the packet is malformed.
 */
final class WireReader {
  private final ByteBuf bytes;

  WireReader(ByteBuf bytes) {
    this.bytes = bytes;
  }

  int remaining() {
    return bytes.readableBytes();
  }

  private void need(int count) {
    if (bytes.readableBytes() < count) {
      throw Refusal.malformed("a field runs past the packet's end");
    }
  }

  int octet() {
    need(1);
    return bytes.readUnsignedByte();
  }

  int twoOctets() {
    need(2);
    return bytes.readUnsignedShort();
  }

  long fourOctets() {
    need(4);
    return bytes.readUnsignedInt();
  }

  byte[] octets(int count) {
    need(count);
    byte[] out = new byte[count];
    bytes.readBytes(out);
    return out;
  }

  byte[] rest() {
    return octets(bytes.readableBytes());
  }

  byte[] binary() {
    return octets(twoOctets());
  }

  String text() {
    byte[] raw = binary();
    if (!Utf8.isText(raw)) {
      throw Refusal.malformed("[MQTT-1.5.4-1] [MQTT-1.5.4-2] a string isn't UTF-8 or holds U+0000");
    }
    return new String(raw, StandardCharsets.UTF_8);
  }

  int variableInteger() {
    int value = 0;
    for (int shift = 0; shift <= 21; shift += 7) {
      int octet = octet();
      value |= (octet & 0x7f) << shift;
      if ((octet & 0x80) == 0) {
        if (octet == 0 && shift > 0) {
          throw Refusal.malformed("[MQTT-1.5.5-1] a variable byte integer is longer than needed");
        }
        return value;
      }
    }
    throw Refusal.malformed("a variable byte integer has more than four bytes");
  }

  int packetId() {
    int id = twoOctets();
    if (id == 0) {
      throw Refusal.malformed("[MQTT-2.2.1-3] packet identifier 0");
    }
    return id;
  }

  /** The next bytes as a reader of their own. */
  WireReader part(int length) {
    need(length);
    return new WireReader(bytes.readSlice(length));
  }

  void end() {
    if (bytes.isReadable()) {
      throw Refusal.malformed("bytes are left over after the last field");
    }
  }
}
