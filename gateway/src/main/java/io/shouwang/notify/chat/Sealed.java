package io.shouwang.notify.chat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The envelope of Tencent's callbacks (WeCom, and WeChat's safe mode): a signature SHA-1 over the
 * sorted parts, and AES-256-CBC with the key's first half as its vector, PKCS #7 to blocks of 32
 * bytes; inside are 16 random bytes, the length, the message and for whom it is. Any thread.
 */
public final class Sealed {
  private static final int RANDOM_BYTES = 16;
  private static final int BLOCK_BYTES = 32;
  public static final int KEY_LENGTH = 43;

  private final String token;
  private final byte[] key;
  private final String receiver;

  /**
   * @param encodingKey 43 characters of base64: {@link #isKey}
   * @param receiver corporation or app the message must be for
   */
  public Sealed(String token, String encodingKey, String receiver) {
    this.token = token;
    this.key = Base64.getDecoder().decode(encodingKey + "=");
    this.receiver = receiver;
  }

  public static boolean isKey(String text) {
    return text.matches("[A-Za-z0-9+/]{" + KEY_LENGTH + "}");
  }

  /**
   * Opens what was sent.
   *
   * @return empty if signature, padding, length or receiver are wrong; which, nobody outside learns
   */
  public Optional<String> open(String signature, String timestamp, String nonce, String sealed) {
    if (!isSigned(signature, token, timestamp, nonce, sealed)) {
      return Optional.empty();
    }
    try {
      Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
      cipher.init(
          Cipher.DECRYPT_MODE,
          new SecretKeySpec(key, "AES"),
          new IvParameterSpec(key, 0, cipher.getBlockSize()));
      return content(cipher.doFinal(Base64.getDecoder().decode(sealed)));
    } catch (GeneralSecurityException | IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }

  private Optional<String> content(byte[] plain) {
    if (plain.length < BLOCK_BYTES) {
      return Optional.empty();
    }
    int padding = plain[plain.length - 1];
    int end = plain.length - padding;
    if (padding < 1 || padding > BLOCK_BYTES || end < RANDOM_BYTES + Integer.BYTES) {
      return Optional.empty();
    }
    for (int i = end; i < plain.length; i++) {
      if (plain[i] != padding) {
        return Optional.empty();
      }
    }
    int from = RANDOM_BYTES + Integer.BYTES;
    int length = ByteBuffer.wrap(plain).getInt(RANDOM_BYTES);
    if (length < 0 || length > end - from) {
      return Optional.empty();
    }
    byte[] whom = Arrays.copyOfRange(plain, from + length, end);
    if (!MessageDigest.isEqual(whom, receiver.getBytes(StandardCharsets.UTF_8))) {
      return Optional.empty();
    }
    return Optional.of(new String(plain, from, length, StandardCharsets.UTF_8));
  }

  /** Whether a signature is SHA-1 over the parts, sorted and joined. */
  public static boolean isSigned(String signature, String... parts) {
    String[] sorted = parts.clone();
    Arrays.sort(sorted);
    byte[] own =
        HexFormat.of()
            .formatHex(sha1(String.join("", sorted).getBytes(StandardCharsets.UTF_8)))
            .getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(own, signature.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] sha1(byte[] text) {
    try {
      return MessageDigest.getInstance("SHA-1").digest(text);
    } catch (NoSuchAlgorithmException never) {
      throw new IllegalStateException(never);
    }
  }

  /** A short name for parts, the same for the same ones: 32 hexadecimal digits of SHA-256. */
  public static String name(String... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String part : parts) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        digest.update(bytes);
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 16);
    } catch (NoSuchAlgorithmException never) {
      throw new IllegalStateException(never);
    }
  }

  @Override
  public String toString() {
    return "Sealed";
  }
}
