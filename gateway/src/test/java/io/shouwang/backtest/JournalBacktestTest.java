package io.shouwang.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.DutyDesk;
import io.shouwang.alerts.Fact;
import io.shouwang.alerts.Home;
import io.shouwang.alerts.Ladder;
import io.shouwang.alerts.Marks;
import io.shouwang.alerts.Subject;
import io.shouwang.alerts.World;
import io.shouwang.backtest.Comparison.What;
import io.shouwang.engine.BacktestFixture;
import io.shouwang.engine.Decided;
import io.shouwang.engine.Replay;
import io.shouwang.model.AlertId;
import io.shouwang.model.HomeId;
import io.shouwang.model.Input;
import io.shouwang.model.Kind;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Severity;
import io.shouwang.model.Stamp;
import io.shouwang.model.Synthetic;
import io.shouwang.rules.RuleBook;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** P7: the same journal gives the same alerts; other rules show what would have been different. */
final class JournalBacktestTest {
  private static final Replay.Worlds RECORDED = (_, _) -> BacktestFixture.world();

  /** The same rules without the one for silence. */
  private static final Replay.Worlds DEAF =
      (_, _) -> {
        World world = BacktestFixture.world();
        RuleBook book = world.rules();
        return new World(
            world.directory(),
            new RuleBook(book.settings(), book.limits(), List.of()),
            world.ladders());
      };

  private static JournalBacktest.Result run(
      BacktestFixture at, Replay.Worlds other, @Nullable Instant from, @Nullable Instant to)
      throws Exception {
    return new JournalBacktest(at.past(), Duration.ofHours(2), alert -> alert.kind().value())
        .run(RECORDED, other, from, to);
  }

  /** Three days of motion, one morning of silence, a press; all closed by the desk. */
  private static void live(BacktestFixture at) throws Exception {
    for (int day = 0; day < 3; day++) {
      for (int quarter = 0; quarter < 96; quarter++) {
        boolean silent = day == 1 && quarter >= 8 && quarter < 60;
        if (!silent) {
          at.event("demo-pir-001", "motion", "{\"state\":\"active\"}");
        }
        if (day == 2 && quarter == 20) {
          at.event("demo-sos-001", "sos", "{\"id\":\"press-1\"}");
        }
        at.advance(Duration.ofMinutes(15));
        for (String kind : List.of("inactivity", "sos")) {
          Alert open = at.open(kind);
          if (open != null) {
            at.closes(open);
          }
        }
      }
    }
  }

  @Test
  void a_rerun_with_the_same_rules_gives_the_same_alerts_as_the_journal() throws Exception {
    try (BacktestFixture at = new BacktestFixture()) {
      live(at);
      List<String> journalled = at.raised();
      assertTrue(journalled.stream().anyMatch(a -> a.startsWith("inactivity")), "" + journalled);
      assertTrue(journalled.stream().anyMatch(a -> a.startsWith("sos")), "" + journalled);
      JournalBacktest.Result result = run(at, RECORDED, null, null);
      assertEquals(List.of(), result.comparison().changes());
      JournalledAlerts alerts = new JournalledAlerts();
      at.past().read((decided, _) -> alerts.note(decided));
      Rerun rerun = new Rerun(alerts, RECORDED, Duration.ofHours(2), alert -> "");
      at.past().read((decided, _) -> rerun.take(decided, true));
      List<String> again = new ArrayList<>();
      rerun.raisings().forEach(raising -> again.add(raising.kind() + " " + raising.at()));
      assertEquals(journalled.stream().sorted().toList(), again.stream().sorted().toList());
      assertEquals(journalled.size(), result.journalled());
    }
  }

  @Test
  void what_only_the_recorded_rules_ring_is_less_and_the_other_way_round_more() throws Exception {
    try (BacktestFixture at = new BacktestFixture()) {
      live(at);
      JournalBacktest.Result less = run(at, DEAF, null, null);
      assertFalse(less.comparison().changes().isEmpty());
      for (Comparison.Change change : less.comparison().changes()) {
        assertEquals(What.LESS, change.what());
      }
      Comparison.Sum sos = less.comparison().sums().get("sos");
      assertEquals(new Comparison.Sum(1, 1, 1, 0, 0, 0, 0, 0), sos);
      JournalBacktest.Result more =
          new JournalBacktest(at.past(), Duration.ofHours(2), alert -> "")
              .run(DEAF, RECORDED, null, null);
      assertTrue(
          more.comparison().changes().stream().allMatch(change -> change.what() == What.MORE));
      assertEquals(less.comparison().changes().size(), more.comparison().changes().size());
    }
  }

