package io.shouwang.registry;

import io.shouwang.model.ElderId;
import io.shouwang.model.Identity;
import io.shouwang.model.Role;
import io.shouwang.yaml.Resemblance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A registry's next generation in the making: entries are put into a draft that shares all the rest
 * with the one before. The same entries in the same order give the same rows, whether one after the
 * other or at a start all together (P7). One thread.
 */
final class Amendment {
  static final int ROWS_MAX = 1_000;
  static final int LISTED_MAX = 1_000;

  private final Registry before;
  private final Draft draft;
  private final RowProblems found = new RowProblems();
  private final List<EntryProblem> problems = new ArrayList<>();
  private final PlacesReader places;
  private final PeopleReader people;
  private final DutyReader duty;

  /** Contacts that came with this amendment, by whose they are. */
  private final Map<String, List<Integer>> contacts = new HashMap<>();

  /**
   * Nothing is changed yet.
   *
   * @param knownRoles as in {@link RegistryReader#read}
   */
  Amendment(Registry before, @Nullable Set<Role> knownRoles) {
    this.before = before;
    this.draft = before.draft().amended();
    Map<String, Boolean> whole = new HashMap<>();
    RegistrySource.FILES.forEach(file -> whole.put(file, true));
    RegistrySource.OPTIONAL_FILES.forEach(file -> whole.put(file, true));
    this.places = new PlacesReader(draft, found, whole);
    this.people = new PeopleReader(draft, found, whole, knownRoles);
    this.duty = new DutyReader(draft, found, whole);
  }

  /** Puts the entries of one generation; of several under one id the last holds. */
  void put(List<Entry> entries) {
    Map<String, Entry> last = new LinkedHashMap<>();
    entries.forEach(entry -> last.put(entry.toString(), entry));
    List<Entry> ordered =
        last.values().stream().sorted(Comparator.comparing(Entry::section)).toList();
    ordered.stream().filter(entry -> !entry.isAbsent()).forEach(this::put);
    places.finishAreas(true);
    places.finishDevices(true);
    ordered.reversed().stream().filter(Entry::isAbsent).forEach(this::remove);
    duty.finishWays();
    duty.finishSchedules();
    take(null);
  }

  /** What is wrong with what was put so far. */
  List<EntryProblem> problems() {
    return problems;
  }

  /** The generation, if nothing is wrong with it as a whole; see {@link #problems}. */
  @Nullable Registry finish(String hash) {
    if (!problems.isEmpty()) {
      return null;
    }
    new Integrity(draft, this::add).check();
    if (!problems.isEmpty()) {
      return null;
    }
    draft.placeDevices();
    Registry next = new Registry(hash, draft, before);
    for (int row = 0; row < draft.areas.rows(); row++) {
      int homes = draft.areas.isRemoved(row) ? 0 : next.homesWithoutDesk(row);
      if (homes > 0) {
        add(
            Section.AREA_CONTACTS,
            draft.areas.id(row),
            "role",
            "has " + homes + (homes == 1 ? " home" : " homes") + " for which no duty desk answers",
            "let a duty_desk answer for this area or one above it");
      }
    }
    return problems.isEmpty() ? next : null;
  }

  private void add(Section section, String id, String field, String what, String remedy) {
    if (problems.size() < LISTED_MAX) {
      problems.add(new EntryProblem(section, id, 0, field, what, remedy));
    }
  }

  /** Takes over what the readers complained about. */
  private void take(@Nullable Entry of) {
    for (RowProblem problem : found.listed()) {
      Entry entry = of == null ? named(problem) : of;
      if (problems.size() < LISTED_MAX) {
        problems.add(
            new EntryProblem(
                entry.section(),
                entry.id(),
                entry.section().isSingle() ? 1 : (int) problem.line(),
                problem.column(),
                problem.what(),
                problem.remedy()));
      }
    }
    found.clear();
  }

  /** Hubs and parents are found after all rows, in the two files that have any. */
  private static Entry named(RowProblem problem) {
    Section section = problem.file().equals(Section.AREAS.file()) ? Section.AREAS : Section.DEVICES;
    return new Entry(section, "", List.of());
  }

  private void put(Entry entry) {
    if (!Identity.isValid(entry.id())) {
      add(
          entry.section(),
          "",
          entry.section().key(),
          "is no valid name",
          "use 1 to " + Identity.LENGTH_MAX + " of A-Z a-z 0-9 _ -");
      return;
    }
    if (entry.rows().size() > (entry.section().isSingle() ? 1 : ROWS_MAX)) {
      add(entry.section(), entry.id(), "", "has too many rows", "send fewer");
      return;
    }
    if (!hasKnownColumns(entry)) {
      return;
    }
    switch (entry.section()) {
      case ELDER_CONTACTS, HOME_CONTACTS, AREA_CONTACTS -> clearContacts(entry);
      case SCHEDULES -> duty.begin(entry.id(), false);
      case EXCEPTIONS -> duty.begin(entry.id(), true);
      case AREAS, HOMES, ELDERS, RESPONDERS, DEVICES, WAYS -> {}
    }
    int number = 0;
    for (Map<String, String> row : entry.rows()) {
      number++;
      read(entry, row, number);
    }
    take(entry);
  }

