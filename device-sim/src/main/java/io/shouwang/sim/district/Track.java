package io.shouwang.sim.district;

import java.util.ArrayList;
import java.util.List;

/** Where somebody outdoors really is: straight lines between points at their times. */
final class Track {
  private record Point(long at, Place place) {}

  private static final double WALK_METRES_A_SECOND = 0.9;
  private static final double RIDE_METRES_A_SECOND = 5;

  private final List<Point> points = new ArrayList<>();
  private final boolean wandering;

  private Track(boolean wandering) {
    this.wandering = wandering;
  }

  /** There, a stay, and back: on foot if that is possible in the time, else riding. */
  static Track thereAndBack(Place home, Place goal, long from, long to) {
    Track track = new Track(false);
    double metres = home.metresTo(goal);
    double slowest = Math.max(1, (to - from) * 0.4);
    double seconds = metres / WALK_METRES_A_SECOND;
    if (seconds > slowest) {
      seconds = Math.min(metres / RIDE_METRES_A_SECOND, slowest);
    }
    long leg = Math.round(seconds);
    track.points.add(new Point(from, home));
    track.points.add(new Point(from + leg, goal));
    track.points.add(new Point(to - leg, goal));
    track.points.add(new Point(to, home));
    return track;
  }

  /** Lost: on foot, from one turning to the next, brought home at the end. */
  static Track wandering(Place home, long from, long to, Dice dice) {
    List<Point> way = new ArrayList<>();
    way.add(new Point(from, home));
    Place at = home;
    double bearing = dice.between(0, 2 * Math.PI);
    long moment = from;
    long back = to - Civil.seconds(dice.between(10, 25));
    while (true) {
      long pause = Civil.seconds(dice.between(4, 20));
      if (moment + pause >= back) {
        break;
      }
      moment += pause;
      bearing += dice.normal() * 0.6;
      at = at.towards(bearing, pause * dice.between(0.3, 0.8));
      way.add(new Point(moment, at));
    }
    Track track = new Track(true);
    track.points.addAll(way);
    track.points.add(new Point(back, at));
    track.points.add(new Point(to, home));
    return track;
  }

  Place at(long moment) {
    for (int i = 1; i < points.size(); i++) {
      Point next = points.get(i);
      if (moment <= next.at()) {
        Point last = points.get(i - 1);
        long length = Math.max(1, next.at() - last.at());
        double share = Math.clamp((moment - last.at()) / (double) length, 0, 1);
        return last.place().mixed(next.place(), share);
      }
    }
    return points.getLast().place();
  }

  /** Whether this person had lost the way. */
  boolean isWandering() {
    return wandering;
  }
}
