package io.shouwang.notify.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.engine.ManualClock;
import io.shouwang.notify.provider.Failure;
import io.shouwang.notify.provider.Http;
import io.shouwang.notify.provider.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class AccessTokenTest {
  private final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T00:00:00Z"));

  @Test
  void it_is_kept_until_shortly_before_its_end_whatever_the_wall_clock_does() throws Exception {
    AtomicInteger fetches = new AtomicInteger();
    AccessToken token =
        new AccessToken(
            clock,
            () -> new AccessToken.Fetched("t" + fetches.incrementAndGet(), Duration.ofHours(2)));
    assertEquals("t1", token.get());
    clock.jump(Duration.ofDays(1));
    clock.advance(Duration.ofMinutes(114));
    assertEquals("t1", token.get());
    clock.advance(Duration.ofMinutes(1));
    assertEquals("t2", token.get());
    assertEquals("t2", token.after("t1"), "another has renewed it already");
    assertEquals("t3", token.after("t2"));
  }

  @Test
  @Timeout(60)
  void a_failure_is_shared_by_all_who_wait_and_the_next_tries_again() throws Exception {
    AtomicInteger fetches = new AtomicInteger();
    AtomicInteger failures = new AtomicInteger();
    CountDownLatch slow = new CountDownLatch(1);
    AccessToken token = new AccessToken(clock, () -> fail(fetches, slow));
    List<Thread> waiting = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      waiting.add(
          Thread.ofPlatform()
              .start(() -> {
                assertThrows(ChatAnswer.Unusable.class, token::get);
                failures.incrementAndGet();
              }));
    }
    // All stand still: one in the fetch, seven for what it brings.
    while (!waiting.stream()
        .allMatch(thread ->
            thread.getState() == Thread.State.TIMED_WAITING
                || thread.getState() == Thread.State.WAITING)) {
      Thread.onSpinWait();
    }
    slow.countDown();
    for (Thread thread : waiting) {
      thread.join();
    }
    assertEquals(8, failures.get());
    assertEquals(1, fetches.get());
    assertThrows(ChatAnswer.Unusable.class, token::get);
    assertEquals(2, fetches.get());
  }

  @Test
  @Timeout(60)
  void after_an_error_of_the_machine_nobody_waits_for_ever() throws Exception {
    AtomicInteger fetches = new AtomicInteger();
    AccessToken token =
        new AccessToken(
            clock,
            () -> {
              if (fetches.incrementAndGet() == 1) {
                throw new StackOverflowError();
              }
              return new AccessToken.Fetched("t", Duration.ofHours(2));
            });
    assertThrows(StackOverflowError.class, token::get);
    assertEquals("t", token.get());
  }

  private static AccessToken.Fetched fail(AtomicInteger fetches, CountDownLatch slow)
      throws Http.NoAnswer, ChatAnswer.Unusable {
    fetches.incrementAndGet();
    try {
      assertTrue(slow.await(50, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new ChatAnswer.Unusable(new Verdict.Refused(Failure.BROKEN, "HTTP 500"));
  }
}
