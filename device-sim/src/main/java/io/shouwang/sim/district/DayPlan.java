package io.shouwang.sim.district;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One person's day and the night after it: from a civil moment to the next waking up. */
final class DayPlan {
  private static final double NIGHTS_LOST_A_YEAR = 3;
  private static final double NIGHT_ENDS_BEFORE_WAKING_HOURS = 2.5;

  private final Habits habits;
  private final List<Fence> fences;
  private final Mood mood;
  private final Dice dice;
  private final Place home;
  private final long midnight;
  private final List<Stretch> stretches = new ArrayList<>();
  private long now;

  private DayPlan(Person person, Mood mood, Place home, long from, Dice dice) {
    this.habits = person.habits;
    this.fences = person.fences;
    this.mood = mood;
    this.home = home;
    this.dice = dice;
    this.midnight = Civil.midnight(from);
    this.now = from;
  }

  /** The stretches without a gap from {@code from}; the last one ends with the next waking up. */
  static List<Stretch> of(
      Person person, Mood mood, Place home, long from, List<Visit> visits, Dice dice) {
    Habits habits = person.habits;
    DayPlan plan = new DayPlan(person, mood, home, from, dice);
    double wake = habits.wakeHour + mood.shiftHours() - habits.seasonHours * mood.season();
    if (Civil.hour(from) < wake - NIGHT_ENDS_BEFORE_WAKING_HOURS) {
      plan.night(plan.moment(wake + habits.spreadHours * dice.heavy()));
    }
    plan.day(visits);
    return plan.stretches;
  }

  private long moment(double hour) {
    return midnight + Math.round(hour * Civil.HOUR);
  }

  private void day(List<Visit> visits) {
    boolean late = dice.chance(habits.lateEveningChance * (mood.festival() ? 8 : 1));
    double bedHour = habits.bedHour + mood.shiftHours() + habits.spreadHours * dice.heavy();
    if (late) {
      bedHour += dice.between(1, 3.5);
    }
    if (mood.ill()) {
      bedHour -= dice.between(0.3, 1.5);
    }
    long bed = Math.max(moment(bedHour), now + 40 * Civil.MINUTE);
    if (habits.bedridden) {
      inBedAllDay(bed, visits);
    } else {
      until(now + Civil.seconds(dice.between(25, 75) * mood.slowness()), Activity.MORNING);
      for (Stretch fixed : appointments(bed, visits)) {
        keep(fixed, bed);
      }
      fill(bed);
    }
    night(waking(bed, bedHour));
  }

  /** When the night that begins at {@code bed} ends. */
  private long waking(long bed, double bedHour) {
    double hour = 24 + habits.wakeHour + mood.shiftHours() - habits.seasonHours * mood.season();
    hour +=
        0.4 * Math.max(0, bedHour - habits.bedHour - mood.shiftHours())
            + habits.spreadHours * dice.heavy();
    hour += (mood.weekend() ? habits.weekendLaterHours : 0) + 0.8 * (mood.slowness() - 1);
    if (dice.chance(habits.longNightChance)) {
      hour += dice.between(1.2, 3.5);
    } else if (dice.chance(0.03)) {
      hour -= dice.between(1, 2.5);
    }
    long wake = moment(hour);
    return Math.clamp(wake, bed + 3 * Civil.HOUR, bed + 13 * Civil.HOUR);
  }

