package io.shouwang.sim.district;

import io.shouwang.sim.district.Gadget.Room;
import io.shouwang.sim.district.Happenings.What;

/** What a person's doings leave for sensors to notice: movements, doors, water, the bed. */
final class Traces {
  private static final Room[] AWAKE = {Room.LIVING, Room.KITCHEN, Room.LIVING, Room.BATHROOM};
  private static final Room[] MORNING = {Room.BATHROOM, Room.KITCHEN, Room.BEDROOM, Room.KITCHEN};
  private static final Room[] EATING = {Room.KITCHEN, Room.KITCHEN, Room.LIVING, Room.LIVING};
  private static final Room[] NIGHT = {Room.BATHROOM, Room.BATHROOM, Room.BEDROOM, Room.LIVING};
  private static final Room[] LYING = {Room.BEDROOM};

  private final Happenings happenings;

  Traces(Happenings happenings) {
    this.happenings = happenings;
  }

  /** The traces of one stretch, the way into it and out of it. */
  void of(Stretch stretch, Habits habits, double slowness, Dice dice) {
    double still = habits.stillness * slowness;
    switch (stretch.activity()) {
      case MORNING -> {
        moves(stretch, MORNING, 3.5 * slowness, dice);
        water(stretch, 3, 5, dice);
      }
      case CHORES -> {
        moves(stretch, AWAKE, 4.5 * slowness, dice);
        water(stretch, 1.2, 6, dice);
        if (dice.chance(habits.parcels / 12)) {
          doorway(
              dice.whole(0, (int) (stretch.to() - stretch.from())) + stretch.from(), habits, dice);
        }
      }
      case MEAL -> {
        moves(stretch, EATING, 6 * slowness, dice);
        water(stretch, 2.5, 6, dice);
      }
      case SIT -> {
        Room[] sitting = {habits.sitsIn, habits.sitsIn, habits.sitsIn, Room.LIVING};
        moves(stretch, sitting, dice.chance(0.6) ? 10 * still : 45 * still, dice);
      }
      case SLEEP, NAP, LIE_DOWN -> moves(stretch, LYING, 260 * still, dice);
      case IN_BED -> moves(stretch, LYING, 75 * still, dice);
      case NIGHT_VISIT -> {
        moves(stretch, NIGHT, 1.2, dice);
        water(stretch, 0.8, 5, dice);
      }
      case HOST, RESCUE -> {
        doorway(stretch.from() + 5, habits, dice);
        moves(stretch, AWAKE, 4, dice);
        water(stretch, 1, 6, dice);
        doorway(stretch.to() - 45, habits, dice);
      }
      case OUT, AWAY, HOSPITAL -> {
        doorway(stretch.from(), habits, dice);
        comesIn(stretch.to(), habits, dice);
      }
      case DOWN -> {
        // nothing: that is what it is about
      }
    }
    if (stretch.activity().isInBed()) {
      happenings.add(stretch.from() + 30, What.BED_IN, 0);
      happenings.add(stretch.to(), What.BED_OUT, 0);
    }
  }

  private void comesIn(long at, Habits habits, Dice dice) {
    doorway(at - dice.whole(35, 60), habits, dice);
  }

  /** The entrance opens and closes again within half a minute; either may go unnoticed. */
  private void doorway(long at, Habits habits, Dice dice) {
    if (dice.chance(habits.doorMissed)) {
      return;
    }
    happenings.add(at, What.DOOR_OPEN, 0);
    if (!dice.chance(habits.doorMissed / 2)) {
      happenings.add(at + dice.whole(3, 30), What.DOOR_CLOSED, 0);
    }
  }

  private void moves(Stretch stretch, Room[] rooms, double meanMinutes, Dice dice) {
    long at = stretch.from() + Civil.seconds(dice.exponential(Math.min(3, meanMinutes)));
    while (at < stretch.to()) {
      happenings.add(at, What.MOVE, rooms[dice.whole(0, rooms.length - 1)].number);
      double mean = dice.chance(0.7) ? meanMinutes * 0.55 : meanMinutes * 2.05;
      at += Math.max(2, Civil.seconds(dice.exponential(mean)));
    }
  }

  private void water(Stretch stretch, double uses, double litres, Dice dice) {
    for (int i = dice.poisson(uses); i > 0; i--) {
      long at = stretch.from() + Math.round(dice.real() * (stretch.to() - stretch.from()));
      int amount = (int) Math.clamp(dice.exponential(litres), 1, 200);
      happenings.add(at, What.WATER, amount);
    }
  }
}
