package io.shouwang.ingest.mqtt;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The properties of an MQTT 5.0 packet (2.2.2), checked: which may stand where, once, in range. */
final class Properties {
  static final int PAYLOAD_FORMAT = 0x01;
  static final int MESSAGE_EXPIRY = 0x02;
  static final int CONTENT_TYPE = 0x03;
  static final int RESPONSE_TOPIC = 0x08;
  static final int CORRELATION_DATA = 0x09;
  static final int SUBSCRIPTION_IDENTIFIER = 0x0b;
  static final int SESSION_EXPIRY = 0x11;
  static final int ASSIGNED_CLIENT_ID = 0x12;
  static final int SERVER_KEEP_ALIVE = 0x13;
  static final int AUTHENTICATION_METHOD = 0x15;
  static final int AUTHENTICATION_DATA = 0x16;
  static final int REQUEST_PROBLEM_INFORMATION = 0x17;
  static final int WILL_DELAY = 0x18;
  static final int REQUEST_RESPONSE_INFORMATION = 0x19;
  static final int REASON_STRING = 0x1f;
  static final int RECEIVE_MAXIMUM = 0x21;
  static final int TOPIC_ALIAS_MAXIMUM = 0x22;
  static final int TOPIC_ALIAS = 0x23;
  static final int MAXIMUM_QOS = 0x24;
  static final int RETAIN_AVAILABLE = 0x25;
  static final int USER_PROPERTY = 0x26;
  static final int MAXIMUM_PACKET_SIZE = 0x27;
  static final int WILDCARDS_AVAILABLE = 0x28;
  static final int SUBSCRIPTION_IDENTIFIERS_AVAILABLE = 0x29;
  static final int SHARED_AVAILABLE = 0x2a;

  static final Set<Integer> OF_CONNECT =
      Set.of(
          SESSION_EXPIRY,
          AUTHENTICATION_METHOD,
          AUTHENTICATION_DATA,
          REQUEST_PROBLEM_INFORMATION,
          REQUEST_RESPONSE_INFORMATION,
          RECEIVE_MAXIMUM,
          TOPIC_ALIAS_MAXIMUM,
          USER_PROPERTY,
          MAXIMUM_PACKET_SIZE);
  static final Set<Integer> OF_WILL =
      Set.of(
          PAYLOAD_FORMAT,
          MESSAGE_EXPIRY,
          CONTENT_TYPE,
          RESPONSE_TOPIC,
          CORRELATION_DATA,
          WILL_DELAY,
          USER_PROPERTY);
  static final Set<Integer> OF_PUBLISH =
      Set.of(
          PAYLOAD_FORMAT,
          MESSAGE_EXPIRY,
          CONTENT_TYPE,
          RESPONSE_TOPIC,
          CORRELATION_DATA,
          SUBSCRIPTION_IDENTIFIER,
          TOPIC_ALIAS,
          USER_PROPERTY);
  static final Set<Integer> OF_PUBACK = Set.of(REASON_STRING, USER_PROPERTY);
  static final Set<Integer> OF_SUBSCRIBE = Set.of(SUBSCRIPTION_IDENTIFIER, USER_PROPERTY);
  static final Set<Integer> OF_UNSUBSCRIBE = Set.of(USER_PROPERTY);
  static final Set<Integer> OF_DISCONNECT = Set.of(SESSION_EXPIRY, REASON_STRING, USER_PROPERTY);

  private long seen;
  private int userProperties;
  private long sessionExpirySeconds;
  private int receiveMaximum = 65_535;
  private long maximumPacketSize = Long.MAX_VALUE;
  private long willDelaySeconds;
  private boolean textPayload;
  private @Nullable String authenticationMethod;

  private Properties() {}

  /** Reads the length and that many bytes of properties. */
  static Properties read(WireReader reader, Set<Integer> allowed, int userPropertiesMax) {
    Properties properties = new Properties();
    WireReader part = reader.part(reader.variableInteger());
    while (part.remaining() > 0) {
      properties.take(part, allowed, userPropertiesMax);
    }
    return properties;
  }

  private void take(WireReader part, Set<Integer> allowed, int userPropertiesMax) {
    int id = part.variableInteger();
    if (!allowed.contains(id)) {
      throw Refusal.malformed("2.2.2.2 a property that has no place in this packet");
    }
    if (id == USER_PROPERTY) {
      userProperties++;
      if (userProperties > userPropertiesMax) {
        throw new Refusal(Reason.QUOTA_EXCEEDED, "too many user properties");
      }
      part.text();
      part.text();
      return;
    }
    if ((seen & (1L << id)) != 0) {
      throw Refusal.protocol("2.2.2.2 a property stands twice");
    }
    seen |= 1L << id;
    value(id, part);
  }

  private void value(int id, WireReader part) {
    switch (id) {
      case SESSION_EXPIRY -> sessionExpirySeconds = part.fourOctets();
      case RECEIVE_MAXIMUM -> receiveMaximum = (int) notZero(part.twoOctets());
      case MAXIMUM_PACKET_SIZE -> maximumPacketSize = notZero(part.fourOctets());
      case WILL_DELAY -> willDelaySeconds = part.fourOctets();
      case MESSAGE_EXPIRY -> part.fourOctets();
      case TOPIC_ALIAS_MAXIMUM -> part.twoOctets();
      case TOPIC_ALIAS -> {
        part.twoOctets();
        throw new Refusal(
            Reason.TOPIC_ALIAS_INVALID, "[MQTT-3.3.2-8] [MQTT-3.3.2-9] a topic alias, though none");
      }
      case SUBSCRIPTION_IDENTIFIER -> {
        part.variableInteger();
        throw new Refusal(
            Reason.SUBSCRIPTION_IDENTIFIERS_NOT_SUPPORTED,
            "[MQTT-3.3.4-6] a subscription identifier");
      }
      case PAYLOAD_FORMAT -> textPayload = flag(part);
      case REQUEST_PROBLEM_INFORMATION, REQUEST_RESPONSE_INFORMATION -> flag(part);
      case AUTHENTICATION_METHOD -> authenticationMethod = part.text();
      case CONTENT_TYPE, REASON_STRING -> part.text();
      case RESPONSE_TOPIC -> Topics.requireName(part.text());
      case CORRELATION_DATA, AUTHENTICATION_DATA -> part.binary();
      default -> throw Refusal.malformed("2.2.2.2 an unknown property");
    }
  }

  private static boolean flag(WireReader part) {
    int value = part.octet();
    if (value > 1) {
      throw Refusal.protocol("a property that is 0 or 1 is neither");
    }
    return value == 1;
  }

  private static long notZero(long value) {
    if (value == 0) {
      throw Refusal.protocol("a property that must not be 0 is 0");
    }
    return value;
  }

  boolean has(int id) {
    return (seen & (1L << id)) != 0;
  }

  long sessionExpirySeconds() {
    return sessionExpirySeconds;
  }

  int receiveMaximum() {
    return receiveMaximum;
  }

  long maximumPacketSize() {
    return maximumPacketSize;
  }

  long willDelaySeconds() {
    return willDelaySeconds;
  }

  boolean isTextPayload() {
    return textPayload;
  }

  @Nullable String authenticationMethod() {
    return authenticationMethod;
  }
}
