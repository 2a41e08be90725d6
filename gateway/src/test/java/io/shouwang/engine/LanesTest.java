package io.shouwang.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.alerts.Core;
import io.shouwang.intake.Lane;
import io.shouwang.intake.Submission;
import io.shouwang.model.Answer;
import io.shouwang.model.Input;
import io.shouwang.simulation.SimulatedDisk;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two lanes lead in; neither drops, and a press never queues behind readings. */
final class LanesTest {
  private static final EngineLimits SMALL = new EngineLimits(4, 8, 4, 16 * 1024);

  private static EngineFixture small() throws Exception {
    return new EngineFixture(
        new SimulatedDisk(), new ManualClock(Instant.parse("2026-03-02T00:00:00Z")), SMALL);
  }

  private static Input reading(int n) {
    return new Input.EventReceived(
        EngineFixture.read(
            "demo-pir-001", "motion", "{\"state\":\"active\",\"id\":\"m" + n + "\"}"));
  }

  @Test
  void a_full_lane_takes_nothing_more_and_says_when_there_is_room() throws Exception {
    try (EngineFixture at = small()) {
      for (int i = 0; i < 8; i++) {
        assertTrue(at.offer(Lane.TELEMETRY, reading(i)));
      }
      assertFalse(at.offer(Lane.TELEMETRY, reading(8)));
      List<String> woken = new ArrayList<>();
      at.engine.whenRoom(Lane.TELEMETRY, () -> woken.add("room"));
      assertEquals(List.of(), woken);
      at.settle();
      assertEquals(List.of("room"), woken);
      assertEquals(8, at.answers.size());
      assertTrue(at.offer(Lane.TELEMETRY, reading(8)));
    }
  }

  @Test
  void a_press_is_decided_before_the_readings_that_came_first() throws Exception {
    try (EngineFixture at = small()) {
      List<Long> order = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        at.engine.offer(
            new Submission(reading(i), Lane.TELEMETRY, 0, (receipt, number, answer) -> {}));
      }
      at.engine.offer(
          new Submission(
              new Input.EventReceived(EngineFixture.read("demo-sos-001", "sos", "{}")),
              Lane.ALARM,
              0,
              (receipt, number, answer) -> order.add(number)));
      at.settle();
      assertEquals(List.of(1L), order);
    }
  }

  @Test
  void a_waiter_that_comes_when_there_is_room_already_is_woken_all_the_same() throws Exception {
    try (EngineFixture at = small()) {
      List<String> woken = new ArrayList<>();
      at.engine.whenRoom(Lane.ALARM, () -> woken.add("room"));
      at.settle();
      assertEquals(List.of("room"), woken);
    }
  }

  @Test
  void an_input_that_cannot_be_decided_rings_the_desk_and_stops_nothing() throws Exception {
    try (EngineFixture at = small()) {
      at.engine.activate(
          new Input.RegistryActivated("broken"), BrokenDirectory.brokenFor("demo-sos-001"));
      at.settle();
      Answer answer = at.event("demo-sos-001", "sos", "{\"id\":\"p\"}");
      assertInstanceOf(Answer.Refused.class, answer);
      assertEquals(1, at.engine.undecided());
      assertEquals(Core.TROUBLE, at.onlyAlert().kind());
      assertInstanceOf(
          Answer.Taken.class, at.event("demo-smoke-001", "smoke", "{\"state\":\"alarm\"}"));
      assertEquals(2, at.engine.alerts().open().size());
    }
  }

  @Test
  void a_home_whose_very_trouble_cannot_be_decided_is_looked_at_again() throws Exception {
    try (EngineFixture at = small()) {
      at.event("demo-sos-001", "sos", "{\"id\":\"p\"}");
      at.engine.activate(new Input.RegistryActivated("broken"), BrokenDirectory.brokenIn("h-001"));
      at.advance(Duration.ofMinutes(2));
      long failed = at.engine.undecided();
      assertTrue(failed >= 1);
      at.engine.activate(new Input.RegistryActivated("mended"), EngineFixture.WORLD);
      int before = at.onlyAlertOf("sos").deliveryCount();
      at.advance(Duration.ofMinutes(2));
      assertTrue(at.onlyAlertOf("sos").deliveryCount() > before, "it never rang on");
    }
  }

  @Test
  void a_full_disk_shuts_telemetry_out_lets_alarms_in_and_heals() throws Exception {
    try (EngineFixture at = EngineFixture.fresh()) {
      at.disk.capacity(at.disk.usedBytes());
      int taken = 0;
      while (at.offer(Lane.TELEMETRY, reading(taken)) && taken < 20_000) {
        taken++;
        at.clock.advance(Duration.ofSeconds(1));
        at.settle();
        if (at.engine.waiting(Lane.TELEMETRY) > 0) {
          break;
        }
      }
      assertTrue(at.engine.waiting(Lane.TELEMETRY) > 0, "telemetry is still taken in");
      assertEquals(Core.TROUBLE, at.onlyAlert().kind());
      int answered = at.answers.size();
      for (int i = 0; i < 100; i++) {
        assertInstanceOf(
            Answer.Taken.class, at.event("demo-sos-001", "sos", "{\"id\":\"p" + i + "\"}"));
      }
      assertEquals(answered + 100, at.answers.size());
      at.disk.capacity(Long.MAX_VALUE);
      for (int second = 0; second < 5; second++) {
        at.clock.advance(Duration.ofSeconds(1));
        at.settle();
      }
      assertEquals(0, at.engine.waiting(Lane.TELEMETRY));
    }
  }
}
