package io.shouwang.levels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.shouwang.host.Clock;
import io.shouwang.notify.provider.Http;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nothing is lost, the latest of each thing counts, what is urgent overtakes. */
final class CourierTest {
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Http http = new Http(Duration.ofSeconds(10), null);
  private Peer peer;
  private Courier courier;

  @BeforeEach
  void open() throws Exception {
    peer = new Peer();
    courier = new Courier("peer", peer.url(), Signed.SIGNATURE, http, Clock.SYSTEM, meters);
  }

  @AfterEach
  void close() {
    courier.close();
    http.close();
    peer.close();
  }

  private static Supplier<Optional<CloudEvent>> event(String id) {
    return () ->
        Optional.of(
            new CloudEvent(
                id,
                "urn:shouwang:gateway:linjiang",
                "io.shouwang.alert.ringing.v1",
                id,
                Instant.parse("2026-03-02T08:00:00Z"),
                CloudEvent.JSON.createObjectNode().put("pad", "x".repeat(300))));
  }

  private List<String> ids() {
    return peer.events.stream().map(event -> event.get("id").asText()).toList();
  }

  @Test
  void aFloodGoesInBatchesWhoeverHandsItOverWaitsForNothing() {
    CountDownLatch handed = new CountDownLatch(1);
    peer.status =
        good -> {
          awaitQuietly(handed); // it answers nothing before all is handed over
          return good;
        };
    for (int i = 0; i < 10_000; i++) {
      courier.hand("a" + i, false, event("a" + i));
    }
    courier.hand("urgent", true, event("urgent"));
    handed.countDown();
    Peer.until(() -> peer.events.size() >= 10_001, "all of it");
    assertEquals(10_001, new HashSet<>(ids()).size());
    assertEquals(10_001, peer.events.size(), "each once");
    assertTrue(ids().indexOf("urgent") < 1_000, "it overtook: " + ids().indexOf("urgent"));
    assertTrue(peer.bodies.size() < 600, peer.bodies.size() + " requests");
    assertTrue(peer.bodies.stream().allMatch(body -> body.length() < 64 * 1024));
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void whileThePeerFailsTheLatestOfEachThingWaits() {
    AtomicInteger calls = new AtomicInteger();
    peer.status =
        good -> calls.incrementAndGet() <= 3 ? List.of(500, 0, 429).get(calls.get() - 1) : good;
    courier.hand("a", false, event("a.1"));
    courier.hand("b", false, event("b.1"));
    courier.hand("a", false, event("a.2"));
    Peer.until(() -> ids().contains("a.2") && ids().contains("b.1"), "both");
    Peer.until(() -> courier.waiting() == 0, "empty");
    assertTrue(ids().indexOf("a.2") > ids().indexOf("a.1"), "never older after newer: " + ids());
    assertTrue(meters.counter("shouwang.levels.failures", "peer", "peer").count() >= 3);
  }

  @Test
  void oneThatIsRefusedHoldsNobodyUp() {
    peer.status = _ -> 503;
    courier.hand("good-1", false, event("good-1"));
    courier.hand("poison", false, event("poison"));
    courier.hand("good-2", false, event("good-2"));
    peer.bad = "poison";
    peer.status = good -> good;
    Peer.until(() -> courier.waiting() == 0, "all gone");
    assertEquals(List.of("good-1", "good-2"), ids());
  }

  @Test
  void aWrongSecretIsWaitedForAndNotGivenUp() {
    peer.status = good -> 401;
    courier.hand("a", false, event("a"));
    Peer.until(
        () -> meters.counter("shouwang.levels.failures", "peer", "peer").count() >= 2, "tried");
    assertEquals(1, courier.waiting());
    peer.status = good -> good;
    Peer.until(() -> ids().equals(List.of("a")), "taken after the secret was put right");
  }
}
