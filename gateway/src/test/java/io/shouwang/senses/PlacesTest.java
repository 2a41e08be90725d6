package io.shouwang.senses;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PlacesTest {
  private static final long MINUTE = 60_000;
  private static final long HOUR = 3_600_000;
  private static final long DAY = 24 * HOUR;

  /** A Monday, midnight in China. */
  private static final long START = 1_767_542_400_000L;

  private static final int CHINA = 8 * 3600;
  private static final int BEDROOM = 11;
  private static final int LIVING = 12;
  private static final int HALL = 13;

  /** The evening in the living room, an hour at most, and the night in the bedroom. */
  private static Places days(Places places, int from, int days) {
    Places now = places;
    for (int day = from; day < from + days; day++) {
      long evening = START + day * DAY + 20 * HOUR;
      now = now.ended(LIVING, evening, evening + HOUR, CHINA);
      long toBed = evening + 2 * HOUR - 2 * MINUTE;
      now = now.ended(LIVING, evening + HOUR, toBed, CHINA);
      now = now.ended(HALL, toBed, toBed + MINUTE, CHINA);
      now = now.ended(BEDROOM, toBed + MINUTE, toBed + MINUTE + 8 * HOUR, CHINA);
    }
    return now;
  }

  private static long evening(int day) {
    return START + day * DAY + 21 * HOUR;
  }

  @Test
  void each_device_has_its_own_silences_by_the_hour_they_begin() {
    Places places = days(Places.NEW, 1, 30);
    assertEquals(1, places.longestHours(LIVING, evening(31), CHINA), 1e-9);
    assertEquals(8, places.longestHours(BEDROOM, evening(31), CHINA), 1e-9);
    assertEquals(30, places.daysKnown(BEDROOM, evening(31), CHINA));
    assertEquals(0, places.daysKnown(BEDROOM, evening(31) - 8 * HOUR, CHINA));
    assertEquals(0, places.daysKnown(99, evening(31), CHINA));
  }

  @Test
  void a_long_silence_is_forgotten_after_eight_weeks_of_hearing_the_device() {
    Places places = days(Places.NEW, 1, 250);
    places = places.ended(LIVING, evening(251), evening(251) + 5 * HOUR, CHINA);
    assertEquals(5, days(places, 252, 50).longestHours(LIVING, evening(400), CHINA), 1e-9);
    assertEquals(1, days(places, 252, 60).longestHours(LIVING, evening(400), CHINA), 1e-9);
    assertEquals(1, days(places, 252, 400).longestHours(LIVING, evening(800), CHINA), 1e-9);
  }

  @Test
  void short_silences_within_the_hour_absences_and_duplicates_cost_and_teach_nothing() {
    Places places = days(Places.NEW, 1, 20);
    long at = evening(20);
    assertSame(places, places.ended(LIVING, at + 5 * MINUTE, at + 20 * MINUTE, CHINA));
    assertSame(places, places.ended(LIVING, at, at + 3 * DAY, CHINA));
    assertEquals(places, days(places, 20, 0));
  }

  @Test
  void the_hall_is_where_nobody_stays_and_the_door_is_heard_next() {
    Places places = days(Places.NEW, 1, 80);
    assertFalse(places.isPassage(HALL));
    for (int i = 0; i < 20; i++) {
      places = places.beforeDoor(HALL).beforeDoor(LIVING);
    }
    assertTrue(places.isPassage(HALL));
    assertFalse(places.isPassage(LIVING));
    assertFalse(places.isPassage(BEDROOM));
    assertSame(places, places.beforeDoor(HALL));
  }

  @Test
  void a_new_home_has_no_passage() {
    Places places = days(Places.NEW, 1, 5);
    for (int i = 0; i < 20; i++) {
      places = places.beforeDoor(HALL);
    }
    assertFalse(places.isPassage(HALL));
  }

  @Test
  void more_devices_than_there_is_room_for_are_simply_unknown() {
    Places places = Places.NEW;
    for (int device = 1; device <= 40; device++) {
      places = places.ended(device, evening(1), evening(1) + HOUR, CHINA);
    }
    assertEquals(1, places.daysKnown(Places.DEVICES_MAX, evening(1), CHINA));
    assertEquals(0, places.daysKnown(Places.DEVICES_MAX + 1, evening(1), CHINA));
    assertTrue(places.bytes() <= 540, places.bytes() + " bytes");
    assertTrue(days(Places.NEW, 1, 9).bytes() <= 105);
  }

  @Test
  void what_is_written_is_read_again() {
    assertSame(Places.NEW, again(Places.NEW));
    Places places = Places.NEW;
    Random dice = new Random(3);
    long at = START;
    for (int i = 0; i < 3_000; i++) {
      long next = at + (long) (-Math.log(1 - dice.nextDouble()) * HOUR);
      int device = 1 + dice.nextInt(6);
      places = places.ended(device, at, next, CHINA).beforeDoor(dice.nextInt(9));
      at = next;
      if (i % 100 == 0) {
        assertEquals(places, again(places));
        assertEquals(places.hashCode(), again(places).hashCode());
      }
    }
    ByteBuffer newer = ByteBuffer.allocate(places.bytes());
    places.write(newer);
    newer.put(0, (byte) 2);
    assertThrows(IllegalArgumentException.class, () -> Places.read(newer.flip()));
  }

  private static Places again(Places places) {
    ByteBuffer bytes = ByteBuffer.allocate(places.bytes());
    places.write(bytes);
    assertEquals(0, bytes.remaining());
    return Places.read(bytes.flip());
  }
}
