package io.shouwang.notify.segment;

/** Numbers of phones as networks write them, and as we do: E.164 with a plus (ITU-T E.164). */
public final class MobileNumber {
  private static final String CHINA = "86";
  private static final int CHINESE_DIGITS = 11;

  private MobileNumber() {}

  /** Whether it is a number with its country's code in front: a plus and 8 to 15 digits. */
  public static boolean isInternational(String address) {
    return address.matches("\\+[1-9][0-9]{7,14}");
  }

  /** The eleven digits of a Chinese mobile; empty for every other number. */
  public static String chinese(String address) {
    return address.matches("\\+861[0-9]{10}") ? address.substring(1 + CHINA.length()) : "";
  }

  /**
   * A sender in E.164.
   *
   * @param digits as the network has it: with or without a plus, {@code 00}, a country or a trunk
   *     zero
   * @param country what numbers without one belong to: {@code 86}
   * @param international whether the network says that the country's code is in front
   * @return empty if it is no number
   */
  public static String international(String digits, String country, boolean international) {
    String number = digits.strip();
    if (!number.matches("\\+?[0-9]{3,20}")) {
      return "";
    }
    if (number.startsWith("+")) {
      return number;
    }
    if (number.startsWith("00")) {
      return "+" + number.substring(2);
    }
    boolean isChinese =
        country.equals(CHINA)
            && number.startsWith(CHINA + "1")
            && number.length() == CHINA.length() + CHINESE_DIGITS;
    if (isChinese
        || (international
            && !number.startsWith("0")
            && !(country.equals(CHINA) && number.length() == CHINESE_DIGITS))) {
      return "+" + number;
    }
    return "+" + country + (number.startsWith("0") ? number.substring(1) : number);
  }
}
