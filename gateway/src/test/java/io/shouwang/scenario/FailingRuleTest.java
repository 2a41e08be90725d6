package io.shouwang.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.Core;
import io.shouwang.alerts.Decision;
import io.shouwang.alerts.Fact;
import io.shouwang.alerts.Home;
import io.shouwang.alerts.World;
import io.shouwang.model.Input;
import io.shouwang.model.Kind;
import io.shouwang.model.Stamp;
import io.shouwang.rules.Findings;
import io.shouwang.rules.LimitsBook;
import io.shouwang.rules.Rule;
import io.shouwang.rules.RuleBook;
import io.shouwang.rules.RuleSettings;
import io.shouwang.rules.Sight;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A rule that fails takes no alarm with it (P3). */
class FailingRuleTest {
  private static final class Failing implements Rule {
    @Override
    public String name() {
      return "failing";
    }

    @Override
    public void judge(Sight sight, Findings findings) {
      throw new IllegalStateException("somebody's mistake");
    }
  }

  private static World failing() {
    World usual = Village.inPeace().world();
    return new World(
        usual.directory(),
        new RuleBook(RuleSettings.STANDARD, LimitsBook.STANDARD, List.of(new Failing())),
        usual.ladders());
  }

  private static Decision decide(Said said) {
    return Core.decide(
        failing(),
        Home.empty(Village.LINS),
        new Input.EventReceived(said.event()),
        new Stamp(1, Story.time("08:00:00")));
  }

  @Test
  void a_press_rings_all_the_same_and_the_desk_hears_of_the_rule() {
    List<Alert> alerts = decide(Said.press("lin-button")).home().alerts();
    assertEquals(List.of(Kind.SOS, Core.TROUBLE), alerts.stream().map(Alert::kind).toList());
    for (String person : List.of("daughter", "son", "town desk")) {
      assertTrue(alerts.getFirst().asked(Village.id(person)).isPresent(), person);
    }
    assertTrue(alerts.getLast().asked(Village.id("town desk")).isPresent());
  }

  @Test
  void the_ladder_of_an_open_alert_climbs_on_time_whatever_a_rule_does() {
    Instant press = Story.time("08:00:00");
    Home home = decide(Said.press("lin-button")).home();
    Instant due = press.plusSeconds(30);
    Decision decision =
        Core.decide(failing(), home, new Input.TimePassed(Village.LINS), new Stamp(2, due));
    Alert alert = decision.home().alerts().getFirst();
    assertEquals(due, alert.asked(Village.id("neighbour")).orElseThrow().lastRungAt());
    assertEquals(due.plus(Core.TRY_AGAIN_AFTER), decision.lookAt(), "the rules are asked again");
    assertTrue(
        decision.facts().stream().anyMatch(Fact.TroubleSeen.class::isInstance), "it is heard of");
  }

  @Test
  void a_reading_is_journalled_as_undecided_by_whoever_called() {
    assertThrows(IllegalStateException.class, () -> decide(Said.vitals("lin-band", 70.0, null)));
  }
}
