package io.shouwang.sim.district;

import java.util.List;

/**
 * The way from a home's devices to the gateway: delays, losses, outages, clocks that are off. A
 * bracelet has a telephone card of its own, which a street's outage doesn't touch.
 */
final class Uplink {
  private static final double LOST = 0.001;
  private static final double SLOW = 0.01;

  /** A network outage of the street, in civil seconds. */
  record Outage(long from, long to) {}

  private final Civil civil;
  private final Ear ear;
  private List<Outage> outages = List.of();
  private Dice dice;

  Uplink(Civil civil, Ear ear, Dice dice) {
    this.civil = civil;
    this.ear = ear;
    this.dice = dice;
  }

  void day(List<Outage> known, Dice fresh) {
    outages = known;
    dice = fresh;
  }

  /** Says something at a civil moment; alarms are tried until they arrive. */
  void say(Gadget device, long moment, String kind, String value) {
    if (device.isOff(moment)) {
      return;
    }
    boolean alarm = kind.equals("sos") || kind.equals("fall") || kind.equals("smoke");
    long now = civil.utc(moment);
    long received = now + (dice.chance(SLOW) ? dice.whole(4, 90) : dice.whole(0, 2));
    for (Outage outage : outages) {
      boolean affected = device.type != Gadget.Type.BRACELET;
      if (affected && moment >= outage.from() && moment < outage.to()) {
        if (!device.buffers && !alarm) {
          return;
        }
        received = civil.utc(outage.to()) + dice.whole(1, 150);
      }
    }
    if (!alarm && dice.chance(LOST)) {
      return;
    }
    long claimed =
        moment >= device.clockLostFrom && moment < device.clockLostUntil
            ? now % Civil.DAY
            : now + device.clockOffset;
    ear.event(device, claimed, received, kind, value);
  }
}
