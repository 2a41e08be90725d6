package io.shouwang.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules change under a running gateway, and a bad file changes nothing. */
final class ReloadTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String KETTLE =
      """
      custom:
        - name: kettle
          when: "event.watts > 2000 && home.devices.size() > 2"
          on: [power]
          message: {zh: 水壶开着, en: the kettle is on}
      """;
  private int presses;

  private static boolean isRefused(JsonNode ready) {
    return ready.path("troubles").toString().contains("rules.yaml or ladders.yaml is refused");
  }

  @Test
  void a_new_limit_takes_force_and_a_bad_file_is_refused_while_it_serves(@TempDir Path directory)
      throws Exception {
    try (Town town = Town.open(directory)) {
      Path rules = town.config.resolve("rules.yaml");
      String shipped = Files.readString(rules);
      assertFalse(isLate(town), "90 s old, and 2 min is the limit");

      Files.writeString(rules, shipped.replace("late_after: 2m", "late_after: 1m"));
      await("the new limit", () -> isLate(town));

      Files.writeString(rules, shipped.replace("late_after: 2m", "late_after: 2"));
      await("a trouble", () -> isRefused(town.get("/readyz").json()));
      JsonNode ready = town.get("/readyz").json();
      assertTrue(ready.get("ready").asBoolean());
      assertTrue(town.metrics().contains("shouwang_settings_refused 1.0"), town.metrics());
      assertTrue(isLate(town), "the limit before stays in force");

      Files.writeString(rules, shipped);
      await("no trouble", () -> !isRefused(town.get("/readyz").json()));
      assertTrue(town.metrics().contains("shouwang_settings_refused 0.0"), town.metrics());
      await("the first limit again", () -> !isLate(town));

      Files.writeString(rules, shipped.replace("custom: []", KETTLE));
      await("the office's own rule", () -> isKettleOn(town));
      String why = town.open("kettle").get("why").asText();
      assertTrue(why.contains("水壶开着（自定义规则 kettle：event.watts 2300"), why);
    }
  }

  private static boolean isKettleOn(Town town) throws Exception {
    Town.Answer answer =
        town.post(
            "/api/v1/devices/demo-pir-001/events/power",
            town.basic("demo-pir-001"),
            "{\"watts\":2300}".getBytes(StandardCharsets.UTF_8));
    assertEquals(202, answer.status());
    return town.open().stream().anyMatch(alert -> alert.get("kind").asText().equals("kettle"));
  }

  /** Whether a press from 90 s ago counts as late. */
  private boolean isLate(Town town) throws Exception {
    town.closeAll();
    presses++;
    String press =
        "{\"id\":\"p-%d\",\"at\":\"%s\"}".formatted(presses, Instant.now().minusSeconds(90));
    Town.Answer answer =
        town.post(
            "/api/v1/devices/demo-sos-001/events/sos",
            town.basic("demo-sos-001"),
            press.getBytes(StandardCharsets.UTF_8));
    assertEquals(202, answer.status());
    return town.open("sos").get("evidence").get(0).get("marks").toString().contains("late");
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(String what, Condition condition) throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    for (long waited = 0; !condition.holds(); waited += 200) {
      assertTrue(waited < PATIENCE.toMillis(), "still not: " + what);
      assertFalse(never.await(200, TimeUnit.MILLISECONDS));
    }
  }
}
