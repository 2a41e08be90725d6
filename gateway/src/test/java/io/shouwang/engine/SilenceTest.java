package io.shouwang.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.Fact;
import io.shouwang.model.Kind;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A home without a sign of life, through the real engine: timers, restarts, what is journalled. */
final class SilenceTest {
  private static final String ACTIVE = "{\"state\":\"active\"}";
  private static final Duration STEP = Duration.ofMinutes(10);

  /** When the first alert of a kind begins within a time; empty if none does. */
  private static Optional<Instant> rings(EngineFixture at, Duration within) throws IOException {
    for (Duration passed = Duration.ZERO;
        passed.compareTo(within) < 0;
        passed = passed.plus(STEP)) {
      at.advance(STEP);
      for (var seen : at.engine.alerts().open()) {
        if (seen.alert().kind().equals(new Kind("inactivity"))) {
          return Optional.of(seen.alert().raisedAt());
        }
      }
    }
    return Optional.empty();
  }

  @Test
  void four_waking_hours_without_a_sign_ring() throws IOException {
    try (EngineFixture at = EngineFixture.fresh()) {
      at.event("demo-pir-001", "motion", ACTIVE);
      assertEquals(Optional.empty(), rings(at, Duration.ofMinutes(230)));
      Instant rung = rings(at, Duration.ofMinutes(20)).orElseThrow();
      assertEquals(Instant.parse("2026-03-02T04:00:00Z"), rung);
    }
  }

  @Test
  void each_sign_starts_the_silence_anew_and_idle_is_none() throws IOException {
    try (EngineFixture at = EngineFixture.fresh()) {
      at.event("demo-pir-001", "motion", ACTIVE);
      at.advance(Duration.ofHours(3));
      at.event("demo-pir-001", "motion", ACTIVE);
      at.advance(Duration.ofHours(2));
      at.event("demo-pir-001", "motion", "{\"state\":\"idle\"}");
      assertEquals(Optional.empty(), rings(at, Duration.ofMinutes(110)));
      assertTrue(rings(at, Duration.ofMinutes(20)).isPresent());
    }
  }

  @Test
  void a_restart_forgets_no_silence() throws IOException {
    EngineFixture first = EngineFixture.fresh();
    first.event("demo-pir-001", "motion", ACTIVE);
    first.advance(Duration.ofHours(2));
    try (EngineFixture at = first.restarted()) {
      assertEquals(Optional.empty(), rings(at, Duration.ofMinutes(110)));
      assertTrue(rings(at, Duration.ofMinutes(20)).isPresent());
    }
  }

  @Test
  void a_silence_that_grew_too_long_while_the_process_stood_rings_within_a_minute()
      throws IOException {
    EngineFixture first = EngineFixture.fresh();
    first.event("demo-pir-001", "motion", ACTIVE);
    first.clock.advance(Duration.ofHours(9));
    try (EngineFixture at = first.restarted()) {
      at.advance(Duration.ofMinutes(1));
      assertEquals("inactivity", at.onlyAlertOf("inactivity").kind().value());
    }
  }

  @Test
  void a_sign_of_life_is_said_and_closes_nothing() throws IOException {
    try (EngineFixture at = EngineFixture.fresh()) {
      at.event("demo-pir-001", "motion", ACTIVE);
      assertTrue(rings(at, Duration.ofMinutes(250)).isPresent());
      at.event("demo-pir-001", "motion", ACTIVE);
      Alert alert = at.onlyAlertOf("inactivity");
      assertTrue(alert.isOpen());
      assertTrue(
          alert.timeline().stream()
              .anyMatch(e -> e.fact() instanceof Fact.Cleared cleared && !cleared.closes()));
    }
  }

  @Test
  void looks_that_find_nothing_leave_no_trace_in_the_journal() throws IOException {
    try (EngineFixture at = EngineFixture.fresh()) {
      at.event("demo-pir-001", "motion", ACTIVE);
      at.advance(Duration.ofMinutes(1));
      long before = at.engine.state().last().number();
      for (int i = 0; i < 20; i++) {
        at.advance(STEP);
      }
      assertEquals(before, at.engine.state().last().number());
    }
  }

  @Test
  void a_home_with_nothing_but_a_button_is_left_alone() throws IOException {
    try (EngineFixture at = EngineFixture.fresh()) {
      at.event("demo-sos-001", "checkin", "{}");
      assertEquals(Optional.empty(), rings(at, Duration.ofHours(50)));
    }
  }

  @Test
  void a_bracelet_off_the_wrist_is_waited_for_a_day_and_no_longer() throws IOException {
    try (EngineFixture at = EngineFixture.fresh()) {
      at.event("demo-band-001", "vitals", "{\"steps\":10}");
      at.event("demo-band-001", "vitals", "{\"steps\":50}");
      at.event("demo-band-001", "status", "{\"worn\":false}");
      assertEquals(Optional.empty(), rings(at, Duration.ofMinutes(23 * 60 + 50)));
      assertTrue(rings(at, Duration.ofMinutes(20)).isPresent());
    }
  }

  @Test
  void a_bracelet_worn_again_counts_at_once() throws IOException {
    try (EngineFixture at = EngineFixture.fresh()) {
      at.event("demo-band-001", "vitals", "{\"steps\":10}");
      at.event("demo-band-001", "vitals", "{\"steps\":50}");
      at.event("demo-band-001", "status", "{\"worn\":false}");
      assertEquals(Optional.empty(), rings(at, Duration.ofHours(7)));
      at.event("demo-band-001", "status", "{\"worn\":true}");
      assertTrue(rings(at, Duration.ofHours(4)).isPresent(), "worn again, and still nothing");
    }
  }

  @Test
  void the_door_last_means_out_until_a_day_has_passed() throws IOException {
    try (EngineFixture at = EngineFixture.fresh()) {
      at.event("demo-pir-001", "motion", ACTIVE);
      at.advance(Duration.ofMinutes(5));
      for (String state : List.of("open", "closed")) {
        at.event("demo-pir-001", "door", "{\"state\":\"" + state + "\"}");
      }
      assertEquals(Optional.empty(), rings(at, Duration.ofMinutes(23 * 60 + 50)));
      assertTrue(rings(at, Duration.ofMinutes(20)).isPresent());
    }
  }
}
