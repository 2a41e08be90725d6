package io.shouwang.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.model.AlertId;
import io.shouwang.model.Fix;
import io.shouwang.model.Kind;
import io.shouwang.model.Mode;
import io.shouwang.model.Point;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Signal;
import io.shouwang.simulation.Seed;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What positions mean, one promise each. */
class LocationRuleTest {
  private static final String MORNING = "2026-03-02T09:00:00Z";
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  // ---- safe fences

  @Test
  void leavingRingsOnceAfterTheDwellAndReturningClears() {
    Walk walk = Walk.from(MORNING).at(0, 0, 20).minutes(5).at(600, 0, 20).minutes(1);
    assertEquals(List.of(), walk.said());
    walk.at(650, 0, 20).minutes(1);
    assertEquals(List.of("left"), walk.said());
    walk.minutes(5).at(900, 0, 20).minutes(30).at(700, 0, 20);
    assertEquals(List.of(), walk.said());
    walk.minutes(10).at(510, 0, 20);
    assertEquals(List.of(), walk.said());
    walk.minutes(5).at(450, 0, 20);
    assertEquals(List.of("returned"), walk.said());
  }

  @Test
  void oneSurePositionRingsWhenNothingNewerComes() {
    Walk walk = Walk.from(MORNING).at(0, 0, 20).minutes(5).at(600, 0, 20);
    assertEquals(List.of(), walk.minutes(5).said());
    assertEquals(List.of("left"), walk.minutes(1).said());
  }

  @Test
  void jitterAtTheBorderNeverRings() {
    Random random = Seed.of("LocationRuleTest").random();
    Walk walk = Walk.from(MORNING);
    for (int i = 0; i < 5_000; i++) {
      // Never 30 m beyond: margin and half a radius, which three in a row would ring at.
      double east = 495 + 15 * Math.clamp(random.nextGaussian(), -2, 2);
      double north = 15 * Math.clamp(random.nextGaussian(), -2, 2);
      walk.at(east, north, 20 + random.nextInt(30)).minutes(1 + i % 5);
    }
    assertEquals(List.of(), walk.said());
  }

  @Test
  void jitterByTheRiverNeverRings() {
    Random random = Seed.of("LocationRuleTest").random();
    Walk walk = Walk.from(MORNING);
    for (int i = 0; i < 5_000; i++) {
      double north = -285 + 5 * Math.clamp(random.nextGaussian(), -2.9, 2.9);
      walk.at(0, north, 25).minutes(1 + i % 5);
    }
    assertEquals(List.of(), walk.said());
  }

  @Test
  void aCoarsePositionNeitherLeavesNorReturnsUnlessItsWholeCircleDoes() {
    Walk walk = Walk.from(MORNING).at(0, 0, 20);
    for (int i = 0; i < 10; i++) {
      walk.minutes(5).at(1_400, 0, 1_000);
    }
    assertEquals(List.of(), walk.said());
    walk.minutes(5).at(1_800, 0, 1_000).minutes(5).at(1_800, 0, 1_000);
    assertEquals(List.of("left"), walk.said());
    walk.minutes(5).at(100, 0, 1_000);
    assertEquals(List.of(), walk.said());
    walk.minutes(5).at(0, 100, 300);
    assertEquals(List.of("returned"), walk.said());
  }

  @Test
  void whoIsAwayByAnOperatorsWordIsExpectedElsewhereUntilItEnds() {
    Walk walk = Walk.from(MORNING).at(0, 0, 20);
    Instant until = walk.now().plus(Duration.ofHours(3));
    walk.in(new Mode(Mode.Kind.AWAY, null, walk.now(), until, new ResponderId("op")));
    walk.minutes(5).at(5_000, 0, 20).minutes(20).at(5_000, 0, 20).minutes(120);
    assertEquals(List.of(), walk.said());
    assertEquals(List.of("left"), walk.minutes(60).said());
  }

