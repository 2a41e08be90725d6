package io.shouwang.notify.aliyun;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A delivery's key within the 15 bytes that a call's OutId may have: an alert's 80 bits and the
 * delivery's number in 10, six to a letter. A key that doesn't fit travels not at all, and the call
 * is known by its own id.
 */
final class PackedKey {
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  private static final int LENGTH = 15;
  private static final int LETTER_BITS = 6;
  private static final int NUMBER_BITS = 10;
  private static final int ID_DIGITS = 20;
  private static final BigInteger LETTER = BigInteger.valueOf((1 << LETTER_BITS) - 1);
  private static final BigInteger NUMBER = BigInteger.valueOf((1 << NUMBER_BITS) - 1);
  private static final Pattern KEY = Pattern.compile("a([0-9a-f]{20})\\.([1-9][0-9]{0,3})");

  private PackedKey() {}

  /** Empty if it does not fit. */
  static Optional<String> pack(String key) {
    Matcher parts = KEY.matcher(key);
    if (!parts.matches()) {
      return Optional.empty();
    }
    BigInteger number = new BigInteger(parts.group(2));
    if (number.compareTo(NUMBER) > 0) {
      return Optional.empty();
    }
    BigInteger bits = new BigInteger(parts.group(1), 16).shiftLeft(NUMBER_BITS).or(number);
    StringBuilder packed = new StringBuilder();
    for (int i = LENGTH - 1; i >= 0; i--) {
      packed.append(LETTERS.charAt(bits.shiftRight(i * LETTER_BITS).and(LETTER).intValue()));
    }
    return Optional.of(packed.toString());
  }

  /** Empty if it is nothing that was packed here. */
  static Optional<String> unpack(String packed) {
    if (packed.length() != LENGTH) {
      return Optional.empty();
    }
    BigInteger bits = BigInteger.ZERO;
    for (int i = 0; i < LENGTH; i++) {
      int letter = LETTERS.indexOf(packed.charAt(i));
      if (letter < 0) {
        return Optional.empty();
      }
      bits = bits.shiftLeft(LETTER_BITS).or(BigInteger.valueOf(letter));
    }
    int number = bits.and(NUMBER).intValue();
    String id = bits.shiftRight(NUMBER_BITS).toString(16);
    return number == 0
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT, "a%s%s.%d", "0".repeat(ID_DIGITS - id.length()), id, number));
  }
}
