package io.shouwang.ingest.mqtt;

/**
 * A packet that ends its connection. Thrown by {@link PacketReader} with a clause of the standard;
 * carries no stack, since whoever sends such packets decides how many there are.
 */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  Refusal(Reason reason, String why) {
    super(why, null, false, false);
    this.reason = reason;
  }

  static Refusal malformed(String why) {
    return new Refusal(Reason.MALFORMED_PACKET, why);
  }

  static Refusal protocol(String why) {
    return new Refusal(Reason.PROTOCOL_ERROR, why);
  }

  Reason reason() {
    return reason;
  }

  /** What was wrong; a constant of ours, holding nothing that was sent. */
  String why() {
    return String.valueOf(getMessage());
  }
}
