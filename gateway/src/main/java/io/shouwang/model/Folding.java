package io.shouwang.model;

import java.nio.charset.StandardCharsets;

/**
 * How texts are compared when somebody looks for them: full-width signs like narrow ones, capital
 * letters like small ones, and neither blanks nor the dots within foreign names count.
 */
public final class Folding {
  private static final int WIDE_FIRST = 0xFF01;
  private static final int WIDE_LAST = 0xFF5E;
  private static final int WIDE_OFFSET = 0xFEE0;

  /** What a character becomes that doesn't count. */
  private static final int NOTHING = -1;

  private Folding() {}

  /** A text as it is compared. */
  public static String fold(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    char[] folded = new char[bytes.length];
    return new String(folded, 0, fold(bytes, 0, bytes.length, folded));
  }

  /**
   * Folds a text without making anything.
   *
   * @param utf8 well-formed
   * @param into takes the first characters, as many as there is room for
   * @return how many
   */
  public static int fold(byte[] utf8, int from, int to, char[] into) {
    int length = 0;
    int at = from;
    while (at < to && length < into.length) {
      int first = utf8[at];
      int code;
      if (first >= 0) {
        code = first;
        at += 1;
      } else if ((first & 0xE0) == 0xC0) {
        code = (first & 0x1F) << 6 | (utf8[at + 1] & 0x3F);
        at += 2;
      } else if ((first & 0xF0) == 0xE0) {
        code = (first & 0x0F) << 12 | (utf8[at + 1] & 0x3F) << 6 | (utf8[at + 2] & 0x3F);
        at += 3;
      } else {
        code =
            (first & 0x07) << 18
                | (utf8[at + 1] & 0x3F) << 12
                | (utf8[at + 2] & 0x3F) << 6
                | (utf8[at + 3] & 0x3F);
        at += 4;
      }
      int folded = fold(code);
      if (folded >= Character.MIN_SUPPLEMENTARY_CODE_POINT) {
        if (length + 1 == into.length) {
          return length;
        }
        into[length++] = Character.highSurrogate(folded);
        into[length++] = Character.lowSurrogate(folded);
      } else if (folded != NOTHING) {
        into[length++] = (char) folded;
      }
    }
    return length;
  }

  private static int fold(int code) {
    int narrow = code >= WIDE_FIRST && code <= WIDE_LAST ? code - WIDE_OFFSET : code;
    if (narrow < 0x80) {
      return narrow <= ' ' ? NOTHING : narrow >= 'A' && narrow <= 'Z' ? narrow + 32 : narrow;
    }
    return switch (narrow) {
      case 0xA0, 0xB7, 0x2022, 0x2027, 0x3000, 0x30FB -> NOTHING;
      default -> narrow < 0x2E80 ? Character.toLowerCase(narrow) : narrow;
    };
  }
}
