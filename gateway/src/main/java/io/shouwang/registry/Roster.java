package io.shouwang.registry;

import io.shouwang.model.AreaId;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Role;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Who is on call, when and for what, by one generation of the registry. Any thread. */
public final class Roster {
  private final Draft draft;

  public Roster(Registry registry) {
    this.draft = registry.draft();
  }

  /** The schedules, in the registry's order. */
  public List<String> schedules() {
    return List.copyOf(draft.schedules.keySet());
  }

  /** The roles in areas that schedules fill. */
  public List<Post> posts() {
    List<Post> posts = new ArrayList<>();
    List<String> names = List.copyOf(draft.scheduleLines.keySet());
    for (int row = 0; row < draft.contactResponder.size(); row++) {
      int number = Draft.SCHEDULE_BASE - draft.contactResponder.get(row);
      int area = draft.contactArea.get(row);
      if (number >= 0 && area >= 0) {
        posts.add(
            new Post(
                names.get(number),
                new Role(draft.words.get(draft.contactRole.get(row))),
                new AreaId(draft.areas.id(area))));
      }
    }
    return posts;
  }

  /** The civil time of a schedule. */
  public ZoneId zone(String schedule) {
    return of(schedule).zone();
  }

  /** All who are ever on call in a schedule. */
  public Set<ResponderId> people(String schedule) {
    return of(schedule).everybody();
  }

  private Schedule of(String schedule) {
    return draft.schedules.getOrDefault(schedule, Schedule.NEVER);
  }

  /** Who is on call from one moment to another; a time with nobody is a shift of nobody's. */
  public List<Shift> shifts(String schedule, Instant from, Instant to) {
    Schedule of = of(schedule);
    List<Shift> shifts = new ArrayList<>();
    List<Instant> bounds = List.copyOf(bounds(of, from, to));
    for (int i = 0; i + 1 < bounds.size(); i++) {
      Instant begin = bounds.get(i);
      List<ResponderId> people = of.onCall(begin);
      boolean isSwapped = of.isSwapped(begin);
      Shift last = shifts.isEmpty() ? null : shifts.getLast();
      if (last != null && last.people().equals(people) && last.isSwapped() == isSwapped) {
        shifts.removeLast();
        begin = last.from();
      }
      shifts.add(new Shift(begin, bounds.get(i + 1), people, isSwapped));
    }
    return shifts;
  }

  /** The moments at which somebody else may come on call. */
  private static SortedSet<Instant> bounds(Schedule of, Instant from, Instant to) {
    SortedSet<Instant> bounds = new TreeSet<>(List.of(from, to));
    LocalDate first = from.atZone(of.zone()).toLocalDate().minusDays(1);
    LocalDate last = to.atZone(of.zone()).toLocalDate().plusDays(1);
    List<LocalDateTime> times = new ArrayList<>();
    for (Schedule.Swap swap : of.exceptions()) {
      times.add(swap.from());
      times.add(swap.to());
    }
    for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
      times.add(day.atStartOfDay());
      for (Schedule.Layer layer : of.layers()) {
        times.add(day.atTime(layer.handover()));
        LocalTime begin = layer.from();
        LocalTime end = layer.to();
        if (begin != null && end != null) {
          times.add(day.atTime(begin));
          times.add(day.atTime(end));
        }
      }
    }
    for (LocalDateTime time : times) {
      Instant at = of.instant(time);
      if (at.isAfter(from) && at.isBefore(to)) {
        bounds.add(at);
      }
    }
    return bounds;
  }
}
