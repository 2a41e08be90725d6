package io.shouwang.model;

import java.util.List;

/**
 * A piece of ground that means something to one elder: where they should be, or should not. WGS-84.
 *
 * @param kind what leaving or entering it means
 * @param radiusM of a circle; 0 for a polygon
 * @param corners of a polygon, without the first repeated; the centre alone for a circle
 */
public record Fence(
    FenceId id, ElderId elder, String name, Kind kind, double radiusM, List<Point> corners) {

  public Fence {
    corners = List.copyOf(corners);
  }

  public static final int CORNERS_MAX = 100;

  public boolean isCircle() {
    return radiusM > 0;
  }

  /** Metres from its border: above 0 outside, below 0 inside. */
  public double outsideM(Point at) {
    return isCircle() ? at.distanceM(corners.getFirst()) - radiusM : Outline.outsideM(corners, at);
  }

  /** What it is to the elder. */
  public enum Kind {
    /** To be left only in company: leaving it rings. */
    SAFE,
    /** A river, a railway: entering it rings. */
    DANGER
  }

  /** Names a fence. */
  public record FenceId(String value) {
    public FenceId {
      Identity.require("FenceId", value);
    }

    @Override
    public String toString() {
      return value;
    }
  }
}
