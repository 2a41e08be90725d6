package io.shouwang.figures;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** More than ten in ten minutes begin a flood, fewer than five end it (EEMUA 191). */
class FloodTest {
  private static final Instant NOON = Instant.parse("2026-11-22T04:00:00Z");

  private static List<Instant> every(int seconds, int times) {
    List<Instant> at = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      at.add(NOON.plusSeconds((long) seconds * i));
    }
    return at;
  }

  private static Instant after(int seconds) {
    return NOON.plusSeconds(seconds);
  }

  @Test
  void tenInTenMinutesAreNoneAndElevenAreOne() {
    assertEquals(List.of(), Flood.of(every(30, 10), after(300)));
    List<Flood> eleven = Flood.of(every(30, 11), after(300));
    assertEquals(List.of(new Flood(after(300), null, 11)), eleven);
  }

  @Test
  void itEndsWhenFewerThanFiveCameInTenMinutesAndNotBefore() {
    List<Instant> raised = every(30, 11);
    // The seventh is ten minutes old after 180 + 600 s: four are left.
    assertEquals(List.of(new Flood(after(300), null, 11)), Flood.of(raised, after(779)));
    assertEquals(List.of(new Flood(after(300), after(780), 11)), Flood.of(raised, after(780)));
  }

  @Test
  void whatComesInTheMiddleKeepsItUpAndTwoFloodsAreTwo() {
    List<Instant> raised = new ArrayList<>(every(30, 11));
    raised.add(after(700));
    assertEquals(List.of(new Flood(after(300), null, 11)), Flood.of(raised, after(780)));
    List<Instant> two = new ArrayList<>(every(30, 11));
    every(30, 12).forEach(at -> two.add(at.plus(Duration.ofHours(1))));
    List<Flood> floods = Flood.of(two, NOON.plus(Duration.ofHours(2)));
    assertEquals(2, floods.size());
    assertEquals(after(780), floods.getFirst().to());
    assertEquals(12, floods.getLast().most());
    assertEquals(after(3_600 + 300), floods.getLast().from());
  }

  @Test
  void exactlyTenMinutesApartIsNoLongerTogether() {
    List<Instant> raised = every(60, 11); // the first is ten minutes old when the last comes
    assertEquals(List.of(), Flood.of(raised, after(600)));
  }

  @Test
  void itsShareIsWhatLiesInTheSpan() {
    Flood flood = new Flood(after(0), after(600), 20);
    assertEquals(Duration.ofSeconds(100), flood.within(after(500), after(2_000)));
    assertEquals(Duration.ZERO, flood.within(after(600), after(2_000)));
    Flood running = new Flood(after(0), null, 20);
    assertEquals(Duration.ofSeconds(90), running.within(after(10), after(100)));
  }
}
