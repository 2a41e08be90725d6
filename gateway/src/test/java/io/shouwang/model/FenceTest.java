package io.shouwang.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.simulation.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Polygon;

/** Distances to borders, against JTS and against what is known. */
class FenceTest {
  private static final GeometryFactory JTS = new GeometryFactory();
  private static final double DEGREE_M = Math.toRadians(1) * Point.EARTH_RADIUS_M;

  @Test
  void aDegreeOfLatitudeAndKnownCities() {
    assertEquals(111_195, new Point(0, 0).distanceM(new Point(1, 0)), 1);
    assertEquals(0, new Point(32, 120).distanceM(new Point(32, 120)));
    assertEquals(20_015_115, new Point(0, 0).distanceM(new Point(0, 180)), 1);
    assertEquals(
        1_067_000, new Point(39.9042, 116.4074).distanceM(new Point(31.2304, 121.4737)), 2_000);
  }

  @Test
  void aCircleIsMeasuredFromItsBorder() {
    Point centre = new Point(32.06, 120.86);
    Fence circle = fence(500, List.of(centre));
    assertEquals(-500, circle.outsideM(centre), 1e-6);
    assertEquals(111_195 - 500, circle.outsideM(new Point(33.06, 120.86)), 1);
  }

  @Test
  void aPolygonAgreesWithJts() {
    Random random = Seed.of("FenceTest").random();
    for (int round = 0; round < 300; round++) {
      Point middle = new Point(-60 + 120 * random.nextDouble(), -180 + 360 * random.nextDouble());
      List<Point> corners = star(middle, 3 + random.nextInt(20), random);
      assertNull(Outline.crossing(corners), corners::toString);
      Fence fence = fence(0, corners);
      for (int i = 0; i < 30; i++) {
        Point at = around(middle, 0.03 * random.nextDouble(), 2 * Math.PI * random.nextDouble());
        Polygon plane = plane(corners, at);
        var origin = JTS.createPoint(new Coordinate(0, 0));
        double distance = plane.getExteriorRing().distance(origin);
        double expected = plane.contains(origin) ? -distance : distance;
        assertEquals(expected, fence.outsideM(at), 1e-3, () -> at + " and " + corners);
      }
    }
  }

  @Test
  void crossingIsWhatJtsCallsNotSimple() {
    Random random = Seed.of("FenceTest").random();
    int crossed = 0;
    for (int round = 0; round < 5_000; round++) {
      List<Point> corners = new ArrayList<>();
      int count = 3 + random.nextInt(5);
      for (int i = 0; i < count; i++) {
        // A coarse grid, so that touching and lying on one another happen too.
        corners.add(new Point(32 + random.nextInt(7) / 1000.0, 120 + random.nextInt(7) / 1000.0));
      }
      boolean valid = grid(corners).isValid();
      boolean distinct = corners.stream().distinct().count() == count;
      assertEquals(valid && distinct, Outline.crossing(corners) == null, corners::toString);
      crossed += valid ? 0 : 1;
    }
    assertTrue(crossed > 500 && crossed < 4_500, crossed + " crossed");
  }

  @Test
  void aBowTieNamesItsSides() {
    Outline.Crossing crossing =
        Outline.crossing(
            List.of(new Point(0, 0), new Point(1, 1), new Point(1, 0), new Point(0, 1)));
    assertNotNull(crossing);
    assertEquals(new Outline.Crossing(1, 3), crossing);
  }

  @Test
  void aFenceAcrossTheDateLineAndFarFromIt() {
    Fence fence =
        fence(
            0,
            List.of(
                new Point(-17, 179.9),
                new Point(-17, -179.9),
                new Point(-16.8, -179.9),
                new Point(-16.8, 179.9)));
    assertTrue(fence.outsideM(new Point(-16.9, 180)) < -9_000);
    assertTrue(fence.outsideM(new Point(-16.9, -180)) < -9_000);
    assertTrue(fence.outsideM(new Point(-16.9, 0)) > 1_000_000);
    assertTrue(fence.outsideM(new Point(-16.9, 179.8)) > 9_000);
  }

  private static Fence fence(double radiusM, List<Point> corners) {
    return new Fence(
        new Fence.FenceId("f"), new ElderId("e"), "f", Fence.Kind.SAFE, radiusM, corners);
  }

  /** A polygon that doesn't cross itself: its corners go around the middle. */
  private static List<Point> star(Point middle, int count, Random random) {
    List<Point> corners = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double turn = 2 * Math.PI * (i + 0.8 * random.nextDouble()) / count;
      corners.add(around(middle, 0.002 + 0.02 * random.nextDouble(), turn));
    }
    return corners;
  }

  private static Point around(Point middle, double degrees, double turn) {
    double lon = middle.lon() + degrees * Math.cos(turn);
    return new Point(
        middle.lat() + degrees * Math.sin(turn),
        lon > 180 ? lon - 360 : lon < -180 ? lon + 360 : lon);
  }

  private static Polygon plane(List<Point> corners, Point at) {
    return polygon(corners, DEGREE_M * Math.cos(Math.toRadians(at.lat())), DEGREE_M, at);
  }

  /** In whole thousandths of a degree, so that JTS too sees exactly what touches. */
  private static Polygon grid(List<Point> corners) {
    Polygon polygon = polygon(corners, 1_000, 1_000, new Point(32, 120));
    polygon.apply((Coordinate c) -> {
      c.x = Math.rint(c.x);
      c.y = Math.rint(c.y);
    });
    polygon.geometryChanged();
    return polygon;
  }

  private static Polygon polygon(List<Point> corners, double eastM, double northM, Point at) {
    Coordinate[] ring = new Coordinate[corners.size() + 1];
    for (int i = 0; i < ring.length; i++) {
      Point corner = corners.get(i % corners.size());
      double turn = Math.IEEEremainder(corner.lon() - at.lon(), 360);
      ring[i] = new Coordinate(eastM * turn, northM * (corner.lat() - at.lat()));
    }
    return JTS.createPolygon(ring);
  }
}
