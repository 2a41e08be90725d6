package io.shouwang.senses;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RhythmTest {
  private static final long HOUR = 3_600_000;
  private static final long DAY = 24 * HOUR;

  /** A Monday, midnight in China. */
  private static final long START = 1_767_542_400_000L;

  private static final int CHINA = 8 * 3600;

  /** Days of eight hours' sleep from ten, a nap, and a sign every half hour else. */
  private static Rhythm days(Rhythm rhythm, int from, int days) {
    Rhythm now = rhythm;
    for (int day = from; day < from + days; day++) {
      long midnight = START + day * DAY;
      now = now.ended(midnight - 2 * HOUR, midnight + 6 * HOUR, false, CHINA);
      for (long at = midnight + 6 * HOUR; at < midnight + 22 * HOUR; at += HOUR / 2) {
        now = now.ended(at, at + HOUR / 2, false, CHINA);
      }
    }
    return now;
  }

  @Test
  void usual_is_what_these_weeks_hold() {
    Rhythm rhythm = days(Rhythm.NEW, 1, 30);
    assertEquals(30, rhythm.daysKnown());
    assertEquals(75, rhythm.usualSteps(Rhythm.bin(START + 5 * HOUR, CHINA)));
    assertEquals(80, rhythm.usualSteps(Rhythm.bin(START + 6 * HOUR - 1, CHINA)));
    assertEquals(5, rhythm.usualSteps(Rhythm.bin(START + 15 * HOUR, CHINA)));
  }

  @Test
  void a_short_silence_costs_nothing() {
    Rhythm rhythm = days(Rhythm.NEW, 1, 20);
    long noon = START + 20 * DAY + 12 * HOUR;
    for (int i = 0; i < 100; i++) {
      assertSame(rhythm, rhythm.ended(noon + i * 1_000L, noon + i * 11_000L, i % 2 == 0, CHINA));
    }
  }

  @Test
  void a_duplicate_sign_or_one_out_of_order_changes_nothing() {
    Rhythm rhythm = days(Rhythm.NEW, 1, 20);
    long noon = START + 20 * DAY + 12 * HOUR;
    assertSame(rhythm, rhythm.ended(noon, noon, false, CHINA));
    assertSame(rhythm, rhythm.ended(noon, noon - 5 * HOUR, false, CHINA));
    Rhythm once = rhythm.ended(noon - 3 * HOUR, noon, false, CHINA);
    assertEquals(once, once.ended(noon - 3 * HOUR, noon, false, CHINA));
  }

  @Test
  void a_single_bad_day_does_not_change_what_is_usual() {
    Rhythm before = days(Rhythm.NEW, 1, 30);
    long noon = START + 31 * DAY + 10 * HOUR;
    Rhythm after = days(before.ended(noon, noon + 11 * HOUR, false, CHINA), 32, 3);
    for (int bin = 0; bin < Rhythm.BINS; bin++) {
      assertEquals(before.usualSteps(bin), after.usualSteps(bin), "bin " + bin);
    }
    for (int quarter = 0; quarter < Rhythm.QUARTERS; quarter++) {
      assertTrue(after.excessHours(quarter) < before.excessHours(quarter) + 0.5);
    }
  }

  @Test
  void a_holiday_teaches_nothing_with_or_without_a_door() {
    Rhythm before = days(Rhythm.NEW, 1, 30);
    long leaves = START + 30 * DAY + 22 * HOUR;
    for (boolean door : new boolean[] {true, false}) {
      Rhythm after = before.ended(leaves, leaves + 14 * DAY, door, CHINA);
      assertEquals(before.daysKnown() + 1, after.daysKnown());
      for (int bin = 0; bin < Rhythm.BINS; bin++) {
        assertEquals(before.usualSteps(bin), after.usualSteps(bin), "bin " + bin);
      }
    }
  }

  @Test
  void an_old_habit_is_forgotten_in_eight_weeks() {
    Rhythm rhythm = days(Rhythm.NEW, 1, 20);
    for (int day = 21; day < 30; day++) {
      long midnight = START + day * DAY;
      rhythm = rhythm.ended(midnight + 12 * HOUR, midnight + 17 * HOUR, false, CHINA);
      rhythm = days(rhythm, day + 1, 1);
    }
    int bin = Rhythm.bin(START + 17 * HOUR - 1, CHINA);
    assertEquals(50, rhythm.usualSteps(bin));
    assertEquals(50, days(rhythm, 31, 40).usualSteps(bin));
    assertEquals(5, days(rhythm, 31, 60).usualSteps(bin));
    assertEquals(5, days(rhythm, 31, 400).usualSteps(bin));
  }

  @Test
  void coming_home_is_known_by_the_absence_before() {
    Rhythm rhythm = days(Rhythm.NEW, 1, 3);
    long leaves = START + 4 * DAY + 9 * HOUR;
    long returns = leaves + 3 * HOUR;
    assertTrue(!rhythm.cameHome(leaves));
    Rhythm after = rhythm.ended(leaves, returns, true, CHINA);
    assertTrue(after.cameHome(returns));
    assertTrue(after.cameHome(returns + 20_000));
    assertTrue(!after.cameHome(returns + HOUR));
    assertTrue(!after.cameHome(leaves));
  }

  @Test
  void what_is_written_is_read_again() {
    Rhythm rhythm = Rhythm.NEW;
    assertEquals(rhythm, again(rhythm));
    Random dice = new Random(7);
    long at = START;
    for (int i = 0; i < 3_000; i++) {
      long next = at + (long) (-Math.log(1 - dice.nextDouble()) * 1.2 * HOUR);
      rhythm = rhythm.ended(at, next, dice.nextInt(5) == 0, CHINA);
      at = next;
      if (i % 100 == 0) {
        Rhythm read = again(rhythm);
        assertEquals(rhythm, read);
        assertEquals(rhythm.hashCode(), read.hashCode());
        assertEquals(
            rhythm.ended(at, at + 3 * HOUR, false, CHINA),
            read.ended(at, at + 3 * HOUR, false, CHINA));
      }
    }
    assertNotEquals(Rhythm.NEW, rhythm);
    // With object headers and references well below what a million homes can afford.
    assertTrue(rhythm.bytes() <= 400, rhythm.bytes() + " bytes");
  }

  private static Rhythm again(Rhythm rhythm) {
    ByteBuffer bytes = ByteBuffer.allocate(rhythm.bytes());
    rhythm.write(bytes);
    assertEquals(0, bytes.remaining());
    return Rhythm.read(bytes.flip());
  }

  @Test
  void a_newer_form_is_refused() {
    ByteBuffer bytes = ByteBuffer.allocate(Rhythm.NEW.bytes());
    Rhythm.NEW.write(bytes);
    bytes.put(0, (byte) 2);
    assertThrows(IllegalArgumentException.class, () -> Rhythm.read(bytes.flip()));
  }

  @Test
  void lateness_and_length_are_two_sides_of_one() {
    Rhythm rhythm = days(Rhythm.NEW, 1, 30);
    for (int bin = 0; bin < Rhythm.BINS; bin++) {
      double least = 0;
      for (double late = 0; late < 6; late += 0.1) {
        double hours = rhythm.hoursWhenLate(bin, late);
        assertTrue(hours >= least, "bin " + bin + " at " + late);
        assertTrue(rhythm.lateHours(bin, hours) <= late + 1e-9, "bin " + bin + " at " + late);
        assertTrue(rhythm.lateHours(bin, hours + 0.2) > late - 1e-9, "bin " + bin + " at " + late);
        least = hours;
      }
    }
  }
}
