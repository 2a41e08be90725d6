package io.shouwang.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.shouwang.alerts.Subject;
import io.shouwang.backtest.Comparison.What;
import io.shouwang.model.AlertId;
import io.shouwang.model.HomeId;
import io.shouwang.model.Kind;
import io.shouwang.model.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ComparisonTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

  private static Raising at(Duration after, String home, Severity severity, String ladder) {
    return new Raising(
        NOON.plus(after),
        new HomeId(home),
        new AlertId("a" + after.toMillis()),
        new Kind("inactivity"),
        severity,
        new Subject.OfHome(),
        ladder,
        "");
  }

  private static Raising at(Duration after) {
    return at(after, "h-1", Severity.MAJOR, "other");
  }

  private static List<What> whats(List<Raising> before, List<Raising> after) {
    return Comparison.of(before, after).changes().stream().map(Comparison.Change::what).toList();
  }

  @Test
  void the_same_alert_is_no_change() {
    assertEquals(List.of(), whats(List.of(at(Duration.ZERO)), List.of(at(Duration.ZERO))));
  }

  @Test
  void what_rings_half_an_hour_later_is_later_and_not_less_and_more() {
    assertEquals(
        List.of(What.LATER),
        whats(List.of(at(Duration.ZERO)), List.of(at(Duration.ofMinutes(30)))));
    assertEquals(
        List.of(What.EARLIER),
        whats(List.of(at(Duration.ofMinutes(30))), List.of(at(Duration.ZERO))));
  }

  @Test
  void beyond_twelve_hours_two_alerts_are_two() {
    assertEquals(
        List.of(What.LESS, What.MORE),
        whats(List.of(at(Duration.ZERO)), List.of(at(Duration.ofHours(13)))));
  }

  @Test
  void another_home_is_another_alert() {
    Raising elsewhere = at(Duration.ZERO, "h-2", Severity.MAJOR, "other");
    assertEquals(
        List.of(What.LESS, What.MORE), whats(List.of(at(Duration.ZERO)), List.of(elsewhere)));
  }

  @Test
  void another_ladder_or_severity_is_elsewhere() {
    Raising ladder = at(Duration.ZERO, "h-1", Severity.MAJOR, "quiet");
    Raising severity = at(Duration.ofMinutes(5), "h-1", Severity.MINOR, "other");
    assertEquals(List.of(What.ELSEWHERE), whats(List.of(at(Duration.ZERO)), List.of(ladder)));
    assertEquals(List.of(What.ELSEWHERE), whats(List.of(at(Duration.ZERO)), List.of(severity)));
  }

  @Test
  void the_sums_add_up() {
    List<Raising> before = List.of(at(Duration.ZERO), at(Duration.ofDays(1)));
    List<Raising> after = List.of(at(Duration.ofMinutes(1)), at(Duration.ofDays(3)));
    Comparison.Sum sum = Comparison.of(before, after).sums().get("inactivity");
    assertEquals(new Comparison.Sum(2, 2, 0, 1, 1, 0, 1, 0), sum);
  }
}
