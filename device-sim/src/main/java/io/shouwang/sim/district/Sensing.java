package io.shouwang.sim.district;

import io.shouwang.sim.district.Happenings.What;

/** What one home's fixed sensors, buttons and alarms make of what happens there. */
final class Sensing implements Happenings.Reader {
  private final Household home;
  private final Uplink uplink;
  private Dice dice;

  Sensing(Household home, Uplink uplink, Dice dice) {
    this.home = home;
    this.uplink = uplink;
    this.dice = dice;
  }

  void day(Dice fresh) {
    dice = fresh;
  }

  @Override
  public void happened(long moment, What what, int detail) {
    switch (what) {
      case MOVE -> moved(moment, detail);
      case DOOR_OPEN -> say(Gadget.Type.DOOR, moment, "door", "open");
      case DOOR_CLOSED -> say(Gadget.Type.DOOR, moment, "door", "closed");
      case WATER -> say(Gadget.Type.WATER, moment, "water", Integer.toString(detail));
      case BED_IN -> say(Gadget.Type.BED, moment, "bed", "in");
      case BED_OUT -> say(Gadget.Type.BED, moment, "bed", "out");
      case SOS_PRESS -> uplink.say(home.gadgets.get(detail), moment, "sos", "press");
      case SOS_CANCEL -> uplink.say(home.gadgets.get(detail), moment, "sos", "cancel");
      case FALL -> uplink.say(home.gadgets.get(detail), moment, "fall", "detected");
      case SMOKE_ALARM -> say(Gadget.Type.SMOKE, moment, "smoke", "alarm");
      case SMOKE_CLEAR -> say(Gadget.Type.SMOKE, moment, "smoke", "clear");
      case SMOKE_TEST -> say(Gadget.Type.SMOKE, moment, "smoke", "test");
      case CHECKIN -> say(Gadget.Type.BUTTON, moment, "checkin", "well");
    }
  }

  private void say(Gadget.Type type, long moment, String kind, String value) {
    Gadget gadget = home.first(type);
    if (gadget != null) {
      uplink.say(gadget, moment, kind, value);
    }
  }

  private void moved(long moment, int room) {
    for (Gadget gadget : home.gadgets) {
      if (gadget.type != Gadget.Type.MOTION || moment < gadget.blindUntil) {
        continue;
      }
      if (dice.chance(gadget.room.number == room ? gadget.sees : gadget.seesBeside)) {
        gadget.blindUntil = moment + gadget.blind;
        uplink.say(gadget, moment, "motion", "active");
        if (gadget.saysIdle) {
          uplink.say(gadget, gadget.blindUntil, "motion", "idle");
        }
      }
    }
  }
}