  @Test
  void aFenceThatIsTakenDownHoldsNoLonger() {
    Walk walk = Walk.from(MORNING).at(900, 0, 20).minutes(10);
    assertEquals(List.of("left"), walk.said());
    walk.registry(Riverside.USUAL.without("around")).looks();
    assertEquals(List.of("unwatched"), walk.said());
    assertEquals(List.of(), walk.holds());
  }

  @Test
  void aPositionFromLongAgoBeginsNothing() {
    Walk walk =
        Walk.from(MORNING)
            .registry(Riverside.USUAL.without("around"))
            .at(900, 0, 20)
            .minutes(60 * 7)
            .registry(Riverside.USUAL)
            .looks();
    assertEquals(List.of(), walk.said());
  }

  // ---- dangerous fences

  @Test
  void theRiverRingsFastAndClearsOnlyWellBeyondItsBank() {
    Walk walk = Walk.from(MORNING).at(0, -200, 10).minutes(2).at(0, -330, 10);
    assertEquals(List.of(), walk.said());
    assertEquals(List.of("entered"), walk.minutes(1).said());
    walk.at(0, -290, 10);
    assertEquals(List.of(), walk.said());
    walk.minutes(1).at(0, -270, 10);
    assertEquals(List.of("came_out"), walk.said());
  }

  @Test
  void enteringTheRiverAgainIsNewsForWhoHasTheOpenAlertInHand() {
    Walk walk = Walk.from(MORNING);
    walk.withOpen(
        new Sight.OpenAlert(
            new AlertId("a"),
            LocationRule.FENCE_ENTERED,
            Riverside.MRS_LIN,
            null,
            walk.now(),
            walk.now(),
            List.of()));
    walk.at(0, -200, 10).minutes(2).at(0, -330, 10).minutes(1);
    assertEquals(List.of("entered", "entered"), walk.said());
  }

  @Test
  void aBadPositionInTheRiverIsTakenBackByTheNext() {
    Walk walk = Walk.from(MORNING).at(0, -280, 10).minutes(2).at(0, -330, 10);
    walk.after(Duration.ofSeconds(50)).at(0, -280, 10).minutes(30);
    assertEquals(List.of(), walk.said());
  }

  @Test
  void theRiverRingsThoughTheHomeIsAwayByAnOperatorsWord() {
    Walk walk = Walk.from(MORNING).at(0, 0, 10);
    walk.in(
        new Mode(
            Mode.Kind.AWAY,
            null,
            walk.now(),
            walk.now().plus(Duration.ofHours(3)),
            new ResponderId("op")));
    assertEquals(List.of("entered"), walk.minutes(9).at(0, -330, 10).minutes(1).said());
  }

  // ---- jumps

  @Test
  void anImpossibleJumpIsSetAsideAndShownWhereAnAlertIsOpen() {
    Walk walk = Walk.from(MORNING).at(0, 0, 20);
    walk.minutes(5).at(80_000, 0, 20).minutes(20);
    assertEquals(List.of(), walk.said());
    walk.withOpen(
        new Sight.OpenAlert(
            new AlertId("a"),
            Kind.SOS,
            Riverside.MRS_LIN,
            null,
            walk.now(),
            walk.now(),
            List.of()));
    walk.at(10, 0, 20).minutes(5).at(80_000, 0, 20);
    assertEquals(List.of("jump"), walk.said());
    assertEquals(List.of(), walk.minutes(20).said());
  }

  @Test
  void aSecondConsistentPositionConfirmsTheJump() {
    Walk walk = Walk.from(MORNING).at(0, 0, 20);
    walk.minutes(5).at(80_000, 0, 20).minutes(5).at(80_300, 0, 20).minutes(2);
    assertEquals(List.of("left"), walk.said());
  }

  @Test
  void aRideOnABusIsNoJump() {
    Walk walk = Walk.from(MORNING).at(0, 0, 20).minutes(5).at(4_000, 0, 20);
    assertEquals(List.of("left"), walk.minutes(6).said());
  }

  // ---- late and out of order

