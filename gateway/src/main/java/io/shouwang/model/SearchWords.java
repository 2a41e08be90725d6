package io.shouwang.model;

import java.util.ArrayList;
import java.util.List;

/**
 * What somebody looks for: words that must all be found, in any order. A telephone number is one
 * word, however it is written.
 *
 * @param words as compared; at most {@link #WORDS_MAX}
 */
public record SearchWords(List<Word> words) {
  public static final int LENGTH_MAX = 100;
  public static final int WORDS_MAX = 6;

  /** Of a telephone number so many digits must be known. */
  static final int PHONE_DIGITS_MIN = 4;

  /** From here on digits with blanks between are one number. */
  private static final int WHOLE_PHONE_MIN = 7;

  private static final int INITIALS_MAX = 8;
  private static final String BETWEEN = "[\\s\\p{Z},，、;；]+";

  public SearchWords {
    words = List.copyOf(words);
  }

  /**
   * One word.
   *
   * @param typed as it was typed, for ids
   * @param text folded
   * @param digits of a telephone number or a part of one; empty if it is none
   * @param initials whether its letters may be the first ones of a name's syllables
   */
  public record Word(String typed, String text, String digits, boolean initials) {

    static Word of(String typed) {
      String text = Folding.fold(typed);
      boolean letters = text.matches("[a-z]{1," + INITIALS_MAX + "}");
      return new Word(typed, text, digits(text), letters);
    }

    private static String digits(String text) {
      if (!text.matches("\\+?[0-9()-]+")) {
        return "";
      }
      String digits = text.replaceAll("[^0-9]", "");
      if (text.startsWith("+86") || digits.matches("861[0-9]{10}")) {
        digits = digits.substring(2);
      } else if (digits.startsWith("0086")) {
        digits = digits.substring(4);
      }
      return digits.length() < PHONE_DIGITS_MIN ? "" : digits;
    }

    /** Whether it says so little that nearly everything has it. */
    boolean isVague() {
      return text.length() < 2 && text.codePoints().allMatch(c -> c < 0x80);
    }
  }

  /** Reads what was typed. */
  public static SearchWords of(String typed) {
    String folded = Folding.fold(typed);
    if (folded.matches("\\+?[0-9()-]+")
        && folded.replaceAll("[^0-9]", "").length() >= WHOLE_PHONE_MIN) {
      return new SearchWords(List.of(Word.of(folded)));
    }
    List<Word> words = new ArrayList<>();
    for (String part : typed.split(BETWEEN, -1)) {
      Word word = Word.of(part);
      if (!word.text().isEmpty() && words.size() < WORDS_MAX) {
        words.add(word);
      }
    }
    return new SearchWords(words);
  }

  /** Whether it is enough to look for: a Chinese character, or two letters or digits. */
  public boolean isEnough() {
    return words.stream().anyMatch(word -> !word.isVague());
  }
}
