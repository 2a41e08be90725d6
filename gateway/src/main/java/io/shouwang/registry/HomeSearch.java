package io.shouwang.registry;

import io.shouwang.model.Finder;
import io.shouwang.model.Finder.Question;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Finds elders and homes. Goes through the marks of all homes of the area, 32 bytes each with an
 * elder and 8 for each id, and reads those rows alone that may have what is looked for. Immutable,
 * any thread.
 */
final class HomeSearch {
  /** Of 64 marks, for each home. */
  static final int WORDS = 3;

  /** So much of an id must be known. */
  private static final int ID_PART_MIN = 4;

  private final Registry registry;
  private final AreaTree tree;
  private final PersonRank people;
  private final long[] homeMarks;
  private final long[] elderMarks;
  private final long[] homeIds;
  private final long[] elderIds;
  private final long[] deviceIds;

  HomeSearch(Registry registry, AreaTree tree) {
    this.registry = registry;
    this.tree = tree;
    this.homeMarks = markHomes(registry.homes);
    this.people = new PersonRank(registry.elders, Draft.ELDER_NAME, Draft.ELDER_PHONE);
    this.elderMarks = people.marks();
    this.homeIds = markIds(registry.homes);
    this.elderIds = markIds(registry.elders);
    this.deviceIds = markIds(registry.devices);
  }

  private static long[] markHomes(RowTable homes) {
    long[] marks = new long[WORDS * homes.rows()];
    Reading reading = new Reading();
    Sieve sieve = Sieve.ofHome();
    for (int row = 0; row < homes.rows(); row++) {
      sieve.clear();
      for (int column : new int[] {Draft.HOME_ADDRESS, Draft.HOME_BUILDING}) {
        reading.of(homes, row, column);
        sieve.markText(Sieve.Field.ADDRESS, reading.text(), reading.length());
      }
      reading.of(homes, row, Draft.HOME_PHONE).asPhone();
      sieve.markPhone(reading.text(), reading.length());
      System.arraycopy(sieve.bits, 0, marks, WORDS * row, WORDS);
    }
    return marks;
  }

  private static long[] markIds(RowTable table) {
    long[] marks = new long[table.rows()];
    Reading reading = new Reading();
    Sieve sieve = Sieve.ofId();
    for (int row = 0; row < marks.length; row++) {
      sieve.clear();
      reading.of(table, row, 0);
      sieve.markText(Sieve.Field.ID, reading.text(), reading.length());
      marks[row] = sieve.bits[0];
    }
    return marks;
  }

  Ranked elders(Question question) {
    return new Search(question, true).run();
  }

  Ranked homes(Question question) {
    return new Search(question, false).run();
  }

  /** One search. */
  private final class Search {
    private final boolean wantsElders;
    private final Term[] terms;
    private final Reading reading = new Reading();
    private final Ranked found;
    private final int areaRow;
    private final boolean[][] named;
    private boolean[] scope = {};

    Search(Question question, boolean wantsElders) {
      this.wantsElders = wantsElders;
      terms = question.words().words().stream().map(Term::new).toArray(Term[]::new);
      named = new boolean[terms.length][];
      found = new Ranked(question.limit());
      areaRow = tree.row(question.within());
    }

    Ranked run() {
      if (areaRow < 0 || terms.length == 0) {
        return found;
      }
      scope = tree.below(areaRow);
      Arrays.setAll(named, i -> tree.named(terms[i], reading));
      ownRows().forEach(this::addOwn);
      boolean isMost = tree.homes(areaRow) > registry.homeArea.length / 4;
      if (isMost) {
        for (int home = 0; home < registry.homeArea.length && !isDone(); home++) {
          if (isIn(home)) {
            look(home);
          }
        }
      } else {
        for (int area = 0; area < scope.length && !isDone(); area++) {
          for (int i = 0; scope[area] && i < registry.homesOfArea.count(area); i++) {
            look(registry.homesOfArea.member(area, i));
          }
        }
      }
      if (found.isEmpty() && terms.length == 1) {
        lookAtIds(terms[0]);
      }
      return found;
    }

