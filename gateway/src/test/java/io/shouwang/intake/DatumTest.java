package io.shouwang.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.model.Point;
import io.shouwang.simulation.Seed;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What Chinese vendors' coordinates become. */
class DatumTest {
  private static final Point TIANANMEN = new Point(39.907333, 116.391083);

  @Test
  void gcj02MovesTiananmenBy556Metres() {
    assertEquals(556, TIANANMEN.distanceM(Datum.wgs84ToGcj02(TIANANMEN)), 3);
  }

  @Test
  void theForwardFormulasAgreeWithPublishedVectors() {
    near(new Point(39.91640428150164, 116.41024449916938), forward(39.915, 116.404), 1e-6);
    near(
        new Point(39.92133699351021, 116.41036949371029),
        Datum.gcj02ToBd09(new Point(39.915, 116.404)),
        1e-6);
  }

  @Test
  void theWayBackIsRightToACentimetreAllOverChina() {
    Random random = Seed.of("DatumTest").random();
    for (int i = 0; i < 20_000; i++) {
      Point wgs = new Point(18 + 35 * random.nextDouble(), 74 + 60 * random.nextDouble());
      Point gcj = Datum.wgs84ToGcj02(wgs);
      double shiftM = wgs.distanceM(gcj);
      assertTrue(shiftM > 5 && shiftM < 1_500, wgs + " moves by " + shiftM + " m");
      near(wgs, Datum.GCJ02.toWgs84(gcj), 0.01);
      near(wgs, Datum.BD09.toWgs84(Datum.gcj02ToBd09(gcj)), 0.01);
    }
  }

  @Test
  void outsideChinaNothingMoves() {
    for (Point abroad :
        new Point[] {
          new Point(52.52, 13.405),
          new Point(35.68, 139.69),
          new Point(-33.9, 151.2),
          new Point(90, 180),
          new Point(-90, -180)
        }) {
      assertEquals(abroad, Datum.GCJ02.toWgs84(abroad));
      assertEquals(abroad, Datum.BD09.toWgs84(abroad));
    }
  }

  @Test
  void atTheEdgeOfTheRectangleItStillFindsAPlace() {
    for (Point edge :
        new Point[] {
          new Point(0.8293, 72.004), new Point(55.8271, 137.8347), new Point(30, 137.8347)
        }) {
      assertTrue(edge.distanceM(Datum.GCJ02.toWgs84(edge)) < 3_000);
      assertTrue(edge.distanceM(Datum.BD09.toWgs84(edge)) < 5_000);
    }
  }

  @Test
  void wgs84IsTakenAsItCame() {
    Point exact = new Point(32.123456789012, 120.000000000001);
    assertEquals(exact, Datum.WGS84.toWgs84(exact));
    assertEquals(Datum.GCJ02, Datum.named("GCJ-02"));
    assertNull(Datum.named("mars"));
  }

  private static Point forward(double lat, double lon) {
    return Datum.wgs84ToGcj02(new Point(lat, lon));
  }

  private static void near(Point expected, Point actual, double withinM) {
    assertTrue(
        expected.distanceM(actual) <= withinM,
        expected + " is " + expected.distanceM(actual) + " m from " + actual);
  }
}
