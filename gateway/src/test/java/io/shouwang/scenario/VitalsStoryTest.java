package io.shouwang.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.Fact;
import io.shouwang.model.DeviceHealth;
import io.shouwang.model.Kind;
import io.shouwang.model.Severity;
import io.shouwang.rules.VitalsRule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Measurements: which are none, and how many beyond a limit ring. */
class VitalsStoryTest {
  private static final DeviceHealth WORN = new DeviceHealth(null, true, null, null);
  private static final DeviceHealth OFF = new DeviceHealth(null, false, null, null);

  private final Story story = new Story();

  private static Said pulse(double bpm) {
    return Said.vitals("lin-band", bpm, null);
  }

  private void theFamilyIsRung() {
    story.person("daughter").hearsRinging();
    story.person("son").hearsRinging();
    story.nobodyElseIsRung();
  }

  private String foundFirst() {
    Fact.Raised raised = (Fact.Raised) story.alert().timeline().getFirst().fact();
    return Objects.requireNonNull(raised.finding()).code();
  }

  @Test
  void three_of_five_readings_beyond_a_limit_over_ten_minutes_ring_and_fewer_do_not() {
    story.at("08:00:00").says(pulse(125));
    story.at("08:05:00").says(pulse(80)).says(pulse(126));
    assertEquals(List.of(), story.openAlerts());
    story.at("08:10:00").says(pulse(127));
    theFamilyIsRung();
    assertEquals("high", foundFirst());
    assertEquals(Kind.VITALS, story.alert().kind());
    assertEquals(Severity.MAJOR, story.alert().severity());
  }

  @Test
  void three_in_one_minute_do_not_last_long_enough() {
    story.at("08:00:00").says(pulse(125));
    story.at("08:00:20").says(pulse(126));
    story.at("08:00:40").says(pulse(127));
    assertEquals(List.of(), story.openAlerts());
  }

  @Test
  void two_critical_ones_in_a_row_ring_at_once_and_one_does_not() {
    story.at("08:00:00").says(pulse(160));
    assertEquals(List.of(), story.openAlerts());
    story.at("08:00:30").says(pulse(165));
    theFamilyIsRung();
    assertEquals("critical_high", foundFirst());
  }

  @Test
  void a_zero_pulse_off_the_wrist_or_on_the_charger_or_by_bad_contact_is_not_a_death() {
    for (int minute = 0; minute < 60; minute += 5) {
      story.at(Story.time("08:00:00").plusSeconds(60L * minute));
      story.says(pulse(0).withHealth(OFF));
      story.says(pulse(0)); // it was off when it spoke last
      story.says(pulse(33).withHealth(new DeviceHealth(null, null, true, null)));
      story.says(Said.vitals("zhou-band", 0.0, 0.0));
      story.says(Said.vitals("zhou-band", 255.0, 255.0));
    }
    assertEquals(List.of(), story.openAlerts());
  }

  @Test
  void a_zero_pulse_of_a_bracelet_that_says_it_is_worn_rings() {
    story.at("08:00:00").says(pulse(0).withHealth(WORN));
    story.at("08:05:00").says(pulse(0).withHealth(WORN));
    theFamilyIsRung();
    assertEquals("no_pulse", foundFirst());
  }

  @Test
  void the_same_reading_sent_again_counts_once() {
    Said once = pulse(160).withId("7").happenedAt(Story.time("08:00:00"));
    story.at("08:00:00").says(once);
    story.at("08:00:05").says(once);
    story.at("08:03:00").says(once);
    assertEquals(List.of(), story.openAlerts());
  }

  @Test
  void what_was_buffered_comes_in_any_order_and_rings_alike() {
    List<Said> readings = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Instant at = Story.time("06:00:00").plus(Duration.ofMinutes(5L * i));
      readings.add(pulse(i % 2 == 0 ? 125 + i : 90).happenedAt(at));
    }
    for (int seed = 0; seed < 12; seed++) {
      List<Said> shuffled = new ArrayList<>(readings);
      Collections.shuffle(shuffled, new Random(seed));
      Story told = new Story().at("05:59:00");
      told.says(pulse(80).happenedAt(Story.time("05:59:00"))).at("07:00:00");
      shuffled.forEach(told::says);
      told.person("daughter").hearsRinging();
      told.person("son").hearsRinging();
      assertEquals(1, told.openAlerts().size());
    }
  }

  @Test
  void being_well_again_is_said_and_a_person_closes() {
    story.at("08:00:00").says(pulse(160));
    story.at("08:01:00").says(pulse(160));
    theFamilyIsRung();
    story.at("08:01:10").says(pulse(117)); // not yet inside by the hysteresis
    story.at("08:01:20").says(pulse(80));
    story.at("08:01:30").says(pulse(81));
    story.at("08:01:40").says(pulse(82));
    Alert alert = story.alert();
    assertTrue(alert.isOpen());
    assertTrue(alert.timeline().getLast().fact() instanceof Fact.Cleared);
    story.nobodyElseIsRung();
  }

  @Test
  void a_level_that_has_become_another_is_a_minor_alert_of_its_own() {
    Instant at = Story.time("00:00:00");
    Random random = new Random(1);
    for (int hour = 0; hour < 240; hour++) {
      at = at.plus(Duration.ofHours(1));
      story.at(at).says(pulse(68 + random.nextInt(5)));
    }
    assertEquals(List.of(), story.openAlerts());
    int hours = 0;
    while (story.openAlerts().isEmpty()) {
      at = at.plus(Duration.ofHours(1));
      story.at(at).says(pulse(93 + random.nextInt(5)));
      hours++;
    }
    theFamilyIsRung();
    assertEquals(VitalsRule.TREND, story.alert().kind());
    assertEquals(Severity.MINOR, story.alert().severity());
    assertTrue(hours >= 6 && hours <= 36, hours + " hours");
  }
}
