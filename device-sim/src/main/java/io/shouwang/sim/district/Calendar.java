package io.shouwang.sim.district;

import io.shouwang.sim.district.Dice.Purpose;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who comes to one home and when its people travel: known for any day without the days before. */
final class Calendar {
  private final long seed;
  private final long owner;
  private final boolean bedridden;
  private final boolean homeHelp;
  private final boolean festivalTravels;
  private final int visitWeekday;
  private final double visitHour;
  private final double visitChance;
  private final double neighbourChance;
  private final double tripsAYear;
  private final double callHour;

  /** A journey of the whole home. */
  record Trip(long leave, long back, boolean told, Place goal) {}

  Calendar(long seed, long owner, Set<LifeKind> kinds, Dice dice) {
    this.seed = seed;
    this.owner = owner;
    bedridden = kinds.contains(LifeKind.BEDRIDDEN);
    homeHelp = dice.chance(0.06);
    festivalTravels = !bedridden && dice.chance(0.25);
    visitWeekday = dice.chance(0.6) ? dice.whole(6, 7) : dice.whole(1, 5);
    visitHour = dice.chance(0.5) ? dice.between(9.5, 11) : dice.between(14, 17);
    visitChance = dice.between(0.1, 0.9);
    neighbourChance = dice.between(0, 0.15);
    tripsAYear = bedridden ? 0 : dice.between(0, 2);
    callHour = dice.chance(0.15) ? dice.between(8.5, 10.5) : Double.NaN;
  }

  /** The hour of the office's daily call, or not a number. */
  double callHour() {
    return callHour;
  }

  List<Visit> visits(long day) {
    Dice dice = Dice.of(seed, Purpose.VISITS, owner, day);
    int weekday = Civil.date(day * Civil.DAY).getDayOfWeek().getValue();
    List<Visit> visits = new ArrayList<>();
    if (bedridden) {
      for (double hour : new double[] {7.5, 12, 18}) {
        if (dice.chance(0.96)) {
          add(visits, day, hour + dice.normal() * 0.3, dice.between(30, 100), "carer");
        }
      }
    } else if (homeHelp && weekday <= 5 && dice.chance(0.9)) {
      add(visits, day, 9.2 + dice.normal() * 0.3, dice.between(45, 120), "carer");
    }
    if (Season.isFestival(day) && dice.chance(0.55)) {
      add(visits, day, dice.between(9.5, 12), dice.between(120, 420), "guests");
    } else if (weekday == visitWeekday && dice.chance(visitChance)) {
      add(visits, day, visitHour + dice.normal() * 0.5, dice.between(40, 240), "child");
    }
    if (dice.chance(neighbourChance)) {
      add(visits, day, dice.between(8.5, 19), dice.between(8, 60), "neighbour");
    }
    visits.sort(Comparator.comparingLong(Visit::from));
    return visits;
  }

  private static void add(List<Visit> visits, long day, double hour, double minutes, String who) {
    long from = day * Civil.DAY + Math.round(hour * Civil.HOUR);
    visits.add(new Visit(from, from + Civil.seconds(minutes), who));
  }

  /** The trip that begins on this day, if one does. */
  @Nullable Trip trip(long day, Place home) {
    Dice dice = Dice.of(seed, Purpose.TRIP, owner, day);
    boolean festival =
        festivalTravels && Season.daysSinceSpringFestival(day) == -2 && dice.chance(0.85);
    if (!festival && !dice.chance(tripsAYear / 365)) {
      return null;
    }
    int days = festival ? dice.whole(5, 11) : (int) Math.min(30, 1 + dice.exponential(5));
    long leave = day * Civil.DAY + Math.round(dice.between(7.5, 14) * Civil.HOUR);
    long back = (day + days) * Civil.DAY + Math.round(dice.between(13, 20) * Civil.HOUR);
    Place goal = home.towards(dice.between(0, 6.28), dice.between(3_000, 400_000));
    return new Trip(leave, back, dice.chance(0.65), goal);
  }

  /** When and by whom somebody lying in the home since {@code from} is found, at the latest. */
  Finding found(long from, long latest) {
    Finding first = new Finding(latest, "chance");
    long day = Math.floorDiv(from, Civil.DAY);
    for (long d = day; d * Civil.DAY < latest; d++) {
      for (Visit visit : visits(d)) {
        if (visit.from() > from && visit.from() < first.at()) {
          first = new Finding(visit.from(), "visitor");
        }
      }
      long call = d * Civil.DAY + Math.round((callHour + 0.6) * Civil.HOUR);
      if (!Double.isNaN(callHour) && call > from + Civil.HOUR && call < first.at()) {
        first = new Finding(call, "daily_call");
      }
    }
    return first;
  }

  record Finding(long at, String by) {}
}
