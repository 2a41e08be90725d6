package io.shouwang.sim.district;

import org.jspecify.annotations.Nullable;

/** What one bracelet reports by itself at its beat: steps of the day, pulse, battery, position. */
final class Wearing {
  private final Person person;
  private final Gadget band;
  private final Place home;
  private final Chronicle chronicle;
  private final double indoorError;
  private double steps;
  private long reported = Long.MIN_VALUE;
  private boolean worn;
  private long chargingUntil = Long.MIN_VALUE;
  private boolean pressesFalsely;
  private long beats;

  Wearing(Person person, Gadget band, Place home, Chronicle chronicle, Dice dice) {
    this.chronicle = chronicle;
    this.person = person;
    this.band = band;
    this.home = home;
    indoorError = dice.between(10, 60);
  }

  /** All readings of one civil day. */
  void day(long midnight, Uplink uplink, Dice dice) {
    if (!band.on) {
      return;
    }
    steps = 0;
    long first = midnight + Math.floorMod(band.id.hashCode(), band.beat);
    long fixAt = first;
    for (long at = first; at < midnight + Civil.DAY; at += band.beat) {
      Stretch now = person.at(at);
      if (now == null) {
        continue;
      }
      walk(Math.max(midnight, reported), at, dice);
      reported = at;
      wear(now, at, uplink, dice);
      uplink.say(band, at, "steps", Integer.toString((int) steps));
      if (worn && dice.chance(0.6)) {
        uplink.say(band, at + 3, "heart_rate_bpm", Integer.toString(pulse(now, at, dice)));
      }
      if (++beats % 12 == 0) {
        uplink.say(band, at + 5, "battery_pct", Integer.toString((int) band.battery));
      }
      boolean out = now.activity() == Activity.OUT || now.activity() == Activity.AWAY;
      if (at >= fixAt) {
        fixAt = at + (out && worn ? band.beat : 3 * Civil.HOUR);
        uplink.say(band, at + 8, "location", fix(now, at, dice));
      }
    }
  }

  private void wear(Stretch now, long at, Uplink uplink, Dice dice) {
    boolean down = now.activity() == Activity.DOWN;
    boolean wears = down ? worn : person.wears(now) && at >= chargingUntil;
    if (wears != worn) {
      worn = wears;
      if (worn && pressesFalsely) {
        pressFalsely(at - 20, uplink, dice);
      }
      uplink.say(band, at + 1, "status", wears ? "{\"worn\":true}" : "{\"worn\":false}");
    }
    band.battery -= band.drain * band.beat / Civil.DAY;
    if (band.battery <= 0) {
      band.battery = 100;
      if (band.offUntil < at) {
        band.offFrom = at + 1;
        band.offUntil = at + Math.round(dice.between(2, 22) * Civil.HOUR);
        chronicle.note(
            "device_offline", person, band.id, band.offFrom, band.offUntil, "cause=battery");
      }
    } else if (band.battery < 30
        && at >= chargingUntil
        && (!worn || (now.activity() == Activity.SIT && dice.chance(0.25)))) {
      charge(at, dice);
    }
  }

  private void charge(long at, Dice dice) {
    band.battery = 100;
    chargingUntil = at + Civil.seconds(dice.between(50, 130));
    pressesFalsely = band.model.equals("W5") && dice.chance(0.1);
  }

  /** Some models take the end of charging for a press, and take it back seconds later. */
  private void pressFalsely(long at, Uplink uplink, Dice dice) {
    pressesFalsely = false;
    if (!band.isOff(at)) {
      long cancel = at + dice.whole(5, 25);
      uplink.say(band, at, "sos", "press");
      uplink.say(band, cancel, "sos", "cancel");
      chronicle.note("sos_false", person, band.id, at, cancel, "cause=charger");
    }
  }

  private void walk(long from, long to, Dice dice) {
    for (Stretch stretch : person.stretches) {
      long begin = Math.max(Math.max(from, chargingUntil), stretch.from());
      long end = Math.min(to, stretch.to());
      if (begin < end && stretch.activity().stepsAMinute() > 0 && person.wears(stretch)) {
        double mean = stretch.activity().stepsAMinute() * person.habits.stepFactor / person.pace;
        steps += mean * (end - begin) / Civil.MINUTE * dice.between(0.5, 1.5);
      }
    }
  }

  private int pulse(Stretch now, long at, Dice dice) {
    if (dice.chance(0.002)) {
      return 0;
    }
    double mean = person.habits.pulse + (person.isIll(at) ? 15 : 0);
    mean += now.activity().isInBed() ? -7 : now.activity() == Activity.OUT ? 14 : 0;
    mean += now.activity() == Activity.DOWN ? 9 : 0;
    return (int) Math.clamp(mean + dice.normal() * 4, 38, 170);
  }

  private String fix(Stretch now, long at, Dice dice) {
    Place place = worn ? whereabouts(now, at) : home;
    boolean outside = worn && !now.activity().isAtHome();
    double kind = dice.real();
    if (kind < (outside ? 0.06 : 0.25)) {
      return json(scattered(place, 450, dice), 1_000, "cell");
    }
    if (kind < (outside ? 0.08 : 0.26)) {
      Place jump = place.towards(dice.between(0, 6.28), dice.between(300, 3_000));
      return json(jump, dice.whole(8, 40), "gnss");
    }
    double error = outside ? dice.between(4, 25) : indoorError * dice.between(0.6, 2);
    return json(scattered(place, error * 0.7, dice), (int) Math.ceil(error), "gnss");
  }

  private Place whereabouts(Stretch now, long at) {
    @Nullable Track track = now.track();
    return track == null ? home : track.at(at);
  }

  private static Place scattered(Place place, double metres, Dice dice) {
    return place.moved(dice.normal() * metres, dice.normal() * metres);
  }

  private static String json(Place place, int accuracyMetres, String source) {
    return "{\"lat\":"
        + Math.round(place.lat() * 1e6) / 1e6
        + ",\"lon\":"
        + Math.round(place.lon() * 1e6) / 1e6
        + ",\"accuracy_m\":"
        + accuracyMetres
        + ",\"source\":\""
        + source
        + "\"}";
  }
}
