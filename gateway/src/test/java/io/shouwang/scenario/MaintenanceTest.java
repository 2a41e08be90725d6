package io.shouwang.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.World;
import io.shouwang.model.DeviceId;
import io.shouwang.model.HomeId;
import io.shouwang.model.Input;
import io.shouwang.model.Kind;
import io.shouwang.model.Mode;
import io.shouwang.model.Severity;
import io.shouwang.model.Stamp;
import io.shouwang.rules.Figure;
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
import org.junit.jupiter.api.Test;

/** A home under maintenance: its devices' troubles wait, its alarms don't. */
class MaintenanceTest {
  private static final Instant BEGIN = Story.time("08:00:00");
  private static final DeviceId SMOKE = new DeviceId("lin-smoke");

  /** The smoke alarm is offline from 08:10 on, until a moment. */
  private record Offline(Instant until) implements Rule {
    @Override
    public String name() {
      return "devices";
    }

    @Override
    public void judge(Sight sight, Findings findings) {
      Instant since = BEGIN.plusSeconds(600);
      Finding finding = Finding.of(name(), "offline", null, SMOKE, since, Figure.of("missed", 3));
      if (sight.now().isBefore(since)) {
        findings.lookAt(since);
      } else if (sight.now().isBefore(until)) {
        findings.holdsOfDevice(new Kind("device_offline"), Severity.MINOR, SMOKE.value(), finding);
        findings.lookAt(until);
      } else {
        findings.gone(SMOKE.value(), finding);
      }
    }
  }

  private final CheckedHome home = new CheckedHome(Village.LINS);
  private World world = Village.inPeace().world();
  private long number;

  private void offlineUntil(Instant until) {
    RuleBook rules =
        new RuleBook(RuleSettings.STANDARD, LimitsBook.STANDARD, List.of(new Offline(until)));
    world = new World(Village.inPeace(), rules, world.ladders());
  }

  private void decide(Instant now, Input input) {
    home.decide(world, input, new Stamp(++number, now), Duration.ofDays(1));
  }

  private void maintenanceUntil(Instant until) {
    decide(
        BEGIN,
        new Input.ModeChanged(
            Village.LINS, null, Mode.Kind.MAINTENANCE, until, Village.id("operator"), "http"));
  }

  private void passTime(Duration after) {
    HomeId id = home.home().id();
    decide(BEGIN.plus(after), new Input.TimePassed(id));
  }

  @Test
  void what_still_holds_when_the_work_is_over_rings_then() {
    offlineUntil(BEGIN.plus(Duration.ofHours(3)));
    maintenanceUntil(BEGIN.plus(Duration.ofHours(1)));
    passTime(Duration.ofMinutes(10));
    assertEquals(List.of(), home.home().alerts());
    assertNull(home.home().condition("devices", "lin-smoke").orElseThrow().alert());
    passTime(Duration.ofMinutes(30));
    assertEquals(List.of(), home.home().alerts());
    passTime(Duration.ofHours(1));
    Alert alert = home.home().alerts().getFirst();
    assertEquals(new Kind("device_offline"), alert.kind());
    assertEquals(List.of(), alert.marks().modes(), "the work is over");
    assertEquals(alert.id(), home.home().condition("devices", "lin-smoke").orElseThrow().alert());
  }

  @Test
  void what_is_over_before_the_work_is_rings_nobody() {
    offlineUntil(BEGIN.plus(Duration.ofMinutes(30)));
    maintenanceUntil(BEGIN.plus(Duration.ofHours(1)));
    passTime(Duration.ofMinutes(10));
    passTime(Duration.ofMinutes(30));
    assertEquals(List.of(), home.home().conditions());
    passTime(Duration.ofHours(1));
    assertEquals(List.of(), home.home().alerts());
  }

  @Test
  void an_alarm_rings_all_the_same_and_says_so() {
    offlineUntil(BEGIN);
    maintenanceUntil(BEGIN.plus(Duration.ofHours(1)));
    decide(BEGIN.plusSeconds(5), new Input.EventReceived(Said.press("lin-button").event()));
    Alert alert = home.home().alerts().getFirst();
    assertEquals(List.of(Mode.Kind.MAINTENANCE), alert.marks().modes());
    assertEquals(Village.USUAL, alert.ladder());
    assertEquals(3, alert.asked().size(), "daughter, son and the desk");
  }

  @Test
  void a_mode_whose_end_could_not_be_decided_is_tried_again_and_not_at_once() {
    maintenanceUntil(BEGIN.plus(Duration.ofHours(1)));
    Instant end = BEGIN.plus(Duration.ofHours(1));
    Input end1 = new Input.TimePassed(Village.LINS);
    home.fail(world, end1, new Stamp(++number, end), Duration.ofDays(1));
    Mode later = home.home().modes().getFirst();
    assertEquals(end.plusSeconds(30), later.until());
    decide(end.plusSeconds(30), end1);
    assertEquals(List.of(), home.home().modes());
  }
}
