package io.shouwang.figures;

import io.shouwang.model.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a seat had to answer in a span of time, as EEMUA 191 and ISA-18.2 count it. Exercises are
 * counted apart, and part of nothing else. Pure.
 *
 * @param most10 alerts in the worst ten minutes, {@code mostHour} in the worst hour
 * @param floodShare of the span, 0 to 1
 * @param chatters times that a device spoke three times within a minute
 * @param closed how many of these alerts are closed, by how they ended
 */
public record LoadFigures(
    Instant from,
    Instant to,
    int alerts,
    int exercises,
    int most10,
    int mostHour,
    Map<Severity, Integer> bySeverity,
    List<Flood> floods,
    double floodShare,
    int chatters,
    Map<String, Integer> closed,
    Answering answering) {

  /** NENA's two times for emergency calls, the nearest there is to a standard. */
  public static final Duration FIRST_WITHIN = Duration.ofSeconds(15);

  public static final Duration SECOND_WITHIN = Duration.ofSeconds(20);

  /**
   * How long the desk's ringing went on until somebody took the alert: those that rang at the desk.
   *
   * @param rang how many did
   * @param unanswered of these, nobody took (yet)
   * @param longest null when none was answered
   */
  public record Answering(
      int rang,
      int within15,
      int within20,
      int unanswered,
      @Nullable Duration median,
      @Nullable Duration longest) {}

  public LoadFigures {
    bySeverity = Map.copyOf(bySeverity);
    floods = List.copyOf(floods);
    closed = Map.copyOf(closed);
  }

  /** Alerts per ten minutes, on average. */
  public double per10() {
    double minutes = Duration.between(from, to).toMillis() / 60_000.0;
    return minutes <= 0 ? 0 : alerts / Math.max(1, minutes / 10);
  }

  /**
   * The figures of a span.
   *
   * @param shown what a seat was shown, oldest first; also from before the span, so that a flood
   *     that began then is seen
   */
  public static LoadFigures of(List<Shown> shown, Instant from, Instant to) {
    List<Instant> allRaised = new ArrayList<>();
    List<Instant> raised = new ArrayList<>();
    List<Shown> real = new ArrayList<>();
    Map<Severity, Integer> bySeverity = new EnumMap<>(Severity.class);
    Map<String, Integer> closed = new java.util.TreeMap<>();
    int exercises = 0;
    int chatters = 0;
    for (Shown one : shown) {
      if (one.raisedAt().isAfter(to)) {
        break;
      }
      boolean inside = !one.raisedAt().isBefore(from);
      if (one.exercise()) {
        exercises += inside ? 1 : 0;
        continue;
      }
      allRaised.add(one.raisedAt());
      if (inside) {
        real.add(one);
        raised.add(one.raisedAt());
        bySeverity.merge(one.severity(), 1, Integer::sum);
        chatters += one.chatters();
        if (one.closedAt() != null) {
          closed.merge(one.disposition(), 1, Integer::sum);
        }
      }
    }
    List<Flood> floods =
        Flood.of(allRaised, to).stream()
            .filter(flood -> flood.to() == null || !flood.within(from, to).isZero())
            .toList();
    long flooded = floods.stream().mapToLong(flood -> flood.within(from, to).toMillis()).sum();
    long span = Math.max(1, Duration.between(from, to).toMillis());
    return new LoadFigures(
        from,
        to,
        real.size(),
        exercises,
        most(raised, Flood.WINDOW),
        most(raised, Duration.ofHours(1)),
        bySeverity,
        floods,
        (double) flooded / span,
        chatters,
        closed,
        answering(real));
  }

  private static int most(List<Instant> raised, Duration window) {
    int most = 0;
    int first = 0;
    for (int last = 0; last < raised.size(); last++) {
      while (!raised.get(first).plus(window).isAfter(raised.get(last))) {
        first++;
      }
      most = Math.max(most, last - first + 1);
    }
    return most;
  }

  private static Answering answering(List<Shown> shown) {
    List<Duration> took = new ArrayList<>();
    int rang = 0;
    int within15 = 0;
    int within20 = 0;
    for (Shown one : shown) {
      Instant deskAt = one.deskAt();
      if (deskAt == null) {
        continue;
      }
      rang++;
      Instant answeredAt = one.answeredAt();
      if (answeredAt != null) {
        Duration duration = Duration.between(deskAt, answeredAt);
        Duration waited = duration.isNegative() ? Duration.ZERO : duration;
        took.add(waited);
        within15 += waited.compareTo(FIRST_WITHIN) <= 0 ? 1 : 0;
        within20 += waited.compareTo(SECOND_WITHIN) <= 0 ? 1 : 0;
      }
    }
    took.sort(null);
    return new Answering(
        rang,
        within15,
        within20,
        rang - took.size(),
        took.isEmpty() ? null : took.get(took.size() / 2),
        took.isEmpty() ? null : took.getLast());
  }
}
