package io.shouwang.signon;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a browser keeps between its going and its coming back, and can neither read nor make: so
 * that nothing has to be remembered of those who never come back.
 *
 * @param state what the provider gives back
 * @param nonce what the token must contain
 * @param verifier what the code is exchanged with (PKCE)
 * @param begunAt to the second
 * @param seat as given; has no dots
 */
record Ticket(
    String state, String nonce, String verifier, Instant begunAt, String seat, boolean again) {
  private static final int PARTS = 6;

  /** Seals tickets under a key that ends with the process. Any thread. */
  static final class Seal {
    private static final int KEY_BYTES = 32;
    private static final int IV_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int LENGTH_MAX = 1_024;
    private final SecretKeySpec key;
    private final SecureRandom random;

    Seal(SecureRandom random) {
      byte[] bytes = new byte[KEY_BYTES];
      random.nextBytes(bytes);
      this.key = new SecretKeySpec(bytes, "AES");
      this.random = random;
    }

    String seal(Ticket ticket) {
      String text =
          String.join(
              ".",
              ticket.state(),
              ticket.nonce(),
              ticket.verifier(),
              Long.toString(ticket.begunAt().getEpochSecond()),
              ticket.seat(),
              ticket.again() ? "again" : "first");
      byte[] iv = new byte[IV_BYTES];
      random.nextBytes(iv);
      try {
        byte[] sealed =
            cipher(Cipher.ENCRYPT_MODE, iv).doFinal(text.getBytes(StandardCharsets.US_ASCII));
        byte[] all = ByteBuffer.allocate(iv.length + sealed.length).put(iv).put(sealed).array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
      } catch (GeneralSecurityException missing) {
        throw new IllegalStateException("every Java platform has AES/GCM", missing);
      }
    }

    /** What was sealed; empty for anything that we didn't seal. */
    Optional<Ticket> open(String text) {
      if (text.length() > LENGTH_MAX) {
        return Optional.empty();
      }
      try {
        byte[] all = Base64.getUrlDecoder().decode(text);
        if (all.length <= IV_BYTES) {
          return Optional.empty();
        }
        Cipher cipher = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(all, IV_BYTES));
        byte[] opened = cipher.doFinal(all, IV_BYTES, all.length - IV_BYTES);
        String[] parts = new String(opened, StandardCharsets.US_ASCII).split("\\.", -1);
        if (parts.length != PARTS) {
          return Optional.empty();
        }
        return Optional.of(
            new Ticket(
                parts[0],
                parts[1],
                parts[2],
                Instant.ofEpochSecond(Long.parseLong(parts[3])),
                parts[4],
                parts[5].equals("again")));
      } catch (IllegalArgumentException | GeneralSecurityException e) {
        return Optional.empty();
      }
    }

    private Cipher cipher(int mode, byte[] iv) throws GeneralSecurityException {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, iv));
      return cipher;
    }
  }

  @Override
  public String toString() {
    return "Ticket[]";
  }
}
