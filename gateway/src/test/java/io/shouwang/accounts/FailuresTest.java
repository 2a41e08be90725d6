package io.shouwang.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FailuresTest {
  private static final long SECOND = 1_000_000_000L;
  private final Failures failures = new Failures(3, Duration.ofMinutes(15), Duration.ofHours(1));

  @Test
  void aFewCostNothingThenEachCostsTwice() {
    long now = 0;
    for (int i = 0; i < 3; i++) {
      assertFalse(failures.rest("a", now).isPositive());
      failures.begin("a", now);
    }
    assertEquals(Duration.ofSeconds(1), failures.rest("a", now));
    now += SECOND;
    assertFalse(failures.rest("a", now).isPositive());
    failures.begin("a", now);
    assertEquals(Duration.ofSeconds(2), failures.rest("a", now));
    for (int i = 0; i < 40; i++) {
      failures.begin("a", now);
    }
    assertEquals(Duration.ofMinutes(15), failures.rest("a", now));
    assertFalse(failures.rest("b", now).isPositive());
    assertFalse(failures.rest("a", now + 3_601 * SECOND).isPositive());
  }

  @Test
  void isBoundedAndForgetsTheOldest() {
    for (int i = 0; i < Failures.KEYS_MAX + 10; i++) {
      failures.begin("k" + i, 0);
    }
    assertEquals(Failures.KEYS_MAX, failures.size());
  }

  @Test
  void anIpv6HostIsItsNetwork() {
    assertEquals("2001:db8:1:2", Network.of("2001:db8:1:2:3:4:5:6"));
    assertEquals("192.0.2.1", Network.of("192.0.2.1"));
  }
}
