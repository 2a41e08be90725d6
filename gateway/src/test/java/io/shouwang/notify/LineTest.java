package io.shouwang.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.alerts.Delivery;
import io.shouwang.alerts.Effect;
import io.shouwang.model.AlertId;
import io.shouwang.model.DeliveryKey;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Role;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A provider that hangs, and a thousand follow-ups: a first ring goes all the same. */
final class LineTest {
  private static Effect message(int number) {
    AlertId alert = new AlertId("a1");
    return new Effect(
        alert,
        new Delivery(
            new DeliveryKey(alert, number),
            new Delivery.ToResponder(new ResponderId("r"), Role.DUTY_DESK, ""),
            Delivery.Cause.RUNG,
            Instant.EPOCH,
            Instant.MAX,
            "sms",
            0,
            null));
  }

  @Test
  void a_first_ring_finds_room_beside_follow_ups_that_hang() {
    Line line = new Line(1_000);
    for (int i = 1; i <= 500; i++) {
      assertTrue(line.offer(message(i), false));
    }
    int hanging = 0;
    while (line.next() != null) {
      hanging++;
    }
    assertEquals(Line.PLACES_OF_OTHERS, hanging);
    assertTrue(line.offer(message(501), true));
    Line.Turn first = line.next();
    assertNotNull(first);
    assertEquals(501, first.effect().delivery().key().number(), "before those that wait longer");
    assertNull(line.next());
  }

  @Test
  void no_more_than_so_many_are_under_way_and_a_place_that_is_left_is_taken() {
    Line line = new Line(1_000);
    for (int i = 1; i <= Line.PLACES + 1; i++) {
      assertTrue(line.offer(message(i), true));
    }
    Line.Turn last = line.next();
    assertNotNull(last);
    for (int i = 1; i < Line.PLACES; i++) {
      assertNotNull(line.next());
    }
    assertNull(line.next());
    line.left(last);
    assertNotNull(line.next());
  }

  @Test
  void what_waits_is_bounded() {
    Line line = new Line(1);
    assertTrue(line.offer(message(1), false));
    assertFalse(line.offer(message(2), true));
  }
}
