package io.shouwang.registry;

/**
 * How words fit people: elders and responders both have id, name and telephone in their tables.
 *
 * @param name the name's column
 * @param phone the telephone's column
 */
record PersonRank(RowTable people, int name, int phone) {

  /** A person's marks, as a {@link Term} looks for them. */
  long[] marks() {
    long[] marks = new long[people.rows()];
    Reading reading = new Reading();
    Sieve sieve = Sieve.ofPerson();
    for (int row = 0; row < marks.length; row++) {
      sieve.clear();
      reading.of(people, row, name);
      sieve.markText(Sieve.Field.NAME, reading.text(), reading.length());
      sieve.markInitials(reading.text(), reading.length());
      sieve.markLength(reading.length());
      reading.of(people, row, phone).asPhone();
      sieve.markPhone(reading.text(), reading.length());
      marks[row] = sieve.bits[0];
    }
    return marks;
  }

  /** How likely it is that a word means somebody; one of {@link Ranked}'s. */
  int of(int row, long marks, Term term, Reading reading) {
    int byName = term.mayName(marks) ? byName(row, term, reading) : Ranked.NOT;
    if (byName != Ranked.NOT) {
      return byName;
    }
    if (reading.of(people, row, 0).is(term.text)) {
      return Ranked.OWN;
    }
    boolean has =
        term.digits.length > 0
            && term.mayPhone(marks)
            && reading.of(people, row, phone).asPhone().has(term.digits);
    return has ? Ranked.REST : Ranked.NOT;
  }

  private int byName(int row, Term term, Reading reading) {
    reading.of(people, row, name);
    if (reading.is(term.text)) {
      return Ranked.NAME;
    }
    if (reading.beginsWith(term.text)) {
      return Ranked.NAME_BEGINS;
    }
    if (term.word.initials()) {
      int at = reading.initialsAt(term.text);
      if (at >= 0) {
        boolean isWhole = at == 0 && reading.length() == term.text.length;
        return isWhole ? Ranked.NAME_BEGINS : Ranked.NAME_HAS;
      }
    }
    return reading.has(term.text) ? Ranked.NAME_HAS : Ranked.NOT;
  }
}
