package io.shouwang.notify.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs and checks as Standard Webhooks 1.0 says: {@code v1,} and the base64 of HMAC-SHA-256 over
 * id, time stamp and body, joined by dots. Several secrets make several signatures, so that one can
 * be changed without a gap. Any thread.
 */
public final class WebhookSignature {
  /** How far a time stamp may lie from ours. */
  public static final Duration TOLERANCE = Duration.ofMinutes(5);

  private static final String PREFIX = "whsec_";
  private static final int KEY_BYTES_MIN = 24;
  private static final int KEY_BYTES_MAX = 64;
  private static final String VERSION = "v1,";

  private final List<byte[]> keys;

  private WebhookSignature(List<byte[]> keys) {
    this.keys = keys;
  }

  /**
   * With the secrets of a text, one a line, {@code whsec_} before the base64 of 24 to 64 bytes.
   *
   * @return empty if a line is none, or there is none
   */
  public static Optional<WebhookSignature> of(String secrets) {
    List<String> lines = secrets.lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
    List<byte[]> keys =
        lines.stream().map(WebhookSignature::key).flatMap(Optional::stream).toList();
    return keys.isEmpty() || keys.size() != lines.size()
        ? Optional.empty()
        : Optional.of(new WebhookSignature(keys));
  }

  private static Optional<byte[]> key(String line) {
    String base64 = line.startsWith(PREFIX) ? line.substring(PREFIX.length()) : line;
    try {
      byte[] key = Base64.getDecoder().decode(base64);
      return key.length >= KEY_BYTES_MIN && key.length <= KEY_BYTES_MAX
          ? Optional.of(key)
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The {@code webhook-signature} header. */
  public String sign(String id, Instant at, byte[] body) {
    return String.join(
        " ",
        keys.stream().map(key -> VERSION + signature(key, id, at.getEpochSecond(), body)).toList());
  }

  /** Whether one of the signatures of a header is by one of our secrets, and of about now. */
  public boolean isGood(String id, String timestamp, String header, byte[] body, Instant now) {
    long seconds;
    try {
      seconds = Long.parseLong(timestamp);
    } catch (NumberFormatException e) {
      return false;
    }
    if (Math.abs(now.getEpochSecond() - seconds) > TOLERANCE.toSeconds() || id.isEmpty()) {
      return false;
    }
    boolean good = false;
    for (String one : header.split(" ", 20)) {
      for (byte[] key : keys) {
        byte[] ours =
            (VERSION + signature(key, id, seconds, body)).getBytes(StandardCharsets.US_ASCII);
        good |= MessageDigest.isEqual(ours, one.getBytes(StandardCharsets.UTF_8));
      }
    }
    return good;
  }

  private static String signature(byte[] key, String id, long seconds, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update((id + "." + seconds + ".").getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }
}
