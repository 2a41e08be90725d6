package io.shouwang.alerts;

import io.shouwang.model.AreaId;
import io.shouwang.model.Kind;
import io.shouwang.model.Severity;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which ladder an alert climbs. It is chosen once, when the alert begins, and kept with it.
 *
 * @param byKind the ladder of each kind, where no special one fits
 * @param other for every kind that has none of its own
 * @param desk how the duty desk is rung, where a ladder says nothing else
 * @param specials those for some areas, severities or times only, in the file's order
 */
public record Ladders(
    Map<Kind, Ladder> byKind, Ladder other, DutyDesk desk, List<Special> specials) {
  public Ladders {
    byKind = Map.copyOf(byKind);
    specials = List.copyOf(specials);
  }

  /** Without special ones. */
  public Ladders(Map<Kind, Ladder> byKind, Ladder other, DutyDesk desk) {
    this(byKind, other, desk, List.of());
  }

  /**
   * A ladder for some alerts of its kinds. What is empty holds for all.
   *
   * @param hours of civil time; null for the whole day
   */
  public record Special(
      Set<Kind> kinds,
      Set<Severity> severities,
      Set<AreaId> areas,
      @Nullable Hours hours,
      Set<DayOfWeek> weekdays,
      Ladder ladder) {
    public Special {
      kinds = Set.copyOf(kinds);
      severities = Set.copyOf(severities);
      areas = Set.copyOf(areas);
      weekdays = Set.copyOf(weekdays);
    }

    boolean fits(Kind kind, Severity severity, List<AreaId> path, ZonedDateTime local) {
      return (kinds.isEmpty() || kinds.contains(kind))
          && (severities.isEmpty() || severities.contains(severity))
          && (areas.isEmpty() || path.stream().anyMatch(areas::contains))
          && (hours == null || hours.contain(local.toLocalTime()))
          && (weekdays.isEmpty() || weekdays.contains(local.getDayOfWeek()));
    }

    /** How far above the home the nearest of its areas is. */
    private int distance(List<AreaId> path) {
      for (int i = 0; i < path.size(); i++) {
        if (areas.contains(path.get(i))) {
          return i;
        }
      }
      return path.size();
    }

    private int named() {
      return (kinds.isEmpty() ? 0 : 8)
          + (severities.isEmpty() ? 0 : 4)
          + (hours == null ? 0 : 2)
          + (weekdays.isEmpty() ? 0 : 1);
    }
  }

  /**
   * A part of each day, over midnight where it ends before it begins.
   *
   * @param from the first moment of it
   * @param to the first moment after it
   */
  public record Hours(LocalTime from, LocalTime to) {
    public boolean contain(LocalTime time) {
      return from.isBefore(to)
          ? !time.isBefore(from) && time.isBefore(to)
          : !time.isBefore(from) || time.isBefore(to);
    }
  }

  /** The ladder of a kind at any place and time. */
  public Ladder forKind(Kind kind) {
    return byKind.getOrDefault(kind, other);
  }

  /**
   * The ladder of an alert: the special one of the nearest area, of those the one that names most,
   * of those the first; if none fits, its kind's.
   *
   * @param path the home's area and all above it
   * @param local civil time
   */
  public Ladder pick(Kind kind, Severity severity, List<AreaId> path, ZonedDateTime local) {
    return specials.stream()
        .filter(special -> special.fits(kind, severity, path, local))
        .min(
            Comparator.comparingInt((Special special) -> special.distance(path))
                .thenComparingInt(special -> -special.named()))
        .map(Special::ladder)
        .orElseGet(() -> forKind(kind));
  }
}
