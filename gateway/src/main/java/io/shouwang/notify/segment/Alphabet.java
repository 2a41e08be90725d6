package io.shouwang.notify.segment;

import java.nio.charset.StandardCharsets;

/** In which letters a short message goes, and how many fit (3GPP TS 23.038 and 23.040). */
public enum Alphabet {
  /** The GSM 7 bit default alphabet: letters of most European languages, no Chinese. */
  GSM_7(160, 153, "..."),
  /** UTF-16, most significant byte first: everything; an emoji is two of them. */
  UCS_2(70, 67, "…");

  private final int whole;
  private final int part;
  private final String ellipsis;

  Alphabet(int whole, int part, String ellipsis) {
    this.whole = whole;
    this.part = part;
    this.ellipsis = ellipsis;
  }

  /** The smallest in which a text can be said. */
  public static Alphabet of(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Gsm7.septets(text.charAt(i)) == 0) {
        return UCS_2;
      }
    }
    return GSM_7;
  }

  /** What a message that stands alone may hold, in septets or UTF-16 units. */
  int whole() {
    return whole;
  }

  /** What one part of a longer one may hold beside a header of six bytes. */
  int part() {
    return part;
  }

  String ellipsis() {
    return ellipsis;
  }

  /** What one character takes, in septets or UTF-16 units. */
  int size(int codePoint) {
    return switch (this) {
      case GSM_7 -> Math.max(1, Gsm7.septets((char) codePoint));
      case UCS_2 -> Character.charCount(codePoint);
    };
  }

  int size(String text) {
    return text.codePoints().map(this::size).sum();
  }

  /** As bytes; septets are not packed. */
  public byte[] encode(String text) {
    return switch (this) {
      case GSM_7 -> Gsm7.encode(text);
      case UCS_2 -> text.getBytes(StandardCharsets.UTF_16BE);
    };
  }

  /** From bytes; an odd one at the end is passed over. */
  public String decode(byte[] bytes) {
    return switch (this) {
      case GSM_7 -> Gsm7.decode(bytes);
      case UCS_2 -> new String(bytes, 0, bytes.length & ~1, StandardCharsets.UTF_16BE);
    };
  }
}