  private List<Stretch> appointments(long bed, List<Visit> visits) {
    List<Stretch> fixed = new ArrayList<>();
    for (Visit visit : visits) {
      if (visit.from() > now && visit.from() < bed - Civil.HOUR) {
        fixed.add(new Stretch(visit.from(), visit.to(), Activity.HOST));
      }
    }
    meal(fixed, habits.lunchHour, 35);
    meal(fixed, habits.dinnerHour, 40);
    if (dice.chance(habits.lieDownChance * (mood.ill() ? 4 : 1))) {
      add(fixed, dice.between(9, 15), dice.between(170, 380), Activity.LIE_DOWN);
    } else if (dice.chance(mood.ill() ? 0.95 : habits.napChance)) {
      double minutes = Math.clamp(dice.logNormal(habits.napMinutes, 0.55), 8, 200);
      add(fixed, habits.lunchHour + dice.between(0.7, 1.6), minutes, Activity.NAP);
    }
    if (mood.ill()) {
      for (int i = dice.whole(1, 3); i > 0; i--) {
        add(fixed, dice.between(8.5, 19), dice.between(40, 170), Activity.IN_BED);
      }
    } else {
      outings(fixed);
    }
    fixed.sort(Comparator.comparingLong(Stretch::from));
    return fixed;
  }

  private void meal(List<Stretch> fixed, double hour, double minutes) {
    add(fixed, hour + dice.normal() * 0.25, minutes * dice.between(0.6, 1.5), Activity.MEAL);
  }

  private void outings(List<Stretch> fixed) {
    if (dice.chance(habits.exerciseChance * (mood.season() < -0.6 ? 0.6 : 1))) {
      add(fixed, habits.exerciseHour + dice.normal() * 0.2, dice.between(30, 95), Activity.OUT);
    }
    if (Civil.date(midnight).getDayOfWeek().getValue() == habits.errandWeekday
        && dice.chance(0.85)) {
      double minutes = dice.logNormal(habits.errandMinutes, 0.25);
      add(fixed, habits.errandHour + dice.normal() * 0.3, minutes, Activity.OUT);
    }
    double mean = mood.weekend() ? habits.weekendOutings : habits.outings;
    mean *= (1 + 0.2 * mood.season()) / mood.slowness();
    for (int i = dice.poisson(mean); i > 0; i--) {
      double begin = dice.chance(0.55) ? dice.between(7.5, 11) : dice.between(13, 19);
      double minutes = Math.clamp(dice.logNormal(habits.outingMinutes, 0.7), 12, 480);
      add(fixed, begin, minutes, Activity.OUT);
    }
    if (dice.chance(habits.longOutingChance / mood.slowness())) {
      add(fixed, dice.between(7.2, 13), dice.between(210, 520), Activity.OUT);
    }
  }

  private void add(List<Stretch> fixed, double hour, double minutes, Activity activity) {
    long from = moment(hour);
    fixed.add(new Stretch(from, from + Civil.seconds(minutes), activity));
  }

  /** Does a fixed thing, later if something is still going on, or not at all near bedtime. */
  private void keep(Stretch fixed, long bed) {
    long length = fixed.to() - fixed.from();
    boolean visit = fixed.activity() == Activity.HOST;
    long from = Math.max(fixed.from(), now);
    if (visit && from > fixed.from()) {
      length -= from - fixed.from();
    }
    if (length < 5 * Civil.MINUTE || from + length > bed - 15 * Civil.MINUTE) {
      return;
    }
    fill(from);
    if (fixed.activity() == Activity.OUT) {
      long to = now + length;
      boolean lost = habits.forgetful && length > 40 * Civil.MINUTE && dice.chance(0.004);
      Track track = lost ? Track.wandering(home, now, to, dice) : usualWay(to);
      push(new Stretch(now, to, Activity.OUT, track));
      until(now + Civil.seconds(dice.between(2, 12)), Activity.CHORES);
    } else {
      until(now + length, fixed.activity());
    }
  }

  /** Somewhere, seldom past the fences that the family drew. */
  private Track usualWay(long to) {
    @Nullable Track track = null;
    for (int i = 0; i < 4 && (track == null || !isAllowed(track, to)); i++) {
      Place goal = home.towards(dice.between(0, 2 * Math.PI), distance(to - now));
      track = Track.thereAndBack(home, goal, now, to);
    }
    return Objects.requireNonNull(track);
  }

