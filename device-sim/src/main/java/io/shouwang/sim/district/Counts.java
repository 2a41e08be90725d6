package io.shouwang.sim.district;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** How many events and happenings of each kind were written. */
public final class Counts {
  private final SortedMap<String, Long> events = new TreeMap<>();
  private final SortedMap<String, Long> truths = new TreeMap<>();

  void event(String kind) {
    events.merge(kind, 1L, Long::sum);
  }

  void truth(String kind) {
    truths.merge(kind, 1L, Long::sum);
  }

  /** Events by kind. */
  public SortedMap<String, Long> events() {
    return events;
  }

  /** Happenings by kind. */
  public SortedMap<String, Long> truths() {
    return truths;
  }

  /** The sum of one of the two. */
  public static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