    /** False for what was taken away too. */
    private boolean isIn(int home) {
      int area = home < 0 ? -1 : registry.homeArea[home];
      return area >= 0 && scope[area];
    }

    private boolean isDone() {
      return found.isCounted() && found.worstUseful() == Ranked.OWN;
    }

    /** The rows whose id or whole number a word is, or a device's of theirs. */
    private IntStream ownRows() {
      return Arrays.stream(terms)
          .flatMapToInt(term -> {
            String number = term.word.digits();
            IntStream elders =
                IntStream.concat(IntStream.of(find(registry.elders, term)), phonesOfElders(number));
            IntStream homes =
                IntStream.concat(
                    IntStream.of(find(registry.homes, term)),
                    number.isEmpty() ? IntStream.empty() : registry.phones.homes(number));
            int device = find(registry.devices, term);
            return IntStream.concat(
                IntStream.concat(
                    wantsElders
                        ? elders.filter(row -> row >= 0)
                        : elders.filter(row -> row >= 0).map(row -> registry.elderHome[row]),
                    homes.filter(row -> row >= 0).flatMap(this::wanted)),
                device < 0 ? IntStream.empty() : ofDevice(device));
          })
          .distinct()
          .limit(PhoneBook.SHARED_MAX);
    }

    private IntStream phonesOfElders(String number) {
      return number.isEmpty() ? IntStream.empty() : registry.phones.elders(number);
    }

    private IntStream wanted(int home) {
      return wantsElders
          ? IntStream.range(0, registry.eldersOfHome.count(home))
              .map(i -> registry.eldersOfHome.member(home, i))
          : IntStream.of(home);
    }

    private IntStream ofDevice(int device) {
      int elder = registry.deviceElder[device];
      int home = registry.deviceHome[device];
      if (wantsElders && elder >= 0) {
        return IntStream.of(elder);
      }
      return home < 0 ? IntStream.empty() : wanted(home);
    }

    private static int find(RowTable table, Term term) {
      int row = table.find(term.word.typed());
      return row >= 0 ? row : table.find(term.word.text());
    }

    private void addOwn(int row) {
      int home = wantsElders ? registry.elderHome[row] : row;
      if (!isIn(home)) {
        return;
      }
      for (int i = 0; i < terms.length; i++) {
        if (rank(i, home, wantsElders ? row : -1) == Ranked.NOT && !isOfDevice(i, home)) {
          return;
        }
      }
      found.add(row, Ranked.OWN);
    }

    private boolean isOfDevice(int term, int home) {
      int device = find(registry.devices, terms[term]);
      return device >= 0 && registry.deviceHome[device] == home;
    }

    private void look(int home) {
      int byHome = 0;
      for (int i = 0; i < terms.length; i++) {
        boolean[] areas = named[i];
        if ((areas.length > 0 && areas[registry.homeArea[home]])
            || terms[i].mayHome(homeMarks, WORDS * home)) {
          byHome |= 1 << i;
        }
      }
      if (wantsElders) {
        for (int i = 0; i < registry.eldersOfHome.count(home); i++) {
          lookAt(home, registry.eldersOfHome.member(home, i), byHome);
        }
      } else {
        lookAtHome(home, byHome);
      }
    }

    private void lookAt(int home, int elder, int byHome) {
      long marks = elderMarks[elder];
      boolean mayName = false;
      for (int i = 0; i < terms.length; i++) {
        if ((byHome & 1 << i) == 0 && !terms[i].mayPerson(marks)) {
          return;
        }
        mayName |= terms[i].mayName(marks);
      }
      if (found.isCounted() && !(mayName && mayBeUseful(marks))) {
        return; // whose own id or number it is was found before
      }
      int best = Ranked.REST;
      for (int i = 0; i < terms.length; i++) {
        int rank = rank(i, home, elder);
        if (rank == Ranked.NOT) {
          return;
        }
        best = Math.min(best, rank);
      }
      if (!found.isCounted() || best < found.worstUseful()) {
        found.add(elder, best);
      }
    }

