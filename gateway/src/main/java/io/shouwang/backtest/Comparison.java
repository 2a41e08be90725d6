package io.shouwang.backtest;

import io.shouwang.alerts.Subject;
import io.shouwang.model.HomeId;
import io.shouwang.model.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Two reruns of the same inputs held against each other: alerts of the same home, kind and subject
 * at most {@link #NEAR} apart are one. Pure.
 *
 * @param changes all that is not the same, in the order of time
 * @param sums by kind
 */
public record Comparison(List<Change> changes, Map<String, Sum> sums) {
  /** Further apart, two alerts are two. */
  public static final Duration NEAR = Duration.ofHours(12);

  /** Within this, they rang at the same time. */
  private static final Duration SAME = Duration.ofSeconds(1);

  /** What became of an alert. */
  public enum What {
    /** Only the new rules ring. */
    MORE,
    /** Only the rules as recorded rang. */
    LESS,
    EARLIER,
    LATER,
    /** The same alert climbs another ladder, or is of another severity. */
    ELSEWHERE
  }

  /**
   * One difference.
   *
   * @param before null where it did not ring
   * @param after null where it does not ring any more
   */
  public record Change(What what, @Nullable Raising before, @Nullable Raising after) {
    /** When the first of the two rang. */
    public Instant at() {
      Instant first = before == null ? Instant.MAX : before.at();
      return after == null || first.isBefore(after.at()) ? first : after.at();
    }

    /** The alert as it is now, or as it was if it is no more. */
    public Raising shown() {
      Raising one = after == null ? before : after;
      if (one == null) {
        throw new IllegalStateException("a change of nothing");
      }
      return one;
    }
  }

  /** How many alerts of a kind. */
  public record Sum(
      int before, int after, int same, int more, int less, int earlier, int later, int elsewhere) {
    static final Sum NONE = new Sum(0, 0, 0, 0, 0, 0, 0, 0);

    Sum plus(@Nullable What what) {
      boolean was = what != What.MORE;
      boolean is = what != What.LESS;
      return new Sum(
          before + (was ? 1 : 0),
          after + (is ? 1 : 0),
          same + (what == null ? 1 : 0),
          more + (what == What.MORE ? 1 : 0),
          less + (what == What.LESS ? 1 : 0),
          earlier + (what == What.EARLIER ? 1 : 0),
          later + (what == What.LATER ? 1 : 0),
          elsewhere + (what == What.ELSEWHERE ? 1 : 0));
    }
  }

  private record Name(HomeId home, Kind kind, Subject subject) {
    static Name of(Raising raising) {
      return new Name(raising.home(), raising.kind(), raising.subject());
    }
  }

  /** Compares. */
  public static Comparison of(List<Raising> before, List<Raising> after) {
    Map<Name, List<Raising>> unmatched = new HashMap<>();
    for (Raising raising : after) {
      unmatched.computeIfAbsent(Name.of(raising), _ -> new ArrayList<>()).add(raising);
    }
    List<Change> changes = new ArrayList<>();
    Map<String, Sum> sums = new TreeMap<>();
    for (Raising was : before) {
      Raising is = takeNearest(unmatched.getOrDefault(Name.of(was), List.of()), was.at());
      What what = is == null ? What.LESS : what(was, is);
      sums.merge(was.kind().value(), Sum.NONE.plus(what), (sum, _) -> sum.plus(what));
      if (what != null) {
        changes.add(new Change(what, was, is));
      }
    }
    for (List<Raising> rest : unmatched.values()) {
      for (Raising is : rest) {
        sums.merge(is.kind().value(), Sum.NONE.plus(What.MORE), (sum, _) -> sum.plus(What.MORE));
        changes.add(new Change(What.MORE, null, is));
      }
    }
    changes.sort(
        Comparator.comparing(Change::at)
            .thenComparing(change -> change.shown().home())
            .thenComparing(change -> change.shown().kind().value())
            .thenComparing(Change::what));
    return new Comparison(List.copyOf(changes), sums);
  }

  private static @Nullable Raising takeNearest(List<Raising> among, Instant at) {
    Raising nearest = null;
    Duration distance = NEAR;
    for (Raising raising : among) {
      Duration apart = Duration.between(at, raising.at()).abs();
      if (apart.compareTo(distance) <= 0 && (nearest == null || apart.compareTo(distance) < 0)) {
        nearest = raising;
        distance = apart;
      }
    }
    if (nearest != null) {
      among.remove(nearest);
    }
    return nearest;
  }

  private static @Nullable What what(Raising was, Raising is) {
    if (was.severity() != is.severity() || !was.ladder().equals(is.ladder())) {
      return What.ELSEWHERE;
    }
    Duration shift = Duration.between(was.at(), is.at());
    if (shift.abs().compareTo(SAME) <= 0) {
      return null;
    }
    return shift.isNegative() ? What.EARLIER : What.LATER;
  }
}
