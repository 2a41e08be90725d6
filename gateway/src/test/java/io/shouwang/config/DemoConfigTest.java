package io.shouwang.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.shouwang.alerts.DutyDesk;
import io.shouwang.model.Kind;
import io.shouwang.model.Role;
import io.shouwang.rules.Limits;
import io.shouwang.rules.RuleSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The configuration that comes with the gateway loads, and says what holds by default. */
class DemoConfigTest {
  private static final Path CONFIG = Path.of("..", "config");

  @Test
  void whatStandsInTheFilesIsWhatHoldsWithoutThem() {
    Settings settings = read(Map.of());
    assertEquals(RuleSettings.STANDARD, settings.replies());
    assertEquals(Limits.STANDARD, settings.limits().city());
    assertEquals(DutyDesk.STANDARD, settings.ladders().desk());
    assertEquals(GatewayConfig.Limits.STANDARD, settings.gateway().limits());
    assertEquals(GatewayConfig.JournalLimits.STANDARD, settings.gateway().journal());
    assertEquals(GatewayConfig.Threads.STANDARD, settings.gateway().threads());
    assertEquals(ZoneId.of("Asia/Shanghai"), settings.gateway().zone());
    assertEquals(new GatewayConfig.Address("127.0.0.1", 1883), settings.gateway().mqtt().plain());
    assertNull(settings.gateway().mqtt().tls());
    assertEquals(new GatewayConfig.Address("127.0.0.1", 8080), settings.gateway().http().address());
    assertEquals(64, settings.hash().length());
  }

  @Test
  void alarmsSoundTheDeskAtSecondZeroAndTheRestAtLast() {
    Settings settings = read(Map.of());
    for (Kind kind : List.of(Kind.SOS, Kind.FALL, Kind.SMOKE, Kind.GAS)) {
      var first = settings.ladders().forKind(kind).rungs().getFirst();
      assertEquals(Duration.ZERO, first.after());
      assertEquals(
          List.of("relative", "neighbour", "grid_worker", "duty_desk"),
          first.roles().stream().map(Role::value).toList());
    }
    var other = settings.ladders().forKind(new Kind("vitals"));
    assertEquals(List.of(Role.DUTY_DESK), other.rungs().getLast().roles());
  }

  @Test
  void theEnvironmentOverridesPorts() {
    Settings settings = read(Map.of("SHOUWANG_MQTT_PORT", "0", "SHOUWANG_HTTP_PORT", "18080"));
    var plain = settings.gateway().mqtt().plain();
    assertEquals(new GatewayConfig.Address("127.0.0.1", 0), plain);
    assertEquals(18080, settings.gateway().http().address().port());
  }

  private static Settings read(Map<String, String> environment) {
    return switch (ConfigReader.read(CONFIG, environment)) {
      case ConfigReading.Accepted accepted -> accepted.settings();
      case ConfigReading.Refused refused -> throw new AssertionError(refused.problems().toString());
    };
  }
}
