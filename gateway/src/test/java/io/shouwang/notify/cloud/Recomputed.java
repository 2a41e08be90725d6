package io.shouwang.notify.cloud;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The arithmetic of signatures once more, so that a fake doesn't check the code by itself. */
public final class Recomputed {
  private Recomputed() {}

  public static String sha256(String text) {
    try {
      return hex(
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  public static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "RAW"));
      mac.update(text.getBytes(StandardCharsets.UTF_8));
      return mac.doFinal();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  public static String hex(byte[] bytes) {
    String text = new BigInteger(1, bytes).toString(16);
    return "0".repeat(2 * bytes.length - text.length()) + text;
  }

  /** Escaped byte by byte: only letters, digits and four signs stay. */
  public static String escaped(String text) {
    StringBuilder out = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean stays = c < 0x80 && (Character.isLetterOrDigit(c) || "-_.~".indexOf(c) >= 0);
      out.append(stays ? "" + c : String.format(java.util.Locale.ROOT, "%%%02X", (int) c));
    }
    return out.toString();
  }
}
