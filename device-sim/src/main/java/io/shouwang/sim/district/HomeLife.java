package io.shouwang.sim.district;

import io.shouwang.sim.district.Calendar.Finding;
import io.shouwang.sim.district.Calendar.Trip;
import io.shouwang.sim.district.Dice.Purpose;
import io.shouwang.sim.district.Happenings.What;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The life of one home, day after day, and what is heard and known of it. One thread. */
final class HomeLife {
  private final Household home;
  private final Chronicle chronicle;
  private final Mishaps mishaps;
  private final Crossings crossings;
  private final Defects defects;
  private final long firstDay;
  private final double collapsesAYear;
  private final Happenings happenings = new Happenings();
  private final Traces traces = new Traces(happenings);
  private final Uplink uplink;
  private final Sensing sensing;
  private final List<Wearing> wearings = new ArrayList<>();

  HomeLife(Household home, Civil civil, Ear ear, long firstDay, double collapsesAYear) {
    this.home = home;
    chronicle = new Chronicle(home.id, civil, ear);
    mishaps = new Mishaps(home, chronicle, happenings);
    crossings = new Crossings(chronicle);
    this.firstDay = firstDay;
    this.collapsesAYear = collapsesAYear;
    Dice dice = dice(Purpose.SENSING, -1);
    uplink = new Uplink(civil, ear, dice);
    defects = new Defects(home, chronicle, uplink);
    sensing = new Sensing(home, uplink, dice);
    for (Person person : home.people) {
      person.freeAt = (firstDay - 1) * Civil.DAY + 12 * Civil.HOUR;
      if (person.band != null) {
        wearings.add(new Wearing(person, person.band, home.place, chronicle, dice));
      }
    }
  }

  private Dice dice(Purpose what, long day) {
    return Dice.of(home.seed, what, home.number, day);
  }

  /** Lives one civil day, from midnight to midnight. Days go in order, from the first. */
  void live(long day, List<Uplink.Outage> outages) {
    long midnight = day * Civil.DAY;
    long end = midnight + Civil.DAY;
    uplink.day(outages, dice(Purpose.UPLINK, day));
    sensing.day(dice(Purpose.SENSING, day));
    Dice dice = dice(Purpose.DAY, day);
    for (Person person : home.people) {
      person.forgetBefore(midnight - Civil.DAY);
    }
    defects.day(midnight, dice(Purpose.DEVICE, day));
    for (Uplink.Outage outage : outages) {
      if (outage.from() >= midnight) {
        chronicle.note("network_outage", "", outage.from(), outage.to(), street());
      }
    }
    while (home.people.stream().anyMatch(person -> person.freeAt < end)) {
      settle(end, dice);
    }
    if (home.kinds.contains(LifeKind.PET)) {
      pet(midnight, dice);
    }
    happenings.before(end, sensing);
    for (Wearing wearing : wearings) {
      wearing.day(midnight, uplink, dice);
    }
  }

  private String street() {
    return "street=j-" + (home.street() + 1);
  }

  private void settle(long end, Dice dice) {
    List<List<Stretch>> fresh = new ArrayList<>();
    for (Person person : home.people) {
      fresh.add(person.freeAt < end ? plan(person, dice) : new ArrayList<>());
    }
    for (Person person : home.people) {
      List<Stretch> own = fresh.get(person.number);
      double chance = collapsesAYear / 365 / home.people.size();
      if (!own.isEmpty() && !isTravelling(own) && dice.chance(chance)) {
        collapse(person, fresh, dice);
      }
    }
    for (Person person : home.people) {
      List<Stretch> own = fresh.get(person.number);
      if (!own.isEmpty()) {
        person.settle(own);
        for (Stretch stretch : own) {
          traces.of(stretch, person.habits, person.pace, dice);
          mishaps.during(stretch, person, dice);
          crossings.of(stretch, person);
          know(person, stretch, own.getLast().to());
        }
      }
    }
  }

  private static boolean isTravelling(List<Stretch> fresh) {
    return fresh.getLast().activity() == Activity.AWAY;
  }

  private List<Stretch> plan(Person person, Dice dice) {
    long from = person.freeAt;
    long day = Math.floorDiv(from, Civil.DAY);
    fallIll(person, from, dice);
    person.pace = slowness(person, from) * (dice.chance(person.habits.dullDays) ? 1.8 : 1);
    Mood mood =
        new Mood(
            Season.isWeekend(day),
            Season.of(day),
            person.pace,
            person.isIll(from),
            Season.isFestival(day),
            person.shiftHours(day - firstDay));
    List<Visit> visits = person.number == 0 ? home.calendar.visits(day) : List.of();
    List<Stretch> fresh = new ArrayList<>(DayPlan.of(person, mood, home.place, from, visits, dice));
    Trip trip = home.calendar.trip(day, home.place);
    if (trip != null && trip.leave() > from) {
      fresh.removeIf(stretch -> stretch.from() >= trip.leave());
      fresh.add(fresh.removeLast().until(trip.leave()));
      Track track = Track.thereAndBack(home.place, trip.goal(), trip.leave(), trip.back());
      fresh.add(new Stretch(trip.leave(), trip.back(), Activity.AWAY, track));
    }
    return fresh;
  }

  private double slowness(Person person, long moment) {
    double years = (moment / (double) Civil.DAY - firstDay) / 365;
    double aged = 1 + person.habits.slowingAYear * Math.max(0, years);
    return person.isIll(moment) ? aged * 1.6 : aged;
  }

