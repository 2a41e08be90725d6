package io.shouwang.notify.wechat;

import io.shouwang.notify.chat.Cut;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The types of a template's keywords and what each takes: WeChat answers 47003 to anything else,
 * and to an empty value. A keyword's name is its type and a number: {@code thing2}.
 */
enum Keyword {
  /** Up to 20 characters of any kind. */
  THING,
  /** Up to 5 characters of any kind. */
  SHORT_THING,
  /** Up to 5 Han characters and nothing else. */
  PHRASE,
  /** Up to 10 characters with Han among them, or 20 letters and signs. */
  NAME,
  /** Up to 32 letters, digits and signs of ASCII. */
  CHARACTER_STRING,
  /** Up to 32 Latin letters. */
  LETTER,
  /** Up to 32 digits, and a point. */
  NUMBER,
  /** A time of day, with or without a date before it. */
  TIME,
  /** A date, with or without a time of day. */
  DATE,
  /** Up to 17 digits and signs. */
  PHONE_NUMBER,
  /** Up to 8 characters of a number plate. */
  CAR_NUMBER;

  private static final String NONE = "-";
  private static final Pattern NAMED = Pattern.compile("([a-z_]+)([0-9]{1,2})");
  private static final Pattern TIME_OF_DAY =
      Pattern.compile("([01]?\\d|2[0-3]):[0-5]\\d(:[0-5]\\d)?");
  private static final Pattern A_DATE =
      Pattern.compile("\\d{4}([-/.]\\d{1,2}[-/.]\\d{1,2}|年\\d{1,2}月\\d{1,2}日)");

  /** The type of a keyword by its name; empty if there is no such type. */
  static Optional<Keyword> of(String name) {
    Matcher named = NAMED.matcher(name);
    if (!named.matches()) {
      return Optional.empty();
    }
    for (Keyword keyword : values()) {
      if (keyword.word().equals(named.group(1))) {
        return Optional.of(keyword);
      }
    }
    return Optional.empty();
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it takes words of any kind. */
  boolean takesWords() {
    return switch (this) {
      case THING, SHORT_THING, PHRASE -> true;
      case NAME, CHARACTER_STRING, LETTER, NUMBER, TIME, DATE, PHONE_NUMBER, CAR_NUMBER -> false;
    };
  }

  /** A value made fit; empty if nothing of it can be said in this type. */
  Optional<String> fit(String text) {
    String line = Cut.line(text);
    return switch (this) {
      case THING -> some(Cut.characters(line, 20));
      case SHORT_THING -> some(Cut.characters(line, 5));
      case CAR_NUMBER -> some(Cut.whole(line, 8));
      case PHRASE -> Optional.of(Cut.whole(onlyHan(line), 5)).filter(han -> !han.isEmpty());
      case NAME -> name(line);
      case CHARACTER_STRING -> some(Cut.whole(line.replaceAll("[^\\x21-\\x7e]", ""), 32));
      case LETTER -> kept(line, "[^A-Za-z]", 32);
      case NUMBER -> kept(line, "[^0-9.]", 32);
      case PHONE_NUMBER -> kept(line, "[^0-9+-]", 17);
      case TIME -> TIME_OF_DAY.matcher(line).find() ? time(line) : Optional.empty();
      case DATE ->
          A_DATE.matcher(line).find() ? Optional.of(Cut.whole(line, 32)) : Optional.empty();
    };
  }

  private static Optional<String> some(String text) {
    return Optional.of(text.isEmpty() ? NONE : text);
  }

  private static Optional<String> kept(String line, String others, int most) {
    String left = line.replaceAll(others, "");
    return left.isEmpty() ? Optional.empty() : Optional.of(Cut.whole(left, most));
  }

  private static Optional<String> name(String line) {
    String letters = line.replaceAll("[^\\p{IsHan}A-Za-z*·. -]", "").strip();
    boolean hasHan = letters.codePoints().anyMatch(Keyword::isHan);
    String name = Cut.whole(letters, hasHan ? 10 : 20);
    return name.isEmpty() ? Optional.empty() : Optional.of(name);
  }

  /** The time of day, with the date before it where there is one. */
  private static Optional<String> time(String line) {
    Matcher day = A_DATE.matcher(line);
    Matcher time = TIME_OF_DAY.matcher(line);
    String before = day.find() ? day.group() + " " : "";
    return time.find() ? Optional.of(before + time.group()) : Optional.empty();
  }

  private static String onlyHan(String line) {
    StringBuilder han = new StringBuilder();
    line.codePoints().filter(Keyword::isHan).forEach(han::appendCodePoint);
    return han.toString();
  }

  private static boolean isHan(int point) {
    return Character.UnicodeScript.of(point) == Character.UnicodeScript.HAN;
  }
}