  private boolean hasKnownColumns(Entry entry) {
    List<String> known = entry.section().fields();
    boolean all = true;
    for (Map<String, String> row : entry.rows()) {
      for (String name : row.keySet()) {
        if (!known.contains(name)) {
          all = false;
          add(
              entry.section(),
              entry.id(),
              "",
              "has a field we don't know",
              Resemblance.hint(name, known));
        }
      }
    }
    return all;
  }

  private void read(Entry entry, Map<String, String> values, int number) {
    Section section = entry.section();
    List<String> fields =
        section.fields().stream().map(name -> values.getOrDefault(name, "")).toList();
    CsvRow row = CsvRow.edited(section.file(), section.columns(), fields, number, found);
    for (int column = 0; column < fields.size(); column++) {
      if (fields.get(column).length() > CsvTable.FIELD_CHARS_MAX) {
        row.problem(column, "is too long", "write less");
        return;
      }
    }
    switch (section) {
      case AREAS -> places.area(row);
      case HOMES -> places.home(row);
      case ELDERS -> places.elder(row);
      case DEVICES -> places.device(row);
      case RESPONDERS -> people.responder(row);
      case WAYS -> duty.way(row);
      case SCHEDULES -> duty.layer(row);
      case EXCEPTIONS -> duty.exception(row);
      case ELDER_CONTACTS, HOME_CONTACTS, AREA_CONTACTS -> {
        contacts
            .computeIfAbsent(entry.toString(), _ -> new ArrayList<>())
            .add(draft.contactResponder.size());
        people.contact(row);
      }
    }
  }

  private void clearContacts(Entry entry) {
    for (int row : before.contactRows(entry.section(), owner(entry))) {
      draft.removeContact(row);
    }
    List<Integer> own = contacts.remove(entry.toString());
    if (own != null) {
      own.forEach(draft::removeContact);
    }
  }

  private int owner(Entry entry) {
    return switch (entry.section()) {
      case ELDER_CONTACTS -> draft.elders.find(entry.id());
      case HOME_CONTACTS -> draft.homes.find(entry.id());
      case AREA_CONTACTS -> draft.areas.find(entry.id());
      case AREAS, HOMES, ELDERS, RESPONDERS, DEVICES, WAYS, SCHEDULES, EXCEPTIONS -> -1;
    };
  }

  /** Also what is only theirs: contacts, ways, fences. What others say of it is a problem later. */
  private void remove(Entry entry) {
    String id = entry.id();
    switch (entry.section()) {
      case AREAS -> {
        clearContacts(new Entry(Section.AREA_CONTACTS, id, List.of()));
        int row = removed(draft.areas, id);
        if (row >= 0) {
          draft.areaParent.set(row, -1);
        }
      }
      case HOMES -> {
        clearContacts(new Entry(Section.HOME_CONTACTS, id, List.of()));
        int row = removed(draft.homes, id);
        if (row >= 0) {
          draft.homeArea.set(row, -1);
        }
      }
      case ELDERS -> {
        clearContacts(new Entry(Section.ELDER_CONTACTS, id, List.of()));
        draft.fences.remove(new ElderId(id));
        int row = removed(draft.elders, id);
        if (row >= 0) {
          draft.elderHome.set(row, -1);
        }
      }
      case DEVICES -> {
        int row = removed(draft.devices, id);
        if (row >= 0) {
          draft.deviceHomeSaid.set(row, -1);
          draft.deviceElder.set(row, -1);
          draft.deviceHub.set(row, -1);
        }
      }
      case RESPONDERS -> {
        int _ = removed(draft.ways, id);
        int _ = removed(draft.responders, id);
      }
      case WAYS -> {
        int _ = removed(draft.ways, id);
      }
      case SCHEDULES -> draft.schedules.remove(id);
      case EXCEPTIONS -> {
        Schedule schedule = draft.schedules.get(id);
        if (schedule != null) {
          draft.schedules.put(id, schedule.withExceptions(List.of()));
        }
      }
      case ELDER_CONTACTS, HOME_CONTACTS, AREA_CONTACTS -> clearContacts(entry);
    }
  }

  private static int removed(RowTable table, String id) {
    int row = table.find(id);
    if (row >= 0) {
      table.remove(row);
    }
    return row;
  }
}
