package io.shouwang.alerts;

import io.shouwang.model.AlertId;
import io.shouwang.model.EventKey;
import io.shouwang.model.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;

/** Names derived from what they name, so that deciding twice gives the same ones. */
final class Derived {
  private static final int ALERT_ID_BYTES = 10;

  private Derived() {}

  /** An alert's id: 80 bits of the event's identity, the kind and the time it was taken in. */
  static AlertId alertId(EventKey event, String kind, long receivedAtMillis) {
    byte[] hash =
        sha256(
            ByteBuffer.allocate(24)
                .putLong(event.high())
                .putLong(event.low())
                .putLong(receivedAtMillis)
                .array(),
            kind);
    StringBuilder text = new StringBuilder("a");
    for (int i = 0; i < ALERT_ID_BYTES; i++) {
      text.append(String.format(Locale.ROOT, "%02x", hash[i]));
    }
    return new AlertId(text.toString());
  }

  /**
   * The id of an alert that begins now. The same event may begin two in the same millisecond, when
   * the first was closed in between; they need two names.
   */
  static AlertId freshAlertId(Draft draft, EventKey event, Kind kind) {
    long millis = draft.now().toEpochMilli();
    AlertId id = alertId(event, kind.value(), millis);
    while (draft.home().alert(id).isPresent()) {
      millis++;
      id = alertId(event, kind.value(), millis);
    }
    return id;
  }

  /** The identity of something that a sender named with texts. */
  static EventKey key(String... texts) {
    ByteBuffer hash = ByteBuffer.wrap(sha256(new byte[0], texts));
    return new EventKey(hash.getLong(), hash.getLong());
  }

  /** The hash of a device's own id; 0 stands for none. */
  static long idHash(String id) {
    long hash = key(id).high();
    return hash == 0 ? 1 : hash;
  }

  private static byte[] sha256(byte[] head, String... texts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(head);
      for (String text : texts) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
        digest.update(bytes);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
