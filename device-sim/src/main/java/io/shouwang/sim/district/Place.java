package io.shouwang.sim.district;

/** A position in WGS-84 degrees. */
record Place(double lat, double lon) {
  private static final double METRES_A_DEGREE = 111_320;

  Place moved(double metresNorth, double metresEast) {
    return new Place(
        lat + metresNorth / METRES_A_DEGREE,
        lon + metresEast / (METRES_A_DEGREE * StrictMath.cos(Math.toRadians(lat))));
  }

  /** At a distance in a direction, in radians from north. */
  Place towards(double bearing, double metres) {
    return moved(metres * StrictMath.cos(bearing), metres * StrictMath.sin(bearing));
  }

  double metresTo(Place other) {
    double north = (other.lat - lat) * METRES_A_DEGREE;
    double east = (other.lon - lon) * METRES_A_DEGREE * StrictMath.cos(Math.toRadians(lat));
    return StrictMath.hypot(north, east);
  }

  Place mixed(Place other, double share) {
    return new Place(lat + (other.lat - lat) * share, lon + (other.lon - lon) * share);
  }
}
