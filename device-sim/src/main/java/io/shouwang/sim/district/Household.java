package io.shouwang.sim.district;

import io.shouwang.sim.district.Dice.Purpose;
import io.shouwang.sim.district.Gadget.Room;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One home of the district: where, who, which kinds of life, which devices. */
final class Household {
  static final int HOMES_A_BUILDING = 20;
  static final int HOMES_A_GRID = 40;
  static final int HOMES_A_COMMUNITY = 120;
  static final int HOMES_A_STREET = 240;

  private static final Place CENTRE = new Place(33.52, 119.03);
  private static final double BLOCK_METRES = 220;
  private static final int BUILDINGS_A_ROW = 40;

  final long seed;
  final int number;
  final String id;
  final Place place;
  final Set<LifeKind> kinds = EnumSet.noneOf(LifeKind.class);
  final List<Person> people = new ArrayList<>();
  final List<Gadget> gadgets = new ArrayList<>();
  final Calendar calendar;

  /** A missed "I'm well" is a matter here. */
  final boolean checksIn;

  final double forgetsCheckIn;

  /** Home {@code number}, from 1. */
  Household(long seed, int number) {
    this.seed = seed;
    this.number = number;
    id = code("h", "");
    Dice dice = Dice.of(seed, Purpose.TRAITS, number, 0);
    drawKinds(dice);
    int block = building();
    int row = block / BUILDINGS_A_ROW;
    place =
        CENTRE
            .moved(row * BLOCK_METRES, block % BUILDINGS_A_ROW * BLOCK_METRES)
            .moved(dice.between(-15, 15), dice.between(-15, 15));
    calendar = new Calendar(seed, number, kinds, dice);
    drawKit(Dice.of(seed, Purpose.KIT, number, 0));
    checksIn = dice.chance(0.15) && first(Gadget.Type.BUTTON) != null;
    forgetsCheckIn = dice.between(0.005, 0.08);
    int persons = kinds.contains(LifeKind.TWO_PERSONS) ? 2 : 1;
    for (int i = 0; i < persons; i++) {
      @Nullable Gadget band = null;
      for (Gadget gadget : gadgets) {
        if (gadget.type == Gadget.Type.BRACELET && gadget.id.endsWith("-" + (i + 1))) {
          band = gadget;
        }
      }
      Habits habits = new Habits(kinds, i > 0, dice);
      people.add(new Person(seed, number, i, code("e", "-" + (i + 1)), habits, band, place, dice));
    }
  }

  private void drawKinds(Dice dice) {
    double draw = dice.real();
    if (draw < 0.05) {
      kinds.add(LifeKind.BEDRIDDEN);
    } else if (draw < 0.21) {
      kinds.add(LifeKind.EARLY_RISER);
    } else if (draw < 0.31) {
      kinds.add(LifeKind.LATE_RISER);
    } else if (draw < 0.39) {
      kinds.add(LifeKind.NIGHT_ACTIVE);
    }
    boolean bedridden = kinds.contains(LifeKind.BEDRIDDEN);
    if (!bedridden && dice.chance(0.17)) {
      kinds.add(LifeKind.FREQUENT_GOER_OUT);
    }
    if (!bedridden && dice.chance(0.09)) {
      kinds.add(LifeKind.PET);
    }
    if (dice.chance(bedridden ? 0.4 : 0.16)) {
      kinds.add(LifeKind.TWO_PERSONS);
    }
    if (kinds.isEmpty()) {
      kinds.add(LifeKind.REGULAR);
    }
  }

  private void drawKit(Dice dice) {
    double draw = dice.real();
    boolean infrared = draw < 0.92;
    boolean door = draw >= 0.27 && draw < 0.92;
    boolean band = draw >= 0.58;
    boolean water = draw >= 0.5 && draw < 0.7;
    if (infrared) {
      Room[] rooms = {Room.LIVING, Room.BEDROOM, Room.KITCHEN};
      int sensors = dice.chance(0.5) ? 1 : dice.whole(2, 3);
      int shift = sensors == 1 && dice.chance(0.25) ? 1 : 0;
      for (int i = 0; i < sensors; i++) {
        gadgets.add(
            new Gadget(code("pir", "-" + (i + 1)), Gadget.Type.MOTION, rooms[i + shift], dice));
      }
    }
    if (door) {
      gadget("door", "", Gadget.Type.DOOR, dice);
    }
    if (band) {
      gadget("band", "-1", Gadget.Type.BRACELET, dice);
      if (kinds.contains(LifeKind.TWO_PERSONS) && dice.chance(0.6)) {
        gadget("band", "-2", Gadget.Type.BRACELET, dice);
      }
    }
    if (water) {
      gadget("water", "", Gadget.Type.WATER, dice);
    }
    if (dice.chance(kinds.contains(LifeKind.BEDRIDDEN) ? 0.7 : 0.05)) {
      gadget("bed", "", Gadget.Type.BED, dice);
    }
    if (dice.chance(0.7)) {
      gadget("sos", "", Gadget.Type.BUTTON, dice);
    }
    if (dice.chance(0.6)) {
      gadget("smoke", "", Gadget.Type.SMOKE, dice);
    }
  }

  private void gadget(String prefix, String suffix, Gadget.Type type, Dice dice) {
    gadgets.add(new Gadget(code(prefix, suffix), type, Room.LIVING, dice));
  }

  private String code(String prefix, String suffix) {
    StringBuilder digits = new StringBuilder(Integer.toString(number));
    while (digits.length() < 5) {
      digits.insert(0, '0');
    }
    return prefix + "-" + digits + suffix;
  }

  int building() {
    return (number - 1) / HOMES_A_BUILDING;
  }

  int grid() {
    return (number - 1) / HOMES_A_GRID;
  }

  int community() {
    return (number - 1) / HOMES_A_COMMUNITY;
  }

  int street() {
    return (number - 1) / HOMES_A_STREET;
  }

  @Nullable Gadget first(Gadget.Type type) {
    for (Gadget gadget : gadgets) {
      if (gadget.type == type) {
        return gadget;
      }
    }
    return null;
  }

  /** Whether anything that works could notice that a person is silent. */
  boolean isWatched() {
    for (Gadget gadget : gadgets) {
      if (gadget.on && gadget.type != Gadget.Type.BUTTON && gadget.type != Gadget.Type.SMOKE) {
        return true;
      }
    }
    return false;
  }
}
