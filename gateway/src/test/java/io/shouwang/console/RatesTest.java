package io.shouwang.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** So much at once, and then so many a second. */
class RatesTest {

  @Test
  void whoWaitsGetsAsManyAsTheyWaitedFor() {
    Rates.Buckets buckets = new Rates.Buckets(3, 2);
    long now = TimeUnit.DAYS.toNanos(-1); // a clock's zero is anywhere
    for (int i = 0; i < 3; i++) {
      assertEquals(0, buckets.take("a", now));
    }
    assertEquals(1, buckets.take("a", now));
    assertEquals(0, buckets.take("b", now), "everybody has their own");
    now += TimeUnit.MILLISECONDS.toNanos(499);
    assertEquals(1, buckets.take("a", now));
    now += TimeUnit.MILLISECONDS.toNanos(2);
    assertEquals(0, buckets.take("a", now));
    assertEquals(1, buckets.take("a", now));
    now += TimeUnit.HOURS.toNanos(1);
    for (int i = 0; i < 3; i++) {
      assertEquals(0, buckets.take("a", now));
    }
    assertEquals(1, buckets.take("a", now), "an hour saves up no more than the most");
  }

  @Test
  void theTableIsBounded() {
    Rates.Buckets buckets = new Rates.Buckets(1, 1);
    for (int i = 0; i < 30_000; i++) {
      assertEquals(0, buckets.take("k" + i, 0));
    }
    assertTrue(buckets.size() <= 20_000);
    assertTrue(buckets.take("k29999", 0) > 0, "who was here last is known still");
  }
}
