package io.shouwang.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.Core;
import io.shouwang.alerts.Decision;
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

  private static Decision decide(Said said) {
    World usual = Village.inPeace().world();
    World failing =
        new World(
            usual.directory(),
            new RuleBook(RuleSettings.STANDARD, LimitsBook.STANDARD, List.of(new Failing())),
            usual.ladders());
    return Core.decide(
        failing,
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
  void a_reading_is_journalled_as_undecided_by_whoever_called() {
    assertThrows(IllegalStateException.class, () -> decide(Said.vitals("lin-band", 70.0, null)));
  }
}