  private boolean isAllowed(Track track, long to) {
    for (long at = now; at < to && !fences.isEmpty(); at += 30) {
      if (!Fence.isSafe(fences, track.at(at))) {
        return false;
      }
    }
    return true;
  }

  private double distance(long seconds) {
    double far = seconds > 3 * Civil.HOUR ? 2_500 : 450;
    return Math.min(dice.logNormal(far, 0.8) * (habits.forgetful ? 0.5 : 1), 40_000);
  }

  /** Ordinary hours at home: chores and sitting, by turns, to this moment. */
  private void fill(long end) {
    while (now < end) {
      double evening = Civil.hour(now) >= habits.dinnerHour + 0.5 ? 0.3 : 0;
      boolean sits = dice.chance(Math.min(0.9, habits.sitShare + evening));
      double minutes =
          sits
              ? Math.clamp(dice.logNormal(42 * Math.sqrt(mood.slowness()), 0.75), 6, 200)
              : Math.clamp(dice.logNormal(16, 0.7), 3, 90);
      until(Math.min(end, now + Civil.seconds(minutes)), sits ? Activity.SIT : Activity.CHORES);
    }
  }

  private void inBedAllDay(long bed, List<Visit> visits) {
    for (Visit visit : visits) {
      if (visit.from() >= now && visit.to() < bed) {
        until(visit.from(), Activity.IN_BED);
        until(visit.to(), Activity.HOST);
      }
    }
    until(bed, Activity.IN_BED);
  }

  private void night(long wake) {
    long bed = now;
    List<Stretch> up = new ArrayList<>();
    double hours = (wake - bed) / (double) Civil.HOUR;
    int visits = habits.bedridden ? 0 : dice.poisson(habits.nightVisits * hours / 8);
    for (int i = 0; i < visits; i++) {
      long from = bed + Civil.seconds(dice.between(30, hours * 60 - 8));
      up.add(new Stretch(from, from + Civil.seconds(dice.between(2, 9)), Activity.NIGHT_VISIT));
      if (dice.chance(0.08)) {
        from += 3 * Civil.MINUTE;
        up.add(new Stretch(from, from + Civil.seconds(dice.between(15, 90)), Activity.SIT));
      }
    }
    if (!habits.bedridden && dice.chance(habits.sleeplessChance)) {
      long from = bed + Civil.seconds(dice.between(0.5, hours * 40));
      for (int i = dice.whole(1, 4); i > 0; i--) {
        Activity what = dice.chance(0.5) ? Activity.SIT : Activity.CHORES;
        up.add(new Stretch(from, from + Civil.seconds(dice.between(10, 60)), what));
        from += Civil.seconds(dice.between(30, 80));
      }
    }
    up.sort(Comparator.comparingLong(Stretch::from));
    for (Stretch each : up) {
      if (each.from() > now && each.to() < wake) {
        until(each.from(), Activity.SLEEP);
        until(each.to(), each.activity());
      }
    }
    if (habits.forgetful && dice.chance(NIGHTS_LOST_A_YEAR / 365)) {
      goLost(wake);
    }
    until(wake, Activity.SLEEP);
  }

  /** Leaves the home in the middle of the night and is brought back. */
  private void goLost(long wake) {
    long left = wake - now;
    long from = now + Math.round(left * dice.between(0, 0.4));
    long to = from + Math.round(Math.min(left * 0.5, dice.between(40, 240) * Civil.MINUTE));
    if (to - from > 20 * Civil.MINUTE) {
      until(from, Activity.SLEEP);
      push(new Stretch(now, to, Activity.OUT, Track.wandering(home, now, to, dice)));
    }
  }

  private void until(long end, Activity activity) {
    if (end > now) {
      push(new Stretch(now, end, activity));
    }
  }

  private void push(Stretch stretch) {
    stretches.add(stretch);
    now = stretch.to();
  }
}
