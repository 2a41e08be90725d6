package io.shouwang.ingest.mqtt;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** MQTT packets written byte by byte, right or wrong, without the code under test. */
final class Wire {
  private Wire() {}

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  static byte[] octets(int... values) {
    byte[] out = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      out[i] = (byte) values[i];
    }
    return out;
  }

  static byte[] two(int value) {
    return octets(value >> 8, value);
  }

  static byte[] four(long value) {
    return octets((int) (value >> 24), (int) (value >> 16), (int) (value >> 8), (int) value);
  }

  static byte[] binary(byte[] bytes) {
    return join(two(bytes.length), bytes);
  }

  static byte[] text(String text) {
    return binary(utf8(text));
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] length(int length) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int rest = length;
    do {
      int octet = rest & 0x7f;
      rest >>>= 7;
      out.write(rest > 0 ? octet | 0x80 : octet);
    } while (rest > 0);
    return out.toByteArray();
  }

  static byte[] packet(int header, byte[]... parts) {
    byte[] body = join(parts);
    return join(octets(header), length(body.length), body);
  }

  /** An MQTT 5.0 property list with its length; nothing at all for 3.1.1. */
  static byte[] properties(Version version, byte[]... properties) {
    if (version == Version.V3_1_1) {
      return new byte[0];
    }
    byte[] all = join(properties);
    return join(length(all.length), all);
  }

  static byte[] property(int id, byte[] value) {
    return join(octets(id), value);
  }

  static byte[] userProperty() {
    return property(Properties.USER_PROPERTY, join(text("k"), text("v")));
  }

  /** A CONNECT that can be bent. */
  static final class Connect {
    final Version version;
    String protocol = "MQTT";
    int level;
    int flags = 0xc2;
    int keepAlive = 60;
    byte[] properties;
    byte[] clientId;
    byte[] will = new byte[0];
    byte[] userName;
    byte[] password = text("secret");
    byte[] extra = new byte[0];

    Connect(Version version, String name) {
      this.version = version;
      level = version == Version.V5 ? 5 : 4;
      properties = Wire.properties(version);
      clientId = text(name);
      userName = text(name);
    }

    Connect flags(int value) {
      flags = value;
      return this;
    }

    Connect keepAlive(int seconds) {
      keepAlive = seconds;
      return this;
    }

    Connect clientId(String id) {
      clientId = text(id);
      return this;
    }

    Connect password(String secret) {
      password = text(secret);
      return this;
    }

    Connect with(byte[]... propertyList) {
      properties = Wire.properties(version, propertyList);
      return this;
    }

    /** Keeps the session this long, by the means of the version. */
    Connect keep(long seconds) {
      flags &= ~0x02;
      return version == Version.V5
          ? with(property(Properties.SESSION_EXPIRY, four(seconds)))
          : this;
    }

    Connect will(int qos, String topic, String payload, byte[]... willProperties) {
      flags |= 0x04 | qos << 3;
      will = join(Wire.properties(version, willProperties), text(topic), text(payload));
      return this;
    }

    byte[] body() {
      return join(
          text(protocol),
          octets(level, flags),
          two(keepAlive),
          properties,
          clientId,
          will,
          (flags & 0x80) != 0 ? userName : new byte[0],
          (flags & 0x40) != 0 ? password : new byte[0],
          extra);
    }

    byte[] bytes() {
      return packet(0x10, body());
    }
  }

  static Connect connect(Version version, String name) {
    return new Connect(version, name);
  }

  static byte[] publish(Version version, int flags, String topic, int id, byte[] payload) {
    return packet(
        0x30 | flags,
        text(topic),
        (flags & 0x06) == 0 ? new byte[0] : two(id),
        properties(version),
        payload);
  }

  static byte[] publish(Version version, String topic, int id, String payload) {
    return publish(version, id == 0 ? 0 : 2, topic, id, utf8(payload));
  }

  static byte[] subscribe(Version version, int id, String filter, int options) {
    return packet(0x82, two(id), properties(version), text(filter), octets(options));
  }

  static byte[] unsubscribe(Version version, int id, String filter) {
    return packet(0xa2, two(id), properties(version), text(filter));
  }

  static byte[] pubAck(int id) {
    return packet(0x40, two(id));
  }

  static byte[] disconnect(Version version, int reason) {
    return version == Version.V5 ? packet(0xe0, octets(reason)) : packet(0xe0);
  }
}
