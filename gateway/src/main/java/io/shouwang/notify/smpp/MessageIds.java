package io.shouwang.notify.smpp;

import java.math.BigInteger;
import java.util.Locale;

/**
 * How a centre writes the same message's id in its answer and in its receipt. Many write one in hex
 * and the other in decimal; which way round, only they know. Any thread.
 */
enum MessageIds {
  /** The same in both. */
  SAME,
  /** The answer has it in hex, the receipt's text in decimal. */
  DECIMAL_IN_RECEIPT,
  /** The answer has it in decimal, the receipt's text in hex. */
  HEX_IN_RECEIPT;

  /** As the answer has it; leading zeros and the case of hex digits don't count. */
  static String plain(String id) {
    String lower = id.strip().toLowerCase(Locale.ROOT);
    return lower.matches("0+[0-9a-f]+") ? lower.replaceFirst("^0+(?=.)", "") : lower;
  }

  /** What the receipt's text has, in the form of the answer. */
  String ofReceipt(String id) {
    String plain = plain(id);
    return switch (this) {
      case SAME -> plain;
      case DECIMAL_IN_RECEIPT ->
          plain.matches("[0-9]+") ? new BigInteger(plain).toString(16) : plain;
      case HEX_IN_RECEIPT ->
          plain.matches("[0-9a-f]+") ? new BigInteger(plain, 16).toString() : plain;
    };
  }
}
