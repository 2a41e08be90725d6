package io.shouwang.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class WatchdogTest {
  private final ManualClock clock = new ManualClock(Instant.EPOCH);
  private long turns;
  private final Watchdog watchdog =
      new Watchdog(
          new Watchdog.Watched() {
            @Override
            public long turns() {
              return turns;
            }

            @Override
            public StackTraceElement[] stack() {
              return Thread.currentThread().getStackTrace();
            }
          },
          clock,
          Duration.ofSeconds(3),
          Duration.ofSeconds(60));

  private Watchdog.Pulse after(Duration still) {
    clock.advance(still);
    return watchdog.check();
  }

  @Test
  void an_engine_that_turns_is_well_however_rarely_it_is_looked_at() {
    for (int i = 0; i < 10; i++) {
      turns++;
      assertEquals(Watchdog.Pulse.TURNING, after(Duration.ofSeconds(50)));
    }
  }

  @Test
  void one_that_stands_still_is_stalled_then_dead_and_well_again_once_it_turns() {
    turns++;
    assertEquals(Watchdog.Pulse.TURNING, after(Duration.ofSeconds(1)));
    assertEquals(Watchdog.Pulse.TURNING, after(Duration.ofSeconds(2)));
    assertEquals(Watchdog.Pulse.STALLED, after(Duration.ofSeconds(1)));
    assertEquals(Watchdog.Pulse.DEAD, after(Duration.ofSeconds(57)));
    turns++;
    assertEquals(Watchdog.Pulse.TURNING, after(Duration.ofSeconds(1)));
  }
}
