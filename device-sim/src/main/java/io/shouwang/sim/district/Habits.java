package io.shouwang.sim.district;

import java.util.Set;

/** One person's ways, which stay the same all year; hours are local, by the clock on the wall. */
final class Habits {
  final double wakeHour;
  final double bedHour;

  /** How much bed and wake times differ from night to night. */
  final double spreadHours;

  final double weekendLaterHours;

  /** How much earlier in high summer, later in deep winter. */
  final double seasonHours;

  final double sleeplessChance;
  final double longNightChance;
  final double lateEveningChance;
  final double nightVisits;
  final double napChance;
  final double napMinutes;
  final double lieDownChance;
  final double lunchHour;
  final double dinnerHour;
  final double outings;
  final double weekendOutings;
  final double outingMinutes;

  /** Half a day or more out: grandchildren, a day centre, a friend across the city. */
  final double longOutingChance;

  final double exerciseChance;
  final double exerciseHour;
  final int errandWeekday;
  final double errandHour;
  final double errandMinutes;

  /** How still this person sits: above 1, longer without a movement. */
  final double stillness;

  /** Where most of the sitting is done, which may be where no sensor hangs. */
  final Gadget.Room sitsIn;

  final double sitShare;

  /** By how much all gets slower in a year; most people hardly change. */
  final double slowingAYear;

  /** Days on which nothing gets this person going. */
  final double dullDays;

  final double illnessesAYear;
  final double doorMissed;
  final double parcels;
  final boolean bedridden;

  /** Of failing memory: may leave at night, may lose the way. */
  final boolean forgetful;

  final double pulse;
  final double stepFactor;

  Habits(Set<LifeKind> kinds, boolean partner, Dice dice) {
    boolean early = kinds.contains(LifeKind.EARLY_RISER);
    boolean late = kinds.contains(LifeKind.LATE_RISER);
    boolean night = kinds.contains(LifeKind.NIGHT_ACTIVE);
    boolean goer = kinds.contains(LifeKind.FREQUENT_GOER_OUT);
    bedridden = kinds.contains(LifeKind.BEDRIDDEN) && !partner;
    double wake = early ? 4.8 : late ? 8.2 : night ? 9.3 : 6.2;
    wakeHour = wake + dice.normal() * 0.4;
    double bed = early ? 20.6 : late ? 23.3 : night ? 25.2 : 21.6;
    bedHour = bed + dice.normal() * 0.5;
    spreadHours = dice.between(0.25, night ? 1.1 : 0.75);
    weekendLaterHours = dice.between(-0.1, 0.5);
    seasonHours = dice.between(0.1, 0.6);
    sleeplessChance = dice.between(0.01, night ? 0.15 : 0.07);
    longNightChance = dice.between(0.01, 0.05);
    lateEveningChance = dice.between(0.01, 0.06);
    nightVisits = dice.between(0.4, night ? 3.2 : 2.3);
    napChance = dice.between(0.15, 0.95);
    napMinutes = dice.between(30, 85);
    lieDownChance = dice.between(0.002, 0.02);
    lunchHour = (late || night ? 12.5 : 11.4) + dice.normal() * 0.25;
    dinnerHour = (late || night ? 18.4 : 17.4) + dice.normal() * 0.3;
    outings = goer ? dice.between(1.6, 2.8) : dice.between(0.25, 1.3);
    weekendOutings = outings * dice.between(0.6, 1.25);
    outingMinutes = goer ? dice.between(70, 130) : dice.between(35, 85);
    longOutingChance = dice.chance(0.5) ? dice.between(0.05, goer ? 0.45 : 0.3) : 0.015;
    exerciseChance = dice.chance(0.35) ? dice.between(0.4, 0.9) : 0;
    exerciseHour = wakeHour + dice.between(0.6, 1.6);
    errandWeekday = dice.whole(1, 7);
    errandHour = dice.between(8.3, 15.5);
    errandMinutes = dice.between(60, 200);
    stillness = dice.logNormal(1, 0.35);
    double chair = dice.real();
    sitsIn =
        chair < 0.68 ? Gadget.Room.LIVING : chair < 0.9 ? Gadget.Room.BEDROOM : Gadget.Room.KITCHEN;
    sitShare = dice.between(0.3, 0.65);
    slowingAYear = dice.chance(0.25) ? dice.between(0.1, 0.5) : dice.between(0, 0.08);
    dullDays = dice.between(0.01, 0.1);
    illnessesAYear = dice.between(0.5, 2);
    doorMissed = dice.chance(0.15) ? dice.between(0.05, 0.15) : dice.between(0.003, 0.02);
    parcels = dice.between(0.1, 1.2);
    forgetful = !bedridden && dice.chance(0.1);
    pulse = dice.between(58, 82);
    stepFactor = dice.between(0.6, 1.3);
  }
}
