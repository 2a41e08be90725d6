package io.shouwang.registry;

import io.shouwang.model.SearchWords.Word;
import java.util.Arrays;

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

  /** Of a person's marks. */
  private final long name;

  private final long initials;
  private final long phone;

  /** Of an id's marks. */
  private final long id;

  /** Of a home's marks. */
  private final long[] address;

  private final long[] homePhone;

  Term(Word word) {
    this.word = word;
    text = word.text().toCharArray();
    digits = word.digits().toCharArray();
    name = text(Sieve.ofPerson(), Sieve.Field.NAME)[0];
    initials = word.initials() ? initials() : NEVER;
    phone = phone(Sieve.ofPerson())[0];
    id = text(Sieve.ofId(), Sieve.Field.ID)[0];
    address = text(Sieve.ofHome(), Sieve.Field.ADDRESS);
    homePhone = phone(Sieve.ofHome());
  }

  private long[] text(Sieve sieve, Sieve.Field field) {
    sieve.markText(field, text, text.length);
    return sieve.bits;
  }

  private long[] phone(Sieve sieve) {
    if (digits.length == 0) {
      Arrays.fill(sieve.bits, NEVER);
    } else {
      sieve.markPhone(digits, digits.length);
    }
    return sieve.bits;
  }

  private long initials() {
    Sieve sieve = Sieve.ofPerson();
    sieve.markInitials(text, text.length);
    return sieve.bits[0];
  }

  /** Whether a person with these marks may be named so. */
  boolean mayName(long marks) {
    return (marks & name) == name || (marks & initials) == initials;
  }

  /** Whether a person with these marks may have it in their number. */
  boolean mayPhone(long marks) {
    return (marks & phone) == phone;
  }

  /** Whether an id with these marks may have it. */
  boolean mayId(long marks) {
    return (marks & id) == id;
  }

  /** Whether a home with the marks from here on may have it in its address. */
  boolean mayAddress(long[] marks, int from) {
    return has(marks, from, address);
  }

  /** Whether a home with the marks from here on may have it in its number. */
  boolean mayHomePhone(long[] marks, int from) {
    return has(marks, from, homePhone);
  }

  /** Whether it may be the whole name of a person with these marks. */
  boolean mayBeName(long marks) {
    return Sieve.isLength(marks, text.length);
  }

  /** Whether a person with these marks may have it. */
  boolean mayPerson(long marks) {
    return mayName(marks) || mayPhone(marks);
  }

  /** Whether a home with the marks from here on may have it. */
  boolean mayHome(long[] marks, int from) {
    return mayAddress(marks, from) || mayHomePhone(marks, from);
  }

  private static boolean has(long[] marks, int from, long[] mask) {
    for (int i = 0; i < mask.length; i++) {
      if ((marks[from + i] & mask[i]) != mask[i]) {
        return false;
      }
    }
    return true;
  }
}