    /** Once there are names enough that begin so, only whole names would still be shown. */
    private boolean mayBeUseful(long marks) {
      if (found.worstUseful() > Ranked.NAME_BEGINS) {
        return true;
      }
      for (Term term : terms) {
        if (term.mayBeName(marks)) {
          return true;
        }
      }
      return false;
    }

    private void lookAtHome(int home, int byHome) {
      if (found.isCounted()) {
        return;
      }
      int elders = registry.eldersOfHome.count(home);
      for (int i = 0; i < terms.length; i++) {
        boolean may = (byHome & 1 << i) != 0;
        for (int k = 0; !may && k < elders; k++) {
          may = terms[i].mayPerson(elderMarks[registry.eldersOfHome.member(home, k)]);
        }
        if (!may) {
          return;
        }
      }
      int best = Ranked.REST;
      for (int i = 0; i < terms.length; i++) {
        int rank = rank(i, home, -1);
        for (int k = 0; rank >= Ranked.REST && k < elders; k++) {
          rank = Math.min(rank, rank(i, home, registry.eldersOfHome.member(home, k)));
        }
        if (rank == Ranked.NOT) {
          return;
        }
        best = Math.min(best, rank);
      }
      found.add(home, best);
    }

    /** How a word fits an elder, or else the home. */
    private int rank(int index, int home, int elder) {
      Term term = terms[index];
      int rank = elder < 0 ? Ranked.NOT : people.of(elder, elderMarks[elder], term, reading);
      if (rank < Ranked.REST) {
        return rank;
      }
      boolean[] areas = named[index];
      RowTable homes = registry.homes;
      if (reading.of(homes, home, 0).is(term.text)) {
        return Ranked.OWN;
      }
      int marks = WORDS * home;
      boolean has =
          rank == Ranked.REST
              || (areas.length > 0 && areas[registry.homeArea[home]])
              || (term.mayAddress(homeMarks, marks)
                  && (reading.of(homes, home, Draft.HOME_ADDRESS).has(term.text)
                      || reading.of(homes, home, Draft.HOME_BUILDING).has(term.text)))
              || (term.digits.length > 0
                  && term.mayHomePhone(homeMarks, marks)
                  && reading.of(homes, home, Draft.HOME_PHONE).asPhone().has(term.digits));
      return has ? Ranked.REST : Ranked.NOT;
    }

    /** A part of an id, such as the last digits on a label: for what is nothing else. */
    private void lookAtIds(Term term) {
      boolean isPart =
          term.text.length >= ID_PART_MIN
              && term.word.text().chars().allMatch(c -> c < 0x80)
              && term.word.text().chars().anyMatch(c -> c >= '0' && c <= '9');
      if (isPart) {
        IntStream.concat(
                IntStream.concat(
                    ids(registry.devices, deviceIds, term).flatMap(this::ofDevice),
                    ids(registry.homes, homeIds, term).flatMap(this::wanted)),
                ids(registry.elders, elderIds, term)
                    .map(elder -> wantsElders ? elder : registry.elderHome[elder]))
            .filter(row -> row >= 0 && isIn(wantsElders ? registry.elderHome[row] : row))
            .distinct()
            .limit(Finder.COUNTED_MAX + 1L)
            .forEach(row -> found.add(row, Ranked.REST));
      }
    }

    private IntStream ids(RowTable table, long[] marks, Term term) {
      byte[] part = term.word.text().getBytes(StandardCharsets.US_ASCII);
      int[] rows = new int[Finder.COUNTED_MAX + 1];
      int count = 0;
      for (int row = 0; row < table.rows() && count < rows.length; row++) {
        if (term.mayId(marks[row]) && table.idHas(row, part) && !table.isRemoved(row)) {
          rows[count++] = row;
        }
      }
      return Arrays.stream(rows, 0, count);
    }
  }
}
