package io.shouwang.notify;

import io.shouwang.model.AlertId;
import io.shouwang.model.DeliveryKey;
import io.shouwang.model.Identity;
import io.shouwang.model.ResponderId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Signed one-tap links: who holds one may see one alert and answer it as one person, until it
 * expires. HMAC-SHA-256, cut to 128 bits. Any thread.
 */
public final class AnswerLinks {
  /** Long enough to read how it ended. */
  public static final Duration LASTS = Duration.ofDays(7);

  public static final int KEY_BYTES = 32;
  private static final int MAC_BYTES = 16;
  private static final int TOKEN_LENGTH_MAX = 400;

  private final List<byte[]> keys;
  private final @Nullable URI base;

  /**
   * What a link says.
   *
   * @param delivery the message that brought it
   */
  public record Claim(DeliveryKey delivery, ResponderId responder, Instant expiresAt) {}

  /**
   * Links under an address.
   *
   * @param keys the first signs, the others are still believed; each of {@link #KEY_BYTES} bytes
   * @param base where this gateway's pages are reached; null if they are not
   */
  public AnswerLinks(List<byte[]> keys, @Nullable URI base) {
    this.keys = keys.stream().map(byte[]::clone).toList();
    this.base = base;
  }

  /** For a gateway whose pages nobody can reach: it gives no link and believes none. */
  public static AnswerLinks none() {
    return new AnswerLinks(List.of(), null);
  }

  /** The page's address; empty if people can't reach our pages. */
  public String link(DeliveryKey delivery, ResponderId responder, Instant expiresAt) {
    return base == null
        ? ""
        : base.resolve("/r/" + token(delivery, responder, expiresAt)).toString();
  }

  public String token(DeliveryKey delivery, ResponderId responder, Instant expiresAt) {
    String said = delivery + "|" + responder + "|" + expiresAt.getEpochSecond();
    byte[] text = said.getBytes(StandardCharsets.UTF_8);
    byte[] whole = Arrays.copyOf(text, text.length + MAC_BYTES);
    System.arraycopy(mac(keys.getFirst(), text), 0, whole, text.length, MAC_BYTES);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
  }

  /** What a token says; empty if we did not sign it or it has expired. */
  public Optional<Claim> read(String token, Instant now) {
    if (token.length() > TOKEN_LENGTH_MAX) {
      return Optional.empty();
    }
    byte[] whole;
    try {
      whole = Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    if (whole.length <= MAC_BYTES) {
      return Optional.empty();
    }
    byte[] text = Arrays.copyOf(whole, whole.length - MAC_BYTES);
    byte[] mac = Arrays.copyOfRange(whole, text.length, whole.length);
    boolean signed = false;
    for (byte[] key : keys) {
      signed |= MessageDigest.isEqual(Arrays.copyOf(mac(key, text), MAC_BYTES), mac);
    }
    return signed
        ? claim(new String(text, StandardCharsets.UTF_8)).filter(c -> c.expiresAt().isAfter(now))
        : Optional.empty();
  }

  private static Optional<Claim> claim(String said) {
    String[] parts = said.split("\\|", -1);
    int dot = parts[0].lastIndexOf('.');
    if (parts.length != 3 || dot < 0 || !Identity.isValid(parts[1])) {
      return Optional.empty();
    }
    return Optional.of(
        new Claim(
            new DeliveryKey(
                new AlertId(parts[0].substring(0, dot)),
                Integer.parseInt(parts[0].substring(dot + 1))),
            new ResponderId(parts[1]),
            Instant.ofEpochSecond(Long.parseLong(parts[2]))));
  }

  private static byte[] mac(byte[] key, byte[] text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }
}
