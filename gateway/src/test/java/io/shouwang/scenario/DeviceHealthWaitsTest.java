package io.shouwang.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.World;
import io.shouwang.model.DeviceId;
import io.shouwang.model.ElderId;
import io.shouwang.model.Input;
import io.shouwang.model.Kind;
import io.shouwang.model.Mode;
import io.shouwang.model.Severity;
import io.shouwang.model.Stamp;
import io.shouwang.rules.Finding;
import io.shouwang.rules.Findings;
import io.shouwang.rules.LimitsBook;
import io.shouwang.rules.Rule;
import io.shouwang.rules.RuleBook;
import io.shouwang.rules.RuleSettings;
import io.shouwang.rules.Sight;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Under maintenance a device's health waits, whoever wears it; what it says of a person doesn't.
 */
class DeviceHealthWaitsTest {
  private static final Instant BEGIN = Story.time("08:00:00");
  private static final DeviceId BAND = new DeviceId("lin-band");

  /** Says the same whenever it is asked. */
  private record Says(Kind kind, @Nullable ElderId elder, boolean health) implements Rule {
    @Override
    public String name() {
      return "says";
    }

    @Override
    public void judge(Sight sight, Findings findings) {
      Finding finding = Finding.of(name(), "so", elder, BAND, BEGIN);
      if (health) {
        findings.holdsOfDevice(kind, Severity.MINOR, "", finding);
      } else {
        findings.holds(kind, Severity.MAJOR, "", finding);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "battery_low, true, true",
    "not_worn, true, true",
    "test_overdue, true, true",
    "device_offline, false, true",
    "vitals, true, false",
    "vitals, false, false",
    "fence_left, true, false",
    "device_of_the_office, false, false"
  })
  void only_a_devices_health_waits(String kind, boolean worn, boolean health) {
    Rule rule = new Says(new Kind(kind), worn ? Village.MRS_LIN : null, health);
    World usual = Village.inPeace().world();
    World world =
        new World(
            Village.inPeace(),
            new RuleBook(RuleSettings.STANDARD, LimitsBook.STANDARD, List.of(rule)),
            usual.ladders());
    CheckedHome home = new CheckedHome(Village.LINS);
    Instant end = BEGIN.plus(Duration.ofHours(1));
    Input work =
        new Input.ModeChanged(
            Village.LINS, null, Mode.Kind.MAINTENANCE, end, Village.id("operator"), "http");
    home.decide(world, work, new Stamp(1, BEGIN));
    List<Alert> during = home.home().alerts();
    assertEquals(health ? 0 : 1, during.size(), "while it is worked on");
    home.decide(world, new Input.TimePassed(Village.LINS), new Stamp(2, end), Duration.ofDays(1));
    assertEquals(1, home.home().alerts().size(), "when it is over");
    assertTrue(home.home().alerts().getFirst().isOpen());
  }
}
