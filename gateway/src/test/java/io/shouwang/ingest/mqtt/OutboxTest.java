package io.shouwang.ingest.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.model.Payload;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What is on its way to a client, or was confirmed a moment ago, isn't sent again. */
class OutboxTest {
  private static Outgoing message(String token) {
    return new Outgoing(token, Payload.of(new byte[0]), null);
  }

  @Test
  void whatIsOnItsWayIsNotAddedAgain() {
    Outbox outbox = new Outbox();
    assertTrue(outbox.add(message("a.1")));
    assertFalse(outbox.add(message("a.1")));
    outbox.dispatch();
    assertFalse(outbox.add(message("a.1")));
  }

  @Test
  void whatWasConfirmedIsNotSentAgainByWhoeverHasNotHeardOfItYet() {
    Outbox outbox = new Outbox();
    outbox.add(message("a.1"));
    int id = outbox.dispatch();
    outbox.confirmed(Objects.requireNonNull(outbox.arrived(id)).token());
    assertFalse(outbox.add(message("a.1")));
    assertTrue(outbox.add(message("a.2")));
  }

  @Test
  void whatArrivedAndWasRefusedMayBeSentAgain() {
    Outbox outbox = new Outbox();
    outbox.add(message("a.1"));
    outbox.arrived(outbox.dispatch());
    assertTrue(outbox.add(message("a.1")));
  }

  @Test
  void theMemoryOfWhatWasConfirmedIsBounded() {
    Outbox outbox = new Outbox();
    for (int i = 0; i <= Outbox.CONFIRMED_MAX; i++) {
      outbox.add(message("a." + i));
      outbox.confirmed(Objects.requireNonNull(outbox.arrived(outbox.dispatch())).token());
    }
    assertTrue(outbox.add(message("a.0")), "the oldest is forgotten");
    assertFalse(outbox.add(message("a.1")));
    assertEquals(1, outbox.waitingCount());
  }
}
