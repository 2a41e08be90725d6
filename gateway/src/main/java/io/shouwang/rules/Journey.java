package io.shouwang.rules;

import io.shouwang.model.Point;
import io.shouwang.senses.Track;

/**
 * A track without its impossible jumps. A position that could only have been reached faster than
 * anybody travels is set aside; a second one that agrees with it confirms both. Pure: the same
 * positions, heard in whatever order, give the same journey. Lives for one decision.
 */
final class Journey {
  private final long[] atMillis;
  private final int[] accuracyM;
  private final Point[] points;
  private int size;
  private int setAside;
  private double jumpM;
  private double jumpKmh;

  private Journey(int most) {
    atMillis = new long[most];
    accuracyM = new int[most];
    points = new Point[most];
  }

  static Journey of(Track track, int speedMaxKmh) {
    Journey journey = new Journey(track.size());
    int doubted = -1;
    for (int i = 0; i < track.size(); i++) {
      Point at = new Point(track.lat(i), track.lon(i));
      if (journey.size == 0 || journey.isReached(track, i, at, speedMaxKmh)) {
        // What was doubted was no part of the way: from before it one gets here in time.
        journey.setAside += doubted >= 0 ? 1 : 0;
        doubted = -1;
        journey.accept(track, i, at);
      } else if (doubted >= 0 && isAgreed(track, doubted, i, at, speedMaxKmh)) {
        journey.accept(track, doubted, new Point(track.lat(doubted), track.lon(doubted)));
        journey.accept(track, i, at);
        doubted = -1;
      } else {
        journey.setAside += doubted >= 0 ? 1 : 0;
        doubted = i;
      }
    }
    if (doubted >= 0) {
      journey.doubt(track, doubted);
    }
    return journey;
  }

  private void accept(Track track, int index, Point at) {
    atMillis[size] = track.atMillis(index);
    accuracyM[size] = track.accuracyM(index);
    points[size] = at;
    size++;
  }

  private void doubt(Track track, int index) {
    Point at = new Point(track.lat(index), track.lon(index));
    jumpM = points[size - 1].distanceM(at);
    jumpKmh = jumpM / Math.max(1, track.atMillis(index) - atMillis[size - 1]) * 3_600;
    setAside++;
  }

  private boolean isReached(Track track, int index, Point at, int speedMaxKmh) {
    return isPossible(
        points[size - 1].distanceM(at) - accuracyM[size - 1] - track.accuracyM(index),
        track.atMillis(index) - atMillis[size - 1],
        speedMaxKmh);
  }

  private static boolean isAgreed(Track track, int doubted, int index, Point at, int speedMaxKmh) {
    return isPossible(
        at.distanceM(new Point(track.lat(doubted), track.lon(doubted)))
            - track.accuracyM(doubted)
            - track.accuracyM(index),
        track.atMillis(index) - track.atMillis(doubted),
        speedMaxKmh);
  }

  private static boolean isPossible(double leastM, long millis, int speedMaxKmh) {
    return leastM <= 0 || leastM * 3_600 <= (double) speedMaxKmh * millis;
  }

  /** How many positions are believed; the last is the latest. */
  int size() {
    return size;
  }

  long atMillis(int index) {
    return atMillis[index];
  }

  int accuracyM(int index) {
    return accuracyM[index];
  }

  Point point(int index) {
    return points[index];
  }

  /** How many are set aside. */
  int setAside() {
    return setAside;
  }

  /** Whether the latest of all is set aside, and waits to be confirmed. */
  boolean endsInJump() {
    return jumpM > 0;
  }

  double jumpM() {
    return jumpM;
  }

  double jumpKmh() {
    return jumpKmh;
  }
}
