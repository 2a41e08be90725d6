package io.shouwang.backtest;

import io.shouwang.model.HomeId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Moments of a recording at which a life stops: nothing of that home is heard any more. Drawn by a
 * seed, evenly over homes and time.
 */
final class Collapses {
  private static final long[] NONE = {};

  private final Map<HomeId, long[]> moments = new HashMap<>();

  private record Span(HomeId home, long first, long last) {}

  /**
   * Draws them.
   *
   * @param from none before this, in milliseconds
   * @param to none after it
   */
  static Collapses draw(int count, long seed, RecordedDevices devices, long from, long to) {
    Map<HomeId, Span> spans = new HashMap<>();
    for (RecordedDevices.Seen seen : devices.all()) {
      HomeId home = seen.home;
      if (home != null && seen.first <= seen.last) {
        spans.merge(
            home,
            new Span(home, seen.first, seen.last),
            (a, b) -> new Span(home, Math.min(a.first, b.first), Math.max(a.last, b.last)));
      }
    }
    List<Span> homes =
        spans.values().stream()
            .map(s -> new Span(s.home, Math.max(s.first, from), Math.min(s.last, to)))
            .filter(s -> s.first < s.last)
            .sorted(Comparator.comparing(Span::home))
            .toList();
    Collapses collapses = new Collapses();
    if (homes.isEmpty()) {
      return collapses;
    }
    SplittableRandom random = new SplittableRandom(seed);
    Map<HomeId, List<Long>> drawn = new HashMap<>();
    for (int i = 0; i < count; i++) {
      Span span = homes.get(random.nextInt(homes.size()));
      drawn
          .computeIfAbsent(span.home, _ -> new ArrayList<>())
          .add(random.nextLong(span.first, span.last));
    }
    drawn.forEach((home, times) -> {
      long[] sorted = times.stream().mapToLong(Long::longValue).toArray();
      Arrays.sort(sorted);
      collapses.moments.put(home, sorted);
    });
    return collapses;
  }

  /** In rising order. */
  long[] of(HomeId home) {
    return moments.getOrDefault(home, NONE);
  }
}