  @Test
  void aBufferedWalkAbroadThatEndedAtHomeIsNotRungWhenItComesAtOnce() {
    Walk walk = Walk.from(MORNING).at(0, 0, 20).minutes(120);
    Instant start = walk.now().minus(Duration.ofMinutes(100));
    for (int i = 0; i < 10; i++) {
      walk.was(i < 8 ? 900 : 0, 0, 20, start.plus(Duration.ofMinutes(10L * i)));
    }
    assertEquals(List.of(), walk.minutes(60).said());
  }

  @Test
  void aBufferedWalkAbroadThatDidNotEndIsRungAndLabelledLate() {
    Walk walk = Walk.from(MORNING).at(0, 0, 20).minutes(120);
    Instant start = walk.now().minus(Duration.ofMinutes(60));
    walk.was(900, 0, 20, start).was(900, 0, 20, start.plus(Duration.ofMinutes(20)));
    assertEquals(List.of(), walk.minutes(1).said());
    assertEquals(List.of("left_late"), walk.minutes(1).said());
  }

  @Test
  void anyOrderOfTheSamePositionsStandsTheSame() {
    Random random = Seed.of("LocationRuleTest").random();
    int held = 0;
    for (int round = 0; round < 500; round++) {
      List<Fix> fixes = new ArrayList<>();
      Instant start = Instant.parse(MORNING);
      Instant end = start.plus(Duration.ofMinutes(30));
      int count = 1 + random.nextInt(14);
      for (int i = 0; i < count; i++) {
        Point place =
            Riverside.place(
                random.nextInt(20) == 0 ? 90_000 : random.nextInt(700),
                random.nextBoolean() ? -330 : random.nextInt(100));
        fixes.add(
            Walk.fix(
                place,
                10.0 + random.nextInt(60),
                start.plus(Duration.ofSeconds(random.nextInt(1_700)))));
      }
      List<String> first = null;
      for (int order = 0; order < 4; order++) {
        Collections.shuffle(fixes, random);
        Walk walk = new Walk(Riverside.USUAL, LocationSettings.STANDARD, ZoneId.of("UTC"), end);
        walk.isHeard();
        // All at once, as out of a buffer; no look while they come.
        for (Fix fix : fixes) {
          walk.says(fix, end);
          if (random.nextInt(3) == 0) {
            walk.says(fix, end);
          }
        }
        Walk fresh = walk.minutes(10);
        if (first == null) {
          first = fresh.holds();
        } else {
          assertEquals(first, fresh.holds(), fixes::toString);
        }
      }
      held += first == null || first.isEmpty() ? 0 : 1;
    }
    assertTrue(held > 50 && held < 450, held + " of 500 hold something");
  }

  @Test
  void aDuplicateSaysNothingAndChangesNothing() {
    Walk walk = Walk.from(MORNING).at(0, 0, 20).minutes(5);
    Fix fix = Walk.fix(Riverside.place(600, 0), 20.0, walk.now());
    Instant at = walk.now();
    walk.says(fix, at);
    var track = walk.senses().devices().getFirst().track();
    for (int i = 0; i < 20; i++) {
      walk.after(Duration.ofSeconds(10)).says(fix, at);
    }
    assertEquals(track, walk.senses().devices().getFirst().track());
    assertEquals(List.of(), walk.said());
    assertEquals(List.of("left"), walk.minutes(3).said());
  }

  @Test
  void thePlaceOfAPressCountsToo() {
    Walk walk = Walk.from(MORNING).at(0, 0, 20).minutes(5);
    Fix there = Walk.fix(Riverside.place(0, -330), 10.0, walk.now());
    walk.says(Kind.SOS, new Signal.Sos(Signal.Sos.Action.PRESS, "press", there), walk.now());
    assertEquals(List.of("entered"), walk.minutes(1).said());
  }

  // ---- night

  @Test
  void nightWanderingIsWatchedForThoseWhoWander() {
    Walk other = Walk.from("2026-03-02T23:00:00Z").at(0, 0, 20).minutes(5).at(300, 0, 20);
    assertEquals(List.of(), other.minutes(60).said());
    Walk walk = Walk.from("2026-03-02T23:00:00Z").registry(Riverside.USUAL.with("dementia"));
    walk.at(0, 0, 20).minutes(5).at(300, 0, 20).minutes(3).at(320, 0, 20);
    assertEquals(List.of("away_at_night"), walk.said());
    assertEquals(List.of("home_again"), walk.minutes(20).at(20, 0, 20).said());
  }

