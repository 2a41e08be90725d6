package io.shouwang.sim.district;

import java.util.List;
import java.util.Locale;

/** One device in a home, with its weaknesses. */
final class Gadget {
  /** As {@code devices.csv} names them. */
  enum Type {
    BUTTON,
    BRACELET,
    SMOKE,
    MOTION,
    DOOR,
    WATER,
    BED;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Where an infrared sensor hangs and a person moves. */
  enum Room {
    LIVING(0),
    BEDROOM(1),
    KITCHEN(2),
    BATHROOM(3);

    final int number;

    Room(int number) {
      this.number = number;
    }
  }

  final String id;
  final Type type;
  final Room room;
  final String model;

  /** False for a bracelet that was handed out and never switched on. */
  final boolean on;

  /** Keeps what it can't send and sends it later. */
  final boolean buffers;

  /** How far its clock is off, seconds. */
  final long clockOffset;

  /** An infrared sensor is blind so long after it has seen something, seconds. */
  final long blind;

  /** Says idle when it is no longer blind. */
  final boolean saysIdle;

  /** The share of movements in its room, and beside it, that it sees. */
  final double sees;

  final double seesBeside;
  final long beat;
  final double drain;

  long blindUntil = Long.MIN_VALUE;
  long offFrom = Long.MAX_VALUE;
  long offUntil = Long.MIN_VALUE;
  double battery;
  long batteryChange = Long.MAX_VALUE;
  long clockLostFrom = Long.MAX_VALUE;
  long clockLostUntil = Long.MIN_VALUE;

  Gadget(String id, Type type, Room room, Dice dice) {
    this.id = id;
    this.type = type;
    this.room = room;
    on = type != Type.BRACELET || !dice.chance(0.12);
    buffers = dice.chance(0.6);
    double offset = dice.real();
    clockOffset =
        offset < 0.8
            ? dice.whole(-3, 3)
            : offset < 0.98 ? dice.whole(-300, 300) : dice.chance(0.5) ? 3_600 : -3_600;
    blind = Math.round(Math.min(300, 30 + dice.exponential(70)));
    saysIdle = dice.chance(0.4);
    sees = dice.chance(0.12) ? dice.between(0.2, 0.5) : dice.between(0.55, 0.97);
    seesBeside = dice.between(0.03, 0.4);
    beat = 60L * dice.one(List.of(15, 20, 30, 30, 60));
    drain = type == Type.BRACELET ? dice.between(22, 50) : dice.between(0.1, 0.5);
    model = type == Type.BRACELET ? dice.one(List.of("B1", "B1", "B2", "W5")) : "";
    battery = dice.between(35, 100);
  }

  boolean isOff(long moment) {
    return !on || (moment >= offFrom && moment < offUntil);
  }
}
