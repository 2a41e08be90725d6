package io.shouwang.sim.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.sim.message.Alert;
import io.shouwang.sim.responder.Script;
import io.shouwang.sim.time.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StoryTest {
  private final VirtualClock clock = new VirtualClock();
  private final List<String> loud = new ArrayList<>();
  private int readings;

  @Test
  void alarmsComeAtTheirTimesRoundAfterRound() {
    Story.begin(
        clock,
        act -> {
          if (act.loud()) {
            loud.add(clock.nanos() / 1_000_000_000 + " " + act.kind());
          } else {
            readings++;
          }
        });
    clock.advance(Duration.ofSeconds(250));
    assertEquals(List.of("3 sos", "90 smoke", "110 smoke", "170 fall", "243 sos"), loud);
    assertEquals(25 + 17 + 13 + 5, readings);
  }

  @Test
  void everyPayloadIsAnObjectWithIdAndTime() {
    Story.begin(
        clock,
        act -> {
          String payload = new String(act.payload("i-1", clock.now(), 3), UTF_8);
          assertTrue(payload.startsWith("{\"id\":\"i-1\",\"at\":\"2026-"), payload);
          loud.add(payload);
        });
    clock.advance(Duration.ofMinutes(2));
    assertTrue(loud.stream().anyMatch(payload -> payload.contains("\"state\":\"alarm\"")));
    assertTrue(loud.stream().anyMatch(payload -> payload.contains("\"state\":\"clear\"")));
  }

  @Test
  void theDeskClosesEveryAlertOfARoundAndTheDaughterComes() throws Exception {
    for (String kind : List.of("sos", "smoke", "fall")) {
      Script desk = Story.answer("demo-desk", alert(kind));
      assertEquals("done", desk.steps().getLast().reply().word().text());
    }
    assertEquals(
        Script.parse("accept:8@5s,arrived@30s"), Story.answer("demo-daughter", alert("sos")));
    assertEquals(Script.SILENT, Story.answer("demo-service", alert("sos")));
    assertEquals(Script.SILENT, Story.answer("demo-daughter", alert("gas")));
  }

  private static Alert alert(String kind) throws Exception {
    return Alert.read(("{\"alert\":\"a\",\"kind\":\"" + kind + "\"}").getBytes(UTF_8));
  }
}
