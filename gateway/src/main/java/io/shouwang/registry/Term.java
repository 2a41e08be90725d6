package io.shouwang.registry;

import io.shouwang.model.SearchWords.Word;

/**
 * One word that is looked for: what it may be a part of, and which marks a row must have for it.
 * Immutable, any thread.
 */
final class Term {
  /** No row has them all: what can't be looked for in this way. */
  private static final long NEVER = -1L;

  final Word word;
  final char[] text;
  final char[] digits;

  /** Of a row with one word of bits: elders and responders. */
  final long name;

  final long initials;
  final long id;
  final long phone;

  /** Of a row with two: homes. */
  final long[] address;

  final long[] homeId;
  final long[] homePhone;

  Term(Word word) {
    this.word = word;
    text = word.text().toCharArray();
    digits = word.digits().toCharArray();
    name = text(1, Sieve.Field.NAME)[0];
    id = isId() ? text(1, Sieve.Field.ID)[0] : NEVER;
    phone = digits.length == 0 ? NEVER : phone(1)[0];
    initials = word.initials() ? initials() : NEVER;
    address = text(2, Sieve.Field.ADDRESS);
    homeId = isId() ? text(2, Sieve.Field.ID) : new long[] {NEVER, NEVER};
    homePhone = digits.length == 0 ? new long[] {NEVER, NEVER} : phone(2);
  }

  /** Ids are of ASCII: what has another sign is none. */
  private boolean isId() {
    return word.text().chars().allMatch(c -> c < 0x80);
  }

  private long[] text(int words, Sieve.Field field) {
    Sieve sieve = new Sieve(words);
    sieve.markText(field, text, text.length);
    return sieve.bits;
  }

  private long[] phone(int words) {
    Sieve sieve = new Sieve(words);
    sieve.markPhone(digits, digits.length);
    return sieve.bits;
  }

  private long initials() {
    Sieve sieve = new Sieve(1);
    sieve.markInitials(text, text.length);
    return sieve.bits[0];
  }

  /** Whether a person with these marks may be named so. */
  boolean mayName(long marks) {
    return (marks & name) == name || (marks & initials) == initials;
  }

  /** Whether a person with these marks may have it. */
  boolean mayPerson(long marks) {
    return mayName(marks) || (marks & id) == id || (marks & phone) == phone;
  }

  /** Whether a home with these marks may have it. */
  boolean mayHome(long low, long high) {
    return has(low, high, address) || has(low, high, homeId) || has(low, high, homePhone);
  }

  private static boolean has(long low, long high, long[] mask) {
    return (low & mask[0]) == mask[0] && (high & mask[1]) == mask[1];
  }
}