  private void fallIll(Person person, long from, Dice dice) {
    if (from < person.illUntil || !dice.chance(person.habits.illnessesAYear / 365)) {
      return;
    }
    person.illFrom = from;
    person.illUntil = from + Math.round(dice.between(4, 13) * Civil.DAY);
    chronicle.note("illness", person, "", from, person.illUntil, "");
  }

  private void collapse(Person person, List<List<Stretch>> fresh, Dice dice) {
    List<Stretch> own = fresh.get(person.number);
    Collapse collapse = Collapse.within(own, dice);
    if (collapse == null) {
      return;
    }
    Finding finding = collapse.found(home.calendar, dice);
    boolean both = false;
    for (Person other : home.people) {
      if (other == person) {
        continue;
      }
      List<Stretch> others = new ArrayList<>(other.stretches);
      others.addAll(fresh.get(other.number));
      both = dice.chance(0.1) && bothAtHome(fresh.get(other.number), collapse.at());
      long seen = both ? Long.MAX_VALUE : seenBy(others, collapse.at(), dice);
      if (seen < finding.at()) {
        finding = new Finding(seen, "partner");
      }
    }
    boolean hospital = dice.chance(0.5);
    for (Person each : home.people) {
      if (each == person || both) {
        goDown(each, fresh.get(each.number), collapse, finding, hospital, dice);
      }
    }
  }

  private void goDown(
      Person person,
      List<Stretch> own,
      Collapse collapse,
      Finding finding,
      boolean hospital,
      Dice dice) {
    Stretch before = own.getFirst();
    for (Stretch stretch : own) {
      before = stretch.from() < collapse.at() ? stretch : before;
    }
    person.wornWhenDown = person.wears(before);
    boolean noticed = person.wornWhenDown && dice.chance(0.25);
    collapse.happenTo(own, finding.at(), hospital, dice);
    String detail =
        "moment=" + collapse.moment() + " found_by=" + finding.by() + " hospital=" + hospital;
    detail += " watched=" + home.isWatched() + " noticed=" + noticed;
    chronicle.note("collapse", person, "", collapse.at(), finding.at(), detail);
    Gadget band = person.band;
    if (noticed && band != null) {
      long at = collapse.at() + dice.whole(20, 60);
      happenings.add(at, What.FALL, home.gadgets.indexOf(band));
      chronicle.note("fall_detected", person, band.id, at, at, "real=true up=false");
    }
    if (!hospital) {
      person.illFrom = finding.at();
      person.illUntil = finding.at() + dice.whole(3, 8) * Civil.DAY;
      chronicle.note("illness", person, "", person.illFrom, person.illUntil, "after=collapse");
    }
  }

  private static boolean bothAtHome(List<Stretch> others, long moment) {
    for (Stretch stretch : others) {
      if (stretch.covers(moment)) {
        return stretch.activity().isAtHome() && stretch.from() < moment;
      }
    }
    return false;
  }

  /** When the other person of the home, up and about, looks after this one. */
  private static long seenBy(List<Stretch> others, long moment, Dice dice) {
    for (Stretch stretch : others) {
      if (stretch.to() > moment && stretch.activity().isUpAtHome()) {
        return Math.max(stretch.from(), moment) + Civil.seconds(dice.between(3, 40));
      }
    }
    return others.isEmpty() ? moment + Civil.HOUR : others.getLast().to() + 10 * Civil.MINUTE;
  }

  /** A cat doesn't mind who is there: short bouts round the clock, more at dawn and dusk. */
  private void pet(long midnight, Dice dice) {
    for (int i = dice.poisson(16); i > 0; i--) {
      double hour =
          dice.chance(0.5) ? dice.between(0, 24) : (dice.chance(0.5) ? 6 : 19) + dice.normal();
      long at = midnight + Math.round(hour * Civil.HOUR);
      for (int hops = dice.whole(1, 4); hops > 0; hops--) {
        happenings.add(Math.max(at, midnight), What.MOVE, dice.whole(0, 2));
        at += dice.whole(20, 400);
      }
    }
  }

  private void know(Person person, Stretch stretch, long wake) {
    Gadget band = person.band;
    if (stretch.activity() == Activity.MORNING
        && band != null
        && band.on
        && !person.wears(stretch)) {
      chronicle.note("not_worn", person, band.id, stretch.from(), wake, "");
    }
    Track track = stretch.track();
    if (track != null && track.isWandering()) {
      double hour = Civil.hour(stretch.from());
      String night = "night=" + (hour < 5 || hour >= 22) + " worn=" + person.wears(stretch);
      chronicle.note("wandering", person, "", stretch.from(), stretch.to(), night);
    }
    String kind =
        switch (stretch.activity()) {
          case LIE_DOWN -> "lie_down";
          case HOST -> "visitor";
          case HOSPITAL -> "hospital";
          case AWAY -> "away";
          default -> "";
        };
    if (kind.isEmpty()) {
      return;
    }
    String detail = "";
    if (kind.equals("away")) {
      @Nullable Trip trip =
          home.calendar.trip(Math.floorDiv(stretch.from(), Civil.DAY), home.place);
      detail = "told=" + (trip != null && trip.told());
    }
    chronicle.note(kind, person, "", stretch.from(), stretch.to(), detail);
  }
}
