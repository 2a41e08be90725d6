package io.shouwang.sim.district;

/** What goes wrong with one home's devices: they fail, their batteries empty, clocks are lost. */
final class Defects {
  private static final double FAILURES_A_YEAR = 0.4;
  private static final double LOW_PCT = 15;

  private final Household home;
  private final Chronicle chronicle;
  private final Uplink uplink;

  Defects(Household home, Chronicle chronicle, Uplink uplink) {
    this.home = home;
    this.chronicle = chronicle;
    this.uplink = uplink;
  }

  /** One civil day, before anything is said on it. */
  void day(long midnight, Dice dice) {
    for (Gadget gadget : home.gadgets) {
      boolean fails = dice.chance(FAILURES_A_YEAR / 365);
      long from = midnight + dice.whole(0, (int) Civil.DAY - 1);
      double hours = Math.clamp(dice.logNormal(10, 1.2), 0.5, 190);
      if (fails && gadget.on && gadget.offUntil < from) {
        off(gadget, from, from + Math.round(hours * Civil.HOUR), "cause=fault");
      }
      if (gadget.type != Gadget.Type.BRACELET) {
        battery(gadget, midnight, dice);
      }
    }
  }

  private void off(Gadget gadget, long from, long to, String cause) {
    gadget.offFrom = from;
    gadget.offUntil = to;
    chronicle.note("device_offline", gadget.id, from, to, cause);
  }

  private void battery(Gadget gadget, long midnight, Dice dice) {
    long at = midnight + Math.floorMod(gadget.id.hashCode(), Civil.DAY);
    double before = gadget.battery;
    gadget.battery = Math.max(0, before - gadget.drain);
    if (gadget.batteryChange < at) {
      gadget.battery = 100;
      gadget.batteryChange = Long.MAX_VALUE;
    } else if (before >= LOW_PCT && gadget.battery < LOW_PCT) {
      low(gadget, at, dice);
    }
    uplink.say(gadget, at, "battery_pct", Integer.toString((int) gadget.battery));
  }

  private void low(Gadget gadget, long at, Dice dice) {
    double days = dice.chance(0.3) ? dice.between(20, 100) : dice.between(2, 20);
    long change = at + Math.round(days * Civil.DAY);
    long dead = at + Math.round(LOW_PCT / gadget.drain * Civil.DAY);
    if (dead < change && gadget.offUntil < at) {
      off(gadget, dead, change, "cause=battery");
    } else {
      change = Math.min(change, dead);
    }
    gadget.batteryChange = change;
    chronicle.note("battery_low", gadget.id, at, change, "");
    if (dice.chance(0.3)) {
      gadget.clockLostFrom = change;
      gadget.clockLostUntil = change + Math.round(dice.between(1, 9) * Civil.HOUR);
    }
  }
}
