package io.shouwang.notify.smpp;

import io.shouwang.notify.segment.Alphabet;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One account with a centre.
 *
 * @param source the sender's address; empty for the centre's own
 * @param alphabet in which all is said; null to choose by the text
 * @param signature what each message begins with, as operators in China want it; may be empty
 * @param partsMost parts of one message; what doesn't fit is cut
 * @param window requests without an answer at a time
 * @param limit for a bind, and for a message with all of its parts
 * @param country of numbers without one
 */
record SmppSettings(
    String host,
    int port,
    boolean tls,
    String systemId,
    String password,
    String systemType,
    String serviceType,
    String source,
    byte sourceTon,
    byte sourceNpi,
    byte destinationTon,
    byte destinationNpi,
    @Nullable Alphabet alphabet,
    String signature,
    LongMessages longMessages,
    int partsMost,
    int window,
    Duration limit,
    Duration enquireEvery,
    Duration reconnectMost,
    MessageIds receiptIds,
    String country) {

  /** How a message goes that doesn't fit into one. */
  enum LongMessages {
    /** In parts with a user data header of six bytes. */
    UDH,
    /** In parts with the sar_ fields. */
    SAR,
    /** Whole, in message_payload. */
    PAYLOAD
  }

  @Override
  public String toString() {
    return "SmppSettings[" + host + ":" + port + "]"; // no password in any log
  }
}
