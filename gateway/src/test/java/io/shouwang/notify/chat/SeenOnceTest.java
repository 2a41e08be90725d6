package io.shouwang.notify.chat;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.engine.ManualClock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class SeenOnceTest {
  private final ManualClock clock = new ManualClock(Instant.ofEpochSecond(1_409_659_813));
  private final SeenOnce seen = new SeenOnce(clock);

  @Test
  void ten_minutes_either_way_are_timely() {
    assertTrue(seen.isTimely("1409659213"));
    assertTrue(seen.isTimely("1409660413"));
    for (String stamp :
        new String[] {"1409659212", "1409660414", "", "-1", "x", "99999999999", "9".repeat(30)}) {
      assertFalse(seen.isTimely(stamp), stamp);
    }
  }

  @Test
  void the_oldest_is_forgotten_first_and_memory_has_an_end() {
    for (int i = 0; i <= 10_000; i++) {
      seen.done("call " + i);
    }
    assertFalse(seen.isDone("call 0"));
    assertTrue(seen.isDone("call 1"));
    assertTrue(seen.isDone("call 10000"));
  }
}
