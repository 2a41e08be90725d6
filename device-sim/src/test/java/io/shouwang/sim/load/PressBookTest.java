package io.shouwang.sim.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.sim.load.PressBook.Heard;
import io.shouwang.sim.message.Alert;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class PressBookTest {
  private static final Instant AT = Instant.parse("2026-03-01T08:00:00Z");

  private final PressBook book = new PressBook();

  @Test
  void aPressIsMatchedToTheFirstRingOfItsHome() throws Exception {
    book.pressed("h-1", AT, 100, true);
    book.pressed("h-2", AT, 200, true);
    assertEquals(Heard.RING, book.heard(alert("a-2", "d-2", "h-2", AT), 700));
    assertEquals(Heard.OTHER, book.heard(alert("a-9", "d-9", "h-9", AT), 800));
    assertFalse(book.eachRang());
    assertEquals(Heard.RING, book.heard(alert("a-1", "d-1", "h-1", AT), 900));
    assertTrue(book.eachRang());
    assertEquals(2, book.latency().getTotalCount());
    assertEquals(800, book.latency().getMaxValue());
    assertEquals(500, book.latency().getMinValue());
  }

  @Test
  void aRepeatedDeliveryOrALaterRungIsNoSecondRing() throws Exception {
    book.pressed("h-1", AT, 0, true);
    book.heard(alert("a-1", "d-1", "h-1", AT), 10);
    assertEquals(Heard.SAME, book.heard(alert("a-1", "d-1", "h-1", AT), 20));
    assertEquals(Heard.OTHER, book.heard(alert("a-1", "d-2", "h-1", AT), 30));
    assertEquals(1, book.rung());
    assertEquals(1, book.redelivered());
    assertTrue(book.eachRang());
  }

  @Test
  void aSecondAlertForOnePressFailsTheCheck() throws Exception {
    book.pressed("h-1", AT, 0, true);
    book.heard(alert("a-1", "d-1", "h-1", AT), 10);
    book.heard(alert("a-2", "d-2", "h-1", AT), 20);
    assertFalse(book.eachRang());
    assertEquals(1, book.doubled());
  }

  @Test
  void aRingOfAnOlderAlertIsNotMeasured() throws Exception {
    book.heard(alert("a-0", "d-0", "h-1", AT.minusSeconds(60)), 5);
    assertTrue(book.open("h-1"));
    book.pressed("h-1", AT, 0, true);
    book.heard(alert("a-0", "d-1", "h-1", AT.minusSeconds(60)), 10);
    assertEquals(1, book.older());
    assertEquals(0, book.latency().getTotalCount());
  }

  @Test
  void aHomePressesOnce() {
    book.pressed("h-1", AT, 0, true);
    assertThrows(IllegalStateException.class, () -> book.pressed("h-1", AT, 1, true));
  }

  private static Alert alert(String id, String delivery, String home, Instant raised)
      throws IOException {
    String json =
        """
        {"alert":"%s","delivery":"%s","kind":"sos","state":"ringing","home":{"id":"%s"},"raised_at":"%s"}
        """
            .formatted(id, delivery, home, raised);
    return Alert.read(json.getBytes(UTF_8));
  }
}
