package io.shouwang.sim.district;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A safe or dangerous area of one elder, in WGS-84. */
record Fence(String id, String name, boolean danger, Shape shape) {
  /** What it encloses, and how {@code fences.csv} writes it. */
  sealed interface Shape {
    boolean holds(Place place);

    String text();
  }

  record Circle(Place centre, double radiusMetres) implements Shape {
    @Override
    public boolean holds(Place place) {
      return centre.metresTo(place) <= radiusMetres;
    }

    @Override
    public String text() {
      return String.format(Locale.ROOT, "circle %s %.0f", degrees(centre), radiusMetres);
    }
  }

  record Polygon(List<Place> corners) implements Shape {
    @Override
    public boolean holds(Place place) {
      boolean inside = false;
      Place last = corners.getLast();
      for (Place next : corners) {
        boolean between = next.lat() > place.lat() != last.lat() > place.lat();
        double share = (place.lat() - next.lat()) / (last.lat() - next.lat());
        if (between && place.lon() < next.lon() + share * (last.lon() - next.lon())) {
          inside = !inside;
        }
        last = next;
      }
      return inside;
    }

    @Override
    public String text() {
      return "polygon " + String.join("; ", corners.stream().map(Fence::degrees).toList());
    }
  }

  /** Neither outside all safe fences nor inside a dangerous one. */
  static boolean isSafe(List<Fence> fences, Place place) {
    return isWithin(fences, false, place) && !isWithin(fences, true, place);
  }

  static boolean isWithin(List<Fence> fences, boolean danger, Place place) {
    for (Fence fence : fences) {
      if (fence.danger() == danger && fence.shape().holds(place)) {
        return true;
      }
    }
    return false;
  }

  private static String degrees(Place place) {
    return String.format(Locale.ROOT, "%.6f %.6f", place.lat(), place.lon());
  }

  /** The fences of an elder living at {@code home}. */
  static List<Fence> around(Place home, String elder, boolean forgetful, Dice dice) {
    List<Fence> fences = new ArrayList<>();
    double radius = forgetful ? dice.between(700, 2_500) : dice.between(2_500, 6_000);
    fences.add(new Fence("f-" + elder + "-1", "家附近", false, new Circle(home, Math.rint(radius))));
    if (dice.chance(0.3)) {
      Place market = home.towards(dice.between(0, 6.28), radius * dice.between(0.7, 1.3));
      Shape around = new Circle(market, Math.rint(radius * 0.4));
      fences.add(new Fence("f-" + elder + "-2", "菜市场", false, around));
    }
    if (dice.chance(0.6)) {
      fences.add(new Fence("f-" + elder + "-3", "河道", true, river(home, dice)));
    }
    return fences;
  }

  /** A strip of water across some direction, beyond the first houses. */
  private static Polygon river(Place home, Dice dice) {
    double bearing = dice.between(0, 2 * Math.PI);
    Place bank = home.towards(bearing, dice.between(250, 1_200));
    double across = bearing + Math.PI / 2;
    double half = dice.between(200, 900);
    double width = dice.between(40, 150);
    Place left = bank.towards(across, -half);
    Place right = bank.towards(across, half);
    return new Polygon(
        List.of(left, right, right.towards(bearing, width), left.towards(bearing, width)));
  }
}
