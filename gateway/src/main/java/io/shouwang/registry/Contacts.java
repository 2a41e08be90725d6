package io.shouwang.registry;

import io.shouwang.model.Directory.Contact;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Who answers for whom: the rows of {@code contacts.csv}, grouped. Immutable, any thread. */
final class Contacts {
  private final RowTable responders;
  final List<String> words;
  final int[] responder;
  final int[] role;
  final int[] relation;
  final Groups ofElder;
  final Groups ofHome;
  final Groups ofArea;
  private final Set<Role> roles;
  private final int size;
  final List<Schedule> schedules;

  Contacts(Draft draft) {
    responders = draft.responders;
    words = List.copyOf(draft.words);
    schedules =
        draft.scheduleLines.keySet().stream()
            // One that was removed is named by no contact any more.
            .map(id -> draft.schedules.getOrDefault(id, Schedule.NEVER))
            .toList();
    responder = draft.contactResponder.trimmed();
    role = draft.contactRole.trimmed();
    relation = draft.contactRelation.trimmed();
    roles =
        IntStream.range(0, role.length)
            .filter(row -> !draft.isContactGone(row))
            .map(row -> role[row])
            .distinct()
            .mapToObj(word -> new Role(words.get(word)))
            .collect(Collectors.toUnmodifiableSet());
    size = (int) IntStream.range(0, role.length).filter(row -> !draft.isContactGone(row)).count();
    ofElder = new Groups(draft.contactElder.trimmed(), draft.elders.rows());
    ofHome = new Groups(draft.contactHome.trimmed(), draft.homes.rows());
    ofArea = new Groups(draft.contactArea.trimmed(), draft.areas.rows());
  }

  /** The roles that anybody holds. */
  Set<Role> roles() {
    return roles;
  }

  int size() {
    return size;
  }

  /** Collects rows of one role and gives them in the registry's order, each responder once. */
  final class Collected {
    private final Role wanted;
    private int[] rows = new int[4];
    private int size;

    Collected(Role wanted) {
      this.wanted = wanted;
    }

    void ofElder(int elder) {
      each(ofElder, elder);
    }

    void ofHome(int home) {
      each(ofHome, home);
    }

    void ofArea(int area) {
      each(ofArea, area);
    }

    boolean isEmpty() {
      return size == 0;
    }

    /**
     * Who it is.
     *
     * @param at when; null for all who ever are
     */
    List<Contact> contacts(@Nullable Instant at) {
      int[] sorted = Arrays.copyOf(rows, size);
      Arrays.sort(sorted);
      List<Contact> contacts = new ArrayList<>(size);
      Set<ResponderId> named = new HashSet<>();
      for (int row : sorted) {
        for (ResponderId who : people(row, at)) {
          if (named.add(who)) {
            contacts.add(new Contact(who, wanted, words.get(relation[row])));
          }
        }
      }
      return List.copyOf(contacts);
    }

    private Collection<ResponderId> people(int row, @Nullable Instant at) {
      int number = Draft.SCHEDULE_BASE - responder[row];
      if (number < 0) {
        return List.of(new ResponderId(responders.id(responder[row])));
      }
      Schedule schedule = schedules.get(number);
      return at == null ? schedule.everybody() : schedule.onCall(at);
    }

    private void each(Groups groups, int owner) {
      for (int i = 0; i < groups.count(owner); i++) {
        int row = groups.member(owner, i);
        if (words.get(role[row]).equals(wanted.value())) {
          if (size == rows.length) {
            rows = Arrays.copyOf(rows, size * 2);
          }
          rows[size++] = row;
        }
      }
    }
  }

  Collected collect(Role wanted) {
    return new Collected(wanted);
  }

  /** The numbers of the rows for one elder, home or area, in their order; none for -1. */
  int[] rows(Section section, int owner) {
    Groups groups =
        switch (section) {
          case ELDER_CONTACTS -> ofElder;
          case HOME_CONTACTS -> ofHome;
          case AREA_CONTACTS -> ofArea;
          case AREAS, HOMES, ELDERS, RESPONDERS, DEVICES, WAYS, SCHEDULES, EXCEPTIONS ->
              throw new IllegalArgumentException(section.word());
        };
    return owner < 0 || owner >= groups.owners()
        ? new int[0]
        : IntStream.range(0, groups.count(owner)).map(i -> groups.member(owner, i)).toArray();
  }

  /** Whether a desk answers for an area or one above it. */
  boolean isDeskAbove(int area, int[] parents) {
    int at = area;
    while (at >= 0 && !hasDesk(at)) {
      at = parents[at];
    }
    return at >= 0;
  }

  /** The desks of the areas nearest the top that have any, as one level. */
  List<List<Contact>> topmostDesks(List<Integer> topmost, Groups subAreas) {
    List<Integer> level = topmost;
    while (!level.isEmpty()) {
      Collected desks = collect(Role.DUTY_DESK);
      List<Integer> below = new ArrayList<>();
      for (int area : level) {
        desks.ofArea(area);
        for (int i = 0; i < subAreas.count(area); i++) {
          below.add(subAreas.member(area, i));
        }
      }
      if (!desks.isEmpty()) {
        return List.of(desks.contacts(null));
      }
      level = below;
    }
    return List.of();
  }

  private boolean hasDesk(int area) {
    Collected desks = collect(Role.DUTY_DESK);
    desks.ofArea(area);
    return !desks.isEmpty();
  }
}
