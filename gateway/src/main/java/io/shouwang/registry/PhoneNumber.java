package io.shouwang.registry;

/** Telephone numbers as networks want them (ITU-T E.164); China's where no country is said. */
public final class PhoneNumber {
  private static final String CHINA = "+86";
  private static final int DIGITS_MAX = 15;

  /** Country code and all: a hotline's five digits are nobody's own number. */
  private static final int DIGITS_MIN = 8;

  /** Without a country: less is an extension. */
  private static final int BARE_DIGITS_MIN = 7;

  private PhoneNumber() {}

  /**
   * The form in which two numbers are compared, however they are written: {@link #normal}, or for
   * what is none the bare digits; empty if the text has other things in it, or too few or too many
   * digits.
   */
  static String comparable(String text) {
    String normal = normal(text);
    if (!normal.isEmpty()) {
      return normal;
    }
    String digits = text.replaceAll("[ ()-]", "");
    return digits.matches("[0-9]+")
            && digits.length() >= BARE_DIGITS_MIN
            && digits.length() <= DIGITS_MAX
        ? digits
        : "";
  }

  /**
   * The number in E.164, {@code +8613800000000}; empty if the text is none. Blanks, dashes and
   * brackets are passed over; {@code 00} and {@code 0} in front mean abroad and a Chinese area
   * code.
   */
  public static String normal(String text) {
    StringBuilder digits = new StringBuilder();
    boolean plus = text.strip().startsWith("+");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        digits.append(c);
      } else if (" -()+".indexOf(c) < 0) {
        return "";
      }
    }
    String number = digits.toString();
    if (plus) {
      number = "+" + number;
    } else if (number.startsWith("00")) {
      number = "+" + number.substring(2);
    } else if (number.startsWith("86") && number.length() == 13 && number.charAt(2) == '1') {
      number = "+" + number;
    } else {
      number = CHINA + (number.startsWith("0") ? number.substring(1) : number);
    }
    int length = number.length() - 1;
    return length >= DIGITS_MIN && length <= DIGITS_MAX && number.charAt(1) != '0' ? number : "";
  }
}
