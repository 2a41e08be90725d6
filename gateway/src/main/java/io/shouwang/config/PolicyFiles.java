package io.shouwang.config;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneId;
import java.util.HexFormat;

/**
 * What a {@link Policy} was read from, to the byte, so that it can be kept and read again (P7).
 *
 * @param ladders the text of {@code ladders.yaml}
 * @param rules the text of {@code rules.yaml}
 * @param zone civil time, from {@code gateway.yaml}: waking hours depend on it
 */
public record PolicyFiles(String ladders, String rules, ZoneId zone) {

  /** Hex of SHA-256 over all of it: what the journal names when it takes force. */
  public String hash() {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java platform has SHA-256", missing);
    }
    part(digest, ladders);
    part(digest, rules);
    part(digest, zone.getId());
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Length first, so that no three texts pass for three others. */
  private static void part(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(bytes.length).flip());
    digest.update(bytes);
  }
}
