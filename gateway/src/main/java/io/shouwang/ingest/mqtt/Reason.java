package io.shouwang.ingest.mqtt;

/** Why a connection or an act is refused: MQTT 5.0's reason codes, section 2.4. */
enum Reason {
  SUCCESS(0x00),
  UNSPECIFIED(0x80),
  MALFORMED_PACKET(0x81),
  PROTOCOL_ERROR(0x82),
  IMPLEMENTATION_SPECIFIC(0x83),
  UNSUPPORTED_VERSION(0x84),
  CLIENT_ID_NOT_VALID(0x85),
  BAD_USER_NAME_OR_PASSWORD(0x86),
  NOT_AUTHORIZED(0x87),
  SERVER_UNAVAILABLE(0x88),
  SERVER_SHUTTING_DOWN(0x8b),
  BAD_AUTHENTICATION_METHOD(0x8c),
  KEEP_ALIVE_TIMEOUT(0x8d),
  SESSION_TAKEN_OVER(0x8e),
  TOPIC_FILTER_INVALID(0x8f),
  TOPIC_NAME_INVALID(0x90),
  RECEIVE_MAXIMUM_EXCEEDED(0x93),
  TOPIC_ALIAS_INVALID(0x94),
  PACKET_TOO_LARGE(0x95),
  QUOTA_EXCEEDED(0x97),
  PAYLOAD_FORMAT_INVALID(0x99),
  QOS_NOT_SUPPORTED(0x9b),
  SHARED_SUBSCRIPTIONS_NOT_SUPPORTED(0x9e),
  CONNECTION_RATE_EXCEEDED(0x9f),
  SUBSCRIPTION_IDENTIFIERS_NOT_SUPPORTED(0xa1),
  WILDCARD_SUBSCRIPTIONS_NOT_SUPPORTED(0xa2);

  private final int code;

  Reason(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  /** The nearest CONNACK return code of MQTT 3.1.1, table 3.1. */
  int returnCode() {
    return switch (this) {
      case SUCCESS -> 0;
      case UNSUPPORTED_VERSION -> 1;
      case CLIENT_ID_NOT_VALID -> 2;
      case SERVER_UNAVAILABLE, QUOTA_EXCEEDED, CONNECTION_RATE_EXCEEDED -> 3;
      case BAD_USER_NAME_OR_PASSWORD -> 4;
      default -> 5;
    };
  }
}
