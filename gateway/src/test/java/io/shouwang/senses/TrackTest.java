package io.shouwang.senses;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.model.Fix;
import io.shouwang.simulation.Seed;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Where a device has been, and when by its own clock. */
class TrackTest {
  private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
  private static final ClockOffset RIGHT = ClockOffset.UNKNOWN.observe(NOW, NOW.toEpochMilli());

  @Test
  void keepsTheLatestPositionOfEachOfTheLastMinutes() {
    Track track = Track.NONE;
    for (int i = 0; i < 100; i++) {
      track = hear(track, fix(i / 1000.0, NOW.minusSeconds(20L * (100 - i))));
    }
    assertEquals(Track.MINUTES_MAX, track.size());
    assertEquals(0.099, track.lat(7), 1e-7);
    assertEquals(NOW.minusSeconds(20).toEpochMilli(), track.fixAt());
    for (int i = 1; i < track.size(); i++) {
      assertTrue(track.atMillis(i) > track.atMillis(i - 1));
    }
  }

  @Test
  void isTheSameInAnyOrderAndWithRepeats() {
    Random random = Seed.of("TrackTest").random();
    for (int round = 0; round < 500; round++) {
      List<Fix> fixes = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        fixes.add(fix(random.nextInt(90), NOW.minus(Duration.ofSeconds(random.nextInt(240) * 5L))));
      }
      Track first = null;
      for (int order = 0; order < 4; order++) {
        Collections.shuffle(fixes, random);
        Track track = Track.NONE;
        for (Fix fix : fixes) {
          track = hear(track, fix);
          assertSame(track, hear(track, fix), "a repeat changes nothing");
        }
        first = first == null ? track : first;
        assertEquals(first, track);
      }
    }
  }

  @Test
  void placesAreKeptToACentimetreOnAllSidesOfTheEarth() {
    for (double[] place :
        new double[][] {{-90, -180}, {90, 180}, {-33.8688197, 151.2092955}, {32.06, -120.86}}) {
      Track track = hear(Track.NONE, new Fix(place[0], place[1], null, NOW, "cell", Fix.WGS84));
      assertEquals(place[0], track.lat(0), 1e-7);
      assertEquals(place[1], track.lon(0), 1e-7);
      assertEquals(Track.CELL_M, track.accuracyM(0));
    }
  }

  @Test
  void whatIsNoPlaceIsNoneAndARadiusNotSaidIsWhatItsSourceUsuallyMeans() {
    assertSame(Track.NONE, hear(Track.NONE, new Fix(Double.NaN, 1e300, null, null, null, "")));
    assertEquals(13, hear(Track.NONE, new Fix(1, 1, 12.1, NOW, "cell", "")).accuracyM(0));
    assertEquals(Track.GNSS_M, hear(Track.NONE, new Fix(1, 1, -1.0, NOW, "gnss", "")).accuracyM(0));
    assertEquals(Track.UNSAID_M, hear(Track.NONE, new Fix(1, 1, null, NOW, null, "")).accuracyM(0));
    assertEquals(0xffff, hear(Track.NONE, new Fix(1, 1, 1e12, NOW, null, "")).accuracyM(0));
  }

  @Test
  void timesBeyondReasonAreOfNowAndOldBuffersAreTooOld() {
    for (Instant odd : new Instant[] {Instant.MIN, Instant.MAX, Instant.EPOCH}) {
      assertEquals(NOW.toEpochMilli(), hear(Track.NONE, fix(1, odd)).fixAt());
    }
    assertSame(Track.NONE, hear(Track.NONE, fix(1, NOW.minus(Duration.ofHours(30)))));
  }

  @Test
  void aClockThatIsWrongPlacesPositionsRightAllTheSame() {
    Instant theirs = NOW.minus(Duration.ofMinutes(50));
    ClockOffset slow = ClockOffset.UNKNOWN.observe(theirs, NOW.toEpochMilli());
    Track track =
        Track.NONE.hear(fix(1, theirs.minusSeconds(300)), theirs, slow, NOW.toEpochMilli());
    assertEquals(NOW.minusSeconds(300).toEpochMilli(), track.fixAt());
  }

  @Test
  void aBufferIsNoClockSetBack() {
    ClockOffset clock = RIGHT;
    long later = NOW.plus(Duration.ofHours(8)).toEpochMilli();
    for (int i = 0; i < 200; i++) {
      clock = clock.observe(NOW.plus(Duration.ofMinutes(2L * i)), later);
      assertEquals(0, clock.millis());
    }
    // A clock that is really set back is learnt in two windows.
    for (int minute = 0; minute <= 130; minute++) {
      long now = later + minute * 60_000L;
      clock = clock.observe(Instant.ofEpochMilli(now - 1_800_000), now);
    }
    assertEquals(1_800_000, clock.millis());
    // One set forward at once.
    assertEquals(-5_000, clock.observe(Instant.ofEpochMilli(later + 5_000), later).millis());
  }

  @Test
  void bytesComeBack() {
    Random random = Seed.of("TrackTest").random();
    Track track = Track.NONE;
    for (int i = 0; i < 12; i++) {
      ByteBuffer bytes = ByteBuffer.allocate(track.bytes());
      track.write(bytes);
      assertEquals(0, bytes.remaining());
      assertEquals(track, Track.read(bytes.flip()));
      track = hear(track, fix(random.nextInt(90), NOW.minusSeconds(random.nextInt(3_600))));
    }
    assertTrue(track.bytes() <= 153);
  }

  private static Fix fix(double lat, Instant at) {
    return new Fix(lat, 120, 20.0, at, null, Fix.WGS84);
  }

  private static Track hear(Track track, Fix fix) {
    return track.hear(fix, NOW, RIGHT, NOW.toEpochMilli());
  }
}
