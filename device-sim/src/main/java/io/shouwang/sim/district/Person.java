package io.shouwang.sim.district;

import io.shouwang.sim.district.Dice.Purpose;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One elder: ways, bracelet, and what is settled of the days so far. */
final class Person {
  final String id;
  final int number;
  final Habits habits;
  final @Nullable Gadget band;
  final List<Fence> fences;
  private final int shiftAfterDays;
  private final double shiftHours;
  final boolean wearsAtNight;
  final boolean takesBandAlong;
  private final double forgets;
  private final long seed;
  private final long owner;

  /** Settled stretches, without gaps; the past is dropped. */
  final List<Stretch> stretches = new ArrayList<>();

  /** Up to when the life is settled. */
  long freeAt;

  /** Whether the bracelet was on the wrist when this person went down the last time. */
  boolean wornWhenDown;

  /** How slowly the day now planned goes; 1 is this person's own way. */
  double pace = 1;

  long illFrom = Long.MAX_VALUE;
  long illUntil = Long.MIN_VALUE;

  Person(
      long seed,
      long owner,
      int number,
      String id,
      Habits habits,
      @Nullable Gadget band,
      Place home,
      Dice dice) {
    this.seed = seed;
    this.owner = owner * 4 + number;
    this.number = number;
    this.id = id;
    this.habits = habits;
    this.band = band;
    boolean fenced = band != null && dice.chance(habits.forgetful ? 0.9 : 0.2);
    boolean shifts = dice.chance(0.2);
    shiftAfterDays = shifts ? dice.whole(30, 600) : Integer.MAX_VALUE;
    shiftHours = Math.clamp(dice.normal(), -2, 2);
    fences = fenced ? Fence.around(home, id, habits.forgetful, dice) : List.of();
    wearsAtNight = dice.chance(0.45);
    takesBandAlong = dice.chance(0.6);
    forgets = dice.chance(0.3) ? dice.between(0.1, 0.5) : dice.between(0, 0.04);
  }

  /** How much later everything is since a change for good: another pill, another bed. */
  double shiftHours(long daysLived) {
    return daysLived > shiftAfterDays ? shiftHours : 0;
  }

  boolean isIll(long moment) {
    return moment >= illFrom && moment < illUntil;
  }

  /** Whether the bracelet lies in a drawer from this day's getting up on. */
  boolean forgetsBandOn(long day) {
    return Dice.of(seed, Purpose.WEARING, owner, day).chance(forgets);
  }

  /** Whether the bracelet is on the wrist during this stretch. */
  boolean wears(Stretch stretch) {
    if (band == null || !band.on) {
      return false;
    }
    return switch (stretch.activity()) {
      case HOSPITAL -> false;
      case DOWN -> wornWhenDown;
      case AWAY -> takesBandAlong;
      case SLEEP, NIGHT_VISIT ->
          wearsAtNight && !forgetsBandOn(Math.floorDiv(stretch.from() - 6 * Civil.HOUR, Civil.DAY));
      default -> !forgetsBandOn(Math.floorDiv(stretch.from() - 3 * Civil.HOUR, Civil.DAY));
    };
  }

  /** What this person does at a settled moment; null before and after what is known. */
  @Nullable Stretch at(long moment) {
    for (Stretch stretch : stretches) {
      if (stretch.covers(moment)) {
        return stretch;
      }
    }
    return null;
  }

  void settle(List<Stretch> fresh) {
    stretches.addAll(fresh);
    freeAt = stretches.getLast().to();
  }

  void forgetBefore(long moment) {
    stretches.removeIf(stretch -> stretch.to() <= moment);
  }
}
