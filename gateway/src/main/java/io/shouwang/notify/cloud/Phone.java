package io.shouwang.notify.cloud;

import java.util.Optional;

/**
 * A phone number.
 *
 * @param e164 with its plus and country: {@code +8613800138000}
 */
public record Phone(String e164) {
  private static final String MAINLAND = "+86";

  /** From an address in E.164; empty if it is none. */
  public static Optional<Phone> of(String address) {
    return address.matches("\\+[1-9][0-9]{6,14}")
        ? Optional.of(new Phone(address))
        : Optional.empty();
  }

  /**
   * From what a mainland provider writes: {@code 13800138000}, with or without {@code 86}, {@code
   * 0086} or {@code +86} before it, or a foreign number behind its country's.
   */
  public static Optional<Phone> pushed(String number) {
    String digits = number.strip();
    if (digits.matches("1[0-9]{10}")) {
      return Optional.of(new Phone(MAINLAND + digits));
    }
    if (digits.matches("0[1-9][0-9]{8,11}")) {
      return Optional.of(new Phone(MAINLAND + digits.substring(1))); // a landline
    }
    return of("+" + digits.replaceFirst("^(\\+|00)", ""));
  }

  /** The 11 digits of a mobile number of the mainland; empty if it is another. */
  public Optional<String> mainlandMobile() {
    return e164.matches("\\+861[0-9]{10}")
        ? Optional.of(e164.substring(MAINLAND.length()))
        : Optional.empty();
  }

  /** As it is dialled within the mainland: a mobile number, or a landline with its 0. */
  public Optional<String> mainlandLine() {
    if (!e164.startsWith(MAINLAND)) {
      return Optional.empty();
    }
    return mainlandMobile().or(() -> Optional.of("0" + e164.substring(MAINLAND.length())));
  }
}
