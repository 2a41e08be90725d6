package io.shouwang.registry;

import io.shouwang.model.ResponderId;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who is on call, and when. In civil time of its own zone: a shift begins at its hour by the clock
 * on the wall, once, also on the days on which clocks are set. Immutable, any thread.
 *
 * @param layers the first one that has somebody at a moment decides
 * @param exceptions before all layers; of several the last
 */
record Schedule(
    ZoneId zone, List<Layer> layers, List<Swap> exceptions, Map<LocalDate, Boolean> workdays) {
  /** Nobody, ever. */
  static final Schedule NEVER = new Schedule(ZoneOffset.UTC, List.of(), List.of(), Map.of());

  Schedule {
    layers = List.copyOf(layers);
    exceptions = List.copyOf(exceptions);
    workdays = Map.copyOf(workdays);
  }

  /** On which days a layer is. */
  enum Days {
    ALL,
    /** Monday to Friday, without public holidays and with the days worked in their place. */
    WORKDAYS,
    /** All others. */
    FREE_DAYS
  }

  /**
   * People who take turns.
   *
   * @param start the day of the first turn
   * @param turnDays how many days a turn lasts
   * @param handover when turns change
   * @param turns those on call together, in the order in which they take turns; never empty
   * @param from when it begins each day; null with {@code to} for the whole day
   * @param to when it ends, the day after if that is not later
   */
  record Layer(
      LocalDate start,
      int turnDays,
      LocalTime handover,
      List<List<ResponderId>> turns,
      @Nullable LocalTime from,
      @Nullable LocalTime to,
      Set<DayOfWeek> weekdays,
      Days days) {
    Layer {
      turns = List.copyOf(turns);
      weekdays = Set.copyOf(weekdays);
    }
  }

  /**
   * Somebody stands in.
   *
   * @param people nobody, if the time is to be left to other roles
   * @param reason in words; empty when not said
   */
  record Swap(LocalDateTime from, LocalDateTime to, List<ResponderId> people, String reason) {
    /** Without a reason. */
    Swap(LocalDateTime from, LocalDateTime to, List<ResponderId> people) {
      this(from, to, people, "");
    }

    Swap {
      people = List.copyOf(people);
    }
  }

  /** The same people in turns, with others standing in. */
  Schedule withExceptions(List<Swap> others) {
    return new Schedule(zone, layers, others, workdays);
  }

  /** Who is on call at a moment; may be nobody. */
  List<ResponderId> onCall(Instant at) {
    for (Swap swap : exceptions.reversed()) {
      if (!at.isBefore(instant(swap.from())) && at.isBefore(instant(swap.to()))) {
        return swap.people();
      }
    }
    for (Layer layer : layers) {
      List<ResponderId> people = onCall(layer, at);
      if (!people.isEmpty()) {
        return people;
      }
    }
    return List.of();
  }

  /** Whether somebody stands in at a moment. */
  boolean isSwapped(Instant at) {
    return exceptions.stream()
        .anyMatch(swap -> !at.isBefore(instant(swap.from())) && at.isBefore(instant(swap.to())));
  }

  /** All who are ever on call. */
  Set<ResponderId> everybody() {
    Set<ResponderId> all = new LinkedHashSet<>();
    layers.forEach(layer -> layer.turns().forEach(all::addAll));
    exceptions.forEach(swap -> all.addAll(swap.people()));
    return all;
  }

  private List<ResponderId> onCall(Layer layer, Instant at) {
    LocalDate today = at.atZone(zone).toLocalDate();
    if (!isWithin(layer, at, today)
        || at.isBefore(instant(layer.start().atTime(layer.handover())))) {
      return List.of();
    }
    // By instants, not by the wall clock: in the hour that comes twice nobody is relieved twice.
    boolean isHandedOver = !at.isBefore(instant(today.atTime(layer.handover())));
    LocalDate day = isHandedOver ? today : today.minusDays(1);
    long turn = Math.floorDiv(ChronoUnit.DAYS.between(layer.start(), day), layer.turnDays());
    return layer.turns().get((int) Math.floorMod(turn, (long) layer.turns().size()));
  }

  private boolean isWithin(Layer layer, Instant at, LocalDate today) {
    Predicate<LocalDate> isOn = day -> isOn(layer, day);
    LocalTime from = layer.from();
    LocalTime to = layer.to();
    if (from == null || to == null) {
      return isOn.test(today);
    }
    for (LocalDate day : List.of(today.minusDays(1), today)) {
      LocalDate last = to.isAfter(from) ? day : day.plusDays(1);
      if (isOn.test(day)
          && !at.isBefore(instant(day.atTime(from)))
          && at.isBefore(instant(last.atTime(to)))) {
        return true;
      }
    }
    return false;
  }

  private boolean isOn(Layer layer, LocalDate day) {
    boolean isWeekday = layer.weekdays().isEmpty() || layer.weekdays().contains(day.getDayOfWeek());
    return isWeekday
        && switch (layer.days()) {
          case ALL -> true;
          case WORKDAYS -> isWorkday(day);
          case FREE_DAYS -> !isWorkday(day);
        };
  }

  private boolean isWorkday(LocalDate day) {
    Boolean said = workdays.get(day);
    boolean usual =
        day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY;
    return said == null ? usual : said;
  }

  /** In a gap the moment the clock is set; of an hour that comes twice the first. */
  Instant instant(LocalDateTime local) {
    ZoneOffsetTransition change = zone.getRules().getTransition(local);
    return change != null && change.isGap() ? change.getInstant() : local.atZone(zone).toInstant();
  }
}
