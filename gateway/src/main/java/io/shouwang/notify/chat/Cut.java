package io.shouwang.notify.chat;

import java.nio.charset.StandardCharsets;

/** Texts cut to a provider's measure; what was cut ends in "…", and no character is halved. */
public final class Cut {
  private static final String ELLIPSIS = "…";

  private Cut() {}

  /** At most so many bytes in UTF-8. */
  public static String bytes(String text, int most) {
    if (text.getBytes(StandardCharsets.UTF_8).length <= most) {
      return text;
    }
    int room = most - ELLIPSIS.getBytes(StandardCharsets.UTF_8).length;
    if (room < 0) {
      return "";
    }
    int end = 0;
    while (end < text.length()) {
      int point = text.codePointAt(end);
      room -= bytesOf(point);
      if (room < 0) {
        break;
      }
      end += Character.charCount(point);
    }
    return text.substring(0, end) + ELLIPSIS;
  }

  private static int bytesOf(int point) {
    return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }

  /**
   * At most so many characters as the platforms count them: UTF-16 units, of which an emoji is two.
   */
  public static String characters(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    return most < 1 ? "" : whole(text, most - 1) + ELLIPSIS;
  }

  /** The same without the ellipsis, where a field takes only letters of its kind. */
  public static String whole(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    boolean halves = most > 0 && Character.isHighSurrogate(text.charAt(most - 1));
    return text.substring(0, halves ? most - 1 : most);
  }

  /**
   * A title, a text and a link within so many bytes. The text gives way, the link never does: what
   * was cut is behind it.
   */
  public static String message(String title, String text, String link, int mostBytes) {
    String head = title.isEmpty() ? "" : title + "\n";
    String tail = link.isEmpty() ? "" : "\n" + link;
    String body = withoutLink(text, link);
    int room = mostBytes - (head + tail).getBytes(StandardCharsets.UTF_8).length;
    if (room >= 0) {
      return head + bytes(body, room) + tail;
    }
    int left = mostBytes - tail.getBytes(StandardCharsets.UTF_8).length;
    return left >= 0 ? bytes(title, left) + tail : bytes(title, mostBytes);
  }

  /** The text, if the link stands elsewhere. */
  public static String withoutLink(String text, String link) {
    return link.isEmpty() ? text : text.replace(link, "").strip();
  }

  /** One line: line feeds and other control characters are spaces. */
  public static String line(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ").strip();
  }

  /**
   * A text in which nothing is a sign of Markdown, of an entity or of a mention, and no address
   * that a client would make a link of by itself: what devices and registries call things can't
   * make a link or call everybody. Each sign becomes its full-width twin, which looks alike.
   */
  public static String plain(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean isSign = "<>[]*`#@~|&\\".indexOf(c) >= 0 || text.startsWith("://", i);
      out.append(isSign ? (char) (c - '!' + '！') : c);
    }
    return out.toString();
  }
}
