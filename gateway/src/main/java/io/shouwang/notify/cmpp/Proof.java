package io.shouwang.notify.cmpp;

import io.shouwang.model.Payload;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * How both sides show that they know the shared secret: MD5, because the protocol says so. It goes
 * over the operator's private line for that reason.
 */
final class Proof {
  private static final ZoneId BEIJING = ZoneId.of("Asia/Shanghai");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("MMddHHmmss", Locale.ROOT);

  private Proof() {}

  /** MMDDHHMMSS as a number, in the gateway's time. */
  static int timestamp(Instant now) {
    return Integer.parseInt(TIME.format(now.atZone(BEIJING)));
  }

  /** AuthenticatorSource: the account, nine zeros, the secret and ten digits of the time. */
  static Payload ours(String account, String secret, int timestamp) {
    MessageDigest md5 = md5();
    md5.update(account.getBytes(StandardCharsets.US_ASCII));
    md5.update(new byte[9]);
    md5.update(secret.getBytes(StandardCharsets.US_ASCII));
    md5.update(String.format(Locale.ROOT, "%010d", timestamp).getBytes(StandardCharsets.US_ASCII));
    return Payload.of(md5.digest());
  }

  /**
   * Whether AuthenticatorISMG is the gateway's. Version 2.0 has the status in one byte and 3.0 in
   * four; gateways that speak both are known to compute with four in either.
   */
  static boolean isGateways(Payload theirs, long status, Payload ours, String secret) {
    boolean narrow =
        MessageDigest.isEqual(theirs.bytes(), theirs(new byte[] {(byte) status}, ours, secret));
    boolean wide =
        MessageDigest.isEqual(
            theirs.bytes(),
            theirs(ByteBuffer.allocate(4).putInt((int) status).array(), ours, secret));
    return narrow || wide;
  }

  private static byte[] theirs(byte[] status, Payload ours, String secret) {
    MessageDigest md5 = md5();
    md5.update(status);
    md5.update(ours.bytes());
    return md5.digest(secret.getBytes(StandardCharsets.US_ASCII));
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException never) {
      throw new IllegalStateException(never);
    }
  }
}
