package io.shouwang.registry;

import java.util.Objects;
import net.sourceforge.pinyin4j.PinyinHelper;

/**
 * The letters that a Chinese character's reading may begin with: a set, since many are read in more
 * than one way, surnames above all. 84 KB, made once. Any thread.
 */
final class Initials {
  private static final char FIRST = '\u4E00';
  private static final char LAST = '\u9FFF';

  private Initials() {}

  /** Made when somebody first asks. */
  private static final class Table {
    private static final int[] SETS = make();

    private static int[] make() {
      int[] sets = new int[LAST - FIRST + 1];
      for (char c = FIRST; c <= LAST; c++) {
        String[] readings = PinyinHelper.toHanyuPinyinStringArray(c);
        if (readings != null) {
          for (String reading : readings) {
            sets[c - FIRST] |= letter(Objects.requireNonNull(reading).charAt(0));
          }
        }
      }
      return sets;
    }
  }

  /** A letter as a set; empty for anything but a to z. */
  static int letter(char c) {
    return c >= 'a' && c <= 'z' ? 1 << (c - 'a') : 0;
  }

  /** The letters of a folded character; a letter has itself. */
  static int of(char c) {
    return c >= FIRST && c <= LAST ? Table.SETS[c - FIRST] : letter(c);
  }
}