  @Test
  void only_what_rang_in_the_range_is_compared() throws Exception {
    try (BacktestFixture at = new BacktestFixture()) {
      Instant begin = at.now();
      live(at);
      Instant lastDay = begin.plus(Duration.ofDays(2)).plus(Duration.ofHours(1));
      JournalBacktest.Result result = run(at, DEAF, lastDay, null);
      assertEquals(List.of("sos"), List.copyOf(result.comparison().sums().keySet()));
      Instant future = at.now().plus(Duration.ofDays(9));
      JournalBacktest.OutsideRange refused =
          assertThrows(JournalBacktest.OutsideRange.class, () -> run(at, RECORDED, future, null));
      assertTrue(String.valueOf(refused.getMessage()).contains("choose --from and --to within"));
    }
  }

  @Test
  void an_alert_nobody_closed_counts_as_handled_so_that_it_rings_again() throws Exception {
    try (BacktestFixture at = new BacktestFixture()) {
      at.event("demo-sos-001", "sos", "{\"id\":\"press-1\"}");
      at.advance(Duration.ofMinutes(150));
      at.event("demo-sos-001", "sos", "{\"id\":\"press-2\"}");
      at.advance(Duration.ofMinutes(1));
      Comparison.Sum sum = run(at, RECORDED, null, null).comparison().sums().get("sos");
      assertEquals(2, sum == null ? 0 : sum.before());
    }
  }

  @Test
  void the_gateways_own_synthetic_press_is_no_alert_of_either() throws Exception {
    try (BacktestFixture at = new BacktestFixture()) {
      at.event(Synthetic.DEVICE.value(), "sos", "{\"id\":\"s1\"}");
      at.advance(Duration.ofMinutes(1));
      at.event("demo-sos-001", "sos", "{\"id\":\"press-1\"}");
      at.advance(Duration.ofMinutes(1));
      JournalBacktest.Result result = run(at, RECORDED, null, null);
      assertEquals(
          Map.of("sos", new Comparison.Sum(1, 1, 1, 0, 0, 0, 0, 0)), result.comparison().sums());
      assertEquals(1, result.journalled());
    }
  }

  @Test
  void what_was_merged_is_over_and_what_was_opened_again_is_not() {
    JournalledAlerts alerts = new JournalledAlerts();
    Instant noon = Instant.parse("2026-03-02T12:00:00Z");
    HomeId home = new HomeId("h-001");
    ResponderId by = new ResponderId("operator");
    AlertId one = new AlertId("a1");
    AlertId other = new AlertId("a2");
    List<Fact> facts =
        List.of(
            raised(one),
            raised(other),
            new Fact.MergedInto(other, one, by),
            new Fact.Closed(one, by, "real"),
            new Fact.Reopened(one, by, true, "http", null));
    Input input = new Input.TimePassed(home);
    alerts.note(new Decided(new Stamp(1, noon), input, home, null, facts.subList(0, 4)));
    Alert same = Home.empty(home).apply(facts.getFirst(), new Stamp(1, noon)).alerts().getFirst();
    Alert merged = Home.empty(home).apply(facts.get(1), new Stamp(1, noon)).alerts().getFirst();
    assertEquals(noon, alerts.closedAt(merged));
    assertEquals(noon, alerts.closedAt(same));
    alerts.note(new Decided(new Stamp(2, noon), input, home, null, facts.subList(4, 5)));
    assertNull(alerts.closedAt(same));
  }

  private static Fact raised(AlertId id) {
    return new Fact.Raised(
        id,
        Kind.SOS,
        Severity.CRITICAL,
        new Subject.OfHome(),
        Set.of(),
        null,
        new Ladder("", List.of()),
        DutyDesk.STANDARD,
        Instant.parse("2026-03-02T12:00:00Z"),
        null,
        Marks.NONE);
  }
}
