package io.shouwang.registry;

import java.util.Arrays;

/**
 * One row's marks: bits that say which pieces of text are somewhere in it. A row that lacks a bit
 * of what is looked for can't have it; one that has them all is read. Each kind of field marks
 * pieces of its own. One thread.
 */
final class Sieve {
  private static final int DIGITS = 3;

  /** Where a person's marks say how long the name is. */
  private static final int LENGTH_AT = 60;

  private static final int LENGTH_MAX = 15;

  /** How many marks there are. */
  private final int size;

  final long[] bits;

  private Sieve(int size, int words) {
    this.size = size;
    this.bits = new long[words];
  }

  static Sieve ofHome() {
    return new Sieve(64 * HomeSearch.WORDS, HomeSearch.WORDS);
  }

  static Sieve ofPerson() {
    return new Sieve(LENGTH_AT, 1);
  }

  static Sieve ofId() {
    return new Sieve(64, 1);
  }

  /** What a field holds, as far as pieces differ by it. */
  enum Field {
    NAME(1),
    INITIALS(2),
    ADDRESS(3),
    PHONE(4),
    ID(5);

    private final int number;

    Field(int number) {
      this.number = number;
    }
  }

  void clear() {
    Arrays.fill(bits, 0);
  }

  /** A person's name is so long. */
  void markLength(int characters) {
    bits[0] |= (long) Math.min(LENGTH_MAX, characters) << LENGTH_AT;
  }

  /** Whether a person's name may be so long. */
  static boolean isLength(long marks, int characters) {
    return marks >>> LENGTH_AT == Math.min(LENGTH_MAX, characters);
  }

  /** Signs beyond ASCII one by one, and all of them in pairs. */
  void markText(Field field, char[] text, int length) {
    for (int i = 0; i < length; i++) {
      if (text[i] >= 0x80) {
        mark(field, text[i], 0);
      }
      if (i > 0) {
        mark(field, text[i - 1], text[i]);
      }
    }
  }

  /** Every three digits that follow each other. */
  void markPhone(char[] text, int length) {
    int run = 0;
    int digits = 0;
    for (int i = 0; i < length; i++) {
      boolean isDigit = text[i] >= '0' && text[i] <= '9';
      run = isDigit ? run + 1 : 0;
      digits = isDigit ? (digits * 10 + text[i] - '0') % 1_000 : 0;
      if (run >= DIGITS) {
        mark(Field.PHONE, digits, 1);
      }
    }
  }

  /** Pairs of letters that the readings of a name may begin with. */
  void markInitials(char[] name, int length) {
    for (int i = 1; i < length; i++) {
      for (int a = Initials.of(name[i - 1]); a != 0; a &= a - 1) {
        for (int b = Initials.of(name[i]); b != 0; b &= b - 1) {
          mark(Field.INITIALS, Integer.numberOfTrailingZeros(a), Integer.numberOfTrailingZeros(b));
        }
      }
    }
  }

  /** A piece's bit; a word about its letters looks for the same. */
  private void mark(Field field, int a, int b) {
    int hash = (a * 0x01000193 + b) * 0x9E3779B9 + field.number * 0x7FEB352D;
    hash ^= hash >>> 16;
    hash *= 0x846CA68B;
    int bit = (hash >>> 8) % size;
    bits[bit >>> 6] |= 1L << (bit & 63);
  }
}
