package io.shouwang.notify;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.engine.ManualClock;
import io.shouwang.notify.provider.Failure;
import io.shouwang.notify.provider.Verdict;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Who fails again and again rests for half a minute, who asks for time as long as it asks. */
final class RestsTest {
  private final ManualClock clock = new ManualClock(Instant.EPOCH);
  private final Rests rests = new Rests(clock);

  @Test
  void three_failures_running_and_it_rests_until_it_is_tried_again() {
    Verdict.Refused hangs = new Verdict.Refused(Failure.TIMED_OUT, "");
    for (int i = 1; i < Rests.FAILURES; i++) {
      rests.failed("a", hangs);
      assertFalse(rests.isResting("a"));
    }
    rests.failed("a", hangs);
    assertTrue(rests.isResting("a"));
    clock.advance(Rests.LASTS);
    assertFalse(rests.isResting("a"));
    rests.failed("a", hangs);
    assertTrue(rests.isResting("a"), "one more is enough");
    rests.worked("a");
    rests.failed("a", hangs);
    assertFalse(rests.isResting("a"), "it worked in between");
  }

  @Test
  void it_rests_as_long_as_it_asks_within_reason() {
    rests.failed("a", new Verdict.Refused(Failure.BUSY, "", Duration.ofDays(9)));
    clock.advance(Duration.ofMinutes(9));
    assertTrue(rests.isResting("a"));
    clock.advance(Duration.ofMinutes(1));
    assertFalse(rests.isResting("a"));
  }
}
