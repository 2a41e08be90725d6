package io.shouwang.accounts;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.util.encoders.Base32;

/**
 * Codes that change every 30 seconds (RFC 6238 with HMAC-SHA-1 and six digits, which every
 * authenticator reads). A code of the step before or after is taken too: clocks differ.
 */
final class Totp {
  static final int DIGITS = 6;
  static final int SECRET_BYTES = 20;
  private static final int STEP_SECONDS = 30;

  private Totp() {}

  static String newSecret(SecureRandom random) {
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    return Base32.toBase32String(secret).replace("=", "");
  }

  /**
   * The step whose code this is, if it is one that counts now.
   *
   * @param secret in Base32
   */
  static OptionalLong stepOf(String secret, String code, Instant now) {
    byte[] key = Base32.decode(secret);
    long current = Math.floorDiv(now.getEpochSecond(), (long) STEP_SECONDS);
    OptionalLong found = OptionalLong.empty();
    for (long step = current - 1; step <= current + 1; step++) {
      String expected = code(key, step, DIGITS);
      if (isSame(expected, code)) {
        found = OptionalLong.of(step);
      }
    }
    return found;
  }

  private static boolean isSame(String expected, String code) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.US_ASCII), code.getBytes(StandardCharsets.UTF_8));
  }

  /** HOTP of a step (RFC 4226 section 5.3). */
  static String code(byte[] key, long step, int digits) {
    byte[] hmac;
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(key, "HmacSHA1"));
      hmac = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every Java platform has HmacSHA1", missing);
    }
    int offset = hmac[hmac.length - 1] & 0xf;
    int number = ByteBuffer.wrap(hmac).getInt(offset) & Integer.MAX_VALUE;
    int modulus = 1;
    for (int i = 0; i < digits; i++) {
      modulus *= 10;
    }
    return String.format(Locale.ROOT, "%0" + digits + "d", number % modulus);
  }

  /** What an authenticator reads from a QR code. */
  static String uri(String person, String secret) {
    return "otpauth://totp/Shouwang:"
        + URLEncoder.encode(person, StandardCharsets.UTF_8)
        + "?secret="
        + secret
        + "&issuer=Shouwang&algorithm=SHA1&digits="
        + DIGITS
        + "&period="
        + STEP_SECONDS;
  }
}
