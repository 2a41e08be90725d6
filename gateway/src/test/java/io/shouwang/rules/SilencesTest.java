package io.shouwang.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.rules.Silences.Judged;
import io.shouwang.rules.Silences.Whereabouts;
import io.shouwang.senses.Places;
import io.shouwang.senses.Rhythm;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SilencesTest {
  private static final long MINUTE = LifeDiary.MINUTE;
  private static final long HOUR = LifeDiary.HOUR;
  private static final long DAY = LifeDiary.DAY;
  private static final int CHINA = LifeDiary.OFFSET_SECONDS;
  private static final InactivitySettings STANDARD = InactivitySettings.STANDARD;

  private static long at(int day, double hours) {
    return LifeDiary.civil(day, hours);
  }

  private static Judged judge(Rhythm rhythm, long since, boolean afterDoor, long now) {
    return Silences.judge(STANDARD, rhythm, Places.NEW, 0, since, afterDoor, now, CHINA);
  }

  private static double limitHours(Rhythm rhythm, long since) {
    return judge(rhythm, since, false, since).limitMillis() / (double) HOUR;
  }

  private static Rhythm learned(Life life) {
    Rhythm rhythm = Rhythm.NEW;
    for (int i = 0; i + 1 < life.at().length; i++) {
      rhythm = rhythm.ended(life.at()[i], life.at()[i + 1], life.door()[i], CHINA);
    }
    return rhythm;
  }

  /** Somebody who sleeps from ten to six and is heard every half hour else. */
  private static Rhythm orderly(int days) {
    Rhythm rhythm = Rhythm.NEW;
    for (int day = 0; day < days; day++) {
      rhythm = orderlyDay(rhythm, day);
    }
    return rhythm;
  }

  private static Rhythm orderlyDay(Rhythm rhythm, int day) {
    Rhythm now = rhythm.ended(at(day, -2), at(day, 6), false, CHINA);
    for (double hour = 6; hour < 22; hour += 0.5) {
      now = now.ended(at(day, hour), at(day, hour + 0.5), false, CHINA);
    }
    return now;
  }

  @Test
  void a_new_home_goes_by_the_fixed_limits() {
    assertEquals(4, limitHours(Rhythm.NEW, at(0, 9)));
    assertEquals(4, limitHours(Rhythm.NEW, at(0, 18)));
    // Three hours until ten at night, the fourth from seven: but twelve hours come first.
    assertEquals(12, limitHours(Rhythm.NEW, at(0, 19)));
    assertEquals(12, limitHours(Rhythm.NEW, at(0, 22)));
    assertEquals(9, limitHours(Rhythm.NEW, at(0, 2)));
    Judged judged = judge(Rhythm.NEW, at(0, 9), false, at(0, 12));
    assertFalse(judged.personal());
    assertTrue(Double.isNaN(judged.probability()));
  }

  @Test
  void a_short_history_only_makes_more_patient() {
    Rhythm rhythm = Rhythm.NEW;
    for (int day = 0; day < STANDARD.daysMinimum(); day++) {
      for (double hour = 0; hour < 24; hour++) {
        long since = at(day, hour);
        assertTrue(limitHours(rhythm, since) >= limitHours(Rhythm.NEW, since));
        assertFalse(judge(rhythm, since, false, since).personal());
      }
      rhythm = orderlyDay(rhythm, day);
    }
    rhythm = orderlyDay(rhythm, STANDARD.daysMinimum());
    assertTrue(judge(rhythm, at(20, 9), false, at(20, 9)).personal());
  }

  @Test
  void who_is_heard_every_half_hour_is_missed_by_day_and_not_by_night() {
    Rhythm rhythm = orderly(60);
    assertTrue(limitHours(rhythm, at(61, 14)) < 4.5, () -> "" + limitHours(rhythm, at(61, 14)));
    assertTrue(limitHours(rhythm, at(61, 22)) > 8.5, () -> "" + limitHours(rhythm, at(61, 22)));
    assertTrue(limitHours(rhythm, at(61, 22)) < 14, () -> "" + limitHours(rhythm, at(61, 22)));
  }

  @Test
  void no_limit_is_above_a_day_and_none_below_the_least() {
    Random dice = new Random(5);
    for (Life life : Lives.of(1, 40, 3)) {
      Rhythm rhythm = learned(life);
      for (int i = 0; i < 200; i++) {
        long since = at(40, dice.nextDouble() * 48);
        for (boolean door : new boolean[] {false, true}) {
          long limit = judge(rhythm, since, door, since).limitMillis();
          assertTrue(limit <= DAY, life.kind());
          assertTrue(limit >= STANDARD.leastLimitMillis(), life.kind());
        }
      }
    }
  }

  @Test
  void the_next_look_is_when_it_becomes_too_long_and_not_a_moment_later() {
    Random dice = new Random(6);
    for (Life life : Lives.of(1, 40, 4)) {
      Rhythm rhythm = learned(life);
      for (int i = 0; i < 100; i++) {
        long since = at(40, dice.nextDouble() * 48);
        boolean door = dice.nextInt(4) == 0;
        long look = judge(rhythm, since, door, since).nextLookMillis();
        assertFalse(judge(rhythm, since, door, look - 1).tooLong());
        assertEquals(look, judge(rhythm, since, door, look - 1).nextLookMillis());
        assertTrue(judge(rhythm, since, door, look).tooLong());
        assertTrue(judge(rhythm, since, door, look + 3 * HOUR).tooLong());
        assertEquals(Long.MAX_VALUE, judge(rhythm, since, door, look).nextLookMillis());
      }
    }
  }

  @Test
  void the_door_means_out_and_after_coming_home_it_does_not() {
    Rhythm rhythm = orderly(30);
    Judged out = judge(rhythm, at(31, 9), true, at(31, 20));
    assertEquals(Whereabouts.OUT, out.whereabouts());
    assertFalse(out.tooLong());
    assertTrue(judge(rhythm, at(31, 9), true, at(32, 9)).tooLong());

    Rhythm back = rhythm.ended(at(31, 9), at(31, 12), true, CHINA);
    Judged home = judge(back, at(31, 12) + 15_000, true, at(31, 12) + 15_000);
    assertEquals(Whereabouts.CAME_HOME, home.whereabouts());
    assertEquals(12 * HOUR, home.limitMillis());
  }

  private static final int LIVING = 12;
  private static final int HALL = 13;

  /** Evenings in the living room, passing the hall just before the door twice a day. */
  private static Places placed(int days) {
    Places places = Places.NEW;
    for (int day = 0; day < days; day++) {
      for (double hour = 9; hour < 23; hour++) {
        long toHall = at(day, hour) + 58 * MINUTE;
        places = places.ended(LIVING, at(day, hour) - MINUTE, toHall, CHINA);
        places = places.ended(HALL, toHall, toHall + MINUTE, CHINA);
      }
      places = places.beforeDoor(HALL).beforeDoor(HALL);
    }
    return places;
  }

  @Test
  void who_was_last_heard_in_the_living_room_in_the_evening_did_not_go_to_bed() {
    long since = at(61, 21.5);
    Judged living =
        Silences.judge(STANDARD, orderly(60), placed(60), LIVING, since, false, since, CHINA);
    assertTrue(living.limitMillis() < 3.5 * HOUR, living.limitMillis() / MINUTE + " minutes");
    assertEquals(1, living.longestHours(), 0.01);
    long unknown =
        Silences.judge(STANDARD, orderly(60), placed(60), 99, since, false, since, CHINA)
            .limitMillis();
    assertTrue(unknown > 8 * HOUR, unknown / MINUTE + " minutes");
  }

  @Test
  void who_was_last_heard_in_the_hall_may_be_out_though_the_door_was_not_heard() {
    long since = at(61, 10);
    Judged hall =
        Silences.judge(STANDARD, orderly(60), placed(60), HALL, since, false, since, CHINA);
    assertEquals(12 * HOUR, hall.limitMillis());
    assertEquals(Whereabouts.PASSING, hall.whereabouts());
    assertTrue(Double.isNaN(hall.longestHours()));
  }

  @Test
  void a_holiday_week_moves_no_limit_by_more_than_half_an_hour() {
    Rhythm before = orderly(40);
    for (boolean door : new boolean[] {true, false}) {
      Rhythm after = before.ended(at(39, 22), at(47, 21.5), door, CHINA);
      after = orderlyDay(after.ended(at(47, 21.5), at(47, 22), false, CHINA), 48);
      for (double hour = 0; hour < 24; hour += 0.5) {
        double was = limitHours(before, at(60, hour));
        assertEquals(was, limitHours(after, at(60, hour)), 0.51, "at " + hour);
      }
    }
  }

  @Test
  void a_longer_silence_learned_makes_no_length_less_usual() {
    for (Life life : List.of(Lives.of(1, 60, 8).get(0), Lives.of(1, 60, 8).get(1))) {
      Rhythm before = learned(life);
      for (double hour = 0; hour < 24; hour += 3) {
        Rhythm upThen = before.ended(at(60, hour) - MINUTE, at(60, hour), false, CHINA);
        Rhythm quiet = upThen.ended(at(60, hour), at(60, hour + 7), false, CHINA);
        Rhythm lively = upThen.ended(at(60, hour + 7) - MINUTE, at(60, hour + 7), false, CHINA);
        for (int bin = 0; bin < Rhythm.BINS; bin++) {
          String where = "from " + hour + " in bin " + bin;
          assertTrue(quiet.hoursWhenLate(bin, 3) >= lively.hoursWhenLate(bin, 3), where);
        }
        for (int quarter = 0; quarter < Rhythm.QUARTERS; quarter++) {
          assertTrue(quiet.excessesPerDay(quarter) >= lively.excessesPerDay(quarter));
        }
      }
    }
  }

  @Test
  void the_probability_falls_as_silence_grows() {
    Rhythm rhythm = orderly(60);
    double last = 2;
    for (long now = at(61, 14); now < at(61, 18); now += 10 * MINUTE) {
      double chance = judge(rhythm, at(61, 14), false, now).probability();
      assertTrue(chance <= last && chance > 0, chance + " after " + last);
      last = chance;
    }
    assertTrue(last < 0.02, "" + last);
    assertEquals(1, judge(rhythm, at(61, 14), false, at(61, 14.4)).probability());
  }

  @Test
  void a_day_of_23_or_25_hours_rings_for_nobody() {
    Rhythm rhythm = orderly(60);
    for (int change : new int[] {-3600, 3600}) {
      // The clocks change at three in the morning; people get up by the clock.
      long since = at(60, -2);
      long up = at(60, 6) - change * 1000L;
      assertFalse(
          Silences.judge(STANDARD, rhythm, Places.NEW, 0, since, false, up, CHINA + change)
              .tooLong());
      Rhythm after = rhythm.ended(since, up, false, CHINA + change);
      assertTrue(after.daysKnown() - rhythm.daysKnown() <= 1);
      long afternoon = at(62, 14);
      long was = judge(rhythm, afternoon, false, afternoon).limitMillis();
      afternoon -= change * 1000L;
      long is =
          Silences.judge(
                  STANDARD, after, Places.NEW, 0, afternoon, false, afternoon, CHINA + change)
              .limitMillis();
      assertTrue(Math.abs(is - was) <= 15 * MINUTE, is + " after " + was);
    }
  }

  @Test
  void settings_that_make_no_sense_are_refused() {
    assertThrows(IllegalArgumentException.class, () -> settings(22, 7, 4, 0.3, 14));
    assertThrows(IllegalArgumentException.class, () -> settings(7, 22, 25, 0.3, 14));
    assertThrows(IllegalArgumentException.class, () -> settings(7, 22, 4, 0, 14));
    assertThrows(IllegalArgumentException.class, () -> settings(7, 22, 4, Double.NaN, 14));
    assertThrows(IllegalArgumentException.class, () -> settings(7, 22, 4, 0.3, 3));
  }

  private static InactivitySettings settings(
      int from, int to, int limitHours, double falseAlarms, int days) {
    return new InactivitySettings(
        true,
        false,
        LocalTime.of(from, 0),
        LocalTime.of(to, 0),
        Duration.ofHours(limitHours),
        Duration.ofHours(12),
        Duration.ofHours(12),
        Duration.ofHours(24),
        true,
        falseAlarms,
        days,
        Duration.ofHours(3));
  }
}