  @Test
  void whoIsStillOutWhenNightBeginsIsMissedThenAndTheNightEnds() {
    Walk walk = Walk.from("2026-03-02T20:30:00Z").registry(Riverside.USUAL.with("dementia"));
    walk.at(300, 0, 20).minutes(80);
    assertEquals(List.of(), walk.said());
    assertEquals(List.of("away_at_night"), walk.minutes(10).said());
    assertEquals(List.of("night_over"), walk.minutes(60 * 7).said());
  }

  @Test
  void nightEndsByTheClockOnTheWallAlsoWhenItChanges() {
    assertNightEnds("2026-03-28T22:00:00Z", "2026-03-29T03:00:00Z");
    assertNightEnds("2026-10-24T22:00:00Z", "2026-10-25T04:00:00Z");
    assertNightEnds("2028-02-28T22:00:00Z", "2028-02-29T04:00:00Z");
  }

  private static void assertNightEnds(String out, String morning) {
    Instant start = Instant.parse(out);
    Walk walk =
        new Walk(Riverside.USUAL.with("dementia"), LocationSettings.STANDARD, BERLIN, start);
    walk.at(300, 0, 20).minutes(2).at(300, 0, 20).minutes(1);
    assertEquals(List.of("away_at_night"), walk.said());
    Duration rest = Duration.between(walk.now(), Instant.parse(morning));
    assertEquals(List.of(), walk.after(rest.minusMillis(1)).said());
    assertEquals(List.of("night_over"), walk.after(Duration.ofMillis(1)).said());
  }

  @Test
  void aNightMayLieWithinOneDay() {
    LocationSettings usual = LocationSettings.STANDARD;
    assertTrue(usual.isNight(LocalTime.of(23, 59)) && usual.isNight(LocalTime.MIDNIGHT));
    assertTrue(usual.isNight(LocalTime.of(22, 0)) && !usual.isNight(LocalTime.of(5, 0)));
    assertTrue(!usual.isNight(LocalTime.NOON));
    LocationSettings early = withNight(LocalTime.of(1, 0), LocalTime.of(4, 0));
    assertTrue(early.isNight(LocalTime.of(1, 0)) && !early.isNight(LocalTime.of(23, 0)));
    assertThrows(IllegalArgumentException.class, () -> withNight(LocalTime.NOON, LocalTime.NOON));
  }

  private static LocationSettings withNight(LocalTime from, LocalTime until) {
    LocationSettings s = LocationSettings.STANDARD;
    return new LocationSettings(
        true,
        s.marginM(),
        s.coarseM(),
        s.leftDwell(),
        s.leftDwellAlone(),
        s.enteredDwell(),
        s.enteredDwellAlone(),
        s.speedMaxKmh(),
        s.lateAfter(),
        s.bufferWait(),
        s.believedFor(),
        true,
        s.nightCategories(),
        from,
        until,
        s.nightDistanceM(),
        s.nightDwell(),
        s.nightDwellAlone(),
        s.noFixAfter(),
        s.heardWithin());
  }

  // ---- no position

  @Test
  void aBraceletThatIsHeardWithoutAPositionForADayIsToldAndClears() {
    Walk walk = Walk.from(MORNING).at(0, 0, 20);
    for (int i = 0; i < 23; i++) {
      walk.minutes(60).isHeard();
    }
    assertEquals(List.of(), walk.said());
    assertEquals(List.of("no_fix"), walk.minutes(60).said());
    assertEquals(List.of("fix_again"), walk.minutes(60).at(0, 0, 20).said());
  }

  @Test
  void aBraceletThatIsNotHeardIsNotMissingItsPosition() {
    Walk walk = Walk.from(MORNING).at(0, 0, 20).minutes(60 * 48);
    assertEquals(List.of(), walk.said());
    assertEquals(
        List.of("no_fix"), walk.isHeard().minutes(60 * 6).looks().isHeard().looks().said());
  }
}
