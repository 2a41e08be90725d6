package io.shouwang.sim.district;

import io.shouwang.sim.district.Happenings.What;
import org.jspecify.annotations.Nullable;

/** Alarms of every day: presses, smoke, falls that a bracelet notices, the daily "I'm well". */
final class Mishaps {
  private static final double PRESSES_A_YEAR = 0.5;
  private static final double FALLS_GOT_UP_A_YEAR = 0.4;
  private static final double FALSE_FALLS_A_YEAR = 0.8;
  private static final double COOKING_SMOKE_A_YEAR = 0.6;
  private static final double FIRES_A_YEAR = 0.02;
  private static final double SMOKE_TESTS_A_YEAR = 4;
  private static final double STRETCHES_A_DAY = 14;
  private static final double MEALS_A_DAY = 1.8;

  private final Household home;
  private final Chronicle chronicle;
  private final Happenings happenings;

  Mishaps(Household home, Chronicle chronicle, Happenings happenings) {
    this.home = home;
    this.chronicle = chronicle;
    this.happenings = happenings;
  }

  /** What goes wrong, or is pressed, during one settled stretch. */
  void during(Stretch stretch, Person person, Dice dice) {
    long at = stretch.from() + Math.round(dice.real() * 0.95 * (stretch.to() - stretch.from()));
    switch (stretch.activity()) {
      case MEAL -> {
        if (dice.chance(COOKING_SMOKE_A_YEAR / 365 / MEALS_A_DAY)) {
          smoke("cooking_smoke", at, at + Civil.seconds(dice.between(1.5, 7)));
        }
      }
      case MORNING -> {
        checkIn(stretch, person, dice);
        upAndAbout(stretch, person, at, dice);
      }
      case CHORES, SIT, OUT -> upAndAbout(stretch, person, at, dice);
      case DOWN -> missedCheckIns(stretch, person);
      case SLEEP -> {
        if (dice.chance(FIRES_A_YEAR / 365 / STRETCHES_A_DAY)) {
          smoke("fire", at, at + Civil.seconds(dice.between(25, 90)));
        }
      }
      case NIGHT_VISIT, NAP, LIE_DOWN, IN_BED, HOST, AWAY, HOSPITAL, RESCUE -> {
        // somebody is near, or nothing can happen
      }
    }
  }

  private void upAndAbout(Stretch stretch, Person person, long at, Dice dice) {
    boolean atHome = stretch.activity() != Activity.OUT;
    if (dice.chance(PRESSES_A_YEAR / 365 / STRETCHES_A_DAY)) {
      press(stretch, person, at);
    }
    if (dice.chance(FALLS_GOT_UP_A_YEAR / 365 / STRETCHES_A_DAY)) {
      fall(stretch, person, at, "real=true up=true", dice);
    }
    if (dice.chance(FALSE_FALLS_A_YEAR / 365 / STRETCHES_A_DAY)) {
      fall(stretch, person, at, "real=false up=true", dice);
    }
    if (atHome && dice.chance(FIRES_A_YEAR / 365 / STRETCHES_A_DAY)) {
      smoke("fire", at, at + Civil.seconds(dice.between(25, 90)));
    }
    if (atHome && dice.chance(SMOKE_TESTS_A_YEAR / 365 / STRETCHES_A_DAY)) {
      happenings.add(at, What.SMOKE_TEST, 0);
    }
  }

  private void press(Stretch stretch, Person person, long at) {
    @Nullable Gadget device = stretch.activity().isAtHome() ? home.first(Gadget.Type.BUTTON) : null;
    if (device == null && person.wears(stretch)) {
      device = person.band;
    }
    if (device != null && !device.isOff(at)) {
      happenings.add(at, What.SOS_PRESS, home.gadgets.indexOf(device));
      chronicle.note("sos", person, device.id, at, at, "");
    }
  }

  private void fall(Stretch stretch, Person person, long at, String detail, Dice dice) {
    Gadget band = person.band;
    if (band != null && person.wears(stretch) && !band.isOff(at)) {
      happenings.add(at + dice.whole(15, 45), What.FALL, home.gadgets.indexOf(band));
      chronicle.note("fall_detected", person, band.id, at, at, detail);
    }
  }

  private void smoke(String kind, long from, long to) {
    Gadget device = home.first(Gadget.Type.SMOKE);
    if (device != null) {
      happenings.add(from, What.SMOKE_ALARM, 0);
      happenings.add(to, What.SMOKE_CLEAR, 0);
      chronicle.note(kind, device.id, from, to, device.isOff(from) ? "device=off" : "");
    }
  }

  private void checkIn(Stretch morning, Person person, Dice dice) {
    if (!home.checksIn || person.number > 0) {
      return;
    }
    if (dice.chance(home.forgetsCheckIn)) {
      missed(morning.from(), person, "cause=forgotten");
    } else {
      happenings.add(morning.to() - 30, What.CHECKIN, 0);
    }
  }

  private void missedCheckIns(Stretch down, Person person) {
    if (home.checksIn && person.number == 0) {
      for (long day = Civil.midnight(down.from()); day < down.to(); day += Civil.DAY) {
        if (down.covers(day + 8 * Civil.HOUR)) {
          missed(day + 8 * Civil.HOUR, person, "cause=collapse");
        }
      }
    }
  }

  private void missed(long morning, Person person, String cause) {
    long noon = Civil.midnight(morning) + 12 * Civil.HOUR;
    chronicle.note("missed_checkin", person, "", morning, Math.max(noon, morning), cause);
  }
}
