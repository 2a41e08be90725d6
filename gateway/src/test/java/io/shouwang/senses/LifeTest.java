package io.shouwang.senses;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.senses.Life.Sign;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

final class LifeTest {
  private static final long HOUR = 3_600_000;
  private static final int CHINA = 8 * 3600;

  /** A Monday, eight in the morning in China. */
  private static final long START = 1_767_542_400_000L + 8 * HOUR;

  private static final int LIVING = 12;
  private static final int HALL = 13;
  private static final int DOOR = 14;

  private static Life morning() {
    return Life.NONE
        .sign(Sign.MOTION, LIVING, START, CHINA)
        .sign(Sign.MOTION, HALL, START + HOUR, CHINA)
        .sign(Sign.DOOR, DOOR, START + HOUR + 20_000, CHINA);
  }

  @Test
  void a_silence_is_learned_of_the_device_before_it() {
    Life life = morning();
    assertEquals(DOOR, life.lastBy());
    assertEquals(1, life.places().longestHours(LIVING, START, CHINA), 1e-9);
    assertEquals(0, life.places().longestHours(HALL, START + HOUR, CHINA), 1e-9);
  }

  @Test
  void an_absence_teaches_nothing_of_places() {
    Life life = morning().sign(Sign.DOOR, DOOR, START + 4 * HOUR, CHINA);
    assertEquals(0, life.places().daysKnown(DOOR, START + HOUR, CHINA));
  }

  @Test
  void a_late_or_repeated_sign_changes_neither_places_nor_the_last_device() {
    Life life = morning();
    assertSame(life, life.sign(Sign.DOOR, DOOR, START + HOUR + 20_000, CHINA));
    Life late = life.sign(Sign.MOTION, LIVING, START + HOUR + 10_000, CHINA);
    assertEquals(DOOR, late.lastBy());
    assertEquals(life.places(), late.places());
  }

  @Test
  void a_glimpse_within_half_a_minute_of_the_door_is_still_the_way_out() {
    long door = START + HOUR + 20_000;
    assertTrue(morning().sign(Sign.MOTION, HALL, door + 30_000, CHINA).isAfterDoor());
    assertFalse(morning().sign(Sign.MOTION, HALL, door + 30_001, CHINA).isAfterDoor());
  }

  @Test
  void what_is_written_is_read_again() {
    Life life = morning();
    ByteBuffer bytes = ByteBuffer.allocate(life.bytes());
    life.write(bytes);
    assertEquals(0, bytes.remaining());
    assertEquals(life, Life.read(bytes.flip()));
  }
}
