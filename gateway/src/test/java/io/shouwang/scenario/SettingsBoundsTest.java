package io.shouwang.scenario;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.shouwang.alerts.DutyDesk;
import io.shouwang.rules.RuleSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** No setting makes an alarm wait without end (P2). */
class SettingsBoundsTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void a_desk_is_neither_rung_without_pause_nor_never() {
    assertThrows(IllegalArgumentException.class, () -> new DutyDesk(Duration.ZERO, MINUTE));
    assertThrows(IllegalArgumentException.class, () -> new DutyDesk(MINUTE, Duration.ZERO));
    assertThrows(IllegalArgumentException.class, () -> new DutyDesk(Duration.ofDays(1), MINUTE));
    assertThrows(IllegalArgumentException.class, () -> new DutyDesk(MINUTE, Duration.ofDays(365)));
  }

  @Test
  void an_eta_of_more_than_an_hour_can_not_be_configured() {
    assertThrows(IllegalArgumentException.class, () -> holds(Duration.ofMinutes(61), MINUTE));
    assertThrows(IllegalArgumentException.class, () -> holds(Duration.ZERO, MINUTE));
  }

  @Test
  void nothing_holds_an_alert_for_a_year() {
    assertThrows(IllegalArgumentException.class, () -> holds(MINUTE, Duration.ofDays(365)));
    assertThrows(IllegalArgumentException.class, () -> holds(MINUTE, Duration.ZERO));
  }

  private static RuleSettings holds(Duration etaCap, Duration hold) {
    Duration day = Duration.ofDays(1);
    return new RuleSettings(
        MINUTE, MINUTE, MINUTE, day, MINUTE, etaCap, MINUTE, hold, hold, day, day);
  }
}
