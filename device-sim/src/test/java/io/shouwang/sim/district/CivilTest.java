package io.shouwang.sim.district;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** Civil time at the door, and the year. */
final class CivilTest {
  private static long local(String text) {
    return LocalDateTime.parse(text).toEpochSecond(ZoneOffset.UTC);
  }

  private static long utc(String text) {
    return Instant.parse(text).getEpochSecond();
  }

  @Test
  void civilTimeBecomesTheZonesInstant() {
    Civil china = new Civil(ZoneId.of("Asia/Shanghai"));
    assertEquals(utc("2025-03-01T00:30:00Z"), china.utc(local("2025-03-01T08:30:00")));
    Civil berlin = new Civil(ZoneId.of("Europe/Berlin"));
    assertEquals(utc("2025-01-01T11:00:00Z"), berlin.utc(local("2025-01-01T12:00:00")));
    assertEquals(utc("2025-07-01T10:00:00Z"), berlin.utc(local("2025-07-01T12:00:00")));
    assertEquals(utc("2025-01-01T11:00:00Z"), berlin.utc(local("2025-01-01T12:00:00")));
  }

  @Test
  void orderIsKeptWhenClocksChange() {
    Civil berlin = new Civil(ZoneId.of("Europe/Berlin"));
    for (String day : new String[] {"2025-03-29T20:00:00", "2025-10-25T20:00:00"}) {
      long last = Long.MIN_VALUE;
      for (long at = local(day); at < local(day) + 12 * 3_600; at += 60) {
        long now = berlin.utc(at);
        assertTrue(now >= last, day + " + " + at);
        last = now;
      }
    }
  }

  @Test
  void springFestivalIsFoundWithinADay() {
    for (String date :
        new String[] {"2023-01-22", "2024-02-10", "2025-01-29", "2026-02-17", "2027-02-06"}) {
      long off = Season.daysSinceSpringFestival(LocalDate.parse(date).toEpochDay());
      assertTrue(Math.abs(off) <= 1, date + " is off by " + off);
    }
    assertTrue(Season.of(LocalDate.of(2025, 6, 21).toEpochDay()) > 0.99);
    assertTrue(Season.of(LocalDate.of(2025, 12, 21).toEpochDay()) < -0.99);
  }
}
