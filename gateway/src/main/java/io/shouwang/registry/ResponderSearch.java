package io.shouwang.registry;

import io.shouwang.model.AreaId;
import io.shouwang.model.ElderId;
import io.shouwang.model.Finder.Holding;
import io.shouwang.model.Finder.Question;
import io.shouwang.model.HomeId;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Finds responders, and what they are to whom. Immutable, any thread. */
final class ResponderSearch {
  /** A contact's owner: whose row it is in the upper bits, of which table in the lower two. */
  private static final int OF_ELDER = 0;

  private static final int OF_HOME = 1;
  private static final int OF_AREA = 2;
  private static final int NOBODY = 3;
  private static final int TABLE_BITS = 2;

  private final Registry registry;
  private final AreaTree tree;
  private final PersonRank people;
  private final long[] marks;
  private final Groups contactsOf;
  private final int[] owner;

  /** The contacts by whose schedules a responder is reached; few are in any. */
  private final Map<Integer, List<Integer>> scheduledOf = new HashMap<>();

  ResponderSearch(Registry registry, AreaTree tree) {
    this.registry = registry;
    this.tree = tree;
    people = new PersonRank(registry.responders, Draft.RESPONDER_NAME, Draft.RESPONDER_PHONE);
    marks = people.marks();
    Contacts contacts = registry.contacts;
    int[] responder = contacts.responder.clone();
    for (int row = 0; row < responder.length; row++) {
      if (responder[row] <= Draft.SCHEDULE_BASE) {
        addScheduled(row, contacts.schedules.get(Draft.SCHEDULE_BASE - responder[row]));
        responder[row] = -1;
      }
    }
    contactsOf = new Groups(responder, registry.responders.rows());
    owner = new int[responder.length];
    Arrays.fill(owner, NOBODY);
    own(contacts.ofElder, registry.elders.rows(), OF_ELDER);
    own(contacts.ofHome, registry.homes.rows(), OF_HOME);
    own(contacts.ofArea, registry.areas.rows(), OF_AREA);
  }

  private void addScheduled(int contact, Schedule schedule) {
    for (ResponderId who : schedule.everybody()) {
      int row = registry.responders.find(who.value());
      scheduledOf.computeIfAbsent(row, _ -> new ArrayList<>()).add(contact);
    }
  }

  private void own(Groups groups, int owners, int table) {
    for (int row = 0; row < owners; row++) {
      for (int i = 0; i < groups.count(row); i++) {
        owner[groups.member(row, i)] = row << TABLE_BITS | table;
      }
    }
  }

  Ranked find(Question question) {
    Ranked found = new Ranked(question.limit());
    List<Term> terms = question.words().words().stream().map(Term::new).toList();
    int area = tree.row(question.within());
    if (area < 0 || terms.isEmpty()) {
      return found;
    }
    boolean[] scope = tree.below(area);
    Reading reading = new Reading();
    for (Term term : terms) {
      int own = registry.responders.find(term.word.typed());
      if (own >= 0 && terms.size() == 1 && isIn(own, area, scope)) {
        found.add(own, Ranked.OWN);
      }
    }
    for (int row = 0; row < marks.length; row++) {
      int rank = rank(row, terms, reading, found.isCounted());
      boolean isUseful = found.isCounted() ? rank < found.worstUseful() : rank != Ranked.NOT;
      if (isUseful && isIn(row, area, scope)) {
        found.add(row, rank);
      }
    }
    return found;
  }

  private int rank(int row, List<Term> terms, Reading reading, boolean byNameAlone) {
    for (Term term : terms) {
      if (byNameAlone ? !term.mayName(marks[row]) : !term.mayPerson(marks[row])) {
        return Ranked.NOT;
      }
    }
    int best = Ranked.REST;
    for (Term term : terms) {
      int rank = people.of(row, marks[row], term, reading);
      if (rank == Ranked.NOT) {
        return Ranked.NOT;
      }
      best = Math.min(best, rank);
    }
    return best;
  }

  /** Whether somebody answers for the area, for one in it or for one it lies in. */
  boolean isIn(int responder, int area) {
    return isIn(responder, area, tree.below(area));
  }

  private boolean isIn(int responder, int area, boolean[] scope) {
    return tree.isTopmost(area) || contacts(responder).anyMatch(row -> isFor(row, area, scope));
  }

  private boolean isFor(int contact, int area, boolean[] scope) {
    int own = areaOf(contact);
    return own >= 0 && (scope[own] || tree.isAbove(own, area));
  }

  private int areaOf(int contact) {
    int row = owner[contact] >>> TABLE_BITS;
    return switch (owner[contact] & 3) {
      case OF_ELDER -> registry.homeArea[registry.elderHome[row]];
      case OF_HOME -> registry.homeArea[row];
      case OF_AREA -> row;
      default -> -1;
    };
  }

  private IntStream contacts(int responder) {
    List<Integer> scheduled = scheduledOf.getOrDefault(responder, List.of());
    return IntStream.concat(
        IntStream.range(0, contactsOf.count(responder)).map(i -> contactsOf.member(responder, i)),
        scheduled.stream().mapToInt(Integer::intValue));
  }

  /** The contacts of one responder that concern an area. */
  int[] contactsIn(int responder, int area) {
    boolean[] scope = tree.below(area);
    return contacts(responder).filter(row -> isFor(row, area, scope)).toArray();
  }

  Holding holding(int contact, ResponderId who, Instant at) {
    Contacts contacts = registry.contacts;
    int row = owner[contact] >>> TABLE_BITS;
    int table = owner[contact] & 3;
    int number = Draft.SCHEDULE_BASE - contacts.responder[contact];
    boolean scheduled = number >= 0;
    return new Holding(
        new Role(contacts.words.get(contacts.role[contact])),
        contacts.words.get(contacts.relation[contact]),
        table == OF_ELDER ? new ElderId(registry.elders.id(row)) : null,
        table == OF_HOME ? new HomeId(registry.homes.id(row)) : null,
        table == OF_AREA ? new AreaId(registry.areas.id(row)) : null,
        scheduled,
        !scheduled || contacts.schedules.get(number).onCall(at).contains(who));
  }
}
