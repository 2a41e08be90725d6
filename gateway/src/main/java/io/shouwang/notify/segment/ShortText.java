package io.shouwang.notify.segment;

import java.util.ArrayList;
import java.util.List;

/**
 * A message's text in as many parts as it needs, never more than allowed. What doesn't fit is cut
 * at the end of the text, before the link: a link is whole or left out, and no character is halved.
 *
 * @param parts in order; never empty
 */
public record ShortText(Alphabet alphabet, List<String> parts) {
  public static final int PARTS_MAX = 10;

  public ShortText {
    parts = List.copyOf(parts);
  }

  /**
   * Takes a text apart.
   *
   * @param link as it stands in the text; empty if there is none
   * @param most parts, 1 to {@link #PARTS_MAX}
   */
  public static ShortText of(Alphabet alphabet, String text, String link, int most) {
    List<String> parts = split(alphabet, text);
    if (parts.size() <= most) {
      return new ShortText(alphabet, parts);
    }
    int capacity = most == 1 ? alphabet.whole() : most * alphabet.part();
    String tail = link.isEmpty() ? "" : "\n" + link;
    String end = alphabet.ellipsis() + tail;
    if (alphabet.size(end) > capacity / 2) {
      end = alphabet.ellipsis(); // who needs help, and where, is worth more than the link
    }
    String body = link.isEmpty() ? text : text.replace(link, "").strip();
    int room = capacity - alphabet.size(end);
    do {
      body = start(alphabet, body, room);
      parts = split(alphabet, body + end);
      room--; // a pair that was not parted may have left a place empty at the end of a part
    } while (parts.size() > most);
    return new ShortText(alphabet, parts);
  }

  /** The beginning of a text, of at most so many units. */
  private static String start(Alphabet alphabet, String text, int room) {
    int left = room;
    int end = 0;
    while (end < text.length()) {
      int point = text.codePointAt(end);
      left -= alphabet.size(point);
      if (left < 0) {
        break;
      }
      end += Character.charCount(point);
    }
    return text.substring(0, end);
  }

  private static List<String> split(Alphabet alphabet, String text) {
    if (alphabet.size(text) <= alphabet.whole()) {
      return List.of(text);
    }
    List<String> parts = new ArrayList<>();
    String rest = text;
    while (!rest.isEmpty()) {
      String next = start(alphabet, rest, alphabet.part());
      parts.add(next);
      rest = rest.substring(next.length());
    }
    return parts;
  }
}
