package io.shouwang.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The border of a polygon on the ground: corners joined by sides, the last to the first. Measured
 * on the plane that touches the earth at the place asked about, which is right to well under a
 * percent over the kilometres of a fence. Pure.
 */
public final class Outline {
  /** From further away a polygon is one of its corners. */
  private static final double FAR_M = 500_000;

  /** Degrees in whole ten millionths, about a centimetre, so that crossing is decided exactly. */
  private static final double FINE = 1e7;

  private static final double DEGREE_M = StrictMath.toRadians(1) * Point.EARTH_RADIUS_M;

  private Outline() {}

  /** Two sides that meet where they should not, by the number of their first corner, from 1. */
  public record Crossing(int side, int otherSide) {}

  /** Metres from the border: above 0 outside, below 0 inside. */
  static double outsideM(List<Point> corners, Point at) {
    double far = at.distanceM(corners.getFirst());
    if (far > FAR_M) {
      return far;
    }
    double eastM = DEGREE_M * StrictMath.cos(StrictMath.toRadians(at.lat()));
    Point last = corners.getLast();
    double x = eastM * turn(last.lon() - at.lon());
    double y = DEGREE_M * (last.lat() - at.lat());
    double nearest = Double.MAX_VALUE;
    boolean inside = false;
    for (Point corner : corners) {
      double nextX = eastM * turn(corner.lon() - at.lon());
      double nextY = DEGREE_M * (corner.lat() - at.lat());
      nearest = Math.min(nearest, squareToSide(x, y, nextX, nextY));
      // A ray to the east crosses the border an odd number of times from within.
      if ((y > 0) != (nextY > 0) && x + (nextX - x) * y / (y - nextY) > 0) {
        inside = !inside;
      }
      x = nextX;
      y = nextY;
    }
    double distance = StrictMath.sqrt(nearest);
    return inside ? -distance : distance;
  }

  /** The square of the distance from the origin to a side. */
  private static double squareToSide(double x, double y, double nextX, double nextY) {
    double dx = nextX - x;
    double dy = nextY - y;
    double square = dx * dx + dy * dy;
    double along = square == 0 ? 0 : Math.clamp(-(x * dx + y * dy) / square, 0, 1);
    double px = x + along * dx;
    double py = y + along * dy;
    return px * px + py * py;
  }

  /** Degrees of longitude the short way around. */
  private static double turn(double degrees) {
    return degrees > 180 ? degrees - 360 : degrees < -180 ? degrees + 360 : degrees;
  }

  /**
   * The first two sides that cross, touch or lie on one another, other than neighbours at their
   * common corner; null for a simple polygon.
   */
  public static @Nullable Crossing crossing(List<Point> corners) {
    int count = corners.size();
    long[] x = new long[count];
    long[] y = new long[count];
    for (int i = 0; i < count; i++) {
      x[i] = Math.round(turn(corners.get(i).lon() - corners.getFirst().lon()) * FINE);
      y[i] = Math.round((corners.get(i).lat() - corners.getFirst().lat()) * FINE);
    }
    for (int i = 0; i < count; i++) {
      for (int j = i + 1; j < count; j++) {
        if (meet(x, y, i, j)) {
          return new Crossing(i + 1, j + 1);
        }
      }
    }
    return null;
  }

  private static boolean meet(long[] x, long[] y, int i, int j) {
    int count = x.length;
    int iEnd = (i + 1) % count;
    int jEnd = (j + 1) % count;
    if (iEnd == j) {
      return foldsBack(x, y, i, j, jEnd);
    }
    if (jEnd == i) {
      return foldsBack(x, y, j, i, iEnd);
    }
    int one = side(x, y, i, iEnd, j);
    int two = side(x, y, i, iEnd, jEnd);
    int three = side(x, y, j, jEnd, i);
    int four = side(x, y, j, jEnd, iEnd);
    return (one * two < 0 && three * four < 0)
        || (one == 0 && isWithin(x, y, i, iEnd, j))
        || (two == 0 && isWithin(x, y, i, iEnd, jEnd))
        || (three == 0 && isWithin(x, y, j, jEnd, i))
        || (four == 0 && isWithin(x, y, j, jEnd, iEnd));
  }

  /** Neighbours that leave their common corner in the same direction, or have no length. */
  private static boolean foldsBack(long[] x, long[] y, int from, int corner, int to) {
    long ax = x[from] - x[corner];
    long ay = y[from] - y[corner];
    long bx = x[to] - x[corner];
    long by = y[to] - y[corner];
    return ax * by == ay * bx && ax * bx + ay * by >= 0;
  }

  /** On which side of the line from a to b the corner lies: -1, 0 or 1. */
  private static int side(long[] x, long[] y, int a, int b, int corner) {
    return Long.signum((x[b] - x[a]) * (y[corner] - y[a]) - (y[b] - y[a]) * (x[corner] - x[a]));
  }

  private static boolean isWithin(long[] x, long[] y, int a, int b, int corner) {
    return Math.min(x[a], x[b]) <= x[corner]
        && x[corner] <= Math.max(x[a], x[b])
        && Math.min(y[a], y[b]) <= y[corner]
        && y[corner] <= Math.max(y[a], y[b]);
  }
}
