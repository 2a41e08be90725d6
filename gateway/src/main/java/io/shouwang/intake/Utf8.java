package io.shouwang.intake;

import java.nio.charset.StandardCharsets;

/** Well-formed UTF-8 (RFC 3629): no overlong form, no surrogate, nothing past U+10FFFF. Pure. */
public final class Utf8 {
  private Utf8() {}

  /** Whether the bytes are well-formed UTF-8 without U+0000. */
  public static boolean isText(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to) {
      int b = bytes[i];
      if (b > 0) {
        i++;
      } else {
        int length = sequenceLength(bytes, i, to);
        if (length == 0) {
          return false;
        }
        i += length;
      }
    }
    return true;
  }

  /**
   * The text, with a question mark for each half of a sign. JSON can escape one ({@code \\ud800}),
   * and no UTF-8 can hold it: what was said must be the same in memory and read back from a disk.
   */
  public static String whole(String text) {
    return text.chars().noneMatch(c -> Character.isSurrogate((char) c))
        ? text
        : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  public static boolean isText(byte[] bytes) {
    return isText(bytes, 0, bytes.length);
  }

  /** The length of the sequence at a non-ASCII byte, or 0 if it is malformed or U+0000. */
  private static int sequenceLength(byte[] bytes, int i, int to) {
    int first = bytes[i] & 0xff;
    int length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || i + length > to) {
      return 0;
    }
    for (int k = 1; k < length; k++) {
      if ((bytes[i + k] & 0xc0) != 0x80) {
        return 0;
      }
    }
    int second = bytes[i + 1] & 0xff;
    boolean wrong =
        (first == 0xe0 && second < 0xa0)
            || (first == 0xed && second > 0x9f)
            || (first == 0xf0 && second < 0x90)
            || (first == 0xf4 && second > 0x8f);
    return wrong ? 0 : length;
  }
}
