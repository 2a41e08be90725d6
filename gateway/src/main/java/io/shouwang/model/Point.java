package io.shouwang.model;

/** A place on earth, in degrees, WGS-84. */
public record Point(double lat, double lon) {
  /** The earth as a ball of its mean radius: distances are right to half a percent. */
  static final double EARTH_RADIUS_M = 6_371_008.8;

  /** Whether the degrees are degrees of a place at all. */
  public boolean isOnEarth() {
    return lat >= -90 && lat <= 90 && lon >= -180 && lon <= 180;
  }

  /**
   * Metres between two places along the ground, by the haversine. Computed with {@link StrictMath},
   * as all geometry that decisions rest on: the same on every machine (P7).
   */
  public double distanceM(Point other) {
    double phi = StrictMath.toRadians(lat);
    double otherPhi = StrictMath.toRadians(other.lat);
    double halfLat = StrictMath.sin((otherPhi - phi) / 2);
    double halfLon = StrictMath.sin(StrictMath.toRadians(other.lon - lon) / 2);
    double square =
        halfLat * halfLat + StrictMath.cos(phi) * StrictMath.cos(otherPhi) * halfLon * halfLon;
    return 2 * EARTH_RADIUS_M * StrictMath.asin(Math.min(1, StrictMath.sqrt(square)));
  }
}
