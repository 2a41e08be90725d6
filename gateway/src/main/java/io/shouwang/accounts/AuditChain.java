package io.shouwang.accounts;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * How an entry's hash follows from the one before it: SHA-256 over the previous hash, the number,
 * the time and each text, every text with its length before it, so that no two entries give the
 * same bytes.
 */
final class AuditChain {
  /** Stands before the first entry. */
  static final String START = "0".repeat(64);

  private AuditChain() {}

  static String hash(String previous, long number, AuditEntry entry) {
    MessageDigest digest = Digest.sha256();
    digest.update(HexFormat.of().parseHex(previous));
    digest.update(
        ByteBuffer.allocate(2 * Long.BYTES)
            .putLong(number)
            .putLong(entry.at().toEpochMilli())
            .array());
    add(digest, entry.who());
    add(digest, entry.area());
    add(digest, entry.what());
    add(digest, entry.whose());
    add(digest, entry.address());
    add(digest, entry.result());
    add(digest, entry.note());
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void add(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    digest.update(bytes);
  }
}
