package io.shouwang.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.shouwang.alerts.DutyDesk;
import io.shouwang.alerts.Ladders;
import io.shouwang.alerts.Rung;
import io.shouwang.model.Kind;
import io.shouwang.model.Role;
import io.shouwang.yaml.ConfigProblem;
import io.shouwang.yaml.YamlFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code ladders.yaml} means. P2: the duty desk sounds at second 0 of an alarm, always. */
class LaddersYamlTest {

  @Test
  void theDeskSoundsAtSecondZeroOfAnAlarmThoughNobodyListsIt() {
    Ladders ladders = read("[{after: 0s, roles: [relative]}, {after: 60s, roles: [volunteer]}]");
    assertEquals(
        List.of(rung(0, "relative", "duty_desk"), rung(60, "volunteer")),
        ladders.forKind(Kind.SOS).rungs());
  }

  @Test
  void theDeskHasARungOfItsOwnWhereTheFirstOneWaits() {
    Ladders ladders = read("[{after: 20s, roles: [relative]}]");
    assertEquals(
        List.of(rung(0, "duty_desk"), rung(20, "relative")), ladders.forKind(Kind.FALL).rungs());
  }

  @Test
  void theDeskMayBeListedAgainLater() {
    Ladders ladders =
        read("[{after: 0s, roles: [duty_desk]}, {after: 60s, roles: [relative, duty_desk]}]");
    assertEquals(
        List.of(rung(0, "duty_desk"), rung(60, "relative", "duty_desk")),
        ladders.forKind(Kind.SMOKE).rungs());
  }

  @Test
  void aKindWithoutALadderTakesTheOther() {
    Ladders ladders = read("[{after: 0s, roles: [relative]}]");
    assertEquals("other", ladders.forKind(new Kind("vitals")).name());
    assertEquals(List.of(rung(5, "doctor", "duty_desk")), ladders.other().rungs());
    assertEquals("alarm", ladders.forKind(Kind.GAS).name());
    assertEquals(new DutyDesk(Duration.ofSeconds(45), Duration.ofMinutes(3)), ladders.desk());
  }

  private static Ladders read(String rungs) {
    String text =
        """
        more_roles: [doctor]
        duty_desk: {repeat_every: 45s, overflow_after: 3m}
        ladders:
          alarm:
            for: [sos, fall, smoke, gas]
            rungs: %s
          other:
            rungs: [{after: 5s, roles: [doctor, duty_desk]}]
        """
            .formatted(rungs);
    List<ConfigProblem> problems = new ArrayList<>();
    Ladders ladders = new LaddersYaml().read(YamlFile.read(LaddersYaml.FILE, text, problems));
    assertEquals(List.of(), problems);
    return ladders;
  }

  private static Rung rung(int seconds, String... roles) {
    return new Rung(Duration.ofSeconds(seconds), Stream.of(roles).map(Role::new).toList());
  }
}
