package io.shouwang.figures;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A time in which more alerts came than a person can answer (EEMUA 191): it begins with more than
 * ten in ten minutes, and ends when fewer than five came in ten.
 *
 * @param to null while it lasts
 * @param most that came in ten minutes of it
 */
public record Flood(Instant from, @Nullable Instant to, int most) {
  public static final Duration WINDOW = Duration.ofMinutes(10);
  public static final int BEGINS_ABOVE = 10;
  public static final int ENDS_BELOW = 5;

  /**
   * All floods of a seat.
   *
   * @param raised when its alerts were raised, oldest first
   * @param now up to when nothing more came
   */
  public static List<Flood> of(List<Instant> raised, Instant now) {
    List<Flood> floods = new ArrayList<>();
    Deque<Instant> window = new ArrayDeque<>();
    Instant from = null;
    int most = 0;
    for (Instant at : raised) {
      Instant ended = slide(window, at, from != null);
      if (ended != null && from != null) {
        floods.add(new Flood(from, ended, most));
        from = null;
      }
      window.addLast(at);
      if (from == null && window.size() > BEGINS_ABOVE) {
        from = at;
        most = window.size();
      }
      most = Math.max(most, window.size());
      if (from == null) {
        most = 0;
      }
    }
    if (from != null) {
      floods.add(new Flood(from, slide(window, now, true), most));
    }
    return floods;
  }

  /**
   * Lets go what is ten minutes old.
   *
   * @return when too few were left for a flood; null if there are enough
   */
  private static @Nullable Instant slide(Deque<Instant> window, Instant now, boolean flooded) {
    Instant ended = null;
    while (!window.isEmpty() && !window.getFirst().plus(WINDOW).isAfter(now)) {
      Instant gone = window.removeFirst().plus(WINDOW);
      if (flooded && ended == null && window.size() < ENDS_BELOW) {
        ended = gone;
      }
    }
    return ended;
  }

  /** How much of it lies between two moments. */
  Duration within(Instant begin, Instant end) {
    Instant first = from.isAfter(begin) ? from : begin;
    Instant last = to == null || to.isAfter(end) ? end : to;
    return last.isAfter(first) ? Duration.between(first, last) : Duration.ZERO;
  }
}
