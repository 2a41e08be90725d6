package io.shouwang.accounts;

import java.security.SecureRandom;
import java.util.Locale;

/** What a new password must be (after NIST SP 800-63B): long; nothing is asked about its signs. */
final class PasswordRules {
  static final int LENGTH_MIN = 12;
  private static final int DIFFERENT_MIN = 5;
  private static final int FIRST_LENGTH = 16;

  /** Without signs that are mistaken for each other when read aloud. */
  private static final String FIRST_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789";

  private PasswordRules() {}

  /**
   * Refuses a weak one.
   *
   * @throws Refusal WEAK
   */
  static void check(String password, String person) {
    if (password.codePointCount(0, password.length()) < LENGTH_MIN
        || password.length() > Entrance.PASSWORD_LENGTH_MAX) {
      throw new Refusal(
          Refusal.Why.WEAK,
          "a password has " + LENGTH_MIN + " to " + Entrance.PASSWORD_LENGTH_MAX + " characters");
    }
    if (password.codePoints().distinct().count() < DIFFERENT_MIN) {
      throw new Refusal(
          Refusal.Why.WEAK, "use at least " + DIFFERENT_MIN + " different characters");
    }
    if (password.toLowerCase(Locale.ROOT).contains(person.toLowerCase(Locale.ROOT))) {
      throw new Refusal(Refusal.Why.WEAK, "leave your login name out of your password");
    }
  }

  /** One that is told to its owner and must be changed by them: about 79 bits. */
  static String first(SecureRandom random) {
    StringBuilder password = new StringBuilder();
    for (int i = 0; i < FIRST_LENGTH; i++) {
      password.append(FIRST_SIGNS.charAt(random.nextInt(FIRST_SIGNS.length())));
    }
    return password.toString();
  }
}
