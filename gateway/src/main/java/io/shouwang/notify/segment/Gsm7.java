package io.shouwang.notify.segment;

import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;

/**
 * The GSM 7 bit default alphabet with its extension table (3GPP TS 23.038, 6.2.1), one septet to a
 * byte, as SMPP carries it. Any thread.
 */
final class Gsm7 {
  private static final int ESCAPE = 0x1B;

  /** In the order of their codes; the escape itself stands as U+001B. */
  private static final String DEFAULT =
      "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001BÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
          + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

  private static final Map<Character, Integer> CODES = new HashMap<>();
  private static final Map<Character, Integer> EXTENDED =
      Map.of(
          '\f', 0x0A, '^', 0x14, '{', 0x28, '}', 0x29, '\\', 0x2F, '[', 0x3C, '~', 0x3D, ']', 0x3E,
          '|', 0x40, '€', 0x65);
  private static final Map<Integer, Character> FROM_EXTENDED = new HashMap<>();

  static {
    for (int code = 0; code < DEFAULT.length(); code++) {
      if (code != ESCAPE) {
        CODES.put(DEFAULT.charAt(code), code);
      }
    }
    EXTENDED.forEach((c, code) -> FROM_EXTENDED.put(code, c));
  }

  private Gsm7() {}

  /** Septets that a character takes: 1 or 2; 0 if the alphabet doesn't have it. */
  static int septets(char c) {
    return CODES.containsKey(c) ? 1 : EXTENDED.containsKey(c) ? 2 : 0;
  }

  /** The text's septets. What the alphabet doesn't have is a question mark. */
  static byte[] encode(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      Integer extended = EXTENDED.get(text.charAt(i));
      if (extended != null) {
        out.write(ESCAPE);
        out.write(extended);
      } else {
        out.write(CODES.getOrDefault(text.charAt(i), (int) '?'));
      }
    }
    return out.toByteArray();
  }

  /** The other way round; an escape that stands before nothing known is a blank (6.2.1.1). */
  static String decode(byte[] septets) {
    StringBuilder text = new StringBuilder(septets.length);
    for (int i = 0; i < septets.length; i++) {
      int code = septets[i] & 0x7F;
      if (code != ESCAPE) {
        text.append(DEFAULT.charAt(code));
      } else if (i + 1 < septets.length) {
        i++;
        text.append(FROM_EXTENDED.getOrDefault(septets[i] & 0x7F, ' '));
      }
    }
    return text.toString();
  }
}
