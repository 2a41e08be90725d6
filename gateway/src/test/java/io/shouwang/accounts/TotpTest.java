package io.shouwang.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.OptionalLong;
import org.bouncycastle.util.encoders.Base32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {
  private static final byte[] KEY = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

  @ParameterizedTest
  @CsvSource({
    "59, 94287082",
    "1111111109, 07081804",
    "1111111111, 14050471",
    "1234567890, 89005924",
    "2000000000, 69279037",
    "20000000000, 65353130"
  })
  void theVectorsOfRfc6238(long seconds, String code) {
    assertEquals(code, Totp.code(KEY, seconds / 30, 8));
  }

  @Test
  void aCodeCountsInItsStepAndTheOnesBeside() {
    String secret = Base32.toBase32String(KEY);
    String code = Totp.code(KEY, 100, Totp.DIGITS);
    for (long step = 97; step <= 103; step++) {
      OptionalLong found = Totp.stepOf(secret, code, Instant.ofEpochSecond(step * 30));
      assertEquals(Math.abs(step - 100) <= 1, found.isPresent(), "at " + step);
      found.ifPresent(at -> assertEquals(100, at));
    }
  }

  @Test
  void theSecretHas160BitsAndTheUriSaysIt() {
    String secret = Totp.newSecret(new SecureRandom());
    assertEquals(20, Base32.decode(secret).length);
    String uri = Totp.uri("zhang-3", secret);
    assertTrue(uri.startsWith("otpauth://totp/Shouwang:zhang-3?secret=" + secret + "&"), uri);
  }
}
